"""Answers: how many of the other side's requests a team has answered, in how many days, and by which way."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from coordnlp.records import Event, Indicator, Kind, Quote, Request, Side
from coordnlp.stages.indicators.evidence import Evidence

_SIDES: tuple[Side, ...] = ("A", "B")
_FINAL = ("answer", "refusal")
_CHANNELS: dict[str, tuple[Kind, ...]] = {
    "函": ("letter", "reply", "petition"),
    "邮件": ("email",),
    "会议": ("minutes",),
    "聊天、会议记录": ("transcript",),
    "报告、通知等": ("report", "notice", "memo", "other"),
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
            words = (
                f"已答复的{len(days)}件，最快{days[0]}天，中位数{median(days):g}天，九成在{percentile(days, 0.9)}天以内"
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
        words = f"收到请求{len(own)}件，有答复或明确回绝的{len(answered)}件"
        if min(len(own), len(other)) >= evidence.table.few:
            words += f"；对方收到{len(other)}件，答复{sum(one.answer is not None for one in other)}件"
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
        count = Counter(name for kind in kinds for name, some in _CHANNELS.items() if kind in some)
        if kinds:
            words = "，".join(f"{name}{count[name]}件" for name in _CHANNELS if count[name])
            written = sum(kind in (*_CHANNELS["函"], *_CHANNELS["邮件"]) for kind in kinds)
            quotes = tuple(quote for one in answered for quote in _quotes(one)[1:])
            caution = evidence.caution(len(kinds))
            yield Indicator("reply_channels", side, float(written), len(kinds), words, quotes, caution=caution)


def _quotes(one: _Asked) -> tuple[Quote, ...]:
    request, answer = one.request, one.answer
    asked = Quote(request.document, request.start, request.end)
    return (asked, Quote(answer.document, answer.start, answer.end)) if answer else (asked,)
