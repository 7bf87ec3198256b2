"""Settle: what became of every request by the as-of date, and whether that is a gap."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coordnlp.reasons import weigh
from coordnlp.records import Event, Life, Parsed, Request, Tie, Verdict
from coordnlp.settings import Settings
from coordnlp.stages.lives.cases import list_cases
from coordnlp.stages.lives.features import Case, describe, evaluate
from coordnlp.stages.lives.status import OPEN, status_of
from coordnlp.stages.lives.table import ClaimTable


def settle_requests(
    parsed: Sequence[Parsed],
    requests: Sequence[Request],
    events: Sequence[Event],
    ties: Sequence[Tie],
    doubts: Mapping[str, str],
    as_of: dt.date,
    settings: Settings,
    table: ClaimTable,
) -> list[Life]:
    """Derive the status and verdict of every request from its events.

    An open request is a gap when its time is up, nothing in the folder speaks against saying so, and it is sure enough
    that it is an ask and is still open.

    Args:
        doubts: By request id, why the dossier does not allow to say that it is open, in words.
        as_of: Documents after this date count as not yet written; they are left out by the caller.
        table: The weights by which a claim is rated.

    Returns:
        Lives in the order of the requests.
    """
    own: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        own[event.request].append(event)
    tied: dict[str, Tie] = {}
    for tie in sorted(ties, key=lambda tie: -tie.score):
        for candidate in tie.candidates if tie.type != "urge" else ():
            tied.setdefault(candidate, tie)
    cases = {case.request.id: case for case in list_cases(parsed, requests, events, ties, as_of)}
    return [
        _settle(
            request,
            own[request.id],
            tied.get(request.id),
            doubts.get(request.id, ""),
            cases.get(request.id),
            as_of,
            settings,
            table,
        )
        for request in requests
    ]


def _settle(
    request: Request,
    events: Sequence[Event],
    tie: Tie | None,
    doubt: str,
    case: Case | None,
    as_of: dt.date,
    settings: Settings,
    table: ClaimTable,
) -> Life:
    status = status_of(events)
    due = dt.date.fromisoformat(request.due.date) if request.due and request.due.date else None
    asked = dt.date.fromisoformat(request.date) if request.date else None
    overdue = due is not None and due < as_of and status in OPEN
    confidence, reasons = _rate(case, table) if case else (0.0, ())
    life = Life(
        request=request.id,
        status=status,
        verdict="closed",
        overdue=overdue,
        days_waiting=(as_of - asked).days if asked and status in OPEN else 0,
        days_overdue=(as_of - due).days if due and overdue else 0,
        raised=1 + sum(event.type == "urge" for event in events),
        why="已有结果",
        confidence=confidence,
        reasons=reasons,
        due_effective=max((event.until for event in events if event.type == "extension"), default=""),
    )
    if status not in OPEN:
        return life
    verdict, why = _verdict(request, life, events, as_of, settings)
    if verdict in ("gap", "pending"):
        why += _receipt_due(life, settings)
    if verdict == "gap" and (against := _against(life, tie, doubt, table)):
        verdict, why = "cannot_tell", against
    return replace(life, verdict=verdict, why=why)


def _rate(case: Case, table: ClaimTable) -> tuple[float, tuple[str, ...]]:
    """Return how sure it is that a request is open, in (0, 1), and the weightiest reasons in words."""
    values = evaluate(case)
    reasons = tuple(weigh(describe(name), share) for name, share in table.telling(values))
    return round(table.score(values), 3), reasons


def _verdict(
    request: Request, life: Life, events: Sequence[Event], as_of: dt.date, settings: Settings
) -> tuple[Verdict, str]:
    """Return whether the time of an open request is up, and why, in words."""
    if not request.date:
        return "cannot_tell", "来文没有日期，无法判断是否已过答复时间"
    due = life.due_effective or (request.due.date if request.due else "") or ""
    if due >= as_of.isoformat():
        return "pending", f"{'改定的' if life.due_effective else ''}时限 {due} 未到"
    waiting = settings.waiting.answer_days
    if not due and life.days_waiting < waiting:
        return "pending", f"没有写明时限，提出未满 {waiting} 天"
    last = max((event for event in events if event.type != "urge"), key=lambda event: event.date, default=None)
    if last and last.type == "clarification" and not last.until:
        return "pending", f"对方 {last.date} 反问，提出方还没有说明"
    return "gap", "卷宗里没有找到答复" if life.status == "unanswered" else "卷宗里没有找到最后的结果"


def _receipt_due(life: Life, settings: Settings) -> str:
    """Return that not even receipt was confirmed in time, '' where it was or there is still time: the second clock."""
    days = settings.waiting.acknowledge_days
    late = life.status == "unanswered" and life.days_waiting > days
    return f"；提出已 {life.days_waiting} 天，也没有收悉（一般 {days} 天内）" if late else ""


def _against(life: Life, tie: Tie | None, doubt: str, table: ClaimTable) -> str:
    """Return all that speaks against holding anybody to an open request, '' where nothing does."""
    unsure = life.confidence < table.threshold
    reasons = [
        doubt,
        f"把握不足（{life.confidence:.0%}）" if unsure else "",
        f"有一处{tie.reason}，请核对" if unsure and tie is not None else "",
    ]
    return "；".join(reason for reason in reasons if reason)
