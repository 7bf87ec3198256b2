"""Read an OpenDocument workbook (.ods) as one of Excel: numbers as shown, merged cells, hidden parts, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coordnlp.stages.ingest.odf_parts import DAMAGED, open_parts, read_inline
from coordnlp.stages.ingest.office_parts import Element, attribute, child, children, name_of, parse_part
from coordnlp.stages.ingest.readings import Reading, UnreadableError
from coordnlp.stages.ingest.sheet_cells import SheetCells, draft_sheets
from coordnlp.stages.ingest.table_rows import LONGEST, WIDEST, Merge

_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_COLUMNS = frozenset({"table-header-columns", "table-columns", "table-column-group"})
_HIDDEN = frozenset({"collapse", "filter"})
_MONTH = re.compile(r"^\s*\d{4}\s*[年/.-]\s*\d{1,2}\s*月?\s*$")


def read_ods(content: bytes) -> Reading:
    """Read an .ods.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `too_large`, `empty` or `no_text`.
    """
    with open_parts(content) as archive:
        root = parse_part(archive, "content.xml")
        drawn = any(name.startswith("Pictures/") for name in archive.namelist())
    body = child(child(root, "body"), "spreadsheet")
    if body is None:
        raise UnreadableError("damaged", DAMAGED)
    hidden = _hidden_tables(root)
    return draft_sheets((_read_sheet(table, hidden) for table in children(body, "table")), drawn=drawn)


def _hidden_tables(root: Element) -> set[str]:
    """Return the styles of tables that are not shown."""
    return {
        attribute(style, "name")
        for style in root.iter("{*}style")
        if attribute(child(style, "table-properties"), "display") == "false"
    }


def _read_sheet(table: Element, hidden: set[str]) -> SheetCells:
    comments: dict[tuple[int, int], str] = {}
    cells = SheetCells(attribute(table, "name"), attribute(table, "style-name") in hidden, comments=comments)
    cells.hidden_columns = set(_hidden_columns(table))
    number = 0
    for row in _under(table, "table-row", _ROWS):
        repeated = _count(row, "number-rows-repeated")
        for at in range(min(repeated, LONGEST) if _is_filled(row) else 0):
            if cells.bounds.too_long:
                break
            found = _read_row(row, number + at + 1, cells, comments)
            cells.add(number + at + 1, found, hidden=attribute(row, "visibility") in _HIDDEN)
        number += repeated
    return cells


def _read_row(row: Element, number: int, cells: SheetCells, comments: dict[tuple[int, int], str]) -> dict[int, str]:
    """Return the words by column; merged areas and comments go where they belong."""
    found: dict[int, str] = {}
    column = 1
    for cell in row:
        repeated = _count(cell, "number-columns-repeated")
        if name_of(cell) == "table-cell":
            down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if down > 1 or across > 1:
                cells.merges.append(Merge(number, column, number + down - 1, column + across - 1))
            if said := _read_comment(cell):
                comments[number, column] = said
            if words := _read_cell(cell):
                found.update(dict.fromkeys(range(column, column + min(repeated, WIDEST + 1)), words))
        column += repeated
    return found


def _read_cell(cell: Element) -> str:
    """Return what a cell shows; a day is ISO whatever its format, as in the other sheets."""
    shown = "\n".join(read_inline(paragraph).text for paragraph in children(cell, "p"))
    match attribute(cell, "value-type"):
        case "date" if not _MONTH.match(shown):
            return re.sub(r"T(?:00:00(?::00)?(?:\.0+)?Z?$)?", " ", attribute(cell, "date-value")).strip() or shown
        case "boolean":
            return "是" if attribute(cell, "boolean-value") == "true" else "否"
        case _:
            return shown


def _read_comment(cell: Element) -> str:
    note = child(cell, "annotation")
    return "\n".join(read_inline(paragraph).text for paragraph in children(note, "p")).strip()


def _is_filled(row: Element) -> bool:
    return any(len(cell) for cell in row)


def _hidden_columns(table: Element) -> Iterator[int]:
    number = 1
    for column in _under(table, "table-column", _COLUMNS):
        repeated = _count(column, "number-columns-repeated")
        if attribute(column, "visibility") in _HIDDEN:
            yield from range(number, number + min(repeated, WIDEST))
        number += repeated


def _under(parent: Element, name: str, wrappers: frozenset[str]) -> Iterator[Element]:
    for item in parent:
        if name_of(item) == name:
            yield item
        elif name_of(item) in wrappers:
            yield from _under(item, name, wrappers)


def _count(element: Element, name: str) -> int:
    value = attribute(element, name)
    return max(1, int(value)) if value.isdigit() else 1
