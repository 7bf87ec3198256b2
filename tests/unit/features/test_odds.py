"""Probabilities as log-odds: finite at both ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coordnlp.features import even_odds, log_odds


@pytest.mark.parametrize("probability", [0.0, 1.0, 1e-12, 1 - 1e-12])
def test_what_is_sure_to_the_last_bit_has_finite_odds(probability: float) -> None:
    assert math.isfinite(log_odds(probability))


def test_the_odds_of_a_half_are_even() -> None:
    assert log_odds(0.5) == 0.0
    assert log_odds(0.9) == pytest.approx(-log_odds(0.1)) == pytest.approx(math.log(9))
    assert even_odds(np.array([0.0, 1e-4, 0.5, 1.0])) == pytest.approx(np.array([-1.0, -1.0, 0.0, 1.0]))
