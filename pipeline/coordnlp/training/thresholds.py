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


def most_told_rightly(scores: np.ndarray, holds: np.ndarray) -> float:
    """Return the threshold, in steps of 0.01 from 0.05 to 0.6, by which most cases are told rightly.

    Args:
        scores: Of n cases, of shape (n,).
        holds: Whether each holds, of shape (n,).

    Returns:
        The step around which, three steps to either side, most are right, the lowest of equals: the best step alone is
        chance.
    """
    grid = np.round(np.arange(0.05, 0.601, 0.01), 2)
    told = np.array([((scores >= cut) == holds).sum() for cut in grid], dtype=float)
    window = np.ones(7)
    near = np.convolve(told, window, "same") / np.convolve(np.ones_like(told), window, "same")
    return float(grid[int(np.argmax(near))])
