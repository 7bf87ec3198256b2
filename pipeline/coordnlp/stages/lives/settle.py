"""Settle: what became of every request by the as-of date, and whether that is a gap."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coordnlp.reasons import weigh
from coordnlp.records import Event, Life, Parsed, ReportLanguage, Request, Tie, Verdict
from coordnlp.settings import Settings
from coordnlp.stages.lives.cases import list_cases
from coordnlp.stages.lives.features import Case, describe, evaluate
from coordnlp.stages.lives.status import OPEN, status_of
from coordnlp.stages.lives.table import ClaimTable
from coordnlp.stages.lives.wording import LifeWords, load_life_words


def settle_requests(
    parsed: Sequence[Parsed],
    requests: Sequence[Request],
    events: Sequence[Event],
    ties: Sequence[Tie],
    closings: Mapping[str, float],
    doubts: Mapping[str, str],
    as_of: dt.date,
    settings: Settings,
    table: ClaimTable,
    language: ReportLanguage = "zh",
) -> list[Life]:
    """Derive the status and verdict of every request from its events.

    An open request is a gap when its time is up, nothing in the folder speaks against saying so, and it is sure enough
    that it is an ask and is still open.

    Args:
        closings: By request id how likely something ended it, as linking sees it.
        doubts: By request id, why the dossier does not allow to say that it is open, in words.
        as_of: Documents after this date count as not yet written; they are left out by the caller.
        table: The weights by which a claim is rated.
        language: Of why.

    Returns:
        Lives in the order of the requests.
    """
    words = load_life_words(language)
    own: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        own[event.request].append(event)
    tied: dict[str, Tie] = {}
    for tie in sorted(ties, key=lambda tie: -tie.score):
        for candidate in tie.candidates if tie.type != "urge" else ():
            tied.setdefault(candidate, tie)
    cases = {case.request.id: case for case in list_cases(parsed, requests, events, ties, closings, as_of)}
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
            words,
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
    words: LifeWords,
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
        why=words.settled,
        confidence=confidence,
        reasons=reasons,
        due_effective=max((event.until for event in events if event.type == "extension"), default=""),
    )
    if status not in OPEN:
        return life
    verdict, why = _verdict(request, life, events, as_of, settings, words)
    if verdict in ("gap", "pending"):
        why += _receipt_due(life, settings, words)
    if verdict == "gap" and (against := _against(life, tie, doubt, table, words)):
        verdict, why = "cannot_tell", against
    return replace(life, verdict=verdict, why=why)


def _rate(case: Case, table: ClaimTable) -> tuple[float, tuple[str, ...]]:
    """Return how sure it is that a request is open, in (0, 1), and the weightiest reasons in words."""
    values = evaluate(case)
    reasons = tuple(weigh(describe(name), share) for name, share in table.telling(values))
    return round(table.score(values), 3), reasons


def _verdict(
    request: Request, life: Life, events: Sequence[Event], as_of: dt.date, settings: Settings, words: LifeWords
) -> tuple[Verdict, str]:
    """Return whether the time of an open request is up, and why, in words."""
    if not request.date:
        return "cannot_tell", words.undated
    due = life.due_effective or (request.due.date if request.due else "") or ""
    if due >= as_of.isoformat():
        return "pending", (words.not_due_anew if life.due_effective else words.not_due).format(due=due)
    waiting = settings.waiting.answer_days
    if not due and life.days_waiting < waiting:
        return "pending", words.no_limit.format(days=waiting)
    last = max((event for event in events if event.type != "urge"), key=lambda event: event.date, default=None)
    if last and last.type == "clarification" and not last.until:
        return "pending", words.asked_back.format(date=last.date)
    return "gap", words.no_answer if life.status == "unanswered" else words.no_result


def _receipt_due(life: Life, settings: Settings, words: LifeWords) -> str:
    """Return that not even receipt was confirmed in time, '' where it was or there is still time: the second clock."""
    days = settings.waiting.acknowledge_days
    late = life.status == "unanswered" and life.days_waiting > days
    return words.no_receipt.format(days=life.days_waiting, usual=days) if late else ""


def _against(life: Life, tie: Tie | None, doubt: str, table: ClaimTable, words: LifeWords) -> str:
    """Return all that speaks against holding anybody to an open request, '' where nothing does."""
    unsure = life.confidence < table.least(life.status)
    reasons = [
        doubt,
        words.unsure.format(share=f"{life.confidence:.0%}") if unsure else "",
        words.tied.format(reason=tie.reason) if unsure and tie is not None else "",
    ]
    return words.clause.join(reason for reason in reasons if reason)
