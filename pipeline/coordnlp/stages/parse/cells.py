"""Cells of follow-up tables: what their columns hold, and whose voice they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coordnlp.layout.drafts import Draft
from coordnlp.layout.grids import ColumnRole, Grid, Row, read_grids
from coordnlp.layout.lexicon import load_document_words
from coordnlp.names import Names
from coordnlp.records import Party
from coordnlp.stages.parse.reports import JOINT, Voice


@dataclass(frozen=True, slots=True)
class TableCell:
    """What the table around a line tells of it.

    Attributes:
        column: What its column holds, '' outside known tables.
        owner: The party that its row names as responsible.
        voice: Whose words it holds, None where the document around the table decides.
    """

    column: ColumnRole | Literal[""] = ""
    owner: Party | None = None
    voice: Voice | None = None


NO_CELL = TableCell()


def read_cells(draft: Draft, names: Names) -> dict[int, TableCell]:
    """Return the cells of the tables of a document by the offset at which their lines start.

    The row of a follow-up table is told by its 责任单位: how far a matter is, is that party's word. The matter itself
    is both sides' word where the table is one of what they agreed, else that of the document around it.
    """
    found: dict[int, TableCell] = {}
    for grid in read_grids(draft.lines):
        if grid.is_follow_up:
            agreed = _is_agreed(draft, grid)
            for row in grid.rows:
                found |= dict(_row_cells(row, names, agreed=agreed))
    return found


def _row_cells(row: Row, names: Names, *, agreed: bool) -> Iterator[tuple[int, TableCell]]:
    owner = _owner(row.text("owner"), names)
    for column, lines in row.cells.items():
        voice: Voice | None = None
        if column == "progress" and owner:
            voice = (owner, "")
        elif column in ("matter", "title") and agreed:
            voice = JOINT
        for line in lines:
            yield line.start, TableCell(column, owner, voice)


def _owner(text: str, names: Names) -> Party | None:
    joint = any(word in text for word in load_document_words().signature.joint)
    return names.party(text) or ("AB" if joint else None)


def _is_agreed(draft: Draft, grid: Grid) -> bool:
    """Tell whether a table lists what the two sides agreed or gave each other to do, by its titles and heads."""
    heads = [line.text for line in draft.lines if line.table == grid.table and line.row == grid.heads]
    words = load_document_words().agreed
    return any(word in text for text in (draft.title, grid.title, *heads) for word in words)
