"""Pairs of passages: how likely two are on one question, why, and what that gathers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features.lookup import Lookup
from coordnlp.reasons import weigh
from coordnlp.records import Passage
from coordnlp.stages.disagreements.features import PAIR, measure_pairs
from coordnlp.stages.disagreements.table import PairWeights


@dataclass(frozen=True)
class Pairs:
    """All pairs of n passages.

    Attributes:
        features: Each a symmetric array of shape (n, n).
        same: How likely the two are on one question, of shape (n, n), 1.0 on the diagonal.
    """

    features: dict[str, np.ndarray]
    same: np.ndarray
    weights: PairWeights

    def reasons(self, one: int, other: int) -> tuple[str, ...]:
        """Return in words what tells most of a pair, either way, with what it adds to the log-odds."""
        values = {name: float(matrix[one, other]) for name, matrix in self.features.items()}
        return tuple(weigh(PAIR[name], share) for name, share in self.weights.telling(values)[:_REASONS])

    def mean(self, some: Sequence[int], others: Sequence[int]) -> float:
        """Return the mean probability between two groups."""
        return float(self.same[np.ix_(some, others)].mean())


_REASONS = 3


def pair_passages(passages: Sequence[Passage], lookup: Lookup, weights: PairWeights) -> Pairs:
    """Weigh all pairs of passages."""
    features = measure_pairs(passages, lookup)
    total = weights.bias + sum(weights.weight[name] * features[name] for name in PAIR)
    same: np.ndarray = 1 / (1 + np.exp(-total))
    np.fill_diagonal(same, 1.0)
    return Pairs(features, same, weights)


def gather(same: np.ndarray, least: float) -> list[list[int]]:
    """Return groups of passages by average linkage (Sokal & Michener 1958) down to a mean probability.

    Returns:
        Lists of ordinals in order, by their first.
    """
    if len(same) < 2:
        return [[at] for at in range(len(same))]
    from scipy.cluster.hierarchy import average, fcluster
    from scipy.spatial.distance import squareform

    # Rounded, so that the last bit of a sum decides nothing.
    distance = np.round(1 - (same + same.T) / 2, 6)
    np.fill_diagonal(distance, 0.0)
    labels = fcluster(average(squareform(distance, checks=False)), 1 - least, "distance")
    groups: dict[int, list[int]] = defaultdict(list)
    for at, label in enumerate(labels.tolist()):
        groups[label].append(at)
    return sorted(groups.values())
