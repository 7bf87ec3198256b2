"""The company that occasions keep: what the second round of pairing sees."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.stages.disagreements.company import NAMES, compare_company


def symmetric(count: int, near: dict[tuple[int, int], float]) -> np.ndarray:
    matrix = np.eye(count)
    for (one, other), value in near.items():
        matrix[one, other] = matrix[other, one] = value
    return matrix


def test_a_third_one_binds_two_that_share_nothing() -> None:
    found = compare_company(symmetric(4, {(0, 1): 0.8, (1, 2): 0.7}))
    assert found["common_nearest"][0, 2] == pytest.approx(0.7)
    assert found["common_nearest"][0, 3] == 0.0
    assert found["alike_company"][0, 2] > found["alike_company"][0, 3] == 0.0


def test_two_alone_have_no_company() -> None:
    found = compare_company(symmetric(2, {(0, 1): 0.9}))
    assert found["common_nearest"][0, 1] == found["common_sum"][0, 1] == 0.0
    assert found["share_of_both"][0, 1] == 1.0
    assert found["place_of_one"][0, 1] == 0.0


def test_the_nearest_of_one_need_not_be_the_nearest_of_the_other() -> None:
    found = compare_company(symmetric(3, {(0, 1): 0.8, (1, 2): 0.4}))
    assert found["share_of_one"][1, 2] == 1.0
    assert found["share_of_both"][1, 2] == pytest.approx(0.5)


def test_one_alone_is_fine() -> None:
    assert all(values.shape == (1, 1) for values in compare_company(np.eye(1)).values())


@given(st.integers(2, 9), st.randoms(use_true_random=False))
def test_the_order_of_occasions_does_not_matter(count: int, random: object) -> None:
    rng = np.random.default_rng(count)
    first = rng.random((count, count))
    first = np.round((first + first.T) / 2, 2)
    np.fill_diagonal(first, 1.0)
    order = list(range(count))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight, mixed = compare_company(first), compare_company(first[np.ix_(order, order)])
    assert tuple(straight) == NAMES
    for name in NAMES:
        assert np.isfinite(straight[name]).all()
        assert straight[name] == pytest.approx(straight[name].T)
        assert mixed[name] == pytest.approx(straight[name][np.ix_(order, order)], abs=1e-9)
