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
    "direction",
    "unit",
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

    @cached_property
    def _whole(self) -> Mapping[str, ColumnRole]:
        return {word.removeprefix("="): role for word, role in self._words}

    def role(self, head: str) -> ColumnRole | None:
        """Return what the words of a column's head mean, None for no known head."""
        bare = _bare(head)
        if not bare or len(bare) > _LONGEST_HEAD:
            return None
        return self.exact_role(head) or next((role for word, role in self._words if bare.endswith(word)), None)

    def exact_role(self, head: str) -> ColumnRole | None:
        """Return the role of a head that is one of the words, as no cell below a head is by chance."""
        return self._whole.get(_bare(head))


def _bare(head: str) -> str:
    return squeeze(head).split("（")[0].split("(")[0].strip(" *：:\n")


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
        heads: Row of the heads, the lower one of two.
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
        """A register of letters in and out: numbers or titles, with who sent them or when they came and went.

        It may say until when a letter must be dealt with, but names nobody who is responsible.
        """
        found = set(self.roles.values())
        if not found & {"number", "title"} or "owner" in found:
            return False
        exchanged = bool(found & {"from", "to"}) and "due" not in found
        return exchanged or bool(found & {"received", "sent"}) or {"number", "title", "dated"} <= found

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
    rows: dict[int, list[Line]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    numbers = sorted(rows)
    upper = max(numbers[:_ROWS_ABOVE], key=lambda row: (len(_roles(rows[row], columns)), -row))
    roles = _roles(rows[upper], columns)
    if len(roles) < 2 or _is_form(rows[upper], roles):
        return None
    below = [row for row in numbers if row > upper and not _repeats_heads(rows[row], rows[upper], roles)]
    heads = upper
    if below and _are_sub_heads(rows[below[0]], rows[upper], roles, columns):
        heads = below.pop(0)
        roles = _join_roles(roles, rows[heads], columns)
    read = tuple(_read_row(row, rows[row], roles) for row in below)
    return Grid(table, _title(upper, cells, lines), heads, roles, read)


def _is_form(cells: Sequence[Line], roles: Mapping[int, ColumnRole]) -> bool:
    """Tell whether heads and values take turns in a row: 事由 | 青砖堆放 | 经办人 | 袁小满."""
    columns = list(dict.fromkeys(cell.column for cell in cells))
    return len(columns) % 2 == 0 and all(column in columns[::2] for column in roles)


def _repeats_heads(cells: Sequence[Line], heads: Sequence[Line], roles: Mapping[int, ColumnRole]) -> bool:
    """Tell whether a row says the heads again, as at the top of a printed page."""
    words = {head.column: squeeze(head.text) for head in heads}
    return all(squeeze(cell.text) == words.get(cell.column) for cell in cells if cell.column in roles) and any(
        cell.column in roles for cell in cells
    )


def _are_sub_heads(
    cells: Sequence[Line], heads: Sequence[Line], roles: Mapping[int, ColumnRole], columns: ColumnTable
) -> bool:
    """Tell whether a row parts the heads above it: 责任单位 in 牵头单位 and 配合单位.

    Heads that span both rows are said in both, or, as in Word, only above.
    """
    words = {head.column: squeeze(head.text) for head in heads}
    if any(squeeze(cell.text) == words.get(cell.column) for cell in cells):
        return True
    named = {column for column, role in roles.items() if role in ("order", "matter", "title", "number")}
    return not any(cell.column in named for cell in cells) and any(columns.exact_role(cell.text) for cell in cells)


def _join_roles(roles: Mapping[int, ColumnRole], cells: Sequence[Line], columns: ColumnTable) -> dict[int, ColumnRole]:
    """Return the roles of the lower heads where these tell one, else of the upper ones."""
    lower = {column: role for column, role in _roles(cells, columns).items() if roles.get(column) != role}
    kept = {column: role for column, role in roles.items() if column not in lower and role not in lower.values()}
    return dict(sorted({**kept, **lower}.items()))


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
        if cell.column in roles:
            found.setdefault(roles[cell.column], []).append(cell)
    return Row(row, {role: tuple(lines) for role, lines in found.items()})


def _title(heads: int, cells: Sequence[Line], lines: Sequence[Line]) -> str:
    above = [cell for cell in cells if cell.row < heads]
    if above:
        return above[0].text
    before = [line for line in lines if line.end <= cells[0].start]
    return before[-1].text if before and not before[-1].table else ""
