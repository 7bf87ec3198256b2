"""Probabilities as features: on the scale of log-odds, where doubling the evidence counts alike near 0 and near 1."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_LEAST = 0.002
_MOST_ODDS = math.log((1 - _LEAST) / _LEAST)
# Scores of a first round spread wider than those of a judge.
_LEAST_SCORE = 1e-4
_MOST_SCORE_ODDS = math.log((1 - _LEAST_SCORE) / _LEAST_SCORE)
# Where a probability is 1 to the last bit, its odds would have no end.
_BOUND = 1e-6


def scaled_odds(probability: float) -> float:
    """Return the log-odds of a probability on a scale from 0.0 (at most 0.002) over 0.5 (at 0.5) to 1.0 (0.998)."""
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return 0.5 + math.log(bounded / (1 - bounded)) / (2 * _MOST_ODDS)


def even_odds(scores: np.ndarray) -> np.ndarray:
    """Return the log-odds of scores on a scale from -1.0 (at most 0.0001) over 0.0 (at 0.5) to 1.0 (0.9999)."""
    import numpy as np

    bounded = np.clip(scores, _LEAST_SCORE, 1 - _LEAST_SCORE)
    odds: np.ndarray = np.log(bounded / (1 - bounded)) / _MOST_SCORE_ODDS
    return odds


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, finite at 0 and 1, too."""
    bounded = min(max(probability, _BOUND), 1 - _BOUND)
    return math.log(bounded / (1 - bounded))
