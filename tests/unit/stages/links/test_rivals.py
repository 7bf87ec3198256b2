"""How pairs stand among their rivals: what a second look at the first scores sees."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.stages.links.rivals import NAMES, compare_with_rivals

Keys = list[tuple[str, str, str]]


def compared(scores: list[float], keys: Keys) -> list[dict[str, float]]:
    rows = compare_with_rivals(np.array(scores), keys)
    return [dict(zip(NAMES, row, strict=True)) for row in rows.tolist()]


def test_a_pair_alone_has_no_rival() -> None:
    (alone,) = compared([0.7], [("Q1", "D1", "P1")])
    assert alone["first_score"] > 0
    assert {name: alone[name] for name in NAMES if name.startswith("best")} == pytest.approx(
        {"best_of_passage": -1, "best_in_paper": -1, "best_of_request": -1, "best_around": -1}
    )
    assert all(alone[name] == 0 for name in NAMES if name.startswith(("sum", "better")))


def test_requests_compete_for_a_passage() -> None:
    strong, weak, elsewhere = compared([0.9, 0.3, 0.6], [("Q1", "D1", "P1"), ("Q2", "D1", "P1"), ("Q3", "D2", "P9")])
    assert strong["best_of_passage"] == weak["first_score"]
    assert weak["best_of_passage"] == strong["first_score"]
    assert (strong["better_of_passage"], weak["better_of_passage"]) == (0.0, 0.2)
    assert elsewhere["best_of_passage"] == pytest.approx(-1)


def test_passages_of_a_paper_compete_for_a_request() -> None:
    first, second, later = compared([0.8, 0.4, 0.9], [("Q1", "D1", "P1"), ("Q1", "D1", "P2"), ("Q1", "D2", "P3")])
    assert first["best_in_paper"] == second["first_score"]
    assert later["best_in_paper"] == pytest.approx(-1)
    assert first["best_of_request"] == later["first_score"]
    assert second["better_of_request"] == 0.4


def test_equal_ones_are_not_better_than_each_other() -> None:
    rows = compared([0.5, 0.5, 0.2], [("Q1", "D1", "P1"), ("Q2", "D1", "P1"), ("Q3", "D1", "P1")])
    assert [row["better_of_passage"] for row in rows] == [0.0, 0.0, 0.4]
    assert rows[0]["best_of_passage"] == rows[1]["best_of_passage"] == 0.0


def test_many_better_ones_count_as_five() -> None:
    keys = [(f"Q{at}", "D1", "P1") for at in range(9)]
    rows = compared([0.9 - 0.1 * at for at in range(9)], keys)
    assert rows[-1]["better_of_passage"] == 1.0


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("de"), st.sampled_from("fgh"), st.floats(0.0, 1.0)),
        min_size=1,
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_pairs_does_not_matter(rows: list[tuple[str, str, str, float]], random: object) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight = compare_with_rivals(np.array([row[3] for row in rows]), [row[:3] for row in rows])
    mixed = compare_with_rivals(np.array([rows[at][3] for at in order]), [rows[at][:3] for at in order])
    assert np.isfinite(straight).all()
    assert mixed == pytest.approx(straight[order], abs=1e-9)
