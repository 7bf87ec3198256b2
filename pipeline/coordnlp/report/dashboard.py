"""The dashboard: new rows, joined with what the reviewer typed into the old ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from coordnlp.ids import gap_id
from coordnlp.records import Dossier
from coordnlp.report.cells import Cell, to_csv
from coordnlp.report.jsonl import Changes
from coordnlp.report.labels import Change, Column, Labels
from coordnlp.report.reviews import OldRow, OldSheet, added_titles, match_reviews
from coordnlp.report.sheets import GAP_COLUMNS, REVIEW_COLUMNS, Cells, gap_rows, lead_columns


def dashboard(dossiers: Sequence[Dossier], old: Sequence[OldSheet], change: Changes, labels: Labels) -> bytes:
    """Return gaps.csv.

    Reviewed rows whose gap is gone stand at the end, with their old cells; what only cannot be told any more is not
    called closed. Columns that people added follow ours.

    Args:
        old: Earlier dashboards, last saved first.
        change: Tells what happened to the gap with an id since the last run.
    """
    rows = [row for dossier in dossiers for row in gap_rows(dossier, labels)]
    names = frozenset(dossier.name for dossier in dossiers)
    reviews, gone = match_reviews(rows, [row for sheet in old for row in sheet.rows], names)
    is_several = len(dossiers) != 1 or any(row.dossier for row in gone)
    title = labels.columns["marking"]
    is_marked = any(dossier.marking for dossier in dossiers) or any(row.cells.get(title, "").strip() for row in gone)
    columns = (*lead_columns(is_marked=is_marked, is_several=is_several), *GAP_COLUMNS)
    added = added_titles(old, [*(row for row in reviews if row), *gone], labels)
    table: list[Sequence[Cell]] = [[*labels.titles(columns), *added]]
    for row, review in zip(rows, reviews, strict=True):
        cells = row.cells | {"change": labels.changes[change(row.id)]}
        table.append(_line(cells | _reviewed(review, labels), review, columns, added))
    undecided = {id for dossier in dossiers for id in _undecided_ids(dossier, labels)}
    for old_row in gone:
        left = _why_gone(old_row, names, undecided)
        table.append(_line(_old_cells(old_row, columns, left, labels), old_row, columns, added))
    return to_csv(table, cut=labels.phrases.cut)


def _line(cells: Cells, old: OldRow | None, columns: Sequence[Column], added: Sequence[str]) -> list[Cell]:
    carried = [old.cells.get(title, "") if old else "" for title in added]
    return [*(cells.get(column, "") for column in columns), *carried]


def _reviewed(old: OldRow | None, labels: Labels) -> Cells:
    if old is None:
        return {}
    return {column: old.cells.get(labels.columns[column], "") for column in REVIEW_COLUMNS}


def _undecided_ids(dossier: Dossier, labels: Labels) -> Iterator[str]:
    """Yield the ids that gaps of requests would have which are now listed beside the dashboard, not closed."""
    for life in dossier.lives:
        if life.verdict not in ("gap", "closed"):
            yield from (gap_id(kind, life.request) for kind in labels.gap_types)


def _why_gone(old: OldRow, dossiers: Set[str], undecided: Set[str]) -> Change:
    if old.dossier and old.dossier not in dossiers:
        return "absent"
    return "moved" if old.id in undecided else "closed"


def _old_cells(old: OldRow, columns: Sequence[Column], change: Change, labels: Labels) -> Cells:
    cells: Cells = {column: old.cells.get(labels.columns[column], "") for column in columns}
    return cells | {"change": labels.changes[change]}


def sheet(rows: Sequence[Cells], columns: tuple[Column, ...], labels: Labels, *, is_several: bool) -> bytes:
    """Return a sheet without review columns; with several dossiers each row names its own, marked ones first 密级."""
    is_marked = any(row.get("marking") for row in rows)
    shown = (*lead_columns(is_marked=is_marked, is_several=is_several), *columns)
    table = [[row.get(column, "") for column in shown] for row in rows]
    return to_csv([labels.titles(shown), *table], cut=labels.phrases.cut)
