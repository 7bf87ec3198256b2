"""From what a reviewer typed to a judgement: what it means, and which party, day and paper it names."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal, get_args

from coordnlp.dates import find_dates
from coordnlp.ids import normalise
from coordnlp.judgements.days import read_day
from coordnlp.judgements.fitting import attach
from coordnlp.judgements.table import ReviewWords
from coordnlp.party_names import name_party
from coordnlp.records import Dossier, Judgement, Party, ReportLanguage, Review, Shown, Teams

ReviewCell = Literal["verdict", "verdict_note", "verdict_by", "verdict_date", "responsible", "due"]
"""The cells of a row that a reviewer may change."""
REVIEW_CELLS: tuple[ReviewCell, ...] = get_args(ReviewCell)


@dataclass(frozen=True, slots=True)
class Edit:
    """The cells of one row that a reviewer changed since the last run.

    Attributes:
        shown: The row as the last run showed it, or as the cells tell; at least its id.
        saved: When the sheet was saved, ISO with seconds; `sheet` is its name.
        restates: Id of an earlier judgement; nothing was changed then, and the words count only where that judgement is
            stored no more. '' for a change.
    """

    dossier: str
    shown: Shown
    cells: Mapping[ReviewCell, str]
    saved: str
    sheet: str
    restates: str = ""


def judge_edits(
    edits: Sequence[Edit], known: Sequence[Judgement], rows: Sequence[Shown], dossier: Dossier, words: ReviewWords
) -> tuple[list[Judgement], list[str]]:
    """Make judgements of what reviewers changed; what repeats the last word on a row makes none.

    Args:
        edits: Of this dossier.
        known: Judgements that are stored, oldest first.
        rows: What the rows of this run show.

    Returns:
        New judgements, and notes in Chinese on cells that could not be understood.
    """
    attached = attach(known, rows, words.fit)
    latest = {one.shown.gap: one for one in known}
    seen = {one.shown.gap: one.shown for one in known} | {edit.shown.gap: edit.shown for edit in edits}
    seen |= {row.gap: row for row in rows}
    new: dict[str, Judgement] = {}
    made, notes = [], []
    for edit in edits:
        if edit.restates in latest:
            continue
        row = attached.rows.get(edit.shown.gap, edit.shown.gap)
        last = new.get(edit.shown.gap) or attached.words.get(row) or latest.get(edit.shown.gap)
        shown = edit.shown if edit.shown.type else seen.get(edit.shown.gap, edit.shown)
        if last and last.shown.confidence:
            # A row that was confirmed shows 1.0; what the machine had thought of it is what can be learned from.
            shown = replace(shown, confidence=last.shown.confidence)
        judgement = _judge(edit, last, shown, seen, dossier, words)
        notes += _unread(edit, judgement, last)
        if last is None or not _repeats(judgement, last):
            new[edit.shown.gap] = judgement
            made.append(judgement)
    return [one for one in made if not (one.is_empty and one.shown.gap not in latest)], notes


def _judge(
    edit: Edit,
    last: Judgement | None,
    shown: Shown,
    seen: Mapping[str, Shown],
    dossier: Dossier,
    words: ReviewWords,
) -> Judgement:
    before = last.review if last else Review()
    review = Review(
        verdict=edit.cells.get("verdict", before.verdict).strip(),
        note=edit.cells.get("verdict_note", before.note).strip(),
        by=edit.cells.get("verdict_by", before.by).strip(),
        date=edit.cells.get("verdict_date", before.date).strip(),
    )
    saved = dt.date.fromisoformat(edit.saved[:10])
    day = read_day(review.date, saved) or edit.saved[:10]
    decision, into = words.decide(review.verdict)
    answer, document = _answer(review.note, dossier, words)
    if last and answer and answer == last.answer and not document:
        document = last.answer_document
    return Judgement(
        shown=shown,
        review=review,
        decision=decision,
        day=day,
        saved=edit.saved,
        sheet=edit.sheet,
        until=_until(review.note, day) if decision == "deferred" else "",
        into=seen.get(into, Shown(into)) if into else None,
        responsible=_responsible(edit, last, dossier.teams),
        due=_due(edit, last, saved),
        answer=answer,
        answer_document=document,
    )


def _repeats(judgement: Judgement, last: Judgement) -> bool:
    """Return whether all that a person decided is as it was."""
    into = (judgement.into.gap if judgement.into else "", last.into.gap if last.into else "")
    kept = replace(
        judgement, shown=last.shown, day=last.day, saved=last.saved, sheet=last.sheet, into=last.into, until=last.until
    )
    return kept == last and into[0] == into[1]


def _until(note: str, day: str) -> str:
    """Return the last day still to come that a note names, '' for none: 3月18日电话问过 names none."""
    days = [mention.date.isoformat() for mention in find_dates(note, dt.date.fromisoformat(day))]
    return max((named for named in days if named > day), default="")


def _responsible(edit: Edit, last: Judgement | None, teams: Teams) -> Party | None:
    before = last.responsible if last else None
    if "responsible" not in edit.cells:
        return before
    text = edit.cells["responsible"].strip()
    return find_party(text, teams) or before if text else None


def find_party(text: str, teams: Teams) -> Party | None:
    """Return the party that a cell names, in any language: by name, short form or id; None for nobody known."""
    wanted = normalise(text)
    for team in teams.teams:
        if wanted in {normalise(name) for name in (team.name, *team.aliases, team.id)}:
            return team.id
    others: tuple[Party, ...] = ("AB", "X")
    languages: tuple[ReportLanguage, ...] = get_args(ReportLanguage)
    named = ((party, name_party(party, teams, language)) for party in others for language in languages)
    return next((party for party, name in named if wanted == normalise(name)), None)


def _due(edit: Edit, last: Judgement | None, saved: dt.date) -> str:
    before = last.due if last else ""
    if "due" not in edit.cells:
        return before
    text = edit.cells["due"].strip()
    return read_day(text, saved) or before if text else ""


def _unread(edit: Edit, judgement: Judgement, last: Judgement | None) -> list[str]:
    """Return what to tell of changed cells that name no party and no day."""
    before = (last.responsible, last.due) if last else (None, "")
    notes = []
    party, due = edit.cells.get("responsible", "").strip(), edit.cells.get("due", "").strip()
    if party and judgement.responsible == before[0] and not judgement.responsible:
        notes.append(f"{edit.shown.gap}：责任方“{party}”不是双方的名称或叫法，没有改；请照 teams.toml 里的名称填写")
    if due and judgement.due == before[1] and not judgement.due:
        notes.append(f"{edit.shown.gap}：时限“{due}”看不出是哪一天，没有改；请写成 2026-03-31 的样子")
    return notes


def _answer(note: str, dossier: Dossier, words: ReviewWords) -> tuple[str, str]:
    """Return the paper that a note names as the answer, and the id of its document; '' where it is not one alone."""
    match = words.answered.regex.search(unicodedata.normalize("NFKC", note))
    if match is None:
        return "", ""
    named = match["file"].strip()
    found = find_document(named, dossier)
    return named, found[0] if len(found) == 1 else ""


def find_document(named: str, dossier: Dossier) -> list[str]:
    """Return the ids of the documents that a person may mean by a path, a name of a file, a number or a title."""
    wanted = normalise(named)
    also = {document.file: document.also for document in dossier.documents}
    for keys in (_paths, _names, _stems):
        found = sorted({h.id for h in dossier.headers if wanted in keys((h.file, *also[h.file]))})
        if found:
            return found
    return sorted({h.id for h in dossier.headers if wanted and wanted in (normalise(h.number), normalise(h.title))})


def _paths(files: Sequence[str]) -> set[str]:
    return {normalise(file) for file in files}


def _names(files: Sequence[str]) -> set[str]:
    return {normalise(PurePosixPath(file).name) for file in files}


def _stems(files: Sequence[str]) -> set[str]:
    return {normalise(PurePosixPath(file).stem) for file in files}
