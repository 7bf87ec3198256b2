"""Fit one linear classifier.

Sentences of dossiers and those of sets (fragments, contrasts) were written and labelled in other ways: of sets, more
carry something, in rarer words. So what both have in common is learnt from all, and what is the dossiers' own beside
it, after Daumé (2007): every feature stands twice, once for all rows and once for those of dossiers. A passage to be
judged is like one of a dossier, so both weights add up and the classifier is as small as before.
"""

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
    rows = _with_own(encode(problem.samples, blocks), problem.graded, recipe.own)
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


def _with_own(rows: csr_matrix, graded: np.ndarray, own: float) -> csr_matrix:
    """Return rows of shape (n, 2 × features + 1): of dossiers with their features again and a mark, times `own`."""
    from scipy.sparse import csr_matrix, diags, hstack

    share = own * graded
    return hstack([rows, diags(share) @ rows, csr_matrix(share[:, None])]).tocsr()


def _fit_label(rows: csr_matrix, truth: np.ndarray, weights: np.ndarray, recipe: Recipe) -> tuple[np.ndarray, float]:
    """Return the weights of a passage of a dossier, and the offset."""
    from sklearn.linear_model import LogisticRegression

    features = rows.shape[1] // 2
    known = np.flatnonzero(truth >= 0)
    holds = truth[known] == 1
    if not 0 < holds.sum() < len(holds):
        return np.zeros(features), -10.0
    weights = weights[known].astype(float)
    weights[holds] *= (weights[~holds].sum() / weights[holds].sum()) ** recipe.balance
    model = LogisticRegression(C=recipe.cost, solver="liblinear", max_iter=1000, random_state=_SEED)
    model.fit(rows[known], holds, sample_weight=weights)
    common, own, mark = np.split(model.coef_[0], [features, 2 * features])
    return common + recipe.own * own, float(model.intercept_[0] + recipe.own * mark[0])
