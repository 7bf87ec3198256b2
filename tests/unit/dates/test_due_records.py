"""What a deadline says of itself: the words, the note, the receipt it counts from."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.dates import WorkCalendar, find_due
from coordnlp.records import Due

CALENDAR = WorkCalendar()
ANCHOR = datetime.date(2024, 5, 8)
DAYS = st.dates(datetime.date(2005, 1, 1), datetime.date(2026, 6, 30))


def due(text: str, anchor: datetime.date = ANCHOR, receipt: datetime.date | None = None) -> Due:
    found = find_due(text, anchor, receipt=receipt, calendar=CALENDAR)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("请于６月２０日（星期四）17：00前报送。", "６月２０日（星期四）17：00前"),
        ("请于收到本函后10个工作日内函复", "收到本函后10个工作日内"),
        ("最晚周五给我", "最晚周五"),
        ("务必于 6 月 20 日 前报送", "6 月 20 日 前"),
        ("明年春节前结清", "明年春节前"),
        ("节后第一个工作日报", "节后第一个工作日"),
        ("请于二○二四年六月六日前报送", "二○二四年六月六日前"),
    ],
)
def test_the_words_are_those_of_the_text(text: str, written: str) -> None:
    assert written in due(text).written
    assert due(text).written in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10个工作日内", ("发文日", "次日起算", "10个工作日")),
        ("两周内", ("次日起算", "2周")),
        ("半个月内", ("次日起算", "半个月")),
        ("3月15日前", ("未写年份", "2025年", "请核对")),
        ("2024年5月1日前报送", ("早于发文日", "请核对")),
        ("国庆节前", ("国庆", "放假前一日")),
        ("尽快", ("尽快", "没有写明日期")),
        ("自验收合格之日起10日内", ("起算日",)),
        ("6月20日左右交", ("左右",)),
    ],
)
def test_the_note_tells_how_it_was_read(text: str, words: tuple[str, ...]) -> None:
    assert all(word in due(text).note for word in words)


def test_a_period_after_receipt_counts_from_the_receipt_if_known() -> None:
    receipt = datetime.date(2024, 5, 13)
    known, unknown = due("收到本函后5个工作日内", receipt=receipt), due("收到本函后5个工作日内")
    assert (known.date, unknown.date) == ("2024-05-20", "2024-05-14")
    assert "收函日" in known.note
    assert "收函日不详" in unknown.note


def test_the_receipt_does_not_move_other_deadlines() -> None:
    receipt = datetime.date(2024, 5, 13)
    assert due("5个工作日内", receipt=receipt).date == "2024-05-14"
    assert due("6月20日前", receipt=receipt).date == "2024-06-20"


def test_working_days_beyond_the_calendar_are_called_an_estimate() -> None:
    found = due("5个工作日内", datetime.date(2031, 3, 3))
    assert found.date == "2031-03-10"
    assert "推测" in found.note


def test_full_and_half_width_punctuation_are_read_alike() -> None:
    wide, narrow = (
        "完成时限：６月２０日（周四）１７：００前，逾期不候",
        "完成时限:6月20日(周四)17:00前,逾期不候",
    )
    assert due(wide).date == due(narrow).date == "2024-06-20"


@given(DAYS, st.integers(0, 180))
def test_a_day_without_year_is_the_next_such_day(anchor: datetime.date, ahead: int) -> None:
    day = anchor + datetime.timedelta(days=ahead)
    text = f"请于{day.month}月{day.day}日前报送"
    assert due(text, anchor).date == day.isoformat()


@given(DAYS, st.integers(1, 90))
def test_calendar_days_count_from_the_next_day(anchor: datetime.date, n: int) -> None:
    assert due(f"请在{n}日内答复", anchor).date == (anchor + datetime.timedelta(days=n)).isoformat()


@given(DAYS, st.integers(1, 40))
def test_working_days_end_on_a_working_day(anchor: datetime.date, n: int) -> None:
    last = datetime.date.fromisoformat(due(f"请在{n}个工作日内答复", anchor).date)
    counted = range((last - anchor).days)
    assert CALENDAR.is_workday(last)
    assert sum(CALENDAR.is_workday(last - datetime.timedelta(days=back)) for back in counted) == n


@given(st.text("请于3月15日前后底内周五一二十个工作到收函起,，。《》（）0年节T+ \n", max_size=40), DAYS)
def test_any_text_is_read_without_error(text: str, anchor: datetime.date) -> None:
    found = find_due(text, anchor, calendar=CALENDAR)
    assert found is None or (found.written and found.written in text)


def test_long_lines_without_a_date_are_passed_over_quickly() -> None:
    text = "会议强调要加强沟通协调，提高办事效率，共同推进项目建设和前期工作，做到心中有数。" * 5000
    start = time.perf_counter()
    assert find_due(text, ANCHOR, calendar=CALENDAR) is None
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "一" * 5000,
        "上午" * 3000,
        "3月" * 2000,
        "10日内" * 1000,
        "收到本函，" * 1000,
        " " * 5000 + "前",
        "（" * 3000,
    ],
)
def test_odd_lines_do_not_stall_the_reader(text: str) -> None:
    start = time.perf_counter()
    find_due(text + "日前", ANCHOR, calendar=CALENDAR)
    assert time.perf_counter() - start < 3
