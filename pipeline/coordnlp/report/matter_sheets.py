"""Sheets of the workbook about every matter, open or not: all requests, all disagreements, the supervision ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordnlp.records import Dossier, Event, Issue, Position, Request
from coordnlp.report.labels import Column, Labels
from coordnlp.report.quotations import Entry, file_and_place, index_documents, words
from coordnlp.report.sheets import Cells, name_measures, quoted
from coordnlp.report.words import load_words

REQUEST_COLUMNS: tuple[Column, ...] = (
    "id",
    "type",
    "status",
    "finding",
    "responsible",
    "asker",
    "asked",
    "quotes",
    "file",
    "place",
    "date",
    "due",
    "days_waiting",
    "days_overdue",
    "raised",
    "progress",
    "confidence",
    "why",
)
ISSUE_COLUMNS: tuple[Column, ...] = (
    "id",
    "label",
    "status",
    "raised",
    "raised_on",
    "positions_a",
    "positions_b",
    "settled",
    "measures",
    "confidence",
)
# As 督查室 keep it.
SUPERVISION_COLUMNS: tuple[Column, ...] = (
    "number",
    "letter",
    "letter_date",
    "summary",
    "lead",
    "support",
    "assigned",
    "limit",
    "progress",
    "status",
    "days_overdue",
    "remark",
)


def request_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield every request, promise and task of a dossier with what became of it, in order of time."""
    entries, teams = index_documents(dossier), dossier.teams
    lives = {life.request: life for life in dossier.lives}
    for request in _in_order(dossier):
        life = lives[request.id]
        file, place = file_and_place(entries, request)
        yield {
            "marking": dossier.marking,
            "dossier": dossier.name,
            "id": request.id,
            "type": labels.request_kinds[request.kind],
            "status": labels.statuses[life.status],
            "finding": labels.verdicts[life.verdict],
            "responsible": labels.party(request.responsible, teams),
            "asker": labels.party(request.asker, teams),
            "asked": labels.party(request.asked, teams),
            "quotes": words(entries, request).strip(),
            "file": file,
            "place": place,
            "date": request.date,
            "due": life.due_effective or _due(request),
            "days_waiting": life.days_waiting,
            "days_overdue": life.days_overdue,
            "raised": life.raised,
            "progress": "\n".join(_told(event, entries, labels) for event in _events(dossier, request)),
            "confidence": round(life.confidence, 3) if life.verdict != "closed" else "",
            "why": life.why,
        }


def issue_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield every disagreement of a dossier with both sides' words in order of time."""
    entries = index_documents(dossier)
    for issue in dossier.issues:
        yield {
            "marking": dossier.marking,
            "dossier": dossier.name,
            "id": issue.id,
            "label": issue.label,
            "status": labels.issue_statuses[issue.status],
            "raised": len(issue.occasions),
            "raised_on": issue.raised_on,
            "positions_a": _positions(issue, "A", dossier, entries, labels),
            "positions_b": _positions(issue, "B", dossier, entries, labels),
            "settled": quoted(issue.resolution, entries, labels) if issue.resolution else "",
            "measures": name_measures(issue.measures, dossier, labels),
            "confidence": round(issue.score, 3),
        }


def supervision_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield the ledger of supervision (督办台账): every matter with who handles it, by when, and how far it is."""
    entries, teams = index_documents(dossier), dossier.teams
    lives = {life.request: life for life in dossier.lives}
    for number, request in enumerate(_in_order(dossier), start=1):
        life, header = lives[request.id], entries[request.document][1]
        support = [
            labels.party(party, teams) for party in header.copies if party not in (request.responsible, request.asker)
        ]
        yield {
            "marking": dossier.marking,
            "dossier": dossier.name,
            "number": number,
            "letter": header.number,
            "letter_date": header.date,
            "summary": words(entries, request).strip(),
            "lead": labels.party(request.responsible, teams),
            "support": labels.phrases.list_separator.join(support),
            "assigned": request.date,
            "limit": life.due_effective or _due(request),
            "progress": "\n".join(_told(event, entries, labels) for event in _events(dossier, request)[-1:]),
            "status": labels.verdicts["closed"] if life.verdict == "closed" else labels.statuses[life.status],
            "days_overdue": life.days_overdue,
            "remark": life.why,
        }


def _in_order(dossier: Dossier) -> list[Request]:
    return sorted(dossier.requests, key=lambda request: (request.date, request.id))


def _events(dossier: Dossier, request: Request) -> list[Event]:
    own = [event for event in dossier.events if event.request == request.id]
    return sorted(own, key=lambda event: (event.date, event.start, event.type))


def _due(request: Request) -> str:
    return (request.due.date or request.due.written) if request.due else ""


def _told(event: Event, entries: dict[str, Entry], labels: Labels) -> str:
    word, quote = load_words(labels.language).events[event.type], quoted(event, entries, labels)
    return labels.phrases.event.format(date=event.date, event=word, quote=quote)


def _positions(issue: Issue, side: str, dossier: Dossier, entries: dict[str, Entry], labels: Labels) -> str:
    own: Sequence[Position] = [one for one in issue.positions if one.party == side]
    lines = [f"{one.date} {quoted(one, entries, labels)}{labels.phrases.gave_way if one.moved else ''}" for one in own]
    return "\n".join([labels.party(own[0].party, dossier.teams), *lines]) if own else ""
