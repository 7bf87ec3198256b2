"""Working days and holidays."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys

import pytest

from coordnlp.dates import WorkCalendar
from coordnlp.dates.lexicon import fold, words

CALENDAR = WorkCalendar()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("2024-05-08", True),
        ("2024-05-11", True),
        ("2024-05-12", False),
        ("2024-05-01", False),
        ("2024-10-07", False),
        ("2024-10-12", True),
        ("2026-02-28", True),
        ("2031-03-03", True),
        ("2031-03-08", False),
        ("2031-10-01", False),
        ("2031-01-23", False),
        ("2003-12-31", True),
        ("2060-05-04", True),
    ],
)
def test_working_days(text: str, worked: bool) -> None:
    assert CALENDAR.is_workday(day(text)) is worked


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2024-05-08", 0, "2024-05-08"),
        ("2024-05-08", 3, "2024-05-11"),
        ("2024-05-08", 5, "2024-05-14"),
        ("2024-09-30", 1, "2024-10-08"),
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_working_days_are_added(start: str, n: int, end: str) -> None:
    assert CALENDAR.add_workdays(day(start), n) == day(end)


@pytest.mark.parametrize(
    ("name", "year", "start"),
    [
        ("国庆", 2024, "2024-10-01"),
        ("国庆", 2023, "2023-09-29"),
        ("中秋", 2023, "2023-09-29"),
        ("春节", 2024, "2024-02-10"),
        ("春节", 2025, "2025-01-28"),
        ("元旦", 2024, "2023-12-30"),
        ("元旦", 2025, "2025-01-01"),
        ("劳动节", 2024, "2024-05-01"),
        ("端午", 2024, "2024-06-10"),
        ("清明", 2024, "2024-04-04"),
        ("春节", 2030, "2030-02-03"),
        ("国庆", 2045, "2045-10-01"),
    ],
)
def test_holidays_begin(name: str, year: int, start: str) -> None:
    assert CALENDAR.holiday_start(name, year) == day(start)


@pytest.mark.parametrize(("name", "year"), [("春节", 2045), ("重阳", 2024), ("", 2024)])
def test_an_unknown_holiday_has_no_start(name: str, year: int) -> None:
    assert CALENDAR.holiday_start(name, year) is None


def test_the_calendar_says_which_years_it_knows() -> None:
    assert CALENDAR.knows(2024)
    assert not CALENDAR.knows(2003)
    assert not CALENDAR.knows(2060)


def test_every_festival_of_the_known_years_is_a_day_off() -> None:
    dates = words().holidays.moving
    known = [one for days in dates.values() for one in days if CALENDAR.knows(one.year)]
    # 端午、清明、中秋 became public holidays in 2008.
    assert all(not CALENDAR.is_workday(one) for one in known if one.year >= 2008)


def test_importing_the_package_does_not_load_the_calendar_library() -> None:
    code = "import sys, coordnlp.dates; print('chinese_calendar' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert run.stdout.strip() == "False"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_folding_keeps_every_character_at_its_place() -> None:
    text = "完成时限：２０２４年３月５日（週五）前，〜——　T＋３"
    assert len(fold(text)) == len(text)


def test_every_group_of_the_table_names_its_source() -> None:
    groups = words().model_dump()
    assert all(group["source"] for group in groups.values())
