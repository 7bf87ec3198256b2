"""Days as people and spreadsheet programs write them into a cell: 2024/3/5, 45356, 5-Mar-24, 3月5日."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

from coordnlp.dates import find_dates, read_date

_EPOCH = dt.date(1899, 12, 30)
# Numbers of days that mean 1954 to 2119: others are no day.
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NAMED = re.compile(r"(\d{1,2})[-\s/]([A-Za-z]{3,9})\.?[-\s/,]+(\d{4}|\d\d)")
_NUMBERS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_day(text: str, near: dt.date) -> str:
    """Return the ISO day that a cell names, '' where it names none or may name several.

    Args:
        near: The year of a day without one is the nearest to this day's.
    """
    found = readings(text)
    if found:
        return found.pop() if len(found) == 1 else ""
    mentions = find_dates(text, near)
    return mentions[0].date.isoformat() if len(mentions) == 1 and mentions[0].precision == "day" else ""


def readings(text: str) -> set[str]:
    """Return every ISO day that a cell with a whole date may mean; 03/05/2024 may be two."""
    plain = _CLOCK.sub("", unicodedata.normalize("NFKC", text).strip())
    if (whole := read_date(plain)) is not None:
        return {whole.isoformat()}
    return {day.isoformat() for day in _others(plain)}


def _others(plain: str) -> Iterator[dt.date]:
    if serial := _SERIAL.fullmatch(plain):
        yield _EPOCH + dt.timedelta(days=int(serial[1]))
    if compact := _COMPACT.fullmatch(plain):
        yield from _day(compact[1], compact[2], compact[3])
    if (named := _NAMED.fullmatch(plain)) and named[2][:3].lower() in _MONTHS:
        yield from _day(named[3], str(_MONTHS.index(named[2][:3].lower()) + 1), named[1])
    if numbers := _NUMBERS.fullmatch(plain):
        first, second, third = numbers.groups()
        yield from _day(first, second, third)
        yield from _day(third, first, second)
        yield from _day(third, second, first)


def _day(year: str, month: str, day: str) -> Iterator[dt.date]:
    """Yield the day if there is such a one; a year has two or four digits."""
    if len(year) not in (2, 4) or len(day) > 2:
        return
    try:
        yield dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return
