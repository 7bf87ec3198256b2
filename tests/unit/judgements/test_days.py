from __future__ import annotations

import datetime as dt

import pytest

from coordnlp.judgements.days import read_day, readings

NEAR = dt.date(2024, 7, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024/3/5",
        "2024.3.5",
        "2024年3月5日",
        "二〇二四年三月五日",
        "20240305",
        "45356",
        "45356.0",
        "5-Mar-24",
        "05-Mar-2024",
        "5 March 2024",
        "2024-03-05 00:00:00",
        "２０２４／３／５",
        "3月5日",
    ],
)
def test_ways_to_write_one_day(text: str) -> None:
    assert read_day(text, NEAR) == "2024-03-05"


@pytest.mark.parametrize(
    "text", ["", "尽快", "3", "12345678", "1234.5", "2024-13-05", "2024/2/30", "3月", "03/05/2024", "99999"]
)
def test_what_is_no_day_or_may_be_two(text: str) -> None:
    assert read_day(text, NEAR) == ""


def test_a_day_with_two_readings_is_known_again() -> None:
    assert "2024-03-05" in readings("03/05/24")
    assert "2024-03-05" in readings("5/3/2024")
    assert "2024-03-05" not in readings("2024/3/6")


def test_where_one_number_can_be_no_month_the_day_is_told() -> None:
    assert read_day("3/25/2024", NEAR) == read_day("25/3/2024", NEAR) == "2024-03-25"
