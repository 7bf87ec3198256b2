"""The CSV files for the office: the dashboard, what is under observation, what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordnlp.records import Dossier, Gap, Judged, Life, Request, Skipped, Tie
from coordnlp.report.cells import Cell
from coordnlp.report.labels import Change, Column, Labels
from coordnlp.report.quotations import Entry, Pointer, file_and_place, index_documents, words

REVIEW_COLUMNS: tuple[Column, ...] = ("verdict", "verdict_note", "verdict_by", "verdict_date")
GAP_COLUMNS: tuple[Column, ...] = (
    "id",
    "type",
    "severity",
    "change",
    "responsible",
    "asker",
    "asked",
    "summary",
    "quotes",
    "file",
    "place",
    "date",
    "due",
    "days_waiting",
    "days_overdue",
    "raised",
    "reaction",
    "measures",
    "suggestion",
    "confidence",
    "why",
    *REVIEW_COLUMNS,
)
PENDING_COLUMNS: tuple[Column, ...] = (
    "id",
    "category",
    "responsible",
    "summary",
    "quotes",
    "file",
    "place",
    "date",
    "due",
    "detail",
)
SKIPPED_COLUMNS: tuple[Column, ...] = ("file", "reason", "detail")

Cells = dict[Column, Cell]


@dataclass(frozen=True, slots=True)
class GapRow:
    """A row of the dashboard before the change since the last run and the reviewer's words are known."""

    dossier: str
    id: str
    cells: Cells


def sort_gaps(gaps: Sequence[Gap]) -> list[Gap]:
    """Return gaps as the office works through them."""
    return sorted(gaps, key=lambda gap: gap.rank)


def lead_columns(*, is_marked: bool, is_several: bool) -> tuple[Column, ...]:
    """Return the columns that stand first where they are needed: the 密级 of what is told, and the dossier."""
    marking: tuple[Column, ...] = ("marking",) if is_marked else ()
    return (*marking, "dossier") if is_several else marking


def gap_rows(dossier: Dossier, labels: Labels) -> Iterator[GapRow]:
    """Yield the dashboard's rows of one dossier, in order."""
    entries = index_documents(dossier)
    for gap in sort_gaps(dossier.gaps):
        yield GapRow(dossier.name, gap.id, _gap_cells(gap, dossier, entries, labels))


def judged_rows(dossier: Dossier, judged: Sequence[Judged], labels: Labels) -> Iterator[GapRow]:
    """Yield rows of one dossier that were judged, in the order given."""
    entries = index_documents(dossier)
    for one in judged:
        yield GapRow(dossier.name, one.gap.id, _gap_cells(one.gap, dossier, entries, labels))


def pending_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield what is neither gap nor closed: requests not due yet or without a claim, and rows that were put off."""
    entries = index_documents(dossier)
    lives = {life.request: life for life in dossier.lives}
    for request in sorted(dossier.requests, key=lambda request: (request.date, request.id)):
        life = lives[request.id]
        if life.verdict not in ("gap", "closed"):
            yield _pending_cells(request, life, dossier, entries, labels)
    for one in dossier.judged:
        if one.outcome == "deferred" and not one.gap.request:
            yield _put_off(one, dossier, entries, labels)


def skipped_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield the files that could not be used."""
    for skipped in sort_skipped(dossier.skipped):
        yield {
            "marking": dossier.marking,
            "dossier": dossier.name,
            "file": skipped.file,
            "reason": labels.skip_reasons[skipped.reason],
            "detail": skipped.detail,
        }


def sort_skipped(skipped: Sequence[Skipped]) -> list[Skipped]:
    """Return skipped files by name."""
    return sorted(skipped, key=lambda one: (one.file, one.reason, one.detail))


def change_of(id: str, seen: frozenset[str], closed: frozenset[str], worse: frozenset[str]) -> Change:
    """Return what happened to a gap since the last run.

    Args:
        seen: Ids of the last run's gaps.
        closed: Ids whose old row says that they were gone.
        worse: Ids of gaps that have become worse.
    """
    if id in seen:
        return "worse" if id in worse else "open"
    return "reopened" if id in closed else "new"


def _gap_cells(gap: Gap, dossier: Dossier, entries: dict[str, Entry], labels: Labels) -> Cells:
    file, place = _shown(entries, gap.quotes[0], labels) if gap.quotes else ("", "")
    return {
        "marking": dossier.marking,
        "dossier": dossier.name,
        "id": gap.id,
        "type": labels.gap_types[gap.type],
        "severity": labels.severity_word(gap.severity),
        "responsible": labels.party(gap.responsible, dossier.teams),
        "asker": labels.party(gap.asker, dossier.teams),
        "asked": labels.party(gap.asked, dossier.teams),
        "summary": gap.summary,
        "quotes": "\n".join(quoted(quote, entries, labels) for quote in gap.quotes),
        "file": file,
        "place": place,
        "date": gap.date,
        "due": gap.due,
        "days_waiting": gap.days_waiting,
        "days_overdue": gap.days_overdue,
        "raised": gap.raised,
        "reaction": gap.reaction,
        "measures": name_measures(gap.measures, dossier, labels),
        "suggestion": gap.suggestion,
        "confidence": round(gap.confidence, 3),
        "why": _why(gap, labels),
    }


def _shown(entries: dict[str, Entry], pointer: Pointer, labels: Labels) -> tuple[str, str]:
    """Return the file, with where else the paper lies, and the place that a person finds the words at."""
    file, place = file_and_place(entries, pointer)
    return labels.copies(file, entries[pointer.document][0].also), place


def name_measures(codes: Sequence[str], dossier: Dossier, labels: Labels) -> str:
    """Return the names of measures; a code that the dossier does not assess stands for itself."""
    names = {one.code: one.name for one in dossier.measures}
    return labels.phrases.list_separator.join(names.get(code, code) for code in codes)


def quoted(pointer: Pointer, entries: dict[str, Entry], labels: Labels) -> str:
    """Return the words that a record points at, with file and place."""
    file, place = file_and_place(entries, pointer)
    where = labels.phrases.place.format(file=file, place=place) if place else file
    return labels.phrases.quote.format(text=words(entries, pointer).strip(), where=where)


def _why(gap: Gap, labels: Labels) -> str:
    if not gap.severity_reason:
        return gap.why
    reason = labels.phrases.severity_reason.format(reason=gap.severity_reason)
    return f"{gap.why}\n{reason}" if gap.why else reason


def _pending_cells(request: Request, life: Life, dossier: Dossier, entries: dict[str, Entry], labels: Labels) -> Cells:
    file, place = _shown(entries, request, labels)
    kind, title = labels.request_kinds[request.kind], entries[request.document][1].title
    # What kept it from being a gap: the words that may be the answer.
    possible = [tie for tie in dossier.ties if tie.candidates == (request.id,)] if life.verdict == "cannot_tell" else []
    return {
        "marking": dossier.marking,
        "dossier": dossier.name,
        "id": request.id,
        "category": labels.verdicts[life.verdict],
        "responsible": labels.party(request.responsible, dossier.teams),
        "summary": labels.phrases.item.format(kind=kind, title=title) if title else kind,
        "quotes": words(entries, request).strip(),
        "file": file,
        "place": place,
        "date": request.date,
        "due": (request.due.date or request.due.written) if request.due else "",
        "detail": labels.phrases.clause_separator.join(
            [life.why, *(_perhaps(tie, entries, labels) for tie in possible)]
        ),
    }


def _put_off(one: Judged, dossier: Dossier, entries: dict[str, Entry], labels: Labels) -> Cells:
    """Return the row of what was put off and is about no request."""
    cells = _gap_cells(one.gap, dossier, entries, labels)
    review = one.judgement.review
    detail = labels.phrases.part_separator.join(part for part in (review.by, one.judgement.day, review.note) if part)
    return cells | {"category": labels.outcomes[one.outcome], "detail": detail}


def _perhaps(tie: Tie, entries: dict[str, Entry], labels: Labels) -> str:
    where = labels.phrases.gap.join(_shown(entries, tie, labels))
    return labels.phrases.perhaps.format(quote=words(entries, tie).strip(), where=where)
