"""Joint meetings: which papers are of one, how often they were to be held, which were missed, who came."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from coordnlp.dates.numerals import read_number
from coordnlp.records import Indicator, Parsed, Passage, Quote, Side
from coordnlp.stages.indicators.evidence import Evidence, quote
from coordnlp.stages.indicators.table import CadencePattern, IndicatorTable

_SIDES: tuple[Side, ...] = ("A", "B")
_ORDINAL = re.compile(r"第\s*([0-9]+|[一二三四五六七八九十]+)\s*[次期号]|[〕\]）)]\s*([0-9]+)\s*[号期]")
_HEAD = 400
_OPENING = 80
# So many characters behind a name may tell that its bearer was not there.
_EXCUSE = 20
# An interval is only inferred from so many meetings.
_LEAST_INFERRED = 4
# So many meetings missed in a row are a lapse without a word that says so.
_LEAST_TRAILING = 2


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the two teams with its paper; `ordinal` is its number in the series, 0 for none."""

    one: Parsed
    date: str
    series: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often the two agreed to meet, in the words of a passage, from its date on."""

    pattern: CadencePattern
    one: Parsed
    passage: Passage
    series: str


def list_meetings(evidence: Evidence) -> list[Meeting]:
    """Return the meetings of the two teams in order of date, one a day and series."""
    found: dict[tuple[str, str], Meeting] = {}
    for one in evidence.parsed:
        if _is_joint(one, evidence.table):
            head = f"{one.header.title}{one.document.plain[:_HEAD]}"
            series = evidence.table.meetings.series_of(one.header.title) or evidence.table.meetings.series_of(head)
            key = (one.header.date, series)
            found.setdefault(key, Meeting(one, one.header.date, series, _ordinal(one)))
    return [found[key] for key in sorted(found)]


def _is_joint(one: Parsed, table: IndicatorTable) -> bool:
    header, words = one.header, table.meetings
    if header.kind not in ("minutes", "transcript") or header.sender != "AB" or not header.date:
        return False
    if words.is_group.search(header.title):
        return False
    listed = {attendee.party for attendee in header.attendees if attendee.role == "present"}
    opening = f"{header.title}\n{one.document.plain[:_OPENING]}"
    # A chat has no list of who came, and nobody calls it a meeting.
    chats = words.is_chat.search(header.title) or not words.is_talk.search(opening)
    return header.kind == "minutes" or {"A", "B"} <= listed or not chats


def _ordinal(one: Parsed) -> int:
    match = _ORDINAL.search(f"{one.header.title}\n{one.document.plain[:_HEAD]}")
    return (read_number(match[1] or match[2]) or 0) if match else 0


# --- rhythm --------------------------------------------------------------------------------------


def meeting_rhythm(evidence: Evidence) -> Iterator[Indicator]:
    """Yield how many meetings were missed, and when the first one was due."""
    meetings = list_meetings(evidence)
    cadence = find_cadence(evidence)
    if cadence:
        yield _agreed(cadence, meetings, evidence)
    elif len(meetings) >= _LEAST_INFERRED:
        yield _inferred(meetings, evidence)
    elif meetings:
        said = evidence.words.said
        words = said.no_rhythm.format(count=len(meetings), dates=said.list.join(one.date for one in meetings))
        yield Indicator("meeting_rhythm", None, None, len(meetings), words, tuple(map(_paper, meetings)))


def find_cadence(evidence: Evidence) -> Cadence | None:
    """Return the first agreement on how often the two teams meet; the minutes' own voice before anybody's."""
    found = list(_cadences(evidence))
    of_both = [one for one in found if one.passage.party == "AB"]
    return next(iter(of_both or found), None)


def _cadences(evidence: Evidence) -> Iterator[Cadence]:
    table = evidence.table
    for one, passage, score in evidence.carrying("regular_meetings"):
        text = one.words(passage)
        pattern = next((pattern for pattern in table.cadence if pattern.regex.search(text)), None)
        gathers = any(words.regex.search(text) for words in table.gathering)
        if pattern and gathers and score.evidence != "lacking" and not table.meetings.is_group.search(text):
            yield Cadence(pattern, one, passage, table.meetings.series_of(text))


def _agreed(cadence: Cadence, meetings: Sequence[Meeting], evidence: Evidence) -> Indicator:
    held = _of_series(cadence, meetings)
    missed = list_missed(cadence, held, _covered_until(evidence))
    said, rhythm = evidence.words.said, evidence.words.rhythms[cadence.pattern.code]
    told = said.rhythm.format(date=cadence.one.header.date, rhythm=rhythm, count=len(held))
    told += said.held.format(dates=said.list.join(one.date for one in held)) if held else ""
    days = said.list.join(day.isoformat() for day in missed)
    told += said.missed.format(dates=days) if missed else said.none_missed
    return Indicator(
        code="meeting_rhythm",
        party=None,
        value=float(len(missed)),
        cases=len(held),
        words=told,
        quotes=(quote(cadence.passage), *map(_paper, held)),
        date=missed[0].isoformat() if missed else "",
        caution=evidence.caution(len(held) + len(missed)),
        lapsed_since=_lapsed_since(missed, held, evidence),
    )


def _covered_until(evidence: Evidence) -> dt.date:
    """Return the day up to which the folder holds papers: what comes after says nothing of a meeting not held.

    As papers come in turns, it holds up to its last one and as long again as they are usually apart.
    """
    days = sorted({dt.date.fromisoformat(one.header.date) for one in evidence.parsed if one.header.date})
    if len(days) < 2:
        return evidence.as_of
    usual = median((after - before).days for before, after in pairwise(days))
    return min(evidence.as_of, days[-1] + dt.timedelta(days=int(usual)))


def _lapsed_since(missed: Sequence[dt.date], held: Sequence[Meeting], evidence: Evidence) -> str:
    """Return the first of the last periods in a row that were missed, where it was not one alone.

    Both teams must have gone on writing after it, or the folder just ends.
    """
    last = held[-1].date if held else ""
    trailing = [day.isoformat() for day in missed if day.isoformat() > last]
    if len(trailing) < _LEAST_TRAILING:
        return ""
    writers = {one.header.sender for one in evidence.parsed if one.header.date > trailing[0]}
    return trailing[0] if {"A", "B"} <= writers else ""


def _of_series(cadence: Cadence, meetings: Sequence[Meeting]) -> list[Meeting]:
    """Return the meetings from the agreement on that are of its series.

    One that names no meeting (每季度碰一次头) is of the series whose paper tells it; all count where none fits.
    """
    since = [one for one in meetings if one.date >= cadence.one.header.date]
    own = next((one.series for one in since if one.one is cadence.one), "")
    same = [one for one in since if one.series and one.series == (cadence.series or own)]
    return same or since


def list_missed(cadence: Cadence, held: Sequence[Meeting], until: dt.date) -> list[dt.date]:
    """Return the last days of the periods in which a meeting was due and none was held.

    A period ends with its month. One that begins with the agreement counts only if the agreement is older. What the
    numbers of the meetings show to have been held, though no paper of it is in the folder, fills the periods
    between the two papers.
    """
    start = dt.date.fromisoformat(cadence.one.header.date)
    months = {(day.year, day.month) for day in (dt.date.fromisoformat(one.date) for one in held)}
    months.add((start.year, start.month))
    unseen = dict(_unseen_between(held))
    missed = []
    for first, last in _periods(cadence.pattern, start, until):
        if any(_is_within(month, first, last) for month in months):
            continue
        between = next((pair for pair in unseen if pair[0] < last.isoformat() <= pair[1]), None)
        if between and unseen[between] > 0:
            unseen[between] -= 1
        else:
            missed.append(last)
    return missed


def _periods(pattern: CadencePattern, start: dt.date, until: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield first and last day of every period after that of the start that has ended by a day."""
    month = start.year * 12 + start.month - 1
    while True:
        month += 1
        last = _end_of(month)
        if last > until:
            return
        if _ends_period(pattern, month, start):
            yield _end_of(month - pattern.months) + dt.timedelta(days=1), last


def _ends_period(pattern: CadencePattern, month: int, start: dt.date) -> bool:
    number = month % 12 + 1
    match pattern.window:
        case "odd" | "even":
            return number % 2 == (pattern.window == "odd")
        case "1" | "2" | "3":
            return (number - 1) % 3 + 1 == int(pattern.window)
        case _ if pattern.months == 3:
            return number % 3 == 0 and month - (start.year * 12 + start.month - 1) > 0
        case _:
            return (month - (start.year * 12 + start.month - 1)) % pattern.months == 0


def _end_of(month: int) -> dt.date:
    year, number = divmod(month, 12)
    return dt.date(year, number + 1, calendar.monthrange(year, number + 1)[1])


def _is_within(month: tuple[int, int], first: dt.date, last: dt.date) -> bool:
    return (first.year, first.month) <= month <= (last.year, last.month)


def _unseen_between(held: Sequence[Meeting]) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield how many meetings the numbers of two papers show to lie between them."""
    for before, after in pairwise(held):
        if before.ordinal and after.ordinal > before.ordinal + 1:
            yield (before.date, after.date), after.ordinal - before.ordinal - 1


def _inferred(meetings: Sequence[Meeting], evidence: Evidence) -> Indicator:
    days = [dt.date.fromisoformat(one.date) for one in meetings]
    gaps = [(after - before).days for before, after in pairwise(days)]
    usual, since = median(gaps), (_covered_until(evidence) - days[-1]).days
    missed = int(since // usual) - 1 if usual and since > max(gaps) else 0
    due = days[-1] + dt.timedelta(days=int(usual))
    said = evidence.words.said
    words = said.inferred.format(count=len(meetings), days=f"{usual:.0f}", last=meetings[-1].date)
    return Indicator(
        "meeting_rhythm",
        None,
        float(max(0, missed)),
        len(meetings),
        words,
        tuple(map(_paper, meetings)),
        due.isoformat() if missed > 0 else "",
        said.estimated,
    )


def _paper(meeting: Meeting) -> Quote:
    """Return the head of a meeting's paper."""
    first = next(iter(meeting.one.passages), None)
    return quote(first) if first else Quote(meeting.one.header.id, 0, 0)


# --- who came ------------------------------------------------------------------------------------


def principals_present(evidence: Evidence) -> Iterator[Indicator]:
    """Yield for each team at how many joint meetings a principal of it was."""
    meetings = list_meetings(evidence)
    for side in _SIDES:
        principals = find_principals(side, evidence)
        there = [one for one in meetings if any(is_present(name, one.one, evidence) for name in principals)]
        if meetings and principals:
            said = evidence.words.said
            words = said.principals.format(names=said.list.join(principals), meetings=len(meetings), count=len(there))
            absent = [one for one in meetings if one not in there]
            words += said.absent.format(dates=said.list.join(one.date for one in absent)) if absent else ""
            share = 100 * len(there) / len(meetings)
            caution = evidence.caution(len(meetings))
            papers = tuple(map(_paper, absent))
            yield Indicator("principals_present", side, round(share, 1), len(meetings), words, papers, caution=caution)


def find_principals(side: Side, evidence: Evidence) -> list[str]:
    """Return who leads a team: by the posts of its list, else the one who stands first in it."""
    team = next(one for one in evidence.teams.teams if one.id == side)
    posts = evidence.table.meetings.principal_posts
    led = [member.name for member in team.members if member.post and _is_principal(member.post, posts)]
    return led or [member.name for member in team.members[:1]]


def _is_principal(post: str, posts: Sequence[str]) -> bool:
    return post.endswith(tuple(posts)) and not re.search("副|助理|办公室|科", post)


def is_present(name: str, one: Parsed, evidence: Evidence) -> bool:
    """Tell whether somebody was at a meeting: listed, named in its opening, or speaking; not where excused."""
    words, opening = evidence.table.meetings, one.document.plain[:_HEAD]
    places = [match.end() for match in re.finditer(re.escape(name), opening)]
    roles = {attendee.role for attendee in one.header.attendees if attendee.name == name}
    if "absent" in roles or any(words.is_away.match(opening, at) for at in places):
        return False
    excused = any(words.is_absent.search(opening, at, at + _EXCUSE) for at in places)
    excused |= any(name in line for line in opening.splitlines() if words.is_absent.search(line))
    speaks = any(passage.speaker == name for passage in one.passages)
    return "present" in roles or speaks or (bool(places) and not excused)
