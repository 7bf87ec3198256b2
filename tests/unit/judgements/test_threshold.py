"""Verdicts move the least confidence, within bounds, and only when there are enough of them."""

from __future__ import annotations

import pytest
from row_making import judgement, shown

from coordnlp.judgements import Edit, load_review_words, move_threshold
from coordnlp.records import Judgement

WORDS = load_review_words()
LEAST = 0.65


def lines(right: list[float], wrong: list[float]) -> list[Judgement]:
    cases = [(score, "确认") for score in right] + [(score, "误报") for score in wrong]
    return [judgement(shown(f"G-{at}", confidence=score), verdict) for at, (score, verdict) in enumerate(cases)]


def moved(known: list[Judgement], edits: list[Edit] | None = None) -> float:
    return move_threshold(LEAST, known, edits or [], WORDS)[0]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ([0.7] * 9, [], 0.65),  # one too few
        ([0.7] * 10, [], 0.55),
        ([0.9] * 10, [0.66, 0.68, 0.7], 0.75),  # would be 0.9: out of bounds
        ([0.72] * 10, [0.66, 0.68, 0.7], 0.72),
        ([0.66], [0.7] * 12, 0.75),
        ([0.74] * 20, [0.74], 0.55),  # 20 of 21 reach the goal
    ],
)
def test_where_the_threshold_goes(right: list[float], wrong: list[float], expected: float) -> None:
    assert moved(lines(right, wrong)) == pytest.approx(expected)


def test_only_the_last_word_on_a_row_counts() -> None:
    known = lines([], [0.7] * 10)
    assert moved([*known, *lines([0.7] * 10, [])]) == pytest.approx(0.55)


def test_rows_about_disagreements_and_other_verdicts_do_not_count() -> None:
    issues = [judgement(shown(f"G-{n}", request="", issue=f"I-{n}")) for n in range(12)]
    put_off = [judgement(shown(f"G-P{n}"), "暂缓") for n in range(12)]
    assert moved([*issues, *put_off]) == LEAST


def test_a_confirmed_row_counts_with_what_the_machine_had_thought() -> None:
    known = lines([0.7] * 9, [])
    again = [judgement(shown("G-0", confidence=1.0), "误报")]
    more = [judgement(shown("G-Z", confidence=0.72), "确认")]
    assert moved([*known, *more, *again]) == pytest.approx(0.72)


def test_words_that_are_not_stored_yet_count_as_they_will_in_the_next_run() -> None:
    known = lines([0.7] * 9, [])
    row = shown("G-Z", confidence=0.7)
    edit = Edit("示例", row, {"verdict": "确认"}, "2024-07-01T09:00:00", "gaps.csv")
    assert moved(known, [edit]) == moved([*known, judgement(row, "确认")]) == pytest.approx(0.55)
