"""Two judges weighed together on what they said of dossiers that they had not seen."""

from __future__ import annotations

import numpy as np
import pytest

from coordnlp.training.calibration import weigh_judges

RANDOM = np.random.default_rng(0)
SIGNAL = RANDOM.normal(size=400)
TRUTH = (SIGNAL + RANDOM.normal(size=400) > 0).astype(float)
SILENCE = np.zeros(400)
NOISE = RANDOM.normal(size=400)


def test_two_that_say_the_same_share_the_weight() -> None:
    alone, _, _ = weigh_judges(np.column_stack([SIGNAL, SILENCE]), TRUTH)
    first, second, _ = weigh_judges(np.column_stack([SIGNAL, SIGNAL]), TRUTH)
    assert first + second == pytest.approx(alone, rel=1e-3)


def test_a_judge_that_says_nothing_weighs_nothing() -> None:
    assert weigh_judges(np.column_stack([SIGNAL, SILENCE]), TRUTH)[1] == 0.0
    assert weigh_judges(np.column_stack([SILENCE, SIGNAL]), TRUTH)[0] == 0.0


def test_a_judge_that_errs_at_random_weighs_little() -> None:
    first, second, _ = weigh_judges(np.column_stack([SIGNAL, NOISE]), TRUTH)
    assert second < first / 5


def test_what_nobody_knows_does_not_count() -> None:
    unknown = TRUTH.copy()
    unknown[:100] = -1
    both = np.column_stack([SIGNAL, NOISE])
    assert weigh_judges(both, unknown) == pytest.approx(weigh_judges(both[100:], TRUTH[100:]))


def test_where_all_rows_are_alike_the_first_judge_stands_alone() -> None:
    assert weigh_judges(np.column_stack([SIGNAL, NOISE]), np.ones(400)) == (1.0, 0.0, 0.0)
