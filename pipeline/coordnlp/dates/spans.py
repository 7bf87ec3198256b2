"""Deadlines that are lengths of time: 收到本函后10个工作日内, 两周内, T+3."""

from __future__ import annotations

import calendar as months
import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coordnlp.dates.calendar import WorkCalendar
from coordnlp.dates.candidates import FIRM, Candidate, around, forms
from coordnlp.dates.grammar import GAP, cn, find_expressions
from coordnlp.dates.lexicon import either, words
from coordnlp.dates.numerals import read_number
from coordnlp.dates.resolve import resolve

_AFTER_EVENT = re.compile(r"(?:后|之日|起|以来|开始|算起|起算|结束)[,，]?的?$")
_UNITS = ("workdays", "hours", "months", "weeks", "days", "years")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a length of time begins: `day` is None if no day is known; `length` in characters."""

    day: datetime.date | None
    length: int
    note: str


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of this module."""

    span: re.Pattern[str]
    trade: re.Pattern[str]
    receipt: re.Pattern[str]
    issue: re.Pattern[str]
    now: re.Pattern[str]
    dated: re.Pattern[str]


@functools.cache
def _patterns() -> Patterns:
    durations, starts = words().durations, words().starts
    units = "|".join(f"(?P<{unit}>{either(getattr(durations, unit))})" for unit in _UNITS)
    number = rf"(?:\d{{1,3}}|[{cn()}]{{1,4}}|半)"
    papers, tail = (
        either(starts.papers),
        r"(?:之日|当日|当天|次日|之时)?(?:起算|起计算|起|后|之后|以后|算起|开始)?",
    )
    lead = r"(?:自|从|在|于)?"
    return Patterns(
        span=re.compile(
            rf"(?P<limit>{either(durations.limits)})?{GAP}(?<![\d月年第/.\-{cn()}])(?:{number}[到至\-~])?"
            rf"(?P<n>{number}){GAP}(?P<half>个半)?(?P<more>多)?(?:{units}){GAP}(?P<inside>{either(durations.inside)})?"
        ),
        trade=re.compile(r"(?<![A-Za-z0-9])[Tt]\+(\d{1,2})(?!\d)"),
        receipt=re.compile(
            rf"{lead}(?:(?:{either(starts.receive)})(?:《[^》]*》)?{papers}?|{papers}{either(starts.reach)}){tail}[,，]?的?$"
        ),
        issue=re.compile(
            rf"{lead}{papers}?{either(starts.issue)}(?:之日|当日|次日)?(?:起算|起|后|之后|以后)[,，]?的?$"
        ),
        now=re.compile(rf"{either(starts.now)}[,，]?的?$"),
        dated=re.compile(r"(?:之日|当日|次日)?(?:起算|起|后|之后|以后|开始)[,，]?的?$"),
    )


def duration_deadlines(
    folded: str, anchor: datetime.date, receipt: datetime.date | None, calendar: WorkCalendar
) -> Iterator[Candidate]:
    """Yield the lengths of time in folded text that are deadlines, in order."""
    for match in _patterns().trade.finditer(folded):
        date = calendar.add_workdays(anchor, int(match[1]))
        yield Candidate(match.start(), match.end(), date, FIRM, f"按发文日后第{int(match[1])}个工作日")
    for match in _patterns().span.finditer(folded):
        if (match["inside"] or match["limit"]) and not _belongs_elsewhere(folded, match):
            yield _candidate(folded, match, _start(folded, match, anchor, receipt), calendar)


def _belongs_elsewhere(folded: str, match: re.Match[str]) -> bool:
    place, form = around(folded, match.start(), match.end()), forms()
    tail = match["inside"] and folded.startswith(tuple(words().not_before.words), match.end() - 1)
    past = form.look_back.search(place.before) or re.search(
        r"(?:未|没|已|曾|没有|未能)[在于]?$", place.before
    )
    elsewhere = form.object_before.search(place.before) or form.recurring.search(place.before)
    return bool(tail or past or elsewhere or form.done.match(place.after))


def _start(folded: str, match: re.Match[str], anchor: datetime.date, receipt: datetime.date | None) -> Start:
    """Find from when a length of time runs: receipt, issue, a date said, another event, or the document."""
    before = re.split(r"[。;；!！?？\n]", folded[: match.start()])[-1]
    patterns = _patterns()
    if found := patterns.receipt.search(before):
        note = "收函日" if receipt else "发文日（收函日不详）"
        return Start(receipt or anchor, len(found[0]), note)
    if found := patterns.issue.search(before) or patterns.now.search(before):
        return Start(anchor, len(found[0]), "发文日")
    if found := patterns.dated.search(before):
        for mention in find_expressions(before):
            days = resolve(mention, anchor, "near")
            if mention.end == found.start() and days:
                return Start(days.last, len(before) - mention.start, f"{days.last.isoformat()}")
    if found := _AFTER_EVENT.search(before):
        event = re.split(r"[,，]", before[: found.start()])[-1]
        return Start(None, len(before) - found.start() + len(event), "")
    return Start(anchor, 0, "发文日")


def _candidate(folded: str, match: re.Match[str], start: Start, calendar: WorkCalendar) -> Candidate:
    begin = match.start() - start.length
    n, unit = _count(match), next(unit for unit in _UNITS if match[unit])
    if start.day is None or n is None:
        return Candidate(begin, match.end(), None, FIRM, "起算日不能由本文推定")
    date, said = _end(start.day, n, unit, calendar)
    estimated = "，该年节假日为推测" if unit == "workdays" and not calendar.knows(date.year) else ""
    return Candidate(begin, match.end(), date, FIRM, f"按{start.note}次日起算{said}{estimated}")


def _count(match: re.Match[str]) -> float | None:
    """Return the number of units; of 三五 and 两三 the larger."""
    text = match["n"]
    if text == "半":
        return 0.5
    numerals = words().numerals
    if len(text) == 2 and all(numerals.digits.get(char) for char in text):
        text = text[1]
    number = read_number(text)
    return None if number is None else number + (0.5 if match["half"] else 0)


def _end(start: datetime.date, n: float, unit: str, calendar: WorkCalendar) -> tuple[datetime.date, str]:
    whole = int(n)
    match unit:
        case "workdays":
            return calendar.add_workdays(start, whole), f"{whole}个工作日"
        case "hours":
            return start + datetime.timedelta(days=-(-whole // 24) if whole >= 24 else 0), f"{whole}小时"
        case "weeks":
            return start + datetime.timedelta(days=int(n * 7)), f"{n:g}周"
        case "months":
            return _add_months(start, whole) + datetime.timedelta(days=15 if n % 1 else 0), f"{n:g}个月"
        case "years":
            return _add_months(start, int(n * 12)), f"{n:g}年"
        case _:
            return start + datetime.timedelta(days=whole), f"{whole}日"


def _add_months(day: datetime.date, n: int) -> datetime.date:
    count = day.year * 12 + day.month - 1 + n
    year, month = count // 12, count % 12 + 1
    return datetime.date(year, month, min(day.day, months.monthrange(year, month)[1]))
