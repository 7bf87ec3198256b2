"""Rows about requests, commitments and assignments that are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coordnlp.ids import gap_id
from coordnlp.reasons import tell_plainly
from coordnlp.records import Event, Gap, GapType, Life, Quote, Request
from coordnlp.stages.gaps.severity import rate_severity
from coordnlp.stages.gaps.sources import Sources
from coordnlp.stages.gaps.words import shorten

_TYPES: Mapping[tuple[str, str], GapType] = {
    ("request", "unanswered"): "unanswered",
    ("request", "acknowledged"): "acknowledged_only",
    ("request", "partial"): "partly_answered",
}
_REACTIONS = {
    "answer": "答复",
    "partial_answer": "部分答复",
    "acknowledgement": "收悉／在办",
    "refusal": "拒绝",
    "withdrawal": "撤回",
    "urge": "催办",
    "extension": "延期",
    "clarification": "反问",
    "forwarded": "转办",
}
_KINDS = {"request": "请求", "commitment": "承诺", "assignment": "议定任务"}
# Events whose `until` is a day that the party that must act has named.
_PROMISES = ("acknowledgement", "partial_answer", "extension")


def request_rows(sources: Sources) -> Iterator[Gap]:
    """Yield a row for every request whose verdict is `gap`."""
    for request in sources.dossier.requests:
        life = sources.lives[request.id]
        if life.verdict == "gap":
            yield _row(request, life, sources.events.get(request.id, ()), sources)


def _type_of(request: Request, life: Life) -> GapType:
    if request.kind == "commitment":
        return "commitment_unkept"
    if request.kind == "assignment":
        return "assignment_undone"
    return _TYPES[request.kind, life.status]


def _row(request: Request, life: Life, events: Sequence[Event], sources: Sources) -> Gap:
    kind = _type_of(request, life)
    entry = sources.table.type[kind]
    severity, why = rate_severity(
        entry.base,
        sources.table.severity,
        waiting=life.days_waiting,
        overdue=life.days_overdue if life.overdue else 0,
        raised=life.raised,
        confidence=life.confidence,
    )
    names = who(request, sources) | {"quote": shorten(sources.words(request))}
    return Gap(
        id=gap_id(kind, request.id),
        type=kind,
        severity=severity,
        severity_reason=why,
        asker=request.asker,
        asked=request.asked,
        responsible=request.responsible,
        summary=entry.summary.format(**names),
        quotes=(
            Quote(request.document, request.start, request.end),
            *(Quote(event.document, event.start, event.end) for event in events),
        ),
        date=request.date,
        due=request.due.date if request.due else "",
        days_waiting=life.days_waiting,
        days_overdue=life.days_overdue,
        raised=life.raised,
        reaction=_last_reaction(events),
        measures=sources.speak_of([request.passage, *(event.passage for event in events)], entry.measures),
        suggestion=entry.suggestion.format(**names),
        confidence=life.confidence,
        why=_why(request, life),
        request=request.id,
    )


def who(request: Request, sources: Sources) -> dict[str, str]:
    """Return the names of those whom a request concerns."""
    name = sources.dossier.teams.name
    return {"asker": name(request.asker), "asked": name(request.asked), "responsible": name(request.responsible)}


def _why(request: Request, life: Life) -> str:
    taken, still = tell_plainly(request.reasons), tell_plainly(life.reasons)
    parts = [
        life.why,
        f"认作{_KINDS[request.kind]}的依据：{'、'.join(taken)}" if taken else "",
        f"未办结的依据：{'、'.join(still)}" if still else "",
    ]
    return "；".join(part for part in parts if part)


def _last_reaction(ordered: Sequence[Event]) -> str:
    if not ordered:
        return "没有"
    last = ordered[-1]
    promised = f"，说 {last.until} 前" if last.until and last.type in _PROMISES else ""
    return f"{last.date} {_REACTIONS[last.type]}{promised}"
