"""Fit one linear classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordnlp.classifiers import Classifier, encode, learn_blocks
from coordnlp.training.problems import Problem, Recipe

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_SEED = 0


def fit_weights(problem: Problem, recipe: Recipe) -> Classifier:
    """Fit one logistic regression a label; the result is not calibrated yet."""
    blocks = learn_blocks(problem.samples, problem.sources, recipe.blocks, recipe.sources)
    rows = encode(problem.samples, blocks)
    count = len(problem.labels)
    fitted = [_fit_label(rows, problem.truth[:, at], problem.weights, recipe) for at in range(count)]
    return Classifier(
        labels=problem.labels,
        blocks=blocks,
        weights=np.column_stack([weights for weights, _ in fitted]).astype(np.float32),
        bias=np.array([bias for _, bias in fitted]),
        slope=np.ones(count),
        second=np.zeros(count),
        offset=np.zeros(count),
        thresholds=dict.fromkeys(problem.labels, 0.5),
        unsure=dict.fromkeys(problem.labels, 0.25),
    )


def _fit_label(rows: csr_matrix, truth: np.ndarray, weights: np.ndarray, recipe: Recipe) -> tuple[np.ndarray, float]:
    from sklearn.linear_model import LogisticRegression

    known = np.flatnonzero(truth >= 0)
    holds = truth[known] == 1
    if not 0 < holds.sum() < len(holds):
        return np.zeros(rows.shape[1]), -10.0
    weights = weights[known].astype(float)
    weights[holds] *= (weights[~holds].sum() / weights[holds].sum()) ** recipe.balance
    model = LogisticRegression(C=recipe.cost, solver="liblinear", max_iter=1000, random_state=_SEED)
    model.fit(rows[known], holds, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])
