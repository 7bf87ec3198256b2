"""The course of a request around a passage: what was pressed for, and what else came, before and behind it."""

from __future__ import annotations

import numpy as np
import pytest

from coordnlp.stages.links.courses import COURSE, Saying, follow_courses

# What even odds make of nothing.
NOTHING = -1.0


def said(
    date: str, score: float = 0.5, *, request: str = "Q1", paper: str = "", start: int = 0, step: int = 0
) -> Saying:
    return Saying(request, date, paper or date, start, step, score)


def course(one: Saying, *others: Saying, urges: tuple[Saying, ...] = ()) -> dict[str, float]:
    row, *_ = follow_courses([one, *others], urges).tolist()
    return dict(zip(COURSE, row, strict=True))


def test_a_passage_alone_has_no_course() -> None:
    assert course(said("2024-03-05")) == dict.fromkeys(COURSE, NOTHING)
    assert follow_courses([], []).shape == (0, len(COURSE))


def test_what_is_pressed_for_later_is_told_from_what_was_pressed_for_before() -> None:
    urge = said("2024-04-01", 0.9)
    before, after = (course(said(day), urges=(urge,)) for day in ("2024-03-05", "2024-04-20"))
    assert before["urged_later"] == after["urged_earlier"] > 0.2
    assert before["urged_earlier"] == after["urged_later"] == NOTHING


def test_an_urge_of_another_request_is_none() -> None:
    found = course(said("2024-03-05"), urges=(said("2024-04-01", 0.9, request="Q2"),))
    assert found == dict.fromkeys(COURSE, NOTHING)


def test_of_several_urges_the_likeliest_counts() -> None:
    urges = tuple(said(f"2024-04-0{day}", score) for day, score in ((1, 0.2), (2, 0.8), (3, 0.4)))
    assert course(said("2024-03-05"), urges=urges)["urged_later"] == pytest.approx(
        course(said("2024-03-05"), urges=urges[1:2])["urged_later"]
    )


@pytest.mark.parametrize(("step", "close"), [(3, True), (4, True), (5, True), (6, False)])
def test_an_urge_right_before_in_talk_is_close(step: int, close: bool) -> None:
    urge = said("2024-03-05", 0.9, start=10, step=3)
    found = course(said("2024-03-05", start=40, step=step), urges=(urge,))
    assert found["urged_above"] > 0.2
    assert (found["urged_just_above"] > 0.2) == close


def test_an_urge_below_in_the_same_paper_is_not_above() -> None:
    found = course(said("2024-03-05", start=10), urges=(said("2024-03-05", 0.9, start=40, step=1),))
    assert found == dict.fromkeys(COURSE, NOTHING)


def test_other_reactions_are_told_by_where_they_stand() -> None:
    one = said("2024-03-05", start=20)
    others = (
        said("2024-02-01", 0.6),
        said("2024-04-01", 0.7),
        said("2024-03-05", 0.8, start=5),
        said("2024-03-05", 0.9, start=50),
    )
    found = course(one, *others)
    told = [found[f"reacted_{where}"] for where in ("earlier", "later", "above", "below")]
    assert told == sorted(told)
    assert len(set(told)) == 4
    assert course(others[0], one, *others[1:])["reacted_later"] == found["reacted_below"]


def test_another_paper_of_the_same_day_is_neither_before_nor_behind() -> None:
    found = course(said("2024-03-05", paper="a"), said("2024-03-05", 0.9, paper="b"))
    assert found == dict.fromkeys(COURSE, NOTHING)


def test_the_order_of_what_is_said_does_not_matter() -> None:
    sayings = [said(f"2024-0{1 + at % 4}-05", at / 10, request=f"Q{at % 2}", start=at, step=at) for at in range(9)]
    urges = [said(f"2024-0{1 + at % 4}-05", at / 10, start=at + 1, step=at) for at in range(9)]
    straight = follow_courses(sayings, urges)
    assert np.array_equal(follow_courses(sayings[::-1], urges[::-1])[::-1], straight)
