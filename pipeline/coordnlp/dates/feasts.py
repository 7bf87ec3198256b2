"""Deadlines set by a holiday or by the working day: 国庆节前, 节后第一个工作日, 下班前."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator

from coordnlp.dates.calendar import WorkCalendar
from coordnlp.dates.forms import FIRM, MIDDLING, Candidate, around, belongs_elsewhere, forms, not_before
from coordnlp.dates.grammar import GAP, cn, year
from coordnlp.dates.lexicon import either, words
from coordnlp.dates.numerals import read_number

_DAY = datetime.timedelta(days=1)
_NEW_YEAR_SEASON = datetime.timedelta(days=120)
# 昨天下班前, 周五下班前: the day is named, and was judged there.
_DAY_NAMED = re.compile(r"[天日号晚早一二三四五六]$")
_BEFORE = "(?:之前|以前|前)"


@functools.cache
def _holiday() -> re.Pattern[str]:
    holidays = words().holidays
    first = "".join(sorted({name[0] for name in (*holidays.names, *holidays.any)}))
    name = (
        rf"(?<![{cn()}\d])(?P<name>{either(holidays.names)})"
        rf"|(?<![{holidays.not_after}])(?P<any>{either(holidays.any)})"
    )
    number = rf"(?:\d{{1,2}}|[{cn()}]{{1,2}})"
    workday = either(holidays.days)
    then = (
        rf"(?:结束)?(?:之后|以后|后)的?(?:(?:第(?P<nth>{number})个?|{either(holidays.first)}){workday}(?:之?[内前])?"
        r"|(?:上班|开工)?(?:的?第一天|首日|头一天)(?:上班)?"
        rf"|(?P<count>{number})(?:个?{workday}|(?P<unit>[天日周]))(?:之内|以内|内))"
    )
    return re.compile(
        rf"(?=[{first}])(?:{name}){GAP}{either(holidays.leave)}?(?:(?!{not_before()})(?P<before>{_BEFORE})|(?P<then>{then}))"
    )


@functools.cache
def _said() -> re.Pattern[str]:
    return re.compile(f"{year()}{GAP}的?{GAP}$")


@functools.cache
def _today() -> re.Pattern[str]:
    number = rf"(?<![\d:第{cn()}])(?:\d{{1,2}}|[{cn()}]{{1,3}})"
    hour = rf"{either(words().clock.words)}?{number}(?:[点时]半?(?:\d{{1,2}}分)?|:\d\d)"
    return re.compile(f"(?:{either(words().clock.today)}|{hour}){_BEFORE}")


@functools.cache
def _before_new_year() -> re.Pattern[str]:
    other = f"{not_before()}|{either(words().not_before.periods)}"
    return re.compile(rf"(?<![\d{cn()}几多数今去明前后来上次整往当本成 ])年(?!{other}){_BEFORE}(?![{cn()}几])")


def holiday_deadlines(folded: str, anchor: datetime.date, calendar: WorkCalendar) -> Iterator[Candidate]:
    """Yield the deadlines that hang on a holiday or on the end of the working day."""
    if "前" not in folded and "后" not in folded:
        return
    for match in _holiday().finditer(folded):
        if _sets(folded, match):
            yield _resolve(folded, match, anchor, calendar)
    for match in _before_new_year().finditer(folded):
        if _sets(folded, match):
            yield _new_year(match, anchor, calendar)
    for match in _today().finditer(folded):
        if _sets(folded, match) and _asks_today(folded, match):
            yield Candidate(match.start(), match.end(), anchor, MIDDLING, "未写哪一天，按发文当日")


def _asks_today(folded: str, match: re.Match[str]) -> bool:
    """Tell 下班前给我, 请10点前报 from 散会前，他说…, a time in a story."""
    place, form = around(folded, match.start(), match.end()), forms()
    if _DAY_NAMED.search(place.before):
        return False
    alone = not place.sentence.strip() and not place.after.strip() and not place.next_clause
    asked = place.before.strip() and form.asking_before.search(place.before)
    return bool(alone or asked or form.handing.match(place.after))


def _sets(folded: str, match: re.Match[str]) -> bool:
    place = around(folded, match.start(), match.end())
    return not belongs_elsewhere(place) and forms().done.match(place.after) is None


def _resolve(folded: str, match: re.Match[str], anchor: datetime.date, calendar: WorkCalendar) -> Candidate:
    said = _said().search(folded, max(0, match.start() - 16), match.start())
    begin = said.start() if said else match.start()
    name = words().holidays.names.get(match["name"] or "")
    found = _start_and_end(name, _said_year(said, anchor), anchor, calendar)
    if found is None:
        return Candidate(begin, match.end(), None, FIRM, "该年的节日日期不详")
    festival, start, end = found
    guess = "" if calendar.knows(start.year) else "，该年放假安排为推测"
    if match["before"]:
        return Candidate(begin, match.end(), start - _DAY, FIRM, f"按{festival}放假前一日{guess}")
    n = read_number(match["nth"] or match["count"] or "1") or 1
    if unit := match["unit"]:
        date = end + datetime.timedelta(days=n * (7 if unit == "周" else 1))
        return Candidate(begin, match.end(), date, FIRM, f"按{festival}假后{n}{unit}{guess}")
    date = calendar.add_workdays(end, n)
    return Candidate(begin, match.end(), date, FIRM, f"按{festival}假后第{n}个工作日{guess}")


def _said_year(said: re.Match[str] | None, anchor: datetime.date) -> int | None:
    if said is None:
        return None
    if said["relyear"]:
        return anchor.year + words().years.offsets[said["relyear"]]
    return read_number(said["year"])


def _start_and_end(
    name: str | None, said: int | None, anchor: datetime.date, calendar: WorkCalendar
) -> tuple[str, datetime.date, datetime.date] | None:
    """Return the festival, its first and last day off: in the said year, else the next after the anchor."""
    holidays = words().holidays
    names = [name] if name else sorted({*holidays.fixed, *holidays.moving})
    years = [said] if said else [anchor.year, anchor.year + 1]
    options = []
    for festival in names:
        for candidate in years:
            start, end = (
                calendar.holiday_start(festival, candidate),
                calendar.holiday_end(festival, candidate),
            )
            if start and end and (said or start > anchor):
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
