"""The days that an expression means, and how a year is chosen for one that names none."""

from __future__ import annotations

import calendar as months
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from coordnlp.dates.lexicon import words
from coordnlp.dates.numerals import read_number

Precision = Literal["day", "third", "month", "quarter", "half", "year"]
Prefer = Literal["past", "future", "near"]
Parts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last`; `has_year` if the year is said or follows from 今年, 上月, 昨日."""

    first: datetime.date
    last: datetime.date
    precision: Precision
    has_year: bool


def last_of(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    return datetime.date(year, month, months.monthrange(year, month)[1])


def number_of(text: str | None) -> int:
    """Return the number that a part writes; ValueError if it writes none."""
    value = read_number(text.strip()) if text else None
    if value is None:
        raise ValueError(text)
    return value


def choose(build: Callable[[int], Days], year: int | None, anchor: datetime.date, prefer: Prefer) -> Days | None:
    """Build the days in the given year or, without one, in the year that `prefer` asks for."""
    if year is not None:
        return build(year)
    options = []
    for candidate in range(anchor.year - 8, anchor.year + 9):
        try:
            options.append(build(candidate))
        except ValueError:  # 2月29日 of a common year
            continue
    match prefer:
        case "past":
            return next((days for days in reversed(options) if days.first <= anchor), None)
        case "future":
            return next((days for days in options if days.last >= anchor), None)
        case "near":
            return min(options, key=lambda days: (_distance(days, anchor), days.first), default=None)


def _distance(days: Days, anchor: datetime.date) -> int:
    return max((days.first - anchor).days, (anchor - days.last).days, 0)


def one_day(day: datetime.date, has_year: bool) -> Days:
    """Return a single day."""
    return Days(day, day, "day", has_year)


def shift_month(anchor: datetime.date, offset: int) -> tuple[int, int]:
    """Return year and month of the month `offset` months after the anchor's."""
    count = anchor.year * 12 + anchor.month - 1 + offset
    return count // 12, count % 12 + 1


def year_of(parts: Parts, anchor: datetime.date) -> int | None:
    """Return the year that an expression says, by number or by a word such as 去年, or None."""
    if relative := parts.get("relyear"):
        return anchor.year + words().years.offsets[relative]
    if not (written := parts.get("year")):
        return None
    value = number_of(written)
    return value + 2000 if len(written) == 2 else value
