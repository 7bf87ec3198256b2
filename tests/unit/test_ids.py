"""Ids: the same for the same words, unlike numbers, and settled once and for all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.ids import document_key, make_id, normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("请贵场修便道。", "请贵场修便道"),
        ("请贵场 修便道。", "请贵场\n修便道。"),
        ("３月５日", "3月5日"),
        ("林函〔2024〕3号", "林函[2024]3号"),
        ("ＡＢ-12", "ab12"),
        ("“便道”，修！", "「便道」修"),
    ],
)
def test_layout_and_punctuation_make_no_difference(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("修便道", "修便桥"), ("3月5日", "3月15日"), ("请修", "请不修"), ("", "修")],
)
def test_words_make_a_difference(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    ("parts", "id"),
    [
        (("request", "青溪镇", "黑松林场", "林函20243号", "请修便道", "1"), "Q-R7KI3FQP"),
        (("a",), "Q-3LM2CFYL"),
        ((), "Q-6Q2NJSW2"),
    ],
)
def test_ids_are_the_ones_that_verdicts_were_given_under(parts: tuple[str, ...], id: str) -> None:
    assert make_id("Q", *parts) == id


@given(st.lists(st.text(), max_size=4))
def test_an_id_is_no_number_and_easy_to_read_out(parts: list[str]) -> None:
    assert re.fullmatch(r"G-[ABCDFGHIJKLMNPQRSTUVWXYZ2-9]{8}", make_id("G", *parts))


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_other_parts_make_another_id(one: list[str], other: list[str]) -> None:
    if "\x1f".join(one) != "\x1f".join(other):
        assert make_id("G", *one) != make_id("G", *other)


@pytest.mark.parametrize(("one", "other"), [(("ab", "c"), ("a", "bc")), (("a", ""), ("a",)), (("a", "b"), ("b", "a"))])
def test_parts_do_not_run_together(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert make_id("Q", *one) != make_id("Q", *other)


def test_a_number_alone_keys_a_document() -> None:
    one = document_key("林函〔2024〕3号", "2024-03-05", "letter", "林场", "关于便道的函")
    assert one == document_key("林函[2024]3号", "", "reply", "镇政府", "")


def test_without_a_number_all_else_keys_it() -> None:
    key = ("", "2024-03-05", "letter", "林场", "关于便道的函")
    for at, other in ((1, "2024-03-06"), (2, "reply"), (3, "镇政府"), (4, "关于界桩的函")):
        assert document_key(*key) != document_key(*key[:at], other, *key[at + 1 :])
    assert document_key(*key) == document_key("", "2024-03-05", "letter", "林 场", "《关于便道的函》")
