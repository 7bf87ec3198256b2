"""Answers: how many of the other side's requests a team has answered, in how many days, and by which way."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from coordnlp.records import Event, Indicator, Kind, Quote, Request, Side
from coordnlp.stages.indicators.evidence import Evidence
from coordnlp.stages.indicators.wording import Channel

_SIDES: tuple[Side, ...] = ("A", "B")
_FINAL = ("answer", "refusal")
_CHANNELS: Mapping[Channel, tuple[Kind, ...]] = {
    "letter": ("letter", "reply", "petition"),
    "mail": ("email",),
    "meeting": ("minutes",),
    "talk": ("transcript",),
    "report": ("report", "notice", "memo", "other"),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request to a team that counts, with its first answer in substance, None where it has none."""

    request: Request
    answer: Event | None

    @property
    def days(self) -> int:
        asked = dt.date.fromisoformat(self.request.date)
        return (dt.date.fromisoformat(self.answer.date) - asked).days if self.answer else 0


def list_asked(side: Side, evidence: Evidence) -> list[_Asked]:
    """Return the dated requests to a team; what is not due yet, cannot be told or was withdrawn does not count."""
    found = []
    for request in evidence.requests:
        life = evidence.life_of[request.id]
        counts = life.verdict in ("gap", "closed") and life.status != "withdrawn"
        if request.kind == "request" and request.asked == side and request.date and counts:
            events = evidence.events_of.get(request.id, ())
            final = life.status in ("answered", "declined")
            first = next((one for one in events if one.type in _FINAL and one.date), None) if final else None
            found.append(_Asked(request, first))
    return found


def answer_days(evidence: Evidence) -> Iterator[Indicator]:
    """Yield for each team the days that its answers took."""
    for side in _SIDES:
        answered = [one for one in list_asked(side, evidence) if one.answer]
        days = sorted(one.days for one in answered)
        if days:
            words = evidence.words.said.answer_days.format(
                count=len(days), fastest=days[0], median=f"{median(days):g}", most=percentile(days, 0.9)
            )
            slowest = max(answered, key=lambda one: (one.days, one.request.id))
            yield Indicator(
                code="answer_days",
                party=side,
                value=float(median(days)),
                cases=len(days),
                words=words,
                quotes=_quotes(slowest),
                caution=evidence.caution(len(days)),
                values=tuple(map(float, days)),
            )


def percentile(ordered: Sequence[int], share: float) -> int:
    """Return the smallest value that so great a share of the ordered values does not exceed (nearest rank)."""
    return ordered[math.ceil(share * len(ordered)) - 1]


def answered_share(evidence: Evidence) -> Iterator[Indicator]:
    """Yield for each team how many of the requests to it were answered, beside what the other side answers."""
    asked = {side: list_asked(side, evidence) for side in _SIDES}
    for side in _SIDES:
        own, other = asked[side], asked["B" if side == "A" else "A"]
        if not own:
            continue
        answered = [one for one in own if one.answer]
        said = evidence.words.said
        words = said.answered_share.format(count=len(own), answered=len(answered))
        if min(len(own), len(other)) >= evidence.table.few:
            replied = sum(one.answer is not None for one in other)
            words += said.other_share.format(count=len(other), answered=replied)
        open_ones = [quote for one in own if not one.answer for quote in _quotes(one)]
        yield Indicator(
            code="answered_share",
            party=side,
            value=round(100 * len(answered) / len(own), 1),
            cases=len(own),
            words=words,
            quotes=tuple(open_ones),
            caution=evidence.caution(len(own)),
        )


def reply_channels(evidence: Evidence) -> Iterator[Indicator]:
    """Yield for each team in which kinds of paper its answers stand."""
    for side in _SIDES:
        answered = [one for one in list_asked(side, evidence) if one.answer]
        kinds = [evidence.headers[one.answer.document].kind for one in answered if one.answer]
        count = Counter(channel for kind in kinds for channel, some in _CHANNELS.items() if kind in some)
        if kinds:
            said, names = evidence.words.said, evidence.words.channels
            told = [said.channel.format(channel=names[one], count=count[one]) for one in _CHANNELS if count[one]]
            words, written = said.comma.join(told), count["letter"] + count["mail"]
            quotes = tuple(quote for one in answered for quote in _quotes(one)[1:])
            caution = evidence.caution(len(kinds))
            yield Indicator("reply_channels", side, float(written), len(kinds), words, quotes, caution=caution)


def _quotes(one: _Asked) -> tuple[Quote, ...]:
    request, answer = one.request, one.answer
    asked = Quote(request.document, request.start, request.end)
    return (asked, Quote(answer.document, answer.start, answer.end)) if answer else (asked,)
