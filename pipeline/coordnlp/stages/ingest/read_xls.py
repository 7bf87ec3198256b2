"""Read an old workbook (.xls, .et) as a new one is read: numbers as shown, merged cells, hidden parts, comments.

xlrd reads the records; it needs no Excel and loses nothing that a cell shows (docs/design.md, "Libraries, by trial").
"""

from __future__ import annotations

import io
from typing import Any

import xlrd

from coordnlp.stages.ingest.number_formats import built_in_format, show_number
from coordnlp.stages.ingest.readings import LOCKED, Reading, UnreadableError
from coordnlp.stages.ingest.sheet_cells import SheetCells, draft_sheets
from coordnlp.stages.ingest.table_rows import Merge

_DAMAGED = "文件不完整，打不开，请用 Excel 或 WPS 修复后另存为 .xlsx，或重新取得原件。"
_FIRST_OWN_FORMAT = 164  # number formats below it are built in, and xlrd knows only those of English Excel
_LAST_COLUMN = 255


def read_xls(content: bytes) -> Reading:
    """Read a workbook of Excel 5 to 2003, or of WPS.

    Raises:
        UnreadableError: `damaged`, `encrypted` or `empty`.
    """
    book = _open(content)
    return draft_sheets((_read_sheet(book, sheet) for sheet in book.sheets()), drawn=False)


def _open(content: bytes) -> Any:
    log = io.StringIO()  # xlrd writes what it finds odd to the terminal
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=log)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise UnreadableError("encrypted", LOCKED) from error
        raise UnreadableError("damaged", _DAMAGED) from error
    except Exception as error:  # whatever a damaged record makes it raise
        raise UnreadableError("damaged", _DAMAGED) from error


def _read_sheet(book: Any, sheet: Any) -> SheetCells:
    merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    comments = {(row + 1, column + 1): note.text for (row, column), note in sheet.cell_note_map.items()}
    cells = SheetCells(sheet.name, bool(sheet.visibility), merges=merges, comments=comments)
    hidden = [column for column, info in sheet.colinfo_map.items() if info.hidden]
    cells.hidden_columns = {column + 1 for column in hidden if column <= _LAST_COLUMN}
    for number in range(sheet.nrows):
        info = sheet.rowinfo_map.get(number)
        row = enumerate(sheet.row(number), 1)
        found = {column: words for column, cell in row if (words := _read_cell(book, cell, cells))}
        cells.add(number + 1, found, hidden=bool(info and info.hidden))
    return cells


def _read_cell(book: Any, cell: Any, cells: SheetCells) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            return show_number(cell.value, _format_of(book, cell), since_1904=book.datemode == 1)
        case xlrd.XL_CELL_BOOLEAN:
            return "是" if cell.value else "否"
        case xlrd.XL_CELL_ERROR:
            cells.wrong += 1
    return ""


def _format_of(book: Any, cell: Any) -> str:
    key = book.xf_list[cell.xf_index].format_key
    told = book.format_map.get(key)
    return (built_in_format(key) if key < _FIRST_OWN_FORMAT else "") or (told.format_str if told else "")
