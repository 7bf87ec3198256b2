"""Reads again what the reviewer typed into an earlier dashboard, and finds its row in the new one.

People sort and delete rows, move columns, add their own, put a heading on top and save in the encoding of
their machine; a word of theirs is never dropped for that.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coordnlp.report.labels import Labels
from coordnlp.report.sheets import GAP_COLUMNS, REVIEW_COLUMNS, GapRow

DASHBOARD = "gaps"
_SIBLING = re.compile(rf"{DASHBOARD}(-[0-9]+)?\.csv")
_ROWS_ABOVE_HEADER = 10
_Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row of an earlier dashboard: its cells by column title, and whether a reviewer wrote in it."""

    dossier: str
    id: str
    cells: dict[str, str]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class OldSheet:
    """An earlier dashboard; `whole` is False when it holds something that the new one has no place for."""

    path: Path
    titles: tuple[str, ...]
    rows: tuple[OldRow, ...]
    whole: bool


def old_dashboards(out: Path, labels: Labels) -> list[OldSheet]:
    """Read gaps.csv and its numbered siblings, last saved first; what is not ours is left out."""
    paths = [path for path in out.glob(f"{DASHBOARD}*.csv") if _SIBLING.fullmatch(path.name)]
    sheets = [sheet for path in sorted(paths) if (sheet := read_dashboard(path, labels))]
    return sorted(sheets, key=lambda sheet: -sheet.path.stat().st_mtime_ns)


def read_dashboard(path: Path, labels: Labels) -> OldSheet | None:
    """Read a dashboard in UTF-8 or GB18030, columns in any order; None if it is not one of ours."""
    reviews = set(labels.titles(REVIEW_COLUMNS))
    found = read_grid(path, {labels.columns["id"]}, reviews)
    if found is None:
        return None
    grid, top, sure = found
    titles = [title.strip() for title in grid[top]]
    own = _own_titles(labels)
    rows = []
    for line in grid[top + 1 :]:
        cells = _row_cells(titles, line)
        id, dossier = cells[labels.columns["id"]].strip(), cells.get(labels.columns["dossier"], "").strip()
        reviewed = any(text.strip() for title, text in cells.items() if title in reviews or title not in own)
        rows.append(OldRow(dossier, id, cells, reviewed))
    named = tuple(dict.fromkeys(title for title in titles if title))
    whole = sure and not _has_more(grid, top, titles) and not _is_ambiguous(rows)
    return OldSheet(path, named, tuple(row for row in rows if row.id), whole)


def read_grid(path: Path, needed: set[str], one_of: set[str]) -> tuple[_Grid, int, bool] | None:
    """Read a CSV whose header has all titles of `needed` and one of `one_of`.

    Returns:
        The cells, the row of the header, and whether every character could be read; None if there is no
        such header near the top.
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
        for top, line in enumerate(grid[:_ROWS_ABOVE_HEADER]):
            titles = {title.strip() for title in line}
            if needed <= titles and one_of & titles:
                return grid, top, sure
    return None


def match_reviews(
    rows: Sequence[GapRow], old: Sequence[OldRow], dossiers: frozenset[str]
) -> tuple[list[OldRow | None], list[OldRow]]:
    """Find the reviewed old row of each new row, and the reviewed rows whose gap is gone.

    A row counts for the dossier it names; without a name, or with one that is not part of this run (a renamed
    folder), its id decides.

    Args:
        rows: Of the new dashboard.
        old: Of the earlier ones, last saved first.
        dossiers: Names of this run's dossiers.
    """
    reviewed: dict[str, list[OldRow]] = {}
    for row in old:
        if row.reviewed:
            reviewed.setdefault(row.id, []).append(row)
    matches = [_best(row, reviewed.get(row.id, []), dossiers) for row in rows]
    present = {(row.dossier, row.id) for row in rows}
    ids = {row.id for row in rows}
    gone: dict[tuple[str, str], OldRow] = {}
    for row in (row for same in reviewed.values() for row in same):
        is_present = (row.dossier, row.id) in present if row.dossier in dossiers else row.id in ids
        if not is_present:
            gone.setdefault((row.dossier, row.id), row)
    return matches, [gone[key] for key in sorted(gone)]


def added_titles(sheets: Sequence[OldSheet], rows: Sequence[OldRow], labels: Labels) -> list[str]:
    """Return the titles of columns that people added and that hold something in the rows."""
    own = _own_titles(labels)
    titles = dict.fromkeys(title for sheet in sheets for title in sheet.titles if title not in own)
    return [title for title in titles if any(row.cells.get(title, "").strip() for row in rows)]


def _own_titles(labels: Labels) -> frozenset[str]:
    return frozenset(labels.titles(("marking", "dossier", *GAP_COLUMNS)))


def _best(row: GapRow, same: Sequence[OldRow], dossiers: frozenset[str]) -> OldRow | None:
    exact = (old for old in same if old.dossier == row.dossier)
    loose = (old for old in same if old.dossier not in dossiers)
    return next(exact, None) or next(loose, None)


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


def _has_more(grid: _Grid, top: int, titles: Sequence[str]) -> bool:
    """Return whether words stand above the header, or in columns without a title or with a second one."""
    above = any(cell.strip() for line in grid[:top] for cell in line)
    named = {titles.index(title) for title in titles if title}
    lost = (cell for line in grid[top + 1 :] for at, cell in enumerate(line) if at not in named)
    return above or any(cell.strip() for cell in lost)


def _is_ambiguous(rows: Sequence[OldRow]) -> bool:
    """Return whether a row without id holds words, or one id stands in two reviewed rows."""
    keys = [(row.dossier, row.id) for row in rows if row.reviewed]
    nameless = (row for row in rows if not row.id)
    return len(set(keys)) < len(keys) or any(text.strip() for row in nameless for text in row.cells.values())
