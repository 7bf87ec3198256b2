"""The exchange ladder: two lanes over time, arrows for papers, bars for what waits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coordnlp.records import Dossier, Gap, Header, Life
from coordnlp.report.page.scale import Scale

State = Literal["open", "doubt", "quiet"]
_TOP, _BOTTOM, _OTHERS = 46.0, 166.0, 16.0
_LANES: Mapping[str, float] = {"A": _TOP, "B": _BOTTOM, "X": _OTHERS}
_STEP = 3.0
_SLANT = 5.0
_BAR, _FIRST_BAR = 11.0, 196.0
_MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Arrow:
    """A paper from one lane to another; within a lane it is a tick. `href` leads to its row, '' where it has none."""

    x1: float
    y1: float
    x2: float
    y2: float
    state: State
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of both lanes, or the record of a talk or a chat."""

    x: float
    is_chat: bool
    state: State
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """What waits: from the day it was asked to the as-of day; `urges` are the places of what was raised again."""

    x: float
    y: float
    width: float
    party: str
    severity: str
    title: str
    href: str
    urges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The whole picture; `more` is how many bars were left out."""

    scale: Scale
    height: float
    top: float
    bottom: float
    others: float
    arrows: tuple[Arrow, ...]
    meetings: tuple[Meeting, ...]
    bars: tuple[Bar, ...]
    more: int


def draw_ladder(dossier: Dossier, scale: Scale, severity: Mapping[str, str]) -> Ladder:
    """Draw the papers of a dossier in order of date, and its open requests, the gravest first.

    Args:
        severity: The class of severity of each gap by its id.
    """
    rows: dict[str, Gap] = {}
    for gap in sorted(dossier.gaps, key=lambda one: one.rank):
        if gap.request:
            rows.setdefault(gap.request, gap)
    asked = _by_document(dossier, rows)
    arrows, meetings = [], []
    taken: Counter[tuple[str, str | None]] = Counter()
    for header in sorted((one for one in dossier.headers if one.date), key=lambda one: (one.date, one.id)):
        state, href = asked[header.id]
        title = " ".join(part for part in (header.date, header.number, header.title or header.file) if part)
        x = scale.x(header.date) + _STEP * taken[header.date, header.sender]
        taken[header.date, header.sender] += 1
        if header.sender == "AB":
            meetings.append(Meeting(x, header.kind == "transcript", state, title, href))
        elif header.sender:
            arrows += [Arrow(x, y1, x2, y2, state, title, href) for y1, x2, y2 in _ways(header, x)]
    bars = list(_bars(dossier, rows, scale, severity))
    height = _FIRST_BAR + _BAR * min(len(bars), _MOST_BARS) + 8
    shown = tuple(bars[:_MOST_BARS])
    return Ladder(
        scale, height, _TOP, _BOTTOM, _OTHERS, tuple(arrows), tuple(meetings), shown, max(0, len(bars) - _MOST_BARS)
    )


def _by_document(dossier: Dossier, rows: Mapping[str, Gap]) -> Mapping[str, tuple[State, str]]:
    """Return by paper whether something that it asks is open, and where its row is."""
    found: dict[str, tuple[State, str]] = defaultdict(lambda: ("quiet", ""))
    lives: Mapping[str, Life] = {life.request: life for life in dossier.lives}
    for request in sorted(dossier.requests, key=lambda one: (one.date, one.id)):
        if request.id in rows and found[request.document][0] != "open":
            found[request.document] = ("open", f"#{rows[request.id].id}")
        elif lives[request.id].verdict == "cannot_tell" and found[request.document][0] == "quiet":
            found[request.document] = ("doubt", "")
    return found


def _ways(header: Header, x: float) -> Sequence[tuple[float, float, float]]:
    """Return start and end of the arrows of a paper: one to each lane that it goes to, a tick where it stays."""
    start = _LANES.get(header.sender or "", _OTHERS)
    receivers = {*header.addressees, *header.copies}
    sides = ("A", "B") if "AB" in receivers else tuple(side for side in ("A", "B") if side in receivers)
    ends = [_LANES[side] for side in sides if side != header.sender]
    if not ends:
        inward = 8.0 if start < (_TOP + _BOTTOM) / 2 else -8.0
        return [(start, x, start + inward)]
    return [(start, x + _SLANT, end) for end in ends]


def _bars(dossier: Dossier, rows: Mapping[str, Gap], scale: Scale, severity: Mapping[str, str]) -> Sequence[Bar]:
    end = scale.x(dossier.as_of)
    urges: dict[str, list[float]] = defaultdict(list)
    for event in dossier.events:
        if event.type == "urge" and event.date:
            urges[event.request].append(scale.x(event.date))
    found = []
    dated = (gap for gap in sorted(rows.values(), key=lambda one: one.rank) if gap.date)
    for at, gap in enumerate(dated):
        x = scale.x(gap.date)
        party = gap.responsible or ""
        found.append(
            Bar(
                x=x,
                y=_FIRST_BAR + _BAR * at,
                width=max(2.0, round(end - x, 1)),
                party=party,
                severity=severity[gap.id],
                title=f"{gap.date} {gap.summary}",
                href=f"#{gap.id}",
                urges=tuple(sorted(urges[gap.request])),
            )
        )
    return found
