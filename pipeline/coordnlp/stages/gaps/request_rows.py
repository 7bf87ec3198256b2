"""Rows about requests, commitments and assignments that are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coordnlp.ids import gap_id
from coordnlp.reasons import tell_plainly
from coordnlp.records import Event, Gap, GapType, Life, Quote, Request
from coordnlp.stages.gaps.sentences import ReactionWords, WhyWords
from coordnlp.stages.gaps.severity import rate_severity
from coordnlp.stages.gaps.sources import Sources
from coordnlp.stages.gaps.words import shorten

_TYPES: Mapping[tuple[str, str], GapType] = {
    ("request", "unanswered"): "unanswered",
    ("request", "acknowledged"): "acknowledged_only",
    ("request", "partial"): "partly_answered",
}
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
    entry, said = sources.table.type[kind], sources.sentences.type[kind]
    severity, why = rate_severity(
        entry.base,
        sources.table.severity,
        sources.sentences.severity,
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
        summary=said.summary.format(**names),
        quotes=(
            Quote(request.document, request.start, request.end),
            *(Quote(event.document, event.start, event.end) for event in events),
        ),
        date=request.date,
        due=request.due.date if request.due else "",
        days_waiting=life.days_waiting,
        days_overdue=life.days_overdue,
        raised=life.raised,
        reaction=_last_reaction(events, sources.sentences.reaction),
        measures=sources.speak_of([request.passage, *(event.passage for event in events)], entry.measures),
        suggestion=said.suggestion.format(**names),
        confidence=life.confidence,
        why=_why(request, life, sources.sentences.why),
        request=request.id,
    )


def who(request: Request, sources: Sources) -> dict[str, str]:
    """Return the names of those whom a request concerns."""
    name = sources.name
    return {"asker": name(request.asker), "asked": name(request.asked), "responsible": name(request.responsible)}


def _why(request: Request, life: Life, words: WhyWords) -> str:
    taken, still = (words.list.join(tell_plainly(reasons)) for reasons in (request.reasons, life.reasons))
    parts = [
        life.why,
        words.taken.format(kind=words.kinds[request.kind], reasons=taken) if taken else "",
        words.open.format(reasons=still) if still else "",
    ]
    return words.clause.join(part for part in parts if part)


def _last_reaction(ordered: Sequence[Event], words: ReactionWords) -> str:
    if not ordered:
        return words.none
    last = ordered[-1]
    told = words.told.format(date=last.date, event=words.events[last.type])
    return told + words.promised.format(until=last.until) if last.until and last.type in _PROMISES else told
