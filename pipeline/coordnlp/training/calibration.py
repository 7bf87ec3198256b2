"""Calibrate a classifier and the convolution together on left-out material, and choose thresholds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from coordnlp.classifiers import Classifier
from coordnlp.classifiers.linear import UNSURE, logistic
from coordnlp.training.problems import Problem

# A label with fewer left-out passages than this takes its threshold half from all labels together, and so on down.
_PRIOR = 20.0
# Weights of both judges and the offset, to begin with.
_START = (1.0, 0.5, 0.0)
# A weight below 0 would turn a judge around; it comes of a handful of rows.
_BOUNDS = ((0.1, None), (0.0, None), (None, None))


def calibrate(classifier: Classifier, problem: Problem, margins: np.ndarray, heard: np.ndarray) -> Classifier:
    """Return a classifier whose probabilities hold on left-out dossiers, and whose thresholds serve F1 there.

    Args:
        margins: Of the rows of the problem, of shape (n, m), each by a classifier that had not seen its dossier.
        heard: The convolution's, likewise.
    """
    graded = problem.graded
    truth, margins, heard = problem.truth[graded], margins[graded], heard[graded]
    lines = [
        weigh_judges(np.column_stack([margins[:, at], heard[:, at]]), truth[:, at]) for at in range(truth.shape[1])
    ]
    slope, second, offset = (np.array(part) for part in zip(*lines, strict=True))
    probabilities = logistic(slope * margins + second * heard + offset)
    thresholds = choose_thresholds(probabilities, truth)
    return replace(
        classifier,
        slope=slope,
        second=second,
        offset=offset,
        thresholds={label: round(float(t), 3) for label, t in zip(problem.labels, thresholds, strict=True)},
        unsure={label: round(float(t) * UNSURE, 3) for label, t in zip(problem.labels, thresholds, strict=True)},
    )


def weigh_judges(margins: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Return the weights of two margins, of shape (n, 2), and an offset, by Platt (1999) with his smoothed targets.

    A judge that says nothing of any row weighs nothing.
    """
    from scipy.optimize import minimize

    known = truth >= 0
    x, holds = margins[known], truth[known] == 1
    yes, no = int(holds.sum()), int((~holds).sum())
    if not yes or not no:
        return 1.0, 0.0, 0.0
    target = np.where(holds, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(line: np.ndarray) -> tuple[float, np.ndarray]:
        total = x @ line[:2] + line[2]
        wrong = logistic(total) - target
        return float((np.logaddexp(0, total) - target * total).sum()), np.array([*(x.T @ wrong), wrong.sum()])

    speaks = np.append(x.any(axis=0), True)
    bounds = [bound if told else (0.0, 0.0) for bound, told in zip(_BOUNDS, speaks, strict=True)]
    found = minimize(loss, np.where(speaks, _START, 0.0), jac=True, method="L-BFGS-B", bounds=bounds)
    slope, second, offset = found.x.tolist()
    return slope, second, offset


def choose_thresholds(probabilities: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return for each label the probability from which F1 is best, rare labels drawn towards the best for all.

    Args:
        probabilities, truth: Of shape (n, m); truth is 1, 0, or -1 where nobody knows.
    """
    grid = np.arange(0.05, 0.81, 0.01)
    counts = np.array([_counts(probabilities, truth, t) for t in grid])
    pooled = counts.sum(axis=2)
    best = grid[_f1(pooled).argmax()]
    found = np.empty(truth.shape[1])
    for label in range(truth.shape[1]):
        own = grid[_f1(counts[:, :, label]).argmax()]
        share = (truth[:, label] == 1).sum() / ((truth[:, label] == 1).sum() + _PRIOR)
        found[label] = share * own + (1 - share) * best
    return found


def _counts(probabilities: np.ndarray, truth: np.ndarray, threshold: float) -> np.ndarray:
    """Return right, wrong and missed ones by label, of shape (3, m)."""
    made = probabilities >= threshold
    return np.array([(made & (truth == 1)).sum(0), (made & (truth == 0)).sum(0), (~made & (truth == 1)).sum(0)])


def _f1(counts: np.ndarray) -> np.ndarray:
    right, wrong, missed = counts[:, 0], counts[:, 1], counts[:, 2]
    f1: np.ndarray = 2 * right / np.maximum(1, 2 * right + wrong + missed)
    return f1
