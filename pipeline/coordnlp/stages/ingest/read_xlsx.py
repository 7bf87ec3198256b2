"""Read a workbook (.xlsx): each sheet a table, its cells as an office sees them.

Own walk over the XML instead of openpyxl: that reads the dates of Chinese Excel as bare numbers, and tells merged cells
and comments only where it holds every cell in memory (tried 2026-11 with 3.1.5; docs/design.md, "Libraries, by trial").
"""

from __future__ import annotations

import math
import re
import zipfile

from coordnlp.stages.ingest.number_formats import show_number
from coordnlp.stages.ingest.office_parts import Element, attribute, child, name_of, open_archive, stream_part
from coordnlp.stages.ingest.readings import Reading
from coordnlp.stages.ingest.sheet_cells import SheetCells, draft_sheets, rows_with_words
from coordnlp.stages.ingest.sheet_places import read_place
from coordnlp.stages.ingest.table_rows import Merge, Row
from coordnlp.stages.ingest.xlsx_package import DAMAGED, Sheet, Workbook, read_words, read_workbook

_TRUE = frozenset({"1", "true"})


def read_xlsx(content: bytes) -> Reading:
    """Read an .xlsx or .xlsm; empty rows and empty sheets are left out, hidden ones are read.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `too_large`, `empty` or `no_text`.
    """
    with open_archive(content, DAMAGED) as archive:
        workbook = read_workbook(archive)
        sheets = (_read_cells(archive, workbook, sheet) for sheet in workbook.sheets)
        return draft_sheets(sheets, drawn=workbook.drawn)


def read_sheets(content: bytes) -> list[tuple[str, list[Row]]]:
    """Return the name of every sheet with its rows that hold words, comments behind the last column.

    Raises:
        UnreadableError: `damaged`, `encrypted` or `too_large`.
    """
    with open_archive(content, DAMAGED) as archive:
        workbook = read_workbook(archive)
        return [(sheet.name, rows_with_words(_read_cells(archive, workbook, sheet))) for sheet in workbook.sheets]


def _read_cells(archive: zipfile.ZipFile, workbook: Workbook, sheet: Sheet) -> SheetCells:
    cells = SheetCells(sheet.name, sheet.hidden, comments=sheet.comments)
    number = 0
    for item in stream_part(archive, sheet.path, "row", "col", "mergeCell"):
        match name_of(item):
            case "row":
                number = _read_row(item, number, workbook, cells)
            case "col":
                _read_column(item, cells)
            case "mergeCell":
                cells.merges.extend(_read_merge(attribute(item, "ref")))
    return cells


def _read_row(item: Element, before: int, workbook: Workbook, cells: SheetCells) -> int:
    """Add a row with words in it, and return its number."""
    stated = item.get("r", "")
    number = int(stated) if stated.isdecimal() else before + 1
    found: dict[int, str] = {}
    column = 0
    for cell in item:
        column += 1
        if len(cell):
            column = read_place(cell.get("r", ""))[1] or column
            words = _read_value(cell, workbook, cells)
            if words:
                found[column] = words
    cells.add(number, found, hidden=item.get("hidden") in _TRUE)
    return number


def _read_value(cell: Element, workbook: Workbook, cells: SheetCells) -> str:
    """Return what a cell shows; '' for nothing, for an error, and for a formula without a result."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        item = child(cell, "is")
        return read_words(item) if item is not None else ""
    value = child(cell, "v")
    stored = (value.text or "") if value is not None else ""
    if not stored:
        cells.uncounted += child(cell, "f") is not None and kind != "str"
        return ""
    match kind:
        case "s":
            stored = workbook.strings[int(stored)] if int(stored) < len(workbook.strings) else ""
        case "b":
            stored = "是" if stored in _TRUE else "否"
        case "e":
            cells.wrong += 1
            stored = ""
        case "d":
            stored = re.sub(r"T(?:00:00(?::00)?(?:\.0+)?Z?$)?", " ", stored).strip()
        case "n":
            stored = _read_number(stored, cell.get("s", "0"), workbook)
    return stored


def _read_number(stored: str, style: str, workbook: Workbook) -> str:
    value = float(stored)
    code = workbook.formats[int(style)] if int(style) < len(workbook.formats) else ""
    return show_number(value, code, since_1904=workbook.since_1904) if math.isfinite(value) else stored


def _read_column(item: Element, cells: SheetCells) -> None:
    if item.get("hidden") in _TRUE:
        cells.hidden_columns.update(range(int(item.get("min", 1)), min(int(item.get("max", 1)), 16384) + 1))


def _read_merge(reference: str) -> list[Merge]:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = read_place(first), read_place(last or first)
    return [Merge(top, left, bottom, right)] if 0 < top <= bottom and 0 < left <= right else []
