"""Signature lines and file names."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.dates import file_name_date, read_date
from coordnlp.dates.numerals import read_number

MARCH_5 = datetime.date(2024, 3, 5)
DIGITS = "〇一二三四五六七八九"


def by_place(number: int, zero: str = "〇") -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number)).replace("〇", zero)


def by_unit(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return lead + (DIGITS[ones] if ones else "")


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月5日",
        "2024年03月05日",
        "2024年3月5号",
        "二〇二四年三月五日",
        "二○二四年三月五日",
        "二零二四年三月五日",
        "二0二四年三月五日",
        "二０二四年三月五日",
        "二O二四年三月五日",
        "二Ｏ二四年三月五日",
        "２０２４年３月５日",
        "2024 年 3 月 5 日",
        " 2024年3月5日　",
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024/03/05",
        "2024.3.5",
        "２０２４．３．５",
        "（2024年3月5日）",
        "(2024年3月5日)",
        "【2024年3月5日】",
        "2024年3月5日（星期二）",
        "2024年3月5日(周二)",
        "2024年3月5日 星期二",
        "2024年3月5日印发",
        "2024年3月5日 印发",
        "公元2024年3月5日",
        "2024年3月5日 9:00",
        "2024年3月5日9时30分",
        "2024年3月5日上午",
        "2024年3月5日 时间 9:00",
        "2024-03-05 14:30:00",
        "2024年3月5日。",
    ],
)
def test_a_signature_line_is_read(text: str) -> None:
    assert read_date(text) == MARCH_5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("二〇一〇年十月十日", "2010-10-10"),
        ("二〇二四年十一月廿二日", "2024-11-22"),
        ("一九九八年元月二十日", "1998-01-20"),
        ("2024年2月29日", "2024-02-29"),
    ],
)
def test_chinese_numerals_are_read(text: str, expected: str) -> None:
    assert read_date(text) == datetime.date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024年2月30日",
        "2023年2月29日",
        "2024年13月5日",
        "2024年3月32日",
        "2024年3月",
        "3月5日",
        "2024年",
        "二〇二四年三月",
        "2024年3月5日会议",
        "关于2024年3月5日",
        "2024年3月5日至8日",
        "2024-03",
        "2024.3",
        "24.3.5",
        "2024-3/5",
        "〔2024〕12号",
        "江医函〔2024〕12号",
        "二〇二四年三月五十日",
        "二四年",
        "12024年3月5日",
        "9:00",
        "星期二",
        "13800000000",
    ],
)
def test_other_strings_are_no_date(text: str) -> None:
    assert read_date(text) is None


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from("〇○零0OＯ０"))
def test_every_way_of_writing_a_date_is_read_back(day: datetime.date, zero: str) -> None:
    forms = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{by_place(day.year, zero)}年{by_unit(day.month)}月{by_unit(day.day)}日",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"（{day.year} 年 {day.month:02} 月 {day.day:02} 日）",
        f"{day.year}年{day.month}月{day.day}日".translate({48 + n: 0xFF10 + n for n in range(10)}),
    )
    assert {read_date(form) for form in forms} == {day}


@given(st.integers(0, 99))
def test_numbers_below_a_hundred_are_read(number: int) -> None:
    assert read_number(by_unit(number) or "〇") == number
    assert read_number(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一百二十", 120),
        ("二千零二十四", 2024),
        ("廿", 20),
        ("两", 2),
        ("拾伍", 15),
        ("9999", 9999),
        ("二〇二四", 2024),
    ],
)
def test_larger_numbers_are_read(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "十十", "十百", "二三十", "半", "12345", "一二三四五", "甲", "1.5"])
def test_what_is_no_number_gives_none(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    "name",
    [
        "2024-03-05 江医函12号.txt",
        "2024-3-5函.docx",
        "20240305.txt",
        "纪要20240305(1).pdf",
        "2024年3月5日 会议纪要.docx",
        "二〇二四年三月五日纪要.docx",
        "2024.3.5 复函.docx",
        "2024.03.05.txt",
        "2024_03_05_函.txt",
        "2024-03-05 关于2024年度预算的函.txt",
        "收文/2024-03-05 关于3月8日活动的函.txt",
        "２０２４年３月５日函.txt",
        "20240305-2024年3月5日函.txt",
    ],
)
def test_a_file_name_is_read(name: str) -> None:
    assert file_name_date(name) == MARCH_5


@pytest.mark.parametrize(
    "name",
    [
        "24.03.05 函.txt",
        "2024-03.txt",
        "2024年3月.docx",
        "202403.txt",
        "江医函〔2024〕12号.docx",
        "20241305.txt",
        "2024-02-30.txt",
        "120240305.txt",
        "2024030512.txt",
        "IMG_13812345678.jpg",
        "纪要.docx",
        "",
        "3月5日函.txt",
        "2024-03-05至2024-03-08.txt",
        "第20次会议.txt",
    ],
)
def test_an_ambiguous_file_name_gives_none(name: str) -> None:
    assert file_name_date(name) is None
