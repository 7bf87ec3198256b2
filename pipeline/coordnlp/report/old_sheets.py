"""Reads the sheets of earlier runs again, as reviewers have left them.

People sort and delete rows, move columns, add their own, put a heading on top and save in the encoding of
their machine; a word of theirs is never dropped for that.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coordnlp.report.cells import as_meant
from coordnlp.report.labels import Labels, all_labels
from coordnlp.report.languages import own_titles, reword_cells, reword_titles
from coordnlp.report.sheets import REVIEW_COLUMNS
from coordnlp.stages.ingest.read_xlsx import read_sheets
from coordnlp.stages.ingest.readings import UnreadableError

DASHBOARD = "gaps"
_ROWS_ABOVE_HEADER = 10
Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row of an earlier sheet: its cells by column title, and whether a reviewer wrote in it.

    Our titles, and words that a column chooses from, are those of the run, in whatever language the sheet is.
    """

    dossier: str
    id: str
    cells: dict[str, str]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class OldSheet:
    """An earlier file with review columns; `whole` is False when it holds what the new one has no place for."""

    path: Path
    titles: tuple[str, ...]
    rows: tuple[OldRow, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """The cells of a sheet, the row of its header, and whether every character could be read."""

    grid: Grid
    top: int
    sure: bool = True


_Headed = tuple[_Found, Labels]
"""A sheet with review columns, and the labels that its titles are in."""


def old_dashboards(out: Path, labels: Labels) -> list[OldSheet]:
    """Read what reviewers may have written in, numbered siblings too, last saved first; what is not ours stays out."""
    stems = "|".join(re.escape(stem) for stem in (DASHBOARD, *(each.files.judged for each in all_labels())))
    sibling = re.compile(rf"(?:{stems})(-[0-9]+)?\.(csv|xlsx)")
    paths = [path for path in out.glob("*.*") if sibling.fullmatch(path.name)]
    sheets = [sheet for path in sorted(paths) if (sheet := read_dashboard(path, labels))]
    return sorted(sheets, key=lambda sheet: -sheet.path.stat().st_mtime_ns)


def read_dashboard(path: Path, labels: Labels) -> OldSheet | None:
    """Read a file with review columns, in any order; None if it is not one of ours."""
    if path.suffix == ".xlsx":
        return _read_book(path, labels)
    found = ((read_grid(path, *_marks(each)), each) for each in (labels, *all_labels()))
    headed = next(((grid, each) for grid, each in found if grid), None)
    return _old_sheet(path, [headed], labels, whole=True) if headed else None


def _marks(labels: Labels) -> tuple[set[str], set[str]]:
    """Return the title that a sheet with review columns needs, and those of which it needs one."""
    return {labels.columns["id"]}, set(labels.titles(REVIEW_COLUMNS))


def read_grid(path: Path, needed: set[str], one_of: set[str]) -> _Found | None:
    """Read a CSV in UTF-8 or GB18030 whose header has all titles of `needed` and one of `one_of`.

    Returns:
        None if there is no such header near the top.
    """
    try:
        text, sure = _decode(path.read_bytes())
    except OSError:
        return None
    for delimiter in ",;\t":
        try:
            grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        if (top := _header(grid, needed, one_of)) is not None:
            return _Found([[as_meant(cell) for cell in line] for line in grid], top, sure)
    return None


def _read_book(path: Path, labels: Labels) -> OldSheet | None:
    """Read the sheets of a workbook that have review columns; one that people added keeps the file from being whole."""
    try:
        named = [(name, _as_grid(rows)) for name, rows in read_sheets(path.read_bytes())]
    except (OSError, UnreadableError):
        return None
    sheets = [(name, grid, _headed(grid, labels)) for name, grid in named]
    ours = frozenset().union(*(each.book_sheets for each in all_labels()))
    foreign = [name for name, grid, headed in sheets if headed is None and grid and name not in ours]
    found = [headed for _, _, headed in sheets if headed]
    return _old_sheet(path, found, labels, whole=not foreign) if found else None


def _headed(grid: Grid, labels: Labels) -> _Headed | None:
    tops = ((_header(grid, *_marks(each)), each) for each in (labels, *all_labels()))
    return next(((_Found(grid, top), each) for top, each in tops if top is not None), None)


def _as_grid(rows: Sequence[tuple[int, dict[int, str]]]) -> Grid:
    return [[row.get(column, "") for column in range(1, max(row, default=0) + 1)] for _, row in rows]


def _header(grid: Grid, needed: set[str], one_of: set[str]) -> int | None:
    for top, line in enumerate(grid[:_ROWS_ABOVE_HEADER]):
        titles = {title.strip() for title in line}
        if needed <= titles and one_of & titles:
            return top
    return None


def _old_sheet(path: Path, sheets: Sequence[_Headed], labels: Labels, *, whole: bool) -> OldSheet:
    rows = [row for one, written in sheets for row in _rows(one, written, labels)]
    named = (title for one, written in sheets for title in reword_titles(_titles(one), written, labels))
    titles = dict.fromkeys(title for title in named if title)
    whole = whole and all(one.sure and not _has_more(one) for one, _ in sheets) and not _is_ambiguous(rows)
    return OldSheet(path, tuple(titles), tuple(row for row in rows if row.id), whole)


def _titles(found: _Found) -> list[str]:
    return [title.strip() for title in found.grid[found.top]]


def _rows(found: _Found, written: Labels, labels: Labels) -> Iterator[OldRow]:
    reviews, own, titles = set(labels.titles(REVIEW_COLUMNS)), own_titles(labels), _titles(found)
    for line in found.grid[found.top + 1 :]:
        cells = reword_cells(_row_cells(titles, line), written, labels)
        id, dossier = cells[labels.columns["id"]].strip(), cells.get(labels.columns["dossier"], "").strip()
        reviewed = any(text.strip() for title, text in cells.items() if title in reviews or title not in own)
        yield OldRow(dossier, id, cells, reviewed)


def _decode(data: bytes) -> tuple[str, bool]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), True
        except UnicodeDecodeError:
            continue
    # One odd byte must not cost a whole sheet of reviews; the caller keeps the old file as well.
    return data.decode("gb18030", "replace"), False


def _row_cells(titles: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for position, title in enumerate(titles):
        text = line[position] if position < len(line) else ""
        cells.setdefault(title, text.replace("\r\n", "\n"))
    return cells


def _has_more(found: _Found) -> bool:
    """Return whether words stand above the header, or in columns without a title or with a second one."""
    above = any(cell.strip() for line in found.grid[: found.top] for cell in line)
    titles = _titles(found)
    named = {titles.index(title) for title in titles if title}
    lost = (cell for line in found.grid[found.top + 1 :] for at, cell in enumerate(line) if at not in named)
    return above or any(cell.strip() for cell in lost)


def _is_ambiguous(rows: Sequence[OldRow]) -> bool:
    """Return whether a row without id holds words, or one id stands in two reviewed rows."""
    keys = [(row.dossier, row.id) for row in rows if row.reviewed]
    nameless = (row for row in rows if not row.id)
    return len(set(keys)) < len(keys) or any(text.strip() for row in nameless for text in row.cells.values())
