from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordnlp.report.cells import clean, defuse, to_csv

DANGEROUS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "\t", "\r", "\n"]
BEFORE = ["", " ", "\u3000", "\u00a0", "\ufeff", "\u200b", "\u200f", "\u202e", "\x00", "  \n "]


@pytest.mark.parametrize("start", DANGEROUS)
@pytest.mark.parametrize("before", BEFORE)
def test_a_dangerous_start_is_defused(before: str, start: str) -> None:
    assert defuse(f"{before}{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "请于3月20日前答复",
        "a=b",
        "3-5月",
        "（一）＝",
        "〔2024〕1号",
        "'=1",
        "1+1",
        "第一行\n=第二行",
        "😀=1",
    ],
)
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert defuse(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\x00乙", "甲\ufffd乙"),
        ("甲\ud800乙", "甲\ufffd乙"),
        ("甲\uffff乙", "甲\ufffd乙"),
        ("\x1b[31m红", "\ufffd[31m红"),
        ("附件\u202egpj.exe", "附件gpj.exe"),
        ("甲\r\n乙\r丙\v丁\x85戊\u2028己", "甲\n乙\n丙\n丁\n戊\n己"),
        ("\u200fمرحبا", "\u200fمرحبا"),
        ("𠮷😀👨\u200d👩", "𠮷😀👨\u200d👩"),
    ],
)
def test_what_cannot_be_shown_is_replaced_and_words_stay(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_cell_too_long_for_excel_is_cut_with_a_word() -> None:
    cell = defuse("长" * 40_000, cut="……（余下的见 data）")
    assert len(cell) == 32_000
    assert cell.endswith("……（余下的见 data）")
    assert defuse(cell, cut="……（余下的见 data）") == cell


def test_numbers_stay_numbers_even_below_zero() -> None:
    assert to_csv([[-3, 0.5, "-3"]]) == b"\xef\xbb\xbf-3,0.5,'-3\r\n"


ANY_TEXT = st.text(st.characters(exclude_categories=()))


@settings(deadline=None)
@given(st.lists(st.lists(ANY_TEXT, min_size=2, max_size=4), min_size=1, max_size=4))
def test_any_text_opens_again_as_the_same_cells(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(to_csv(rows).decode("utf-8-sig"), newline="")))
    assert read == [[defuse(cell) for cell in row] for row in rows]


@settings(deadline=None)
@given(ANY_TEXT)
def test_no_cell_ever_begins_a_formula_and_defusing_twice_changes_nothing(text: str) -> None:
    cell = defuse(text)
    assert defuse(cell) == cell
    assert unicodedata.normalize("NFKC", cell.lstrip())[:1] not in {"=", "+", "-", "@"}
