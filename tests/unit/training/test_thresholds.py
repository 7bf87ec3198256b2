"""Thresholds by what cases tell that the weights have not seen."""

from __future__ import annotations

import numpy as np
import pytest

from coordnlp.training.thresholds import best_threshold, most_told_rightly

SCORES = np.array([0.1] * 10 + [0.3] * 10 + [0.5] * 10)


@pytest.mark.parametrize(
    ("holds", "low", "high"),
    [
        ([False] * 20 + [True] * 10, 0.31, 0.5),
        ([False] * 10 + [True] * 20, 0.11, 0.3),
        ([False] * 30, 0.51, 0.6),
        ([True] * 30, 0.05, 0.1),
    ],
)
def test_most_cases_are_told_rightly(holds: list[bool], low: float, high: float) -> None:
    assert low <= most_told_rightly(SCORES, np.array(holds)) <= high


def test_one_lucky_step_is_not_followed() -> None:
    scores, holds = np.array([0.1] * 9 + [0.2] + [0.4] * 9), np.array([False] * 9 + [False] + [True] * 9)
    assert 0.21 <= most_told_rightly(scores, holds) <= 0.4


def test_recall_may_count_more() -> None:
    holds = np.array([False] * 10 + [True] * 3 + [False] * 7 + [True] * 10)
    assert best_threshold(SCORES, holds, 0.5) > best_threshold(SCORES, holds, 3.0)
