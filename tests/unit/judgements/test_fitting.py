"""A judgement finds its row again, or none, or is a conflict; never a guess."""

from __future__ import annotations

from dataclasses import replace

import pytest
from row_making import ASK, judgement, shown

from coordnlp.judgements import load_review_words
from coordnlp.judgements.fitting import attach
from coordnlp.records import Shown

RULE = load_review_words().fit
BEFORE, AFTER = "现就床位共享一事函商如下：一、", "二、请一并告知联络人。"
JUDGED = shown("G-OLD", before=BEFORE, after=AFTER)


def found(*rows: Shown, judged: Shown = JUDGED) -> str:
    """Return the id of the row that a judgement goes to, '' for none, '?' for a conflict."""
    attached = attach([judgement(judged)], rows, RULE)
    return "?" if attached.conflicts else next(iter(attached.words), "")


@pytest.mark.parametrize(
    "row",
    [
        JUDGED,
        shown("G-OLD", "全然不同的话", file="b.txt", request="Q-X"),
        shown("G-NEW", "全然不同的话", file="b.txt", request=JUDGED.request, date="2025-01-01"),
        shown("G-NEW", before=BEFORE, after=AFTER, request="Q-NEW"),
        shown("G-NEW", before=BEFORE, after=AFTER, request="Q-NEW", file="归档/b.docx"),
        shown("G-NEW", ASK.replace("。", ""), request="Q-NEW", file="归档/b.docx"),
        shown("G-NEW", "请贵会于3月20日前 提供三季度\n床位数据", request="Q-NEW", file="b.pdf"),
        shown("G-NEW", "请贵会于3月20日前提供三季度床位资料。", request="Q-NEW", file="b.pdf"),
        shown("G-NEW", request="Q-NEW", date="2024-03-06"),
        shown("G-NEW", request="Q-NEW", file="b.txt", date=""),
    ],
)
def test_the_row_is_found_again(row: Shown) -> None:
    other = shown("G-OTHER", "请贵会派员参加4月联合查房。", request="Q-OTHER")
    assert found(other, row) == row.gap


@pytest.mark.parametrize(
    "row",
    [
        shown("G-NEW", "请贵会派员参加4月联合查房。", request="Q-NEW"),
        shown("G-NEW", "请贵会于3月底前派员。", request="Q-NEW"),
        # Next month's letter in the same words is another request.
        shown("G-NEW", request="Q-NEW", file="b.txt", date="2024-04-05"),
        # The same words as part of a disagreement, or of a paper that is missing.
        shown("G-NEW", request="", issue="I-NEW", kind="recurring"),
        shown("G-NEW", request="", kind="missing_document"),
    ],
)
def test_another_row_is_left_alone(row: Shown) -> None:
    assert found(row) == ""


def test_rows_about_two_measures_are_two_matters() -> None:
    rows = {
        code: shown(f"G-{code}", request="", kind="measure_lapsed", measure=code) for code in ("liaison", "feedback")
    }
    judged = replace(rows["liaison"], gap="G-OLD")
    assert found(*rows.values(), judged=judged) == "G-liaison"
    assert found(rows["feedback"], judged=judged) == ""


def test_two_rows_that_fit_equally_are_a_conflict() -> None:
    twin = {"before": BEFORE, "after": AFTER, "file": "b.txt"}
    assert found(shown("G-1", request="Q-1", **twin), shown("G-2", request="Q-2", **twin)) == "?"


def test_the_words_around_tell_twins_apart() -> None:
    far = shown("G-1", request="Q-1", file="b.txt", before="附件三：", after="此件公开发布。")
    near = shown("G-2", request="Q-2", file="c.txt", before=BEFORE, after=AFTER)
    assert found(far, near) == "G-2"


def test_the_last_word_counts_also_under_an_older_id() -> None:
    row = shown("G-NEW", request="Q-NEW", before=BEFORE, after=AFTER)
    lines = [judgement(JUDGED, "误报"), judgement(row, "确认"), judgement(JUDGED, "已解决")]
    assert attach(lines, [row], RULE).words["G-NEW"].decision == "resolved"
    assert attach(lines[:2], [row], RULE).words["G-NEW"].decision == "confirmed"


def test_a_row_with_a_word_of_its_own_keeps_others_from_the_next_best() -> None:
    row = shown("G-NEW", request="Q-NEW", before=BEFORE, after=AFTER)
    next_best = shown("G-3", "请贵会于3月20日前提供二季度床位数据。", request="Q-3")
    attached = attach([judgement(JUDGED), judgement(row, "确认")], [row, next_best], RULE)
    assert set(attached.words) == {"G-NEW"}


def test_a_disagreement_is_known_by_all_its_words() -> None:
    texts = ("我们不同意分摊。", "这笔费用应由贵方承担。", "去年已经说过。")
    quotes = tuple(shown("G-X", text).quotes[0] for text in texts)
    judged = replace(shown("G-OLD", request="", issue="I-OLD", kind="recurring"), quotes=quotes)
    grown = replace(judged, gap="G-NEW", issue="I-NEW", quotes=(shown("G-X", "更早的一处。").quotes[0], *quotes))
    apart = replace(grown, quotes=quotes[:1])
    assert found(grown, judged=judged) == "G-NEW"
    assert found(apart, judged=judged) == ""


def test_what_was_taken_back_is_no_conflict() -> None:
    twins = [shown(f"G-{n}", request=f"Q-{n}") for n in (1, 2)]
    assert attach([judgement(JUDGED, "")], twins, RULE).conflicts == ()
