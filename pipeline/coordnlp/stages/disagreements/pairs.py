"""Pairs of passages: how likely two are on one question, why, and what that gathers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features import log_odds
from coordnlp.features.lookup import Lookup
from coordnlp.networks import Network
from coordnlp.reasons import weigh, weigh_second
from coordnlp.records import Passage
from coordnlp.stages.disagreements.company import compare_company
from coordnlp.stages.disagreements.features import PAIR, measure_pairs
from coordnlp.stages.disagreements.table import COMPANY_FEATURES, PairWeights


@dataclass(frozen=True)
class Pairs:
    """All pairs of n passages.

    Attributes:
        features: Each a symmetric array of shape (n, n).
        first: How likely the two are on one question by themselves, of shape (n, n), 1.0 on the diagonal.
        same: The same with a look at their company.
    """

    features: dict[str, np.ndarray]
    first: np.ndarray
    same: np.ndarray
    weights: PairWeights

    def reasons(self, one: int, other: int) -> tuple[str, ...]:
        """Return in words what tells most of a pair, either way, with what it adds to the log-odds."""
        values = {name: float(matrix[one, other]) for name, matrix in self.features.items()}
        told = [weigh(PAIR[name], share) for name, share in self.weights.telling(values)[:_REASONS]]
        moved = log_odds(float(self.same[one, other])) - log_odds(float(self.first[one, other]))
        return (*told, *weigh_second(_MORE, _LESS, moved))

    def mean(self, some: Sequence[int], others: Sequence[int]) -> float:
        """Return the mean probability between two groups."""
        return float(self.same[np.ix_(some, others)].mean())


_REASONS = 3
_MORE, _LESS = "与别的几句连起来看更像同一件事", "与别的几句连起来看不那么像同一件事"


def pair_passages(passages: Sequence[Passage], lookup: Lookup, weights: PairWeights, company: Network) -> Pairs:
    """Weigh all pairs of passages by themselves, then with the company that they keep."""
    features, first = weigh_pairs(passages, lookup, weights)
    known = features | compare_company(first)
    columns = np.stack([known[name] for name in COMPANY_FEATURES], axis=-1)
    same = company.probabilities(columns.reshape(-1, columns.shape[-1])).reshape(first.shape)
    same = (same + same.T) / 2
    np.fill_diagonal(same, 1.0)
    return Pairs(features, first, same, weights)


def weigh_pairs(
    passages: Sequence[Passage], lookup: Lookup, weights: PairWeights
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return the features of all pairs, and how likely they make each to be on one question, of shape (n, n)."""
    features = measure_pairs(passages, lookup)
    total = weights.bias + sum(weights.weight[name] * features[name] for name in PAIR)
    first: np.ndarray = 1 / (1 + np.exp(-total))
    np.fill_diagonal(first, 1.0)
    return features, first


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
