"""Words of a run and of gold are paired by what they share."""

from __future__ import annotations

import pytest

from coordnlp.gold.matching import Span, match_spans, overlap, stem


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("请提供名单。", "请提供名单。", 1.0),
        ("请提供名单", "王局，请提供名单，谢谢。", 1.0),
        ("请 提供\n名单", "请提供名单", 1.0),
        ("> 请提供名单", "请提供名单", 1.0),
        ("请提供名单", "ＡＢ", 0.0),
        ("甲乙丙丁", "甲乙戊己", 0.5),
        ("", "请提供名单", 0.0),
        ("Ａ１", "A1", 1.0),
    ],
)
def test_overlap(one: str, other: str, expected: float) -> None:
    assert overlap(one, other) == overlap(other, one) == expected


def test_a_file_is_known_without_its_suffix() -> None:
    assert stem("收文\\函.docx") == stem("收文/函.pdf") == "收文/函"
    assert stem("纪要2024.3.5") == "纪要2024.3"


def test_pairs_are_one_to_one_and_the_better_fit_wins() -> None:
    gold = [[Span("a.txt", "请提供一季度名单")], [Span("a.txt", "请提供二季度名单"), Span("b.txt", "名单再催一次")]]
    found = [Span("a.docx", "请提供二季度名单"), Span("a.docx", "请提供一季度名单"), Span("b.txt", "另一句话")]
    assert sorted(match_spans(gold, found)) == [(0, 1), (1, 0)]


def test_what_is_in_another_file_or_shares_too_little_stays_alone() -> None:
    assert match_spans([[Span("a.txt", "请提供名单")]], [Span("b.txt", "请提供名单"), Span("a.txt", "散会")]) == []
