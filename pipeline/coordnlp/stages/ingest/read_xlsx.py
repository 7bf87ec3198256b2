"""Read a workbook (.xlsx): each sheet a table, its cells as an office sees them.

Own walk over the XML instead of openpyxl: that reads the dates of Chinese Excel as bare numbers, and tells merged cells
and comments only where it holds every cell in memory (tried 2026-11 with 3.1.5; docs/design.md, "Libraries, by trial").
"""

from __future__ import annotations

import math
import re
import zipfile
from dataclasses import dataclass, field

from coordnlp.stages.ingest.number_formats import show_number
from coordnlp.stages.ingest.office_parts import Element, attribute, child, name_of, open_archive, stream_part
from coordnlp.stages.ingest.readings import Draft, Reading, UnreadableError
from coordnlp.stages.ingest.table_rows import Bounds, Merge, Row, add_row, clean_cell, spread_merges
from coordnlp.stages.ingest.xlsx_package import (
    DAMAGED,
    Sheet,
    Workbook,
    column_letters,
    read_place,
    read_words,
    read_workbook,
)

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*(?:\s*\(\d+\))?", re.I)
_TRUE = frozenset({"1", "true"})
_SHOWN_LETTERS = 8  # hidden columns that a note names one by one


@dataclass(slots=True)
class _Cells:
    """The rows of one sheet, and what a person would not see of them."""

    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: list[int] = field(default_factory=list)
    uncounted: int = 0  # formulas that were saved without a result
    wrong: int = 0  # formulas whose result is an error
    bounds: Bounds = field(default_factory=Bounds)


def read_xlsx(content: bytes) -> Reading:
    """Read an .xlsx or .xlsm; empty rows and empty sheets are left out, hidden ones are read.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `too_large`, `empty` or `no_text`.
    """
    draft = Draft()
    notes: list[str] = []
    with open_archive(content, DAMAGED) as archive:
        workbook = read_workbook(archive)
        table = 0
        for sheet in workbook.sheets:
            cells = _read_cells(archive, workbook, sheet)
            if cells.rows:
                table += 1
                _add_sheet(draft, table, sheet, cells)
                notes.extend(_notes(sheet, cells))
    if not table:
        _refuse_blank(workbook)
    if workbook.drawn:
        notes.append("文件里有图片或图形，其中的文字没有读取。")
    return draft.finish(notes)


def read_sheets(content: bytes) -> list[tuple[str, list[Row]]]:
    """Return the name of every sheet with its rows that hold words, comments behind the last column.

    Raises:
        UnreadableError: `damaged`, `encrypted` or `too_large`.
    """
    with open_archive(content, DAMAGED) as archive:
        workbook = read_workbook(archive)
        return [(sheet.name, _read_cells(archive, workbook, sheet).rows) for sheet in workbook.sheets]


def _refuse_blank(workbook: Workbook) -> None:
    if workbook.drawn:
        raise UnreadableError("no_text", "表格里只有图片或图形，没有文字，请把内容录入后再放入。")
    raise UnreadableError("empty", "表格是空的，请检查是否保存完整。")


def _add_sheet(draft: Draft, table: int, sheet: Sheet, cells: _Cells) -> None:
    label = f"工作表“{sheet.name}”"
    if not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
        if draft.length:
            draft.add("\n")
        draft.mark(draft.length, label)
        draft.add_block(clean_cell(sheet.name), "heading")
    for row in cells.rows:
        add_row(draft, table, row, f"{label}第{row[0]}行")


def _read_cells(archive: zipfile.ZipFile, workbook: Workbook, sheet: Sheet) -> _Cells:
    cells = _Cells()
    number = 0
    for item in stream_part(archive, sheet.path, "row", "col", "mergeCell"):
        match name_of(item):
            case "row":
                number = _read_row(item, number, workbook, cells)
            case "col":
                _read_column(item, cells)
            case "mergeCell":
                cells.merges.extend(_read_merge(attribute(item, "ref")))
    spread_merges(cells.rows, cells.merges)
    _add_comments(cells, sheet.comments)
    cells.rows = [row for row in cells.rows if row[1]]
    return cells


def _read_row(item: Element, before: int, workbook: Workbook, cells: _Cells) -> int:
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
    filled = cells.bounds.cut(found) if found else {}
    if filled:
        cells.rows.append((number, filled))
        cells.hidden_rows += item.get("hidden") in _TRUE
    return number


def _read_value(cell: Element, workbook: Workbook, cells: _Cells) -> str:
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


def _read_column(item: Element, cells: _Cells) -> None:
    if item.get("hidden") in _TRUE:
        cells.hidden_columns.extend(range(int(item.get("min", 1)), min(int(item.get("max", 1)), 16384) + 1))


def _read_merge(reference: str) -> list[Merge]:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = read_place(first), read_place(last or first)
    return [Merge(top, left, bottom, right)] if 0 < top <= bottom and 0 < left <= right else []


def _add_comments(cells: _Cells, comments: dict[tuple[int, int], str]) -> None:
    """Set the comments of a row behind its last column, so that they do not mix with what the columns mean."""
    if not comments:
        return
    rows = dict(cells.rows)
    behind = 1 + max([*(max(row, default=0) for row in rows.values()), *(column for _, column in comments)])
    for (row, column), words in sorted(comments.items()):
        if row:
            said = f"批注（{column_letters(column)}{row}）：{clean_cell(words)}"
            line = rows.setdefault(row, {})
            line[behind] = f"{line[behind]}\n{said}" if behind in line else said
    cells.rows = sorted(rows.items())


def _notes(sheet: Sheet, cells: _Cells) -> list[str]:
    name = f"工作表“{sheet.name}”"
    used = {column for _, row in cells.rows for column in row}
    letters = [column_letters(column) for column in cells.hidden_columns if column in used]
    shown = "、".join(letters[:_SHOWN_LETTERS]) + ("等" if len(letters) > _SHOWN_LETTERS else "")
    notes = [
        (sheet.hidden, f"{name}是隐藏的，已一并读取。"),
        (cells.hidden_rows, f"{name}有{cells.hidden_rows}个隐藏行，已一并读取。"),
        (letters, f"{name}有隐藏列{shown}，已一并读取。"),
        (
            cells.uncounted,
            f"{name}有{cells.uncounted}个公式没有存下结果，读作空，请用 Excel 或 WPS 打开保存一次再放入。",
        ),
        (cells.wrong, f"{name}有{cells.wrong}个公式的结果是错误值，读作空。"),
    ]
    return [*(words for holds, words in notes if holds), *cells.bounds.notes(name)]
