"""The `data/*.jsonl` files for programs: one record a line, keys in fixed order (see docs/design.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

from coordnlp.records import (
    ActScore,
    Annotation,
    Dossier,
    Event,
    Gap,
    Header,
    Indicator,
    Issue,
    Judged,
    Life,
    MeasureScore,
    MeasureStatus,
    Mention,
    Occasion,
    Passage,
    Position,
    Request,
    Teams,
    Tie,
)
from coordnlp.report.labels import Change
from coordnlp.report.quotations import Entry, Pointer, index_documents
from coordnlp.report.sheets import sort_gaps, sort_skipped

JsonRecord = dict[str, object]
Changes = Callable[[str], Change]

# A key that no other program's file of the same name is likely to have in its first line.
MARKS: Mapping[str, str] = MappingProxyType(
    {
        "documents": "date_source",
        "passages": "acts",
        "requests": "due_written",
        "ties": "candidates",
        "issues": "occasions",
        "measures": "by_party",
        "indicators": "cases",
        "gaps": "days_waiting",
        "skipped": "detail",
        "coverage": "unseen",
        "judged": "outcome",
        "shown": "shown",
    }
)

# Line ends of Unicode split records in some readers, and a lone surrogate is not UTF-8: both are escaped.
_ESCAPED = re.compile("[\x85\u2028\u2029\ud800-\udfff]")


def to_line(record: Mapping[str, object]) -> bytes:
    """Return a record as one line of JSON in UTF-8."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    return _ESCAPED.sub(_escape, text).encode() + b"\n"


def data_files(dossier: Dossier, change: Changes) -> dict[str, Iterator[JsonRecord]]:
    """Return the records of every data file by its stem.

    Args:
        change: Tells what happened to the gap with an id since the last run.
    """
    entries = index_documents(dossier)
    files: dict[str, Iterator[JsonRecord]] = {
        "documents": _documents(dossier),
        "passages": _passages(dossier, entries),
        "requests": _requests(dossier, entries),
        "ties": _ties(dossier, entries),
        "issues": (_issue(issue, entries, dossier.teams) for issue in dossier.issues),
        "measures": (_status(one, dossier, entries) for one in dossier.measures),
        "indicators": (_indicator(one, entries) for one in dossier.indicators),
        "gaps": (_gap(gap, entries, change(gap.id)) for gap in sort_gaps(dossier.gaps)),
        "skipped": _skipped(dossier),
        "coverage": (asdict(month) for month in dossier.coverage.months),
        "judged": map(_judged, dossier.judged),
    }
    if not dossier.marking:
        return files
    # What is drawn from marked papers bears their mark, line by line.
    return {stem: (one | {"marking": dossier.marking} for one in records) for stem, records in files.items()}


def _documents(dossier: Dossier) -> Iterator[JsonRecord]:
    documents = {document.file: document for document in dossier.documents}
    for header in sorted(dossier.headers, key=lambda header: header.file):
        document = documents[header.file]
        yield _header(header) | {
            "format": document.format,
            "digest": document.digest,
            "parent": document.parent or None,
            "also": document.also,
            "problems": header.problems,
            "notes": document.notes,
            "scanned": document.scanned,
            "unread": document.unread,
        }


def _header(header: Header) -> JsonRecord:
    return {
        "id": header.id,
        "file": header.file,
        "kind": header.kind,
        "title": header.title,
        "number": header.number,
        "date": header.date or None,
        "date_source": header.date_source,
        "sender": header.sender,
        "addressees": header.addressees,
        "copies": header.copies,
        "receipt": header.receipt or None,
    }


def _passages(dossier: Dossier, entries: dict[str, Entry]) -> Iterator[JsonRecord]:
    annotations = {annotation.passage: annotation for annotation in dossier.annotations}
    files = {document: entry[0].file for document, entry in entries.items()}
    for passage in sorted(dossier.passages, key=lambda p: (files[p.document], p.start, p.end, p.id)):
        yield _passage(passage, entries, annotations.get(passage.id))


def _passage(passage: Passage, entries: dict[str, Entry], annotation: Annotation | None) -> JsonRecord:
    document = entries[passage.document][0]
    acts = annotation.acts if annotation else ()
    measures = annotation.measures if annotation else ()
    return {
        "id": passage.id,
        "document": passage.document,
        "file": document.file,
        "start": passage.start,
        "end": passage.end,
        "text": document.text[passage.start : passage.end],
        "party": passage.party,
        "to": passage.to,
        "zone": passage.zone,
        "block": passage.block,
        "turn": passage.turn,
        "speaker": passage.speaker,
        "item": passage.item,
        "label": passage.label,
        "column": passage.column,
        "owner": passage.owner,
        "acts": [_act(act) for act in acts if act.level == "found"],
        "measures": [_measure(one) for one in measures if one.level == "found"],
        "unsure": {
            "acts": [_act(act) for act in acts if act.level == "unsure"],
            "measures": [_measure(one) for one in measures if one.level == "unsure"],
        },
    }


def _act(act: ActScore) -> JsonRecord:
    return {"label": act.label, "score": round(act.score, 3), "reasons": act.reasons}


def _measure(one: MeasureScore) -> JsonRecord:
    return {
        "code": one.code,
        "evidence": one.evidence,
        "score": one.score,
        "evidence_score": one.evidence_score,
        "trained": one.trained,
        "reasons": one.reasons,
    }


def _requests(dossier: Dossier, entries: dict[str, Entry]) -> Iterator[JsonRecord]:
    lives = {life.request: life for life in dossier.lives}
    events: dict[str, list[Event]] = {}
    for event in sorted(dossier.events, key=lambda e: (e.date, entries[e.document][0].file, e.start, e.type)):
        events.setdefault(event.request, []).append(event)
    for request in sorted(dossier.requests, key=lambda request: (request.date, request.id)):
        record = _request(request, lives[request.id], entries)
        yield record | {"events": [_event(event, entries) for event in events.get(request.id, [])]}


def _request(request: Request, life: Life, entries: dict[str, Entry]) -> JsonRecord:
    due = request.due
    return {
        "id": request.id,
        "kind": request.kind,
        "from": request.asker,
        "to": request.asked,
        "responsible": request.responsible,
        "asked": request.date or None,
        "due": (due.date or None) if due else None,
        "due_written": due.written if due else None,
        "due_note": due.note if due else None,
        "due_effective": life.due_effective or None,
        "status": life.status,
        "verdict": life.verdict,
        "overdue": life.overdue,
        "days_waiting": life.days_waiting,
        "days_overdue": life.days_overdue,
        "raised": life.raised,
        "why": life.why,
        "confidence": life.confidence,
        "confidence_reasons": life.reasons,
        "document": request.document,
        "passage": request.passage,
        **_pointed(request, entries),
        "score": round(request.score, 3),
        "reasons": request.reasons,
        "also": request.also,
    }


def _event(event: Event, entries: dict[str, Entry]) -> JsonRecord:
    return {
        "type": event.type,
        **_pointed(event, entries),
        "date": event.date or None,
        "score": round(event.score, 3),
        "until": event.until or None,
        "reasons": event.reasons,
        "document": event.document,
        "passage": event.passage,
    }


def _ties(dossier: Dossier, entries: dict[str, Entry]) -> Iterator[JsonRecord]:
    def order(tie: Tie) -> tuple[str, int, int, str, tuple[str, ...]]:
        return entries[tie.document][0].file, tie.start, tie.end, tie.type, tie.candidates

    for tie in sorted(dossier.ties, key=order):
        yield {
            "type": tie.type,
            **_pointed(tie, entries),
            "date": entries[tie.document][1].date or None,
            "candidates": tie.candidates,
            "reason": tie.reason,
            "document": tie.document,
            "passage": tie.passage,
        }


def _issue(issue: Issue, entries: dict[str, Entry], teams: Teams) -> JsonRecord:
    return {
        "id": issue.id,
        "label": issue.label,
        "status": issue.status,
        "recurring": issue.recurring,
        "score": issue.score,
        "occasions": [_occasion(one, entries, teams) for one in issue.occasions],
        "resolution": _occasion(issue.resolution, entries, teams) if issue.resolution else None,
        "requests": issue.requests,
        "raised_on": issue.raised_on or None,
        "positions": [_position(one, entries, teams) for one in issue.positions],
        "measures": issue.measures,
        "near": [{"issue": id, "score": score} for id, score in issue.near],
    }


def _position(position: Position, entries: dict[str, Entry], teams: Teams) -> JsonRecord:
    return {
        **_pointed(position, entries),
        "party": position.party,
        "who": teams.name(position.party),
        "date": position.date or None,
        "moved": position.moved,
        "document": position.document,
    }


def _occasion(occasion: Occasion, entries: dict[str, Entry], teams: Teams) -> JsonRecord:
    return {
        **_pointed(occasion, entries),
        "party": occasion.party,
        "who": teams.name(occasion.party),
        "date": occasion.date or None,
        "score": occasion.score,
        "reasons": occasion.reasons,
        "document": occasion.document,
        "passage": occasion.passage,
    }


def _status(measure: MeasureStatus, dossier: Dossier, entries: dict[str, Entry]) -> JsonRecord:
    figures = [one for one in dossier.indicators if measure.code in one.measures]
    return {
        "code": measure.code,
        "name": measure.name,
        "dimension": measure.dimension,
        "status": measure.status,
        "by_party": dict(measure.by_party),
        "since": measure.since or None,
        "confidence": measure.confidence,
        "reasons": measure.reasons,
        "trained": measure.trained,
        "evidence": [_mention(one, entries) for one in measure.mentions],
        "indicators": [{"code": one.code, "party": one.party, "value": one.value} for one in figures],
    }


def _mention(mention: Mention, entries: dict[str, Entry]) -> JsonRecord:
    return {
        **_pointed(mention, entries),
        "date": mention.date or None,
        "party": mention.party,
        "evidence": mention.evidence,
        "step": mention.step,
        "score": mention.score,
        "passage": mention.passage,
    }


def _indicator(indicator: Indicator, entries: dict[str, Entry]) -> JsonRecord:
    return {
        "code": indicator.code,
        "party": indicator.party,
        "value": indicator.value,
        "cases": indicator.cases,
        "words": indicator.words,
        "date": indicator.date or None,
        "caution": indicator.caution or None,
        "lapsed_since": indicator.lapsed_since or None,
        "measures": indicator.measures,
        "quotes": [_pointed(quote, entries) for quote in indicator.quotes],
    }


def _gap(gap: Gap, entries: dict[str, Entry], change: Change) -> JsonRecord:
    return {
        "id": gap.id,
        "type": gap.type,
        "severity": gap.severity,
        "severity_reason": gap.severity_reason,
        "change": change,
        "from": gap.asker,
        "to": gap.asked,
        "responsible": gap.responsible,
        "summary": gap.summary,
        "quotes": [_pointed(quote, entries) for quote in gap.quotes],
        "date": gap.date or None,
        "due": gap.due or None,
        "days_waiting": gap.days_waiting,
        "days_overdue": gap.days_overdue,
        "raised": gap.raised,
        "reaction": gap.reaction,
        "measures": gap.measures,
        "suggestion": gap.suggestion,
        "confidence": round(gap.confidence, 3),
        "why": gap.why,
        "request": gap.request or None,
        "issue": gap.issue or None,
        "measure": gap.measure or None,
    }


def _judged(judged: Judged) -> JsonRecord:
    """Return a row that people judged: where it went, and the last word on it."""
    return {
        "gap": judged.gap.id,
        "type": judged.gap.type,
        "summary": judged.gap.summary,
        "request": judged.gap.request or None,
        "issue": judged.gap.issue or None,
        "outcome": judged.outcome,
        "judgement": asdict(judged.judgement),
    }


def _skipped(dossier: Dossier) -> Iterator[JsonRecord]:
    for skipped in sort_skipped(dossier.skipped):
        yield {
            "file": skipped.file,
            "reason": skipped.reason,
            "detail": skipped.detail,
            "number": skipped.number,
            "date": skipped.date or None,
        }


def _pointed(pointer: Pointer, entries: dict[str, Entry]) -> JsonRecord:
    document = entries[pointer.document][0]
    return {
        "file": document.file,
        "start": pointer.start,
        "end": pointer.end,
        "text": document.text[pointer.start : pointer.end],
        "place": document.place(pointer.start),
    }


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
