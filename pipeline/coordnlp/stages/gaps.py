"""Gaps: the rows of the dashboard, ranked, each with its reasons."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from coordnlp.ids import gap_id, make_id, normalise
from coordnlp.records import (
    Coverage,
    Event,
    Gap,
    GapType,
    Issue,
    Life,
    Parsed,
    Party,
    Quote,
    Request,
    Teams,
    Tie,
    Unseen,
    UnseenKind,
)
from coordnlp.tables import Table, load_table

_LONGEST_SUMMARY_QUOTE = 60
_NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d{1,2}[.、．)）](?!\d))")
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


# Events whose `until` is a day that the party that must act has named.
_PROMISES = ("acknowledgement", "partial_answer", "extension")


class _Severity(Table):
    waiting_week: int
    waiting_most: int
    overdue_base: int
    overdue_week: int
    overdue_most: int
    raised_each: int
    raised_most: int


class _Type(Table):
    base: int
    measures: tuple[str, ...]
    summary: str
    suggestion: str


class GapTable(Table):
    """`lexicons/gaps.toml`."""

    severity: _Severity
    type: dict[GapType, _Type]


def find_gaps(
    parsed: Sequence[Parsed],
    requests: Sequence[Request],
    events: Sequence[Event],
    lives: Sequence[Life],
    ties: Sequence[Tie],
    issues: Sequence[Issue],
    coverage: Coverage,
    teams: Teams,
) -> list[Gap]:
    """Make a row of every request whose verdict is `gap`, every tie, every recurring issue, and every absent paper.

    Returns:
        Gaps, the most severe first, then by date and id.
    """
    table = load_table("gaps", GapTable)
    documents = {one.header.id: one for one in parsed}
    life_of = {life.request: life for life in lives}
    rows = [
        _request_gap(
            request,
            life_of[request.id],
            [e for e in events if e.request == request.id],
            documents,
            teams,
            table,
        )
        for request in requests
        if life_of[request.id].verdict == "gap"
    ]
    rows += [_tie_gap(tie, requests, documents, table, teams) for tie in ties if len(tie.candidates) > 1]
    rows += [_issue_gap(issue, table, teams) for issue in issues if issue.recurring and _is_alive(issue)]
    rows += _missing_documents(coverage, table)
    return sorted(rows, key=lambda gap: (-gap.severity, gap.date, gap.id))


def _type_of(request: Request, life: Life) -> GapType:
    if request.kind == "commitment":
        return "commitment_unkept"
    if request.kind == "assignment":
        return "assignment_undone"
    return _TYPES[request.kind, life.status]


def _request_gap(
    request: Request,
    life: Life,
    events: Sequence[Event],
    documents: Mapping[str, Parsed],
    teams: Teams,
    table: GapTable,
) -> Gap:
    kind = _type_of(request, life)
    entry = table.type[kind]
    severity, why = rate_severity(entry.base, life, table)
    ordered = sorted(events, key=lambda event: (event.date, event.start))
    quote = documents[request.document].document.plain[request.start : request.end]
    names = _filled(request.asker, request.asked, request.responsible, quote, teams)
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
            *(Quote(event.document, event.start, event.end) for event in ordered),
        ),
        date=request.date,
        due=request.due.date if request.due else "",
        days_waiting=life.days_waiting,
        days_overdue=life.days_overdue,
        raised=life.raised,
        reaction=_last_reaction(ordered),
        measures=entry.measures,
        suggestion=entry.suggestion.format(**names),
        confidence=life.confidence,
        why=_why(request, life),
        request=request.id,
    )


def _why(request: Request, life: Life) -> str:
    taken = f"认作{_KINDS[request.kind]}的依据：{'、'.join(request.reasons)}"
    return "；".join([life.why, taken, *([f"未办结的依据：{'、'.join(life.reasons)}"] if life.reasons else [])])


_KINDS = {"request": "请求", "commitment": "承诺", "assignment": "议定任务"}


def _filled(
    asker: Party | None, asked: Party | None, responsible: Party | None, quote: str, teams: Teams
) -> dict[str, str]:
    return {
        "asker": teams.name(asker),
        "asked": teams.name(asked),
        "responsible": teams.name(responsible),
        "quote": shorten(quote),
    }


def shorten(quote: str) -> str:
    """Return a quote on one line without its numbering, cut at a comma or at 60 characters."""
    line = _NUMBERING.sub("", re.sub(r"\s+", "", quote))
    if len(line) <= _LONGEST_SUMMARY_QUOTE:
        return line
    cut = max(line.rfind(mark, 20, _LONGEST_SUMMARY_QUOTE) for mark in "，；,;")
    return line[: cut if cut > 0 else _LONGEST_SUMMARY_QUOTE] + "…"


def rate_severity(base: int, life: Life, table: GapTable) -> tuple[int, str]:
    """Return severity in [0, 100] and how it came about in words."""
    rule = table.severity
    weeks, late = -(-life.days_waiting // 7), -(-life.days_overdue // 7)
    waiting = min(rule.waiting_most, weeks * rule.waiting_week)
    overdue = min(rule.overdue_most, rule.overdue_base + late * rule.overdue_week) if life.overdue else 0
    raised = min(rule.raised_most, (life.raised - 1) * rule.raised_each)
    parts = [f"此类事项{base}分", f"已等{life.days_waiting}天加{waiting}分"]
    parts += [f"逾期{life.days_overdue}天加{overdue}分"] if overdue else []
    parts += [f"催过{life.raised - 1}次加{raised}分"] if raised else []
    return min(100, base + waiting + overdue + raised), "，".join(parts)


def _last_reaction(ordered: Sequence[Event]) -> str:
    if not ordered:
        return "没有"
    last = ordered[-1]
    promised = f"，说 {last.until} 前" if last.until and last.type in _PROMISES else ""
    return f"{last.date} {_REACTIONS[last.type]}{promised}"


def _tie_gap(
    tie: Tie, requests: Sequence[Request], documents: Mapping[str, Parsed], table: GapTable, teams: Teams
) -> Gap:
    one = documents[tie.document]
    candidates = [request for request in requests if request.id in tie.candidates]
    quote = one.document.plain[tie.start : tie.end]
    entry = table.type["ambiguous_reply"]
    asker, asked = candidates[0].asker, candidates[0].asked
    names = _filled(asker, asked, candidates[0].responsible, quote, teams)
    return Gap(
        id=make_id("G", "ambiguous_reply", one.header.id, normalise(quote)),
        type="ambiguous_reply",
        severity=entry.base,
        severity_reason=f"此类事项{entry.base}分",
        asker=asker,
        asked=asked,
        responsible=one.header.sender if one.header.sender in ("A", "B") else candidates[0].responsible,
        summary=entry.summary.format(**names),
        quotes=(
            Quote(tie.document, tie.start, tie.end),
            *(Quote(request.document, request.start, request.end) for request in candidates),
        ),
        date=one.header.date,
        due="",
        days_waiting=0,
        days_overdue=0,
        raised=1,
        reaction="没有",
        measures=entry.measures,
        suggestion=entry.suggestion.format(**names),
        confidence=0.5,
        why=f"{tie.reason}：{'、'.join(tie.candidates)}",
    )


def _is_alive(issue: Issue) -> bool:
    return issue.status in ("open", "reopened")


def _issue_gap(issue: Issue, table: GapTable, teams: Teams) -> Gap:
    """Make the row of a disagreement that comes back, with each side's words in order of time."""
    kind: GapType = "reopened" if issue.status == "reopened" else "recurring"
    entry, rule = table.type[kind], table.severity
    papers = {one.document for one in issue.occasions}
    raised = min(rule.raised_most, (len(papers) - 2) * rule.raised_each)
    last = issue.occasions[-1]
    return Gap(
        id=gap_id(kind, issue.id),
        type=kind,
        severity=min(100, entry.base + raised),
        severity_reason=f"此类事项{entry.base}分" + (f"，见于{len(papers)}份文书加{raised}分" if raised else ""),
        asker=None,
        asked=None,
        responsible="AB",
        summary=entry.summary.format(quote=issue.label),
        quotes=tuple(
            Quote(one.document, one.start, one.end)
            for one in sorted(
                (*issue.occasions, *([issue.resolution] if issue.resolution else [])),
                key=lambda one: (one.date, one.document, one.start),
            )
        ),
        date=issue.occasions[0].date,
        due="",
        days_waiting=0,
        days_overdue=0,
        raised=len(papers),
        reaction=f"{last.date} {teams.name(last.party) if last.party in ('A', 'B') else '双方'}",
        measures=entry.measures,
        suggestion=entry.suggestion,
        confidence=issue.score,
        why=_why_issue(issue, teams),
        issue=issue.id,
    )


def _why_issue(issue: Issue, teams: Teams) -> str:
    """Say on how many occasions who spoke, over how long, and what of it was settled."""
    spoke = Counter("记录双方" if one.party == "AB" else teams.name(one.party) or "未明" for one in issue.occasions)
    first, last = issue.occasions[0].date, issue.occasions[-1].date
    days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days if first and last else 0
    dates = "、".join(sorted({one.date for one in issue.occasions}))
    told = [
        f"{len(issue.occasions)}处文字读来像同一分歧（{'，'.join(f'{name}{n}处' for name, n in spoke.items())}）",
        f"见于 {dates}，前后{days}天" if days else f"见于 {dates}",
    ]
    told += [f"{issue.resolution.date} 谈妥过，之后又起"] if issue.resolution else []
    return "；".join(told)


def _missing_documents(coverage: Coverage, table: GapTable) -> list[Gap]:
    """Make a row of every paper of the two parties that a register or another paper names and the folder lacks."""
    named = [one for one in coverage.unseen if one.kind in ("registered", "cited") and one.party in ("A", "B", "AB")]
    return [_missing_gap(one, table) for one in named]


def _missing_gap(paper: Unseen, table: GapTable) -> Gap:
    entry = table.type["missing_document"]
    name = paper.number or f"《{paper.title}》"
    return Gap(
        id=make_id("G", "missing_document", normalise(paper.number or paper.title)),
        type="missing_document",
        severity=entry.base,
        severity_reason=f"此类事项{entry.base}分",
        asker=None,
        asked=None,
        responsible=paper.party,
        summary=entry.summary.format(quote=name),
        quotes=(paper.quote,) if paper.quote else (),
        date=paper.date,
        due="",
        days_waiting=0,
        days_overdue=0,
        raised=1,
        reaction="没有",
        measures=entry.measures,
        suggestion=entry.suggestion,
        confidence=0.8,
        why=_WHY_MISSING[paper.kind],
    )


_WHY_MISSING: Mapping[UnseenKind, str] = {
    "cited": "文号与本卷宗文件同一字头，而卷宗里没有这个号",
    "registered": "登记簿登记了这份文件，而卷宗里没有",
}
