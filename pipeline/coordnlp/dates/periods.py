"""Years, quarters, halves and weeks: the days that such an expression means."""

from __future__ import annotations

import datetime

from coordnlp.dates.days import Days, Parts, Prefer, choose, last_of, number_of, one_day, year_of
from coordnlp.dates.lexicon import words


def read_year(parts: Parts, anchor: datetime.date, _prefer: Prefer) -> Days:
    """Read 2024年, 明年一季度, 今年上半年, 2024年底."""
    year = year_of(parts, anchor)
    if year is None:
        raise ValueError(parts)
    if quarter := parts.get("quarter"):
        return _quarter_of(year, number_of(quarter), parts.get("edge"), True)
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


def read_quarter(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    """Read 三季度, 本季度末, 季末, Q3."""
    edge = parts["edge"] or parts["edge2"]
    if number := parts["quarter"] or parts["q"]:
        quarter = number_of(number)
        return choose(lambda y: _quarter_of(y, quarter, edge, False), None, anchor, prefer)
    offset = words().quarters.offsets[parts["rel"]] if parts["rel"] else 0
    count = anchor.year * 4 + (anchor.month - 1) // 3 + offset
    return _quarter_of(count // 4, count % 4 + 1, edge, True)


def read_season(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days | None:
    """Read 上半年, 年底, 年初, 年内."""
    seasons, season = words().seasons, parts["season"] or ""
    if half := seasons.halves.get(season):
        return choose(lambda y: _half_of(y, half, False), None, anchor, prefer)
    year = anchor.year
    if season in seasons.year_starts:
        return choose(
            lambda y: Days(datetime.date(y, 1, 1), datetime.date(y, 1, 31), "month", False),
            None if prefer == "future" else year,
            anchor,
            prefer,
        )
    if season in seasons.year_ends:
        return choose(
            lambda y: Days(datetime.date(y, 12, 1), datetime.date(y, 12, 31), "month", False),
            None if prefer == "past" else year,
            anchor,
            prefer,
        )
    return Days(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year", True)


def read_week(parts: Parts, anchor: datetime.date, prefer: Prefer) -> Days:
    """Read 周五, 下周三, 本周, 周末; a bare weekday lies in the week of the anchor."""
    weeks = words().weeks
    monday = anchor - datetime.timedelta(days=anchor.weekday())
    if bare := parts["bare"]:
        day = monday + datetime.timedelta(days=weeks.days[bare] - 1)
        if prefer == "future" and day < anchor:
            day += datetime.timedelta(days=7)
        if prefer == "past" and day > anchor:
            day -= datetime.timedelta(days=7)
        return _weekend(day - datetime.timedelta(days=6)) if bare == "末" else one_day(day, True)
    monday += datetime.timedelta(days=7 * weeks.offsets[parts["rel"] or ""])
    if weekday := parts["weekday"]:
        if weekday == "末":
            return _weekend(monday)
        return one_day(monday + datetime.timedelta(days=weeks.days[weekday] - 1), True)
    return Days(monday, monday + datetime.timedelta(days=6), "day", True)


def _weekend(monday: datetime.date) -> Days:
    saturday = monday + datetime.timedelta(days=5)
    return Days(saturday, saturday + datetime.timedelta(days=1), "day", True)
