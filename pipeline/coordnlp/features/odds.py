"""Probabilities as features: on the scale of log-odds, where doubling the evidence counts alike near 0 and near 1."""

from __future__ import annotations

import math

_LEAST = 0.002
_MOST_ODDS = math.log((1 - _LEAST) / _LEAST)


def scaled_odds(probability: float) -> float:
    """Return the log-odds of a probability on a scale from 0.0 (at most 0.002) over 0.5 (at 0.5) to 1.0 (0.998)."""
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return 0.5 + math.log(bounded / (1 - bounded)) / (2 * _MOST_ODDS)
