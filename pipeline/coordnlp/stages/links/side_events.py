"""What happens to a request beside its answer: a promised or new date, a question back, a hand-over to others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from coordnlp.dates import WorkCalendar, find_dates, find_due
from coordnlp.features.lookup import Lookup
from coordnlp.records import Event, EventType, Request
from coordnlp.stages.links.pair import Pair
from coordnlp.tables import Table, TriedPattern, load_table

# How near a question back must come to its request where it does not follow it in a talk.
_NEAR = 0.35
_LEADS = 0.6
# How near later words of the asker must come for the question back to be answered.
_ANSWERS_BACK = 0.25
_NEXT_TURNS = (1, 2)
_UNDER_WAY: tuple[EventType, ...] = ("acknowledgement", "partial_answer")


class SideEvents(Table):
    """`lexicons/side_events.toml`."""

    source: str
    extension: tuple[TriedPattern, ...]
    clarification: tuple[TriedPattern, ...]
    forwarded: tuple[TriedPattern, ...]
    received: tuple[TriedPattern, ...]
    done: tuple[TriedPattern, ...]
    told: tuple[TriedPattern, ...]
    asks_opinion: tuple[TriedPattern, ...]
    opines: tuple[TriedPattern, ...]


@cache
def load_side_events() -> SideEvents:
    """Load `lexicons/side_events.toml`."""
    return load_table("side_events", SideEvents)


def has_received(pair: Pair) -> bool:
    """Tell whether the asker says that what he asked for has come."""
    return pair.by_asker and bool(_named(pair.text, load_side_events().received))


def was_done(pair: Pair) -> bool:
    """Tell whether a passage names a day, past by then, on which what was asked for was done: 分局6月8日上报市局.

    The verb must be the ask's: what else was done on a day is no answer; nor is what was done before it was asked.
    """
    said = dt.date.fromisoformat(pair.date)
    return any(
        match["verb"] in pair.asked_text and pair.request.date <= named.date.isoformat() <= pair.date
        for one in load_side_events().done
        for match in one.regex.finditer(pair.text)
        for named in find_dates(match["day"], said, prefer="past")
    )


def tells_at_once(text: str) -> bool:
    """Tell whether a sentence announces what it tells, and tells it: 现将名单函告如下：张三、李四。"""
    return bool(_named(text, load_side_events().told))


def asks_opinion(text: str) -> bool:
    """Tell whether an ask is for an opinion: 请于3月28日前将书面意见反馈我局."""
    return bool(_named(text, load_side_events().asks_opinion))


def opines(text: str) -> bool:
    """Tell whether a sentence gives an opinion, or announces it: 现提出以下意见, 我院无修改意见."""
    return bool(_named(text, load_side_events().opines))


def with_dates(events: Iterable[Event], requests: Mapping[str, Request], lookup: Lookup) -> Iterator[Event]:
    """Yield events, those under way with the day that they promise, and behind them new dates and hand-overs."""
    table, calendar = load_side_events(), WorkCalendar()
    for event in events:
        document, passage = lookup.passages[event.passage]
        text, due = document.words(passage), lookup.annotations[passage.id].due
        day = due.date if due else ""
        moved = _moved(text, event, requests[event.request], calendar)
        open_part = event.type in _UNDER_WAY
        until = moved or (day if day and day >= event.date else "")
        yield replace(event, until=until) if open_part else event
        if moved and event.type not in ("urge", "withdrawal"):
            name = _named(text, table.extension)
            yield replace(event, type="extension", until=moved, reasons=(f"说了新的时间（{name}）",))
        if open_part and (name := _named(text, table.forwarded)):
            yield replace(event, type="forwarded", until="", reasons=(f"交给了别的单位（{name}）",))


def _moved(text: str, event: Event, request: Request, calendar: WorkCalendar) -> str:
    """Return the later day that a passage names in the place of the deadline, '' where it names none."""
    former = request.due.date if request.due else ""
    words = [one.regex.search(text) for one in load_side_events().extension]
    starts = [match.start() for match in words if match]
    if not former or not starts:
        return ""
    # 4月20日前赶不上，推到5月10日前: the new day stands behind the words, 8月31日（延期） before them.
    for part in (text[max(starts) :], text):
        found = find_due(part, _day(event), calendar=calendar)
        if found and found.date and found.date > former:
            return found.date
    return ""


def _day(event: Event) -> dt.date:
    return dt.date.fromisoformat(event.date)


def questions_back(pairs: Sequence[Pair]) -> Iterator[Event]:
    """Yield the questions that the asked party puts back before it answers, one a request and paper.

    `until` is the day on which the asker came back to the matter, '' where it has not: the clock rests.
    """
    best: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        key = (pair.request.id, pair.header.id)
        if _asks_back(pair) and (key not in best or pair.topic > best[key].topic):
            best[key] = pair
    for pair in best.values():
        name = _named(pair.text, load_side_events().clarification)
        yield Event(
            request=pair.request.id,
            type="clarification",
            document=pair.header.id,
            passage=pair.passage.id,
            start=pair.passage.start,
            end=pair.passage.end,
            date=pair.date,
            score=round(max(pair.leads, pair.owns), 3),
            reasons=(f"没有答复，先反问（{name}）",),
            until=min((other.date for other in pairs if _answers_back(other, pair)), default=""),
        )


def _asks_back(pair: Pair) -> bool:
    if pair.request.kind != "request" or pair.by_asker or not pair.by_responsible or pair.passage.party == "AB":
        return False
    near = pair.topic + pair.rare >= _NEAR and pair.leads >= _LEADS and pair.owns >= _LEADS
    return (near or pair.turns in _NEXT_TURNS) and bool(_named(pair.text, load_side_events().clarification))


def _answers_back(later: Pair, question: Pair) -> bool:
    if later.request.id != question.request.id or not later.by_asker:
        return False
    if later.header.id == question.header.id:
        return later.passage.start > question.passage.end
    return later.date >= question.date and later.topic >= _ANSWERS_BACK


def _named(text: str, patterns: Iterable[TriedPattern]) -> str:
    return next((one.name for one in patterns if one.regex.search(text)), "")
