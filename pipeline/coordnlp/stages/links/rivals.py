"""How a pair stands among its rivals: the second round of scoring, on the scores of the first.

A passage that fits one request well fits the others of the same letter worse, and a paper that answers a request does
so in one sentence: so each pair is seen beside the best of those that it competes with.

Source: stacked generalisation (Wolpert 1992), with the scores of rivals as features.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from coordnlp.features import even_odds

# Beyond so many better rivals their number says nothing more.
_MOST_RIVALS = 5

_GROUPS = ("of_passage", "in_paper", "of_request", "around")
NAMES: tuple[str, ...] = (
    "first_score",
    *(f"{what}_{group}" for group in _GROUPS for what in ("best", "sum", "better")),
)
"""The features of a pair among its rivals, in order; groups: pairs of the same passage, of the same request and paper,
of the same request, of the same paper."""


def compare_with_rivals(scores: np.ndarray, keys: Sequence[tuple[str, str, str]]) -> np.ndarray:
    """Return the features `NAMES` of n pairs.

    Args:
        scores: Probabilities of the first round, of shape (n,).
        keys: Of each pair the ids of its request, paper and passage.

    Returns:
        Float array of shape (n, 13): the scaled log-odds of the pair; for each group those of its best rival, the
        logarithm of one and the rivals' sum, and how many are better (as a share of five, at most 1).
    """
    groups: list[list[Hashable]] = [
        [passage for _, _, passage in keys],
        [(request, paper) for request, paper, _ in keys],
        [request for request, _, _ in keys],
        [paper for _, paper, _ in keys],
    ]
    columns = [even_odds(scores)]
    for group in groups:
        columns += _rivals(scores, group)
    return np.column_stack(columns)


def _rivals(scores: np.ndarray, group: Sequence[Hashable]) -> list[np.ndarray]:
    """Return the best rival's log-odds, the logarithm of one and all rivals' sum, and the share of better ones."""
    numbers: dict[Hashable, int] = {}
    at = np.array([numbers.setdefault(one, len(numbers)) for one in group], dtype=int)
    order = np.lexsort((-scores, at))
    sorted_at, sorted_scores = at[order], scores[order]
    starts = np.flatnonzero(np.r_[True, sorted_at[1:] != sorted_at[:-1]])
    sizes = np.diff(np.r_[starts, len(at)])
    first = np.repeat(starts, sizes)
    place = np.arange(len(at)) - first
    best = sorted_scores[first]
    second = sorted_scores[np.minimum(first + 1, first + np.repeat(sizes, sizes) - 1)]
    rival = np.where(place == 0, np.where(np.repeat(sizes, sizes) > 1, second, 0.0), best)
    # Of equal ones none is better than the other: each has the place of the first of them.
    new = np.r_[True, (sorted_scores[1:] != sorted_scores[:-1]) | (sorted_at[1:] != sorted_at[:-1])]
    better = np.maximum.accumulate(np.where(new, np.arange(len(at)), 0)) - first
    sums = np.repeat(np.add.reduceat(sorted_scores, starts), sizes) - sorted_scores
    back = np.empty(len(at), dtype=int)
    back[order] = np.arange(len(at))
    columns = (even_odds(rival), np.log1p(np.maximum(sums, 0.0)), np.minimum(better, _MOST_RIVALS) / _MOST_RIVALS)
    return [column[back] for column in columns]
