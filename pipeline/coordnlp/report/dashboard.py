"""The sheets that reviewers write in: the dashboard, and the rows that their words have taken off it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from coordnlp.ids import gap_id
from coordnlp.judgements import show_rows
from coordnlp.records import Dossier, Judged, Judgement, Review, Shown
from coordnlp.report.cells import Cell, to_csv
from coordnlp.report.edits import Base, Edited, Typed
from coordnlp.report.jsonl import Changes
from coordnlp.report.labels import Change, Column, Labels
from coordnlp.report.old_sheets import OldRow, OldSheet
from coordnlp.report.reviews import added_titles, find_gone
from coordnlp.report.sheets import GAP_COLUMNS, REVIEW_COLUMNS, Cells, GapRow, gap_rows, judged_rows, lead_columns

_CORRECTED: tuple[Column, ...] = ("responsible", "due")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet before it becomes a file: our columns, the titles of columns that people added, and all cells."""

    columns: tuple[Column, ...]
    added: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def lines(self, labels: Labels) -> list[Sequence[Cell]]:
        """Return the header and the rows."""
        return [(*labels.titles(self.columns), *self.added), *self.rows]

    def as_csv(self, labels: Labels) -> bytes:
        """Return the sheet as a CSV file."""
        return to_csv(self.lines(labels), cut=labels.phrases.cut)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The rows that are open, the judged rows that are not, and what the next run compares both with."""

    gaps: SheetTable
    judged: SheetTable
    bases: Sequence[Base]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the id that people know it by, the word for its change, what it showed, and the last word on it."""

    row: GapRow
    known_as: str
    change: str
    shown: Shown
    judgement: Judgement | None = None


def make_dashboard(
    dossiers: Sequence[Dossier], old: Sequence[OldSheet], typed: Typed, change: Changes, labels: Labels
) -> Dashboard:
    """Return what reviewers write in.

    Reviewed rows whose gap is gone stand at the end, with their old cells; what only cannot be told any more is not
    called closed. Columns that people added follow ours.

    Args:
        old: Earlier sheets, last saved first.
        typed: What people changed in them.
        change: Tells what happened to the gap with an id since the last run.
    """
    gaps = [row for dossier in dossiers for row in _gap_rows(dossier, change, labels)]
    judged = [row for dossier in dossiers for row in _judged_rows(dossier, labels)]
    names = frozenset(dossier.name for dossier in dossiers)
    present = {(one.row.dossier, id) for one in (*gaps, *judged) for id in (one.row.id, one.known_as)}
    gone = find_gone(present, [row for sheet in old for row in sheet.rows], names)
    titles = added_titles(old, labels)
    undecided = {id for dossier in dossiers for id in _undecided_ids(dossier, labels)}
    left = [_gone_row(row, names, undecided, typed, labels) for row in gone]
    left = [one for one in left if _is_written_in(one, typed, titles, labels)]
    everything = [*gaps, *judged, *left]
    added = [title for title in titles if any(_cell(one, typed, title) for one in everything)]
    is_several = len(dossiers) != 1 or any(one.row.cells.get("dossier") for one in left)
    is_marked = any(dossier.marking for dossier in dossiers) or any(one.row.cells.get("marking") for one in left)
    columns = (*lead_columns(is_marked=is_marked, is_several=is_several), *GAP_COLUMNS)

    def table(rows: Sequence[_Row]) -> SheetTable:
        lines = (_line(one, columns, added, typed, labels) for one in rows)
        return SheetTable(columns, tuple(added), tuple(lines))

    bases = [_base(one, added, typed, labels) for one in everything]
    return Dashboard(table([*gaps, *left]), table(judged), bases)


def _gap_rows(dossier: Dossier, change: Changes, labels: Labels) -> Iterator[_Row]:
    shown = {one.gap: one for one in show_rows(dossier.gaps, dossier)}
    judged = {one.gap.id: one for one in dossier.judged}
    for row in gap_rows(dossier, labels):
        yield _row(row, judged.get(row.id), shown[row.id], labels.changes[change(row.id)])


def _judged_rows(dossier: Dossier, labels: Labels) -> Iterator[_Row]:
    off = [one for one in dossier.judged if one.outcome != "kept"]
    shown = {one.gap: one for one in show_rows((one.gap for one in off), dossier)}
    for one, row in zip(off, judged_rows(dossier, off, labels), strict=True):
        yield _row(row, one, shown[row.id], labels.outcomes[one.outcome])


def _row(row: GapRow, judged: Judged | None, shown: Shown, change: str) -> _Row:
    if judged is None:
        return _Row(row, row.id, change, shown)
    return _Row(row, judged.judgement.shown.gap, change, shown, judged.judgement)


def _stored(one: _Row) -> Cells:
    """Return the words of the reviewer that are stored for a row."""
    review = one.judgement.review if one.judgement else Review()
    return dict(zip(REVIEW_COLUMNS, (review.verdict, review.note, review.by, review.date), strict=True))


def _words(one: _Row, typed: Typed, labels: Labels) -> Cells:
    """Return the words of the reviewer for a row: the stored ones, and over them what was typed since."""
    titles = {column: labels.columns[column] for column in REVIEW_COLUMNS}
    changed = _changed(one, typed)
    if one.judgement is None:
        return {column: typed.cell(one.row.dossier, one.row.id, title) for column, title in titles.items()}
    return _stored(one) | {column: changed[title].text for column, title in titles.items() if title in changed}


def _changed(one: _Row, typed: Typed) -> dict[str, Edited]:
    return typed.changed(one.row.dossier, one.known_as) | typed.changed(one.row.dossier, one.row.id)


def _cell(one: _Row, typed: Typed, title: str) -> str:
    """Return what a column that people added holds for a row."""
    ids = dict.fromkeys((one.row.id, one.known_as))
    return next((text for id in ids if (text := typed.cell(one.row.dossier, id, title))), "")


def _line(one: _Row, columns: Sequence[Column], added: Sequence[str], typed: Typed, labels: Labels) -> tuple[Cell, ...]:
    cells: Cells = one.row.cells | _words(one, typed, labels) | {"change": one.change}
    saved = one.judgement.saved if one.judgement else ""
    for column in _CORRECTED:
        # What was understood is shown in our words; what was typed while the run was writing, as typed.
        edited = _changed(one, typed).get(labels.columns[column])
        if edited and edited.text and edited.saved > saved:
            cells[column] = edited.text
    return (*(cells.get(column, "") for column in columns), *(_cell(one, typed, title) for title in added))


def _base(one: _Row, added: Sequence[str], typed: Typed, labels: Labels) -> Base:
    """Return what the next run takes for written."""
    words, changed = _words(one, typed, labels), _changed(one, typed)
    filled: Cells = {column: one.row.cells.get(column, "") for column in _CORRECTED}
    own = {labels.columns[column]: str(text) for column, text in (words | filled).items()}
    extra = {title: _cell(one, typed, title) for title in added}
    before = _written(one, typed, labels)
    return Base(
        dossier=one.row.dossier,
        shown=one.shown,
        cells=own | extra,
        judged=before.judged,
        saved=max([before.saved, *(edited.saved for edited in changed.values())]),
        is_pending=any(own[title] != before.cells.get(title, "") for title in labels.titles(REVIEW_COLUMNS)),
    )


def _written(one: _Row, typed: Typed, labels: Labels) -> Base:
    """Return a person's word on a row as this run had it: from the store, or of a gone row from the last run."""
    if one.judgement:
        cells = {labels.columns[column]: str(text) for column, text in _stored(one).items()}
        return Base(one.row.dossier, one.shown, cells, one.known_as, one.judgement.saved)
    before = typed.base(one.row.dossier, one.row.id) or Base(one.row.dossier, one.shown, {})
    # What was pending then has been read by this run, so it counts again only where the store lacks it.
    is_judged = any(before.cells.get(title) for title in labels.titles(REVIEW_COLUMNS))
    return replace(before, judged=before.judged or (one.row.id if is_judged else ""))


def _undecided_ids(dossier: Dossier, labels: Labels) -> Iterator[str]:
    """Yield the ids that gaps of requests would have which are now listed beside the dashboard, not closed."""
    for life in dossier.lives:
        if life.verdict not in ("gap", "closed"):
            yield from (gap_id(kind, life.request) for kind in labels.gap_types)


def _gone_row(old: OldRow, dossiers: Set[str], undecided: Set[str], typed: Typed, labels: Labels) -> _Row:
    """Return an old row whose gap is gone, with its old cells."""
    base = typed.base(old.dossier, old.id)
    sole = next(iter(dossiers)) if len(dossiers) == 1 else ""
    dossier = old.dossier or (base.dossier if base and base.dossier in dossiers else sole)
    cells: Cells = {
        column: old.cells.get(labels.columns[column], "") for column in ("marking", "dossier", *GAP_COLUMNS)
    }
    shown = base.shown if base else Shown(old.id)
    return _Row(GapRow(dossier, old.id, cells), old.id, labels.changes[_why_gone(old, dossiers, undecided)], shown)


def _why_gone(old: OldRow, dossiers: Set[str], undecided: Set[str]) -> Change:
    if old.dossier and old.dossier not in dossiers:
        return "absent"
    return "moved" if old.id in undecided else "closed"


def _is_written_in(one: _Row, typed: Typed, added: Sequence[str], labels: Labels) -> bool:
    """Return whether a person's word still stands in a row."""
    return any(typed.cell(one.row.dossier, one.row.id, title) for title in (*labels.titles(REVIEW_COLUMNS), *added))


def sheet(rows: Sequence[Cells], columns: tuple[Column, ...], *, is_several: bool) -> SheetTable:
    """Return a sheet without review columns; with several dossiers each row names its own, marked ones first 密级."""
    is_marked = any(row.get("marking") for row in rows)
    shown = (*lead_columns(is_marked=is_marked, is_several=is_several), *columns)
    return SheetTable(shown, (), tuple(tuple(row.get(column, "") for column in shown) for row in rows))
