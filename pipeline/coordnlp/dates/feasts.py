"""Deadlines set by a holiday or by the working day: 国庆节前, 节后第一个工作日, 下班前."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator

from coordnlp.dates.calendar import WorkCalendar
from coordnlp.dates.candidates import FIRM, MIDDLING, Candidate, around, forms
from coordnlp.dates.grammar import GAP, cn, year
from coordnlp.dates.lexicon import either, words
from coordnlp.dates.numerals import read_number

_DAY = datetime.timedelta(days=1)
_NEW_YEAR_SEASON = datetime.timedelta(days=120)
_BEFORE = "(?:之前|以前|前)"


@functools.cache
def _holiday() -> re.Pattern[str]:
    holidays = words().holidays
    name = rf"(?<![{cn()}\d])(?P<name>{either(holidays.names)})|(?<![{holidays.not_after}])(?P<any>{either(holidays.any)})"
    nth = rf"(?:第(?P<n>\d|[{cn()}])个?|{either(holidays.first)})"
    then = (
        rf"(?:之后|以后|后)的?(?:{nth}{either(holidays.days)}(?:之?[内前])?"
        rf"|(?:上班|开工)?(?P<first>第一天|首日|头一天)(?:上班)?|(?P<count>\d{{1,2}}|[{cn()}]{{1,2}})个?工作日(?:之内|以内|内))"
    )
    guard = either(words().not_before.words)
    return re.compile(
        rf"(?:{year()}{GAP}的?)?(?:{name}){GAP}{either(holidays.leave)}?(?:(?!{guard})(?P<before>{_BEFORE})|(?P<then>{then}))"
    )


@functools.cache
def _today() -> re.Pattern[str]:
    return re.compile(rf"{either(words().clock.today)}{_BEFORE}")


@functools.cache
def _before_new_year() -> re.Pattern[str]:
    guard = either(words().not_before.words)
    return re.compile(
        rf"(?<![\d{cn()}几多数今去明前后来上次整往当本成 ])年(?!{guard}){_BEFORE}(?![{cn()}几])"
    )


def holiday_deadlines(folded: str, anchor: datetime.date, calendar: WorkCalendar) -> Iterator[Candidate]:
    """Yield the deadlines that hang on a holiday or on the end of the working day."""
    for match in _holiday().finditer(folded):
        if not _belongs_elsewhere(folded, match):
            yield _resolve(match, anchor, calendar)
    for match in _before_new_year().finditer(folded):
        if not _belongs_elsewhere(folded, match):
            yield _new_year(match, anchor, calendar)
    for match in _today().finditer(folded):
        if not _belongs_elsewhere(folded, match):
            yield Candidate(match.start(), match.end(), anchor, MIDDLING, "未写哪一天，按发文当日")


def _belongs_elsewhere(folded: str, match: re.Match[str]) -> bool:
    place, form = around(folded, match.start(), match.end()), forms()
    blocked = form.object_before.search(place.before) or form.recurring.search(place.before)
    return bool(blocked or form.look_back.search(place.before) or form.done.match(place.after))


def _resolve(match: re.Match[str], anchor: datetime.date, calendar: WorkCalendar) -> Candidate:
    name = words().holidays.names.get(match["name"] or "")
    found = _start_and_end(name, _said_year(match, anchor), anchor, calendar)
    if found is None:
        return Candidate(match.start(), match.end(), None, FIRM, "该年的节日日期不详")
    festival, start, end = found
    guess = "" if calendar.knows(start.year) else "，该年放假安排为推测"
    if match["before"]:
        date, note = start - _DAY, f"按{festival}放假前一日{guess}"
    else:
        n = 1 if match["first"] else read_number(match["n"] or match["count"] or "1") or 1
        date, note = calendar.add_workdays(end, n), f"按{festival}假后第{n}个工作日{guess}"
    return Candidate(match.start(), match.end(), date, FIRM, note)


def _said_year(match: re.Match[str], anchor: datetime.date) -> int | None:
    if match["relyear"]:
        return anchor.year + words().years.offsets[match["relyear"]]
    number = read_number(match["year"]) if match["year"] else None
    return number + 2000 if number is not None and number < 100 else number


def _start_and_end(
    name: str | None, year_: int | None, anchor: datetime.date, calendar: WorkCalendar
) -> tuple[str, datetime.date, datetime.date] | None:
    """Return the festival, its first and last day off: in the said year, else the next after the anchor."""
    holidays = words().holidays
    names = [name] if name else sorted({*holidays.fixed, *holidays.moving})
    years = [year_] if year_ else [anchor.year, anchor.year + 1]
    options = []
    for festival in names:
        for candidate in years:
            start, end = (
                calendar.holiday_start(festival, candidate),
                calendar.holiday_end(festival, candidate),
            )
            if start and end and (year_ or start > anchor):
                options.append((start, end, festival))
    if not options:
        return None
    start, end, festival = min(options)
    return festival, start, end


def _new_year(match: re.Match[str], anchor: datetime.date, calendar: WorkCalendar) -> Candidate:
    """Read 年前 as before 春节, if that is near."""
    found = _start_and_end("春节", None, anchor, calendar)
    if found is None or found[1] - anchor > _NEW_YEAR_SEASON:
        return Candidate(match.start(), match.end(), None, FIRM, "“年前”所指不明")
    return Candidate(match.start(), match.end(), found[1] - _DAY, FIRM, "“年前”按春节放假前一日")
