"""Settle: what became of every request by the as-of date, and whether that is a gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from coordnlp.records import Event, EventType, Life, Request, RequestStatus, Tie, Verdict
from coordnlp.settings import Settings

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


def settle_requests(
    requests: Sequence[Request],
    events: Sequence[Event],
    ties: Sequence[Tie],
    doubts: Mapping[str, str],
    as_of: dt.date,
    settings: Settings,
) -> list[Life]:
    """Derive the status and verdict of every request from its events.

    Args:
        doubts: By request id, why the dossier does not allow to say that it is open, in words.
        as_of: Documents after this date count as not yet written; they are left out by the caller.

    Returns:
        Lives in the order of the requests.
    """
    by_request: dict[str, list[Event]] = {request.id: [] for request in requests}
    for event in events:
        by_request[event.request].append(event)
    tied: dict[str, Tie] = {}
    for tie in ties:
        for candidate in tie.candidates if tie.type != "urge" else ():
            tied.setdefault(candidate, tie)
    return [
        _settle(
            request,
            by_request[request.id],
            tied.get(request.id),
            doubts.get(request.id, ""),
            as_of,
            settings,
        )
        for request in requests
    ]


def status_of(events: Sequence[Event]) -> RequestStatus:
    """Return the status that the last event decides, by date."""
    status: RequestStatus = "unanswered"
    for event in sorted(events, key=lambda event: (event.date, event.start)):
        new = _STATUS.get(event.type)
        if new is None or (new == "acknowledged" and status in _FIRM):
            continue
        status = new
    return status


def _settle(
    request: Request,
    events: Sequence[Event],
    tie: Tie | None,
    doubt: str,
    as_of: dt.date,
    settings: Settings,
) -> Life:
    status = status_of(events)
    due = dt.date.fromisoformat(request.due.date) if request.due and request.due.date else None
    asked = dt.date.fromisoformat(request.date) if request.date else None
    overdue = due is not None and due < as_of and status in OPEN
    verdict, why = _verdict(request, status, due, tie, doubt, as_of, settings)
    return Life(
        request=request.id,
        status=status,
        verdict=verdict,
        overdue=overdue,
        days_waiting=(as_of - asked).days if asked and status in OPEN else 0,
        days_overdue=(as_of - due).days if due and overdue else 0,
        raised=1 + sum(event.type == "urge" for event in events),
        why=why,
    )


def _verdict(
    request: Request,
    status: RequestStatus,
    due: dt.date | None,
    tie: Tie | None,
    doubt: str,
    as_of: dt.date,
    settings: Settings,
) -> tuple[Verdict, str]:
    """Return whether an open request is a gap, and why, in words."""
    if status not in OPEN:
        return "closed", "已有结果"
    if not request.date:
        return "cannot_tell", "来文没有日期，无法判断是否已过答复时间"
    if due is not None and due >= as_of:
        return "pending", f"时限 {due.isoformat()} 未到"
    waiting = settings.waiting.answer_days
    if due is None and (as_of - dt.date.fromisoformat(request.date)).days < waiting:
        return "pending", f"没有写明时限，提出未满 {waiting} 天"
    reason = _doubt(request, status, tie, doubt)
    if reason:
        return "cannot_tell", reason
    return "gap", "卷宗里没有找到答复" if status == "unanswered" else "卷宗里没有找到最后的结果"


def _doubt(request: Request, status: RequestStatus, tie: Tie | None, doubt: str) -> str:
    """Return all that speaks against holding anybody to an open request, '' where nothing does."""
    reasons = [
        "" if request.sure else "不能确定这句话是不是请求或任务",
        doubt,
        f"有一处{tie.reason}，请核对" if tie is not None and status == "unanswered" else "",
    ]
    return "；".join(reason for reason in reasons if reason)
