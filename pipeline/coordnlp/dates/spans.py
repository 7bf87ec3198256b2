"""Deadlines that are lengths of time: 收到本函后10个工作日内, 两周内, T+3."""

from __future__ import annotations

import calendar as months
import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coordnlp.dates.calendar import WorkCalendar
from coordnlp.dates.forms import FIRM, Candidate, around, belongs_elsewhere, forms, is_standing, not_before
from coordnlp.dates.grammar import GAP, cn
from coordnlp.dates.lexicon import either, words
from coordnlp.dates.numerals import read_number
from coordnlp.dates.starts import find_start

_UNITS = ("workdays", "hours", "months", "weeks", "days", "years")
_GATE = re.compile(r"[内里限]|最迟|最晚|[Tt]\+")
_UNDONE = re.compile(r"(?:未|没|已|曾|没有|未能|能否)[在于]?$")


@dataclass(frozen=True, slots=True)
class Patterns:
    """A length of time, the words before it that make it a limit, and T+N."""

    span: re.Pattern[str]
    limit: re.Pattern[str]
    trade: re.Pattern[str]


@functools.cache
def _patterns() -> Patterns:
    durations = words().durations
    units = "|".join(f"(?P<{unit}>{either(getattr(durations, unit))})" for unit in _UNITS)
    number = rf"(?:\d{{1,3}}|[{cn()}]{{1,4}}|半)"
    inside = f"(?!{not_before()}){either(durations.inside)}"
    return Patterns(
        span=re.compile(
            rf"(?<![\d月年第/.\-{cn()}])(?:{number}{GAP}{either(durations.days)}?[到至\-~])?(?P<n>{number}){GAP}"
            rf"(?P<half>个半(?=月))?(?:{units}|(?<=个半)月){GAP}(?P<inside>{inside})?"
        ),
        limit=re.compile(f"{either(durations.limits)}{GAP}$"),
        trade=re.compile(r"(?<![A-Za-z0-9])[Tt]\+(\d{1,2})(?!\d)"),
    )


def duration_deadlines(
    folded: str, anchor: datetime.date, receipt: datetime.date | None, calendar: WorkCalendar
) -> Iterator[Candidate]:
    """Yield the lengths of time in folded text that are deadlines, in order."""
    if not _GATE.search(folded):
        return
    for match in _patterns().trade.finditer(folded):
        date = calendar.add_workdays(anchor, int(match[1]))
        yield Candidate(match.start(), match.end(), date, FIRM, f"按发文日后第{int(match[1])}个工作日")
    for match in _patterns().span.finditer(folded):
        if (one := _read(folded, match, anchor, receipt, calendar)) is not None:
            yield one


def _read(
    folded: str,
    match: re.Match[str],
    anchor: datetime.date,
    receipt: datetime.date | None,
    calendar: WorkCalendar,
) -> Candidate | None:
    place = around(folded, match.start(), match.end())
    limit = None if match["inside"] else _patterns().limit.search(place.before)
    if not (match["inside"] or limit) or belongs_elsewhere(place):
        return None
    if _UNDONE.search(place.before) or forms().within.match(place.after) or is_standing(place.sentence):
        return None
    start = find_start(place.sentence, anchor, receipt)
    begin = match.start() - (len(limit[0]) if limit else start.length)
    n, unit = _count(match), next((unit for unit in _UNITS if match[unit]), "months")
    if start.day is None or n is None:
        return Candidate(begin, match.end(), None, FIRM, "起算日不能由本文推定")
    date, said = _end(start.day, n, unit, calendar)
    guess = "，该年节假日为推测" if unit == "workdays" and not calendar.knows(date.year) else ""
    return Candidate(begin, match.end(), date, FIRM, f"按{start.note}次日起算{said}{guess}")


def _count(match: re.Match[str]) -> float | None:
    """Return the number of units; of 三五 and 两三 the larger."""
    text = match["n"]
    if text == "半":
        return 0.5
    digits = words().numerals.digits
    if len(text) == 2 and all(digits.get(char) for char in text):
        text = text[1]
    number = read_number(text)
    return None if number is None else number + (0.5 if match["half"] else 0)


def _end(start: datetime.date, n: float, unit: str, calendar: WorkCalendar) -> tuple[datetime.date, str]:
    whole = int(n)
    match unit:
        case "workdays":
            return calendar.add_workdays(start, whole), f"{whole}个工作日"
        case "hours":
            return start + datetime.timedelta(
                days=-(-whole // 24) if whole >= 24 else 0
            ), "半小时" if n < 1 else f"{whole}小时"
        case "weeks":
            return start + datetime.timedelta(days=int(n * 7)), f"{whole}周"
        case "months":
            said = "半个月" if n < 1 else f"{whole}个{'半' if n % 1 else ''}月"
            return _add_months(start, whole) + datetime.timedelta(days=15 if n % 1 else 0), said
        case "years":
            return _add_months(start, int(n * 12)), "半年" if n < 1 else f"{whole}年"
        case _:
            return start + datetime.timedelta(days=whole), f"{whole}日"


def _add_months(day: datetime.date, n: int) -> datetime.date:
    count = day.year * 12 + day.month - 1 + n
    year, month = count // 12, count % 12 + 1
    return datetime.date(year, month, min(day.day, months.monthrange(year, month)[1]))
