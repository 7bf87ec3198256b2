"""Requests that are none of their own: a sentence that urges an older ask, or that promises what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coordnlp.records import Event, EventType, Request

_ACCEPTS: tuple[EventType, ...] = ("acknowledgement", "partial_answer", "answer")


def first_tellings(requests: Sequence[Request], events: Iterable[Event]) -> list[Request]:
    """Return the requests whose own words are no event of an older one.

    An urge is the older request of the same asker; a promise that accepts a request is its acknowledgement (annotation
    guide, §3).
    """
    by_id = {request.id: request for request in requests}
    own: dict[str, list[Request]] = {}
    for request in requests:
        own.setdefault(request.passage, []).append(request)
    told: set[str] = set()
    for event in events:
        for request in own.get(event.passage, ()):
            if _is_told(request, event, by_id):
                told.add(request.id)
    return [request for request in requests if request.id not in told]


def _is_told(request: Request, event: Event, by_id: Mapping[str, Request]) -> bool:
    older = by_id[event.request]
    if older.id == request.id or older.date > request.date:
        return False
    if event.type == "urge":
        return request.kind == "request" and older.responsible == request.responsible
    return request.kind == "commitment" and event.type in _ACCEPTS and older.responsible == request.responsible
