"""The status of a request: what the last event leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordnlp.records import Event, EventType, RequestStatus

_STATUS: Mapping[EventType, RequestStatus] = {
    "answer": "answered",
    "partial_answer": "partial",
    "acknowledgement": "acknowledged",
    "refusal": "declined",
    "withdrawal": "withdrawn",
}
# An acknowledgement after one of these changes nothing (annotation guide, §3).
_FIRM = ("answered", "partial", "declined", "withdrawn")
OPEN = ("partial", "acknowledged", "unanswered")


def status_of(events: Sequence[Event]) -> RequestStatus:
    """Return the status that the last event decides, by date."""
    status: RequestStatus = "unanswered"
    for event in sorted(events, key=lambda event: (event.date, event.start)):
        new = _STATUS.get(event.type)
        if new is None or (new == "acknowledged" and status in _FIRM):
            continue
        status = new
    return status
