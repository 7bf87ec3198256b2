"""Tables of offices: what their columns mean, by the words of their heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from coordnlp.layout.lines import Line, squeeze
from coordnlp.tables import Table, load_table

ColumnRole = Literal[
    "order",
    "matter",
    "owner",
    "helper",
    "due",
    "progress",
    "asked_on",
    "number",
    "title",
    "received",
    "sent",
    "dated",
    "from",
    "to",
]
# Above the heads may stand the title of the sheet, a unit, a date.
_ROWS_ABOVE = 5
_LONGEST_HEAD = 12


class ColumnTable(Table):
    """`lexicons/columns.toml`."""

    source: str
    roles: dict[ColumnRole, tuple[str, ...]]

    @cached_property
    def _words(self) -> tuple[tuple[str, ColumnRole], ...]:
        pairs = [(word, role) for role, words in self.roles.items() for word in words]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    def role(self, head: str) -> ColumnRole | None:
        """Return what the words of a column's head mean, None for no known head."""
        bare = squeeze(head).split("（")[0].split("(")[0].strip(" *：:\n")
        if not bare or len(bare) > _LONGEST_HEAD:
            return None
        exact = next((role for word, role in self._words if bare == word), None)
        return exact or next((role for word, role in self._words if bare.endswith(word)), None)


@cache
def load_columns() -> ColumnTable:
    """Load `lexicons/columns.toml`."""
    return load_table("columns", ColumnTable)


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the heads: its lines by the role of their column, in order."""

    row: int
    cells: Mapping[ColumnRole, tuple[Line, ...]]

    def text(self, role: ColumnRole) -> str:
        """Return the words of a column, '' for an empty or absent cell."""
        return "\n".join(line.text for line in self.cells.get(role, ()))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose columns are known.

    Attributes:
        table: Its ordinal in the document, as in `records.Block`.
        title: The line above it, or the merged row above its heads; ''.
        heads: Row of the heads.
        roles: Role by column; columns with unknown heads are left out.
        rows: The rows below the heads.
    """

    table: int
    title: str
    heads: int
    roles: Mapping[int, ColumnRole]
    rows: tuple[Row, ...]

    @property
    def is_register(self) -> bool:
        """A register of letters in and out: numbers or titles, with who sent them or when they came and went."""
        found = set(self.roles.values())
        return (
            bool(found & {"number", "title"})
            and bool(found & {"received", "sent", "from", "to"})
            and not (found & {"owner", "due"})
        )

    @property
    def is_follow_up(self) -> bool:
        """A list of matters with who must do them, or how far they are."""
        found = set(self.roles.values())
        return bool(found & {"matter", "title"}) and bool(found & {"owner", "progress"}) and not self.is_register


def read_grids(lines: Sequence[Line]) -> list[Grid]:
    """Read the tables of a document whose first rows hold at least two known heads; others are left out."""
    columns = load_columns()
    tables: dict[int, list[Line]] = {}
    for line in lines:
        if line.table:
            tables.setdefault(line.table, []).append(line)
    grids = [_read_grid(table, cells, lines, columns) for table, cells in tables.items()]
    return [grid for grid in grids if grid]


def mark_registers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the cells of registers (收发文登记簿) set apart, since they tell of other papers."""
    registers = {grid.table for grid in read_grids(lines) if grid.is_register}
    return [replace(line, kind="register") if line.table in registers else line for line in lines]


def _read_grid(table: int, cells: Sequence[Line], lines: Sequence[Line], columns: ColumnTable) -> Grid | None:
    rows = sorted({cell.row for cell in cells})
    for heads in rows[:_ROWS_ABOVE]:
        roles = _roles([cell for cell in cells if cell.row == heads], columns)
        if len(roles) >= 2:
            below = [_read_row(row, cells, roles) for row in rows if row > heads]
            return Grid(table, _title(heads, cells, lines), heads, roles, tuple(below))
    return None


def _roles(heads: Sequence[Line], columns: ColumnTable) -> dict[int, ColumnRole]:
    """Return the role of each column; of two columns with one role the first has it."""
    found: dict[int, ColumnRole] = {}
    for head in heads:
        role = columns.role(head.text)
        if role and role not in found.values():
            found.setdefault(head.column, role)
    return found


def _read_row(row: int, cells: Sequence[Line], roles: Mapping[int, ColumnRole]) -> Row:
    found: dict[ColumnRole, list[Line]] = {}
    for cell in cells:
        if cell.row == row and cell.column in roles:
            found.setdefault(roles[cell.column], []).append(cell)
    return Row(row, {role: tuple(lines) for role, lines in found.items()})


def _title(heads: int, cells: Sequence[Line], lines: Sequence[Line]) -> str:
    above = [cell for cell in cells if cell.row < heads]
    if above:
        return above[0].text
    before = [line for line in lines if line.end <= cells[0].start]
    return before[-1].text if before and not before[-1].table else ""
