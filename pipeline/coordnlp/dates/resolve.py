"""From a calendar expression to the days that it means, seen from an anchor."""

from __future__ import annotations

import calendar as months
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from coordnlp.dates.grammar import Found
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


def resolve(found: Found, anchor: datetime.date, prefer: Prefer) -> Days | None:
    """Return the days that an expression means, None if there are none such (2月30日).

    Args:
        anchor: The day that the text was written on.
        prefer: Which year a date without one is given: the last before the anchor, the next, or the nearest.
    """
    try:
        return _READERS[found.kind](found.parts, anchor, prefer)
    except ValueError:  # 2月30日, 13月: datetime knows best
        return None


def last_of(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    return datetime.date(year, month, months.monthrange(year, month)[1])


def _number(text: str | None) -> int:
    value = read_number(text.strip()) if text else None
    if value is None:
        raise ValueError(text)
    return value


def _month(text: str | None) -> int:
    return 1 if text == "元" else _number(text)


def _year(parts: Parts, anchor: datetime.date) -> int | None:
    if relative := parts.get("relyear"):
        return anchor.year + words().years.offsets[relative]
    if not (written := parts.get("year")):
        return None
    value = _number(written)
    return value + 2000 if len(written) == 2 else value


def _choose(
    build: Callable[[int], Days], year: int | None, anchor: datetime.date, prefer: Prefer
) -> Days | None:
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


def _one(day: datetime.date, has_year: bool) -> Days:
    return Days(day, day, "day", has_year)


def _part(year: int, month: int, name: str | None, has_year: bool) -> Days:
    last = last_of(year, month)
    if not name:
        return Days(last.replace(day=1), last, "month", has_year)
    first, end = words().parts.spans[name]
    return Days(last.replace(day=first), last.replace(day=end) if end else last, "third", has_year)


def _in_month(parts: Parts, year: int, month: int, has_year: bool) -> Days:
    if parts.get("day"):
        return _one(datetime.date(year, month, _number(parts["day"])), has_year)
    return _part(year, month, parts.get("part"), has_year)


def _read_iso(parts: Parts, _anchor: datetime.date, _prefer: Prefer) -> Days:
    text = parts["iso"] or ""
    year, month, day = (int(piece) for piece in text.replace("/", "-").replace(".", "-").split("-"))
    return _one(datetime.date(year, month, day), True)


def _read_date(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    year, month = _year(parts, anchor), _month(parts["month"])
    return _choose(lambda y: _in_month(parts, y, month, year is not None), year, anchor, prefer)


def _read_days(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    year, month = _year(parts, anchor), _month(parts["month"])
    month2 = _month(parts["month2"]) if parts["month2"] else month

    def build(y: int) -> Days:
        first = datetime.date(y, month, _number(parts["day"]))
        last = datetime.date(y + (month2 < month), month2, _number(parts["day2"]))
        if last < first:
            raise ValueError("a range that runs backwards")
        return Days(first, last, "day", year is not None)

    return _choose(build, year, anchor, prefer)


def _read_months(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    year, month, month2 = _year(parts, anchor), _month(parts["month"]), _month(parts["month2"])

    def build(y: int) -> Days:
        return Days(
            datetime.date(y, month, 1), last_of(y + (month2 < month), month2), "month", year is not None
        )

    return _choose(build, year, anchor, prefer)


def _read_year(parts: Parts, anchor: datetime.date, _prefer: Prefer) -> Days:
    year = _year(parts, anchor)
    if year is None:
        raise ValueError(parts)
    if quarter := parts.get("quarter"):
        return _quarter_of(year, _number(quarter), parts.get("edge"), True)
    if half := parts.get("half"):
        return _half_of(year, words().seasons.halves[half], True)
    if parts.get("yearend"):
        return Days(datetime.date(year, 12, 1), datetime.date(year, 12, 31), "month", True)
    if parts.get("yearstart"):
        return Days(datetime.date(year, 1, 1), datetime.date(year, 1, 31), "month", True)
    return Days(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year", True)


def _quarter_of(year: int, quarter: int, edge: str | None, has_year: bool) -> Days:
    last = last_of(year, quarter * 3)
    first = datetime.date(year, quarter * 3 - 2, 1)
    match edge:
        case "末" | "底":
            return Days(last.replace(day=1), last, "month", has_year)
        case "初":
            return Days(first, last_of(year, first.month), "month", has_year)
        case _:
            return Days(first, last, "quarter", has_year)


def _half_of(year: int, half: int, has_year: bool) -> Days:
    return Days(datetime.date(year, half * 6 - 5, 1), last_of(year, half * 6), "half", has_year)


def _read_relmonth(parts: Parts, anchor: datetime.date, _prefer: Prefer) -> Days:
    year, month = _shift(anchor, words().months.offsets[parts["rel"] or ""])
    return _in_month(parts, year, month, True)


def _shift(anchor: datetime.date, offset: int) -> tuple[int, int]:
    count = anchor.year * 12 + anchor.month - 1 + offset
    return count // 12, count % 12 + 1


def _read_part(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days:
    name = parts["xun"] or parts["part"]
    options = [_part(*_shift(anchor, offset), name, False) for offset in (-1, 0, 1)]
    match prefer:
        case "future":
            return next(days for days in options if days.last >= anchor)
        case "past":
            return next(days for days in reversed(options) if days.first <= anchor)
        case "near":
            return options[1]


def _read_quarter(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    edge = parts["edge"] or parts["edge2"]
    if number := parts["quarter"] or parts["q"]:
        quarter = _number(number)
        return _choose(lambda y: _quarter_of(y, quarter, edge, False), None, anchor, prefer)
    offset = words().quarters.offsets[parts["rel"]] if parts["rel"] else 0
    count = anchor.year * 4 + (anchor.month - 1) // 3 + offset
    return _quarter_of(count // 4, count % 4 + 1, edge, True)


def _read_season(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    seasons, season = words().seasons, parts["season"] or ""
    if half := seasons.halves.get(season):
        return _choose(lambda y: _half_of(y, half, False), None, anchor, prefer)
    year = anchor.year
    if season in seasons.year_starts:
        return _choose(
            lambda y: Days(datetime.date(y, 1, 1), datetime.date(y, 1, 31), "month", False),
            None if prefer == "future" else year,
            anchor,
            prefer,
        )
    if season in seasons.year_ends:
        return _choose(
            lambda y: Days(datetime.date(y, 12, 1), datetime.date(y, 12, 31), "month", False),
            None if prefer == "past" else year,
            anchor,
            prefer,
        )
    return Days(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year", True)


def _read_week(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days:
    weeks = words().weeks
    monday = anchor - datetime.timedelta(days=anchor.weekday())
    if bare := parts["bare"]:
        day = monday + datetime.timedelta(days=weeks.days[bare] - 1)
        if prefer == "future" and day < anchor:
            day += datetime.timedelta(days=7)
        if prefer == "past" and day > anchor:
            day -= datetime.timedelta(days=7)
        return _weekend(day - datetime.timedelta(days=6)) if bare == "末" else _one(day, True)
    monday += datetime.timedelta(days=7 * weeks.offsets[parts["rel"] or ""])
    if weekday := parts["weekday"]:
        if weekday == "末":
            return _weekend(monday)
        return _one(monday + datetime.timedelta(days=weeks.days[weekday] - 1), True)
    return Days(monday, monday + datetime.timedelta(days=6), "day", True)


def _weekend(monday: datetime.date) -> Days:
    saturday = monday + datetime.timedelta(days=5)
    return Days(saturday, saturday + datetime.timedelta(days=1), "day", True)


def _read_day(parts: Parts, anchor: datetime.date, _prefer: Prefer) -> Days:
    offset = words().days.offsets.get(parts["word"] or "", 0)
    return _one(anchor + datetime.timedelta(days=offset), True)


def _read_dayonly(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    number, days = _number(parts["day"]), []
    for offset in range(-2, 3):
        year, month = _shift(anchor, offset)
        if number <= last_of(year, month).day:
            days.append(datetime.date(year, month, number))
    match prefer:
        case "past":
            day = next((day for day in reversed(days) if day <= anchor), None)
        case "future":
            day = next((day for day in days if day >= anchor), None)
        case "near":
            day = min(days, key=lambda day: abs(day - anchor))
    return _one(day, False) if day else None


_READERS: Mapping[str, Callable[[Parts, datetime.date, Prefer], Days | None]] = {
    "iso": _read_iso,
    "days": _read_days,
    "months": _read_months,
    "date": _read_date,
    "year": _read_year,
    "monthday": _read_date,
    "relmonth": _read_relmonth,
    "part": _read_part,
    "quarter": _read_quarter,
    "season": _read_season,
    "week": _read_week,
    "day": _read_day,
    "dayonly": _read_dayonly,
}
