"""From a calendar expression to the days that it means, seen from an anchor."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from coordnlp.dates.days import Days, Parts, Prefer, choose, last_of, number_of, one_day, shift_month, year_of
from coordnlp.dates.grammar import Found
from coordnlp.dates.lexicon import words
from coordnlp.dates.periods import read_quarter, read_season, read_week, read_year


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


def _month(text: str | None) -> int:
    return 1 if text == "元" else number_of(text)


def _part(year: int, month: int, name: str | None, has_year: bool) -> Days:
    last = last_of(year, month)
    if not name:
        return Days(last.replace(day=1), last, "month", has_year)
    first, end = words().parts.spans[name]
    return Days(last.replace(day=first), last.replace(day=end) if end else last, "third", has_year)


def _in_month(parts: Parts, year: int, month: int, has_year: bool) -> Days:
    if parts.get("day"):
        return one_day(datetime.date(year, month, number_of(parts["day"])), has_year)
    return _part(year, month, parts.get("part"), has_year)


def _read_iso(parts: Parts, _anchor: datetime.date, _prefer: Prefer) -> Days:
    text = parts["iso"] or ""
    year, month, day = (int(piece) for piece in text.replace("/", "-").replace(".", "-").split("-"))
    return one_day(datetime.date(year, month, day), True)


def _read_date(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    year, month = year_of(parts, anchor), _month(parts["month"])
    return choose(lambda y: _in_month(parts, y, month, year is not None), year, anchor, prefer)


def _read_days(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    year, month = year_of(parts, anchor), _month(parts["month"])
    month2 = _month(parts["month2"]) if parts["month2"] else month

    def build(y: int) -> Days:
        first = datetime.date(y, month, number_of(parts["day"]))
        last = datetime.date(y + (month2 < month), month2, number_of(parts["day2"]))
        if last < first:
            raise ValueError("a range that runs backwards")
        return Days(first, last, "day", year is not None)

    return choose(build, year, anchor, prefer)


def _read_months(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    year, month, month2 = year_of(parts, anchor), _month(parts["month"]), _month(parts["month2"])

    def build(y: int) -> Days:
        return Days(datetime.date(y, month, 1), last_of(y + (month2 < month), month2), "month", year is not None)

    return choose(build, year, anchor, prefer)


def _read_relmonth(parts: Parts, anchor: datetime.date, _prefer: Prefer) -> Days:
    year, month = shift_month(anchor, words().months.offsets[parts["rel"] or ""])
    return _in_month(parts, year, month, True)


def _read_part(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days:
    if within := parts["within"]:
        return _within(within, anchor)
    name = parts["xun"] or parts["part"]
    options = [_part(*shift_month(anchor, offset), name, False) for offset in (-1, 0, 1)]
    match prefer:
        case "future":
            return next(days for days in options if days.last >= anchor)
        case "past":
            return next(days for days in reversed(options) if days.first <= anchor)
        case "near":
            return options[1]


def _within(unit: str, anchor: datetime.date) -> Days:
    """Read 月内, 周内, 季度内: the current one."""
    if unit == "月":
        return _part(anchor.year, anchor.month, None, True)
    monday = anchor - datetime.timedelta(days=anchor.weekday())
    if unit == "周":
        return Days(monday, monday + datetime.timedelta(days=6), "day", True)
    last = last_of(anchor.year, (anchor.month + 2) // 3 * 3)
    return Days(last.replace(month=last.month - 2, day=1), last, "quarter", True)


def _read_day(parts: Parts, anchor: datetime.date, _prefer: Prefer) -> Days:
    offset = words().days.offsets.get(parts["word"] or "", 0)
    return one_day(anchor + datetime.timedelta(days=offset), True)


def _read_dayonly(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    number, days = number_of(parts["day"]), []
    for offset in range(-2, 3):
        year, month = shift_month(anchor, offset)
        if number <= last_of(year, month).day:
            days.append(datetime.date(year, month, number))
    match prefer:
        case "past":
            day = next((day for day in reversed(days) if day <= anchor), None)
        case "future":
            day = next((day for day in days if day >= anchor), None)
        case "near":
            day = min(days, key=lambda day: abs(day - anchor))
    return one_day(day, False) if day else None


_READERS: Mapping[str, Callable[[Parts, datetime.date, Prefer], Days | None]] = {
    "iso": _read_iso,
    "days": _read_days,
    "months": _read_months,
    "date": _read_date,
    "year": read_year,
    "monthday": _read_date,
    "relmonth": _read_relmonth,
    "part": _read_part,
    "quarter": read_quarter,
    "season": read_season,
    "week": read_week,
    "day": _read_day,
    "dayonly": _read_dayonly,
}
