"""Fit the classifiers of passages, calibrate them on left-out material, and choose their thresholds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

import numpy as np

from coordnlp.classifiers import Classifier, Sample, encode, learn_blocks
from coordnlp.classifiers.linear import UNSURE, logistic
from coordnlp.nlp import JUDGED_ACTS, Models
from coordnlp.records import Evidence
from coordnlp.tables import Table, load_table
from coordnlp.taxonomy import Taxonomy
from coordnlp.training.passages import Answer, Labelled

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
_SEED = 0
_FOLDS = 3
# A label with fewer left-out passages than this takes its threshold half from all labels together, and so on down.
_PRIOR = 20.0


class Recipe(Table):
    """How one classifier is fitted."""

    cost: float
    contrast: float
    balance: float
    blocks: dict[str, float]


class Recipes(Table):
    """`lexicons/classifiers.toml`."""

    source: str
    acts: Recipe
    measures: Recipe
    evidence: Recipe


def load_recipes() -> Recipes:
    """Load `lexicons/classifiers.toml`."""
    return load_table("classifiers", Recipes)


@dataclass(frozen=True)
class Problem:
    """What one classifier is to learn.

    Attributes:
        samples, sources: n of each.
        weights: Of shape (n,): how much a row counts.
        truth: Of shape (n, m): 1 where a label holds, 0 where not, -1 where nobody knows.
        graded: Of shape (n,): the row stands in a dossier, in true proportion.
    """

    labels: tuple[str, ...]
    samples: Sequence[Sample]
    sources: Sequence[str]
    weights: np.ndarray
    truth: np.ndarray
    graded: np.ndarray

    def take(self, rows: np.ndarray) -> Problem:
        """Return the problem of some rows."""
        return Problem(
            self.labels,
            [self.samples[at] for at in rows],
            [self.sources[at] for at in rows],
            self.weights[rows],
            self.truth[rows],
            self.graded[rows],
        )


def pose_acts(rows: Iterable[Labelled], recipe: Recipe) -> Problem:
    """Pose the problem of speech acts."""
    return _pose(rows, JUDGED_ACTS, recipe, lambda row: row.acts)


def pose_measures(rows: Iterable[Labelled], recipe: Recipe, taxonomy: Taxonomy) -> Problem:
    """Pose the problem of measures, for all measures of which there are rows."""
    rows = list(rows)
    told = {label for row in rows if row.measures for label in row.measures.yes}
    return _pose(
        rows, tuple(one.code for one in taxonomy.measure if one.code in told), recipe, lambda row: row.measures
    )


def pose_evidence(rows: Iterable[Labelled], recipe: Recipe) -> Problem:
    """Pose the problem of evidence: a row for every measure of a passage."""
    pairs = [(row, code, evidence) for row in rows for code, evidence in sorted(row.evidence.items())]
    return Problem(
        labels=EVIDENCE,
        samples=[replace(row.sample, about=code) for row, code, _ in pairs],
        sources=[row.source for row, _, _ in pairs],
        weights=np.array([_weight(row, recipe) for row, _, _ in pairs]),
        truth=np.array([[one == evidence for one in EVIDENCE] for _, _, evidence in pairs]).astype(np.int8),
        graded=np.array([row.graded for row, _, _ in pairs]),
    )


def _pose(
    rows: Iterable[Labelled], labels: tuple[str, ...], recipe: Recipe, asked: Callable[[Labelled], Answer | None]
) -> Problem:
    told = [(row, answer) for row in rows if (answer := asked(row))]
    truth = [[number(answer.holds(label)) for label in labels] for _, answer in told]
    return Problem(
        labels=labels,
        samples=[row.sample for row, _ in told],
        sources=[row.source for row, _ in told],
        weights=np.array([_weight(row, recipe) for row, _ in told]),
        truth=np.array(truth, dtype=np.int8),
        graded=np.array([row.graded for row, _ in told]),
    )


def number(holds: bool | None) -> int:
    """Return 1 for what holds, 0 for what does not, -1 for what nobody knows."""
    return -1 if holds is None else int(holds)


def _weight(row: Labelled, recipe: Recipe) -> float:
    return recipe.contrast if row.source.startswith("contrast/") else 1.0


# --- fit -----------------------------------------------------------------------------------------


def fit_weights(problem: Problem, recipe: Recipe) -> Classifier:
    """Fit one logistic regression a label; the result is not calibrated yet."""
    blocks = learn_blocks(problem.samples, problem.sources, recipe.blocks)
    rows = encode(problem.samples, blocks)
    count = len(problem.labels)
    fitted = [_fit_label(rows, problem.truth[:, at], problem.weights, recipe) for at in range(count)]
    return Classifier(
        labels=problem.labels,
        blocks=blocks,
        weights=np.column_stack([weights for weights, _ in fitted]).astype(np.float32),
        bias=np.array([bias for _, bias in fitted]),
        slope=np.ones(count),
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


def left_out_margins(problem: Problem, recipe: Recipe, folds: int = _FOLDS) -> np.ndarray:
    """Return the margin of every row by a classifier that has not seen its source, of shape (n, m)."""
    margins = np.zeros(problem.truth.shape)
    for inside, outside in _folds(problem.sources, folds):
        fitted = fit_weights(problem.take(inside), recipe)
        margins[outside] = fitted.margins(fitted.encode([problem.samples[at] for at in outside]))
    return margins


def _folds(sources: Sequence[str], count: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield rows inside and outside, so that each source is outside once; the largest sources are dealt out first."""
    sizes = {source: sources.count(source) for source in sorted(set(sources))}
    fold = {source: at % count for at, source in enumerate(sorted(sizes, key=lambda one: (-sizes[one], one)))}
    of_row = np.array([fold[source] for source in sources])
    for at in range(count):
        if (of_row == at).any():
            yield np.flatnonzero(of_row != at), np.flatnonzero(of_row == at)


# --- calibrate -----------------------------------------------------------------------------------


def calibrate(classifier: Classifier, problem: Problem, margins: np.ndarray) -> Classifier:
    """Return a classifier whose probabilities hold on left-out dossiers, and whose thresholds serve F1 there.

    Args:
        margins: Of the rows of the problem, left out.
    """
    graded = problem.graded.astype(bool)
    truth, margins = problem.truth[graded], margins[graded]
    lines = [_platt(margins[:, at], truth[:, at]) for at in range(len(problem.labels))]
    slope, offset = (np.array(part) for part in zip(*lines, strict=True))
    probabilities = logistic(slope * margins + offset)
    thresholds = choose_thresholds(probabilities, truth)
    return replace(
        classifier,
        slope=slope,
        offset=offset,
        thresholds={label: round(float(t), 3) for label, t in zip(problem.labels, thresholds, strict=True)},
        unsure={label: round(float(t) * UNSURE, 3) for label, t in zip(problem.labels, thresholds, strict=True)},
    )


def _platt(margins: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Fit slope and offset by Platt (1999), with his smoothed targets, by weighting each row both ways."""
    from sklearn.linear_model import LogisticRegression

    known = truth >= 0
    x, holds = margins[known], truth[known] == 1
    yes, no = int(holds.sum()), int((~holds).sum())
    if not yes or not no:
        return 1.0, 0.0
    high, low = (yes + 1) / (yes + 2), 1 / (no + 2)
    target = np.where(holds, high, low)
    rows = np.concatenate([x, x])[:, None]
    weights = np.concatenate([target, 1 - target])
    model = LogisticRegression(C=1e6).fit(rows, np.repeat([True, False], len(x)), sample_weight=weights)
    # A slope below 0 would turn the judge around; it comes of a handful of rows.
    return max(0.1, float(model.coef_[0, 0])), float(model.intercept_[0])


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


# --- all three -----------------------------------------------------------------------------------


def fit_classifier(problem: Problem, recipe: Recipe) -> tuple[Classifier, np.ndarray]:
    """Fit and calibrate a classifier; return it with the left-out margins of the rows."""
    margins = left_out_margins(problem, recipe)
    return calibrate(fit_weights(problem, recipe), problem, margins), margins


def fit_models(rows: Sequence[Labelled], taxonomy: Taxonomy, recipes: Recipes | None = None) -> Models:
    """Fit all classifiers of passages."""
    recipes = recipes or load_recipes()
    acts, _ = fit_classifier(pose_acts(rows, recipes.acts), recipes.acts)
    measures, _ = fit_classifier(pose_measures(rows, recipes.measures, taxonomy), recipes.measures)
    evidence, _ = fit_classifier(pose_evidence(rows, recipes.evidence), recipes.evidence)
    return Models(acts, measures, evidence)
