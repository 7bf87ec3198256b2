"""Thresholds by the scores of cases that the weights have not seen."""

from __future__ import annotations

import numpy as np


def best_threshold(scores: np.ndarray, holds: np.ndarray, beta: float = 1.0) -> float:
    """Return the threshold, in steps of 0.01 from 0.1 to 0.8, at which F is best; of equal ones the lowest.

    Args:
        beta: How much more recall counts than precision (van Rijsbergen 1979).
    """
    grid = np.round(np.arange(0.1, 0.801, 0.01), 2)
    weight = beta**2
    right = [(1 + weight) * (holds & (scores >= cut)).sum() for cut in grid]
    all_ = [max(1.0, (scores >= cut).sum() + weight * holds.sum()) for cut in grid]
    return float(grid[int(np.argmax(np.array(right) / np.array(all_)))])
