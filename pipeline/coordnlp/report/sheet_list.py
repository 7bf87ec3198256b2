"""Which sheets a run writes: those that reviewers write in, those beside them, and those of the workbook alone.

Another sheet is another line in `other_sheets`: it becomes a CSV file and a sheet of the workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coordnlp.records import Dossier
from coordnlp.report.cells import Cell
from coordnlp.report.coverage_sheet import COVERAGE_COLUMNS, coverage_rows
from coordnlp.report.dashboard import Dashboard, SheetTable, sheet
from coordnlp.report.labels import Column, Labels, all_labels
from coordnlp.report.matter_sheets import (
    ISSUE_COLUMNS,
    REQUEST_COLUMNS,
    SUPERVISION_COLUMNS,
    issue_rows,
    request_rows,
    supervision_rows,
)
from coordnlp.report.measure_sheets import INDICATOR_COLUMNS, MEASURE_COLUMNS, indicator_rows, measure_rows
from coordnlp.report.old_sheets import DASHBOARD, read_grid
from coordnlp.report.sheets import PENDING_COLUMNS, REVIEW_COLUMNS, SKIPPED_COLUMNS, Cells, pending_rows, skipped_rows
from coordnlp.report.workbook import BookSheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet beside the dashboard: where it goes, its columns, and the rows of one dossier."""

    path: Path
    columns: tuple[Column, ...]
    rows: Callable[[Dossier, Labels], Iterator[Cells]]


def other_sheets(out: Path, labels: Labels) -> tuple[Sheet, ...]:
    """Return the sheets beside the dashboard."""
    return (
        Sheet(out / f"{labels.files.pending}.csv", PENDING_COLUMNS, pending_rows),
        Sheet(out / "skipped.csv", SKIPPED_COLUMNS, skipped_rows),
        Sheet(out / f"{labels.files.coverage}.csv", COVERAGE_COLUMNS, coverage_rows),
        Sheet(out / f"{labels.files.measures}.csv", MEASURE_COLUMNS, measure_rows),
        Sheet(out / f"{labels.files.indicators}.csv", INDICATOR_COLUMNS, indicator_rows),
    )


@dataclass(frozen=True, slots=True)
class Matters:
    """A sheet that stands in the workbook only: its key in `book.sheets`, its columns, and the rows of one dossier."""

    key: str
    columns: tuple[Column, ...]
    rows: Callable[[Dossier, Labels], Iterator[Cells]]


MATTERS = (
    Matters("requests", REQUEST_COLUMNS, request_rows),
    Matters("issues", ISSUE_COLUMNS, issue_rows),
    Matters("supervision", SUPERVISION_COLUMNS, supervision_rows),
)


def review_files(out: Path, labels: Labels) -> tuple[Path, Path, Path]:
    """Return the files that reviewers write in: judged rows, the workbook, the dashboard."""
    return out / f"{labels.files.judged}.csv", out / f"{DASHBOARD}.xlsx", out / f"{DASHBOARD}.csv"


def book_sheets(out: Path, dossiers: Sequence[Dossier], board: Dashboard, labels: Labels) -> Iterator[BookSheet]:
    """Yield the sheets of the workbook: what reviewers write in, every matter, and what else has a file of its own."""
    names = labels.book.sheets
    yield BookSheet(names[DASHBOARD], board.gaps, is_review=True)
    judged = labels.files.judged
    yield BookSheet(names.get(judged, judged), board.judged, is_review=True)
    yield from _by_side(dossiers, board.gaps, labels)
    for one in MATTERS:
        yield BookSheet(names[one.key], sheet_table(one, dossiers, labels))
    for other in other_sheets(out, labels):
        yield BookSheet(names.get(other.path.stem, other.path.stem), sheet_table(other, dossiers, labels))


def _by_side(dossiers: Sequence[Dossier], gaps: SheetTable, labels: Labels) -> Iterator[BookSheet]:
    """Yield what our side has to do and what the other side owes, where a dossier says which side is ours.

    What both must do stands on both sheets.
    """
    ours = {one.name: one.teams.name(one.teams.ours) for one in dossiers if one.teams.ours}
    if not ours:
        return
    owes, of = gaps.columns.index("responsible"), gaps.columns.index("dossier") if "dossier" in gaps.columns else None
    both, names = labels.party("AB", dossiers[0].teams), labels.book.sheets

    def ours_of(row: Sequence[Cell]) -> str:
        return ours.get(dossiers[0].name if of is None else str(row[of]), "")

    known = [row for row in gaps.rows if ours_of(row)]
    kept = [at for at, column in enumerate(gaps.columns) if column not in REVIEW_COLUMNS]

    def table(rows: Iterable[Sequence[Cell]]) -> SheetTable:
        # People write on the first sheet alone: here the same row stands a second time.
        return SheetTable(
            tuple(gaps.columns[at] for at in kept), (), tuple(tuple(row[at] for at in kept) for row in rows)
        )

    yield BookSheet(names["ours"], table(row for row in known if row[owes] in (ours_of(row), both)))
    yield BookSheet(names["theirs"], table(row for row in known if row[owes] != ours_of(row)))


def sheet_table(one: Sheet | Matters, dossiers: Sequence[Dossier], labels: Labels) -> SheetTable:
    """Return a sheet with the rows of all dossiers."""
    rows = [row for dossier in dossiers for row in one.rows(dossier, labels)]
    return sheet(rows, one.columns, is_several=len(dossiers) != 1)


def is_other_sheet(path: Path) -> bool:
    """Return whether a file is a sheet beside the dashboard, as this program writes it in any language."""
    return any(_is_sheet(path, labels) for labels in all_labels())


def _is_sheet(path: Path, labels: Labels) -> bool:
    columns = next((one.columns for one in other_sheets(path.parent, labels) if one.path == path), ())
    titles = set(labels.titles(columns))
    return bool(titles) and read_grid(path, titles, titles) is not None
