"""Put the sheets of a workbook into a draft, with what a person would not see of them in notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coordnlp.stages.ingest.readings import Draft, Reading, UnreadableError
from coordnlp.stages.ingest.sheet_places import column_letters
from coordnlp.stages.ingest.table_rows import Bounds, Merge, Row, add_row, clean_cell, spread_merges

DRAWN = "文件里有图片或图形，其中的文字没有读取。"
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*(?:\s*\(\d+\))?", re.I)
_SHOWN_LETTERS = 8  # hidden columns that a note names one by one


@dataclass(slots=True)
class SheetCells:
    """The rows of one sheet, and what a person would not see of them; `comments` by (row, column)."""

    name: str
    hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    uncounted: int = 0  # formulas that were saved without a result
    wrong: int = 0  # formulas whose result is an error
    bounds: Bounds = field(default_factory=Bounds)

    def add(self, number: int, found: Mapping[int, str], *, hidden: bool = False) -> None:
        """Add a row by its number from 1, unless it holds no words."""
        filled = self.bounds.cut(found) if found else {}
        if filled:
            self.rows.append((number, filled))
            self.hidden_rows += hidden


def draft_sheets(sheets: Iterable[SheetCells], *, drawn: bool) -> Reading:
    """Return a workbook: each sheet with words a table under its name; `drawn` tells that it holds pictures.

    Raises:
        UnreadableError: `empty`, or `no_text` where pictures are all there is.
    """
    draft = Draft()
    notes: list[str] = []
    table = 0
    for sheet in sheets:
        if rows_with_words(sheet):
            table += 1
            _add_sheet(draft, table, sheet)
            notes.extend(_notes(sheet))
    if not table and drawn:
        raise UnreadableError("no_text", "表格里只有图片或图形，没有文字，请把内容录入后再放入。")
    if not table:
        raise UnreadableError("empty", "表格是空的，请检查是否保存完整。")
    return draft.finish([*notes, DRAWN] if drawn else notes)


def rows_with_words(sheet: SheetCells) -> list[Row]:
    """Return the rows that hold words, merged cells spread over their rows, comments behind the last column."""
    spread_merges(sheet.rows, sheet.merges)
    _add_comments(sheet)
    sheet.rows = [row for row in sheet.rows if row[1]]
    return sheet.rows


def _add_sheet(draft: Draft, table: int, sheet: SheetCells) -> None:
    label = f"工作表“{sheet.name}”"
    if not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
        if draft.length:
            draft.add("\n")
        draft.mark(draft.length, label)
        draft.add_block(clean_cell(sheet.name), "heading")
    for row in sheet.rows:
        add_row(draft, table, row, f"{label}第{row[0]}行")


def _add_comments(sheet: SheetCells) -> None:
    """Set the comments of a row behind its last column, so that they do not mix with what the columns mean."""
    if not sheet.comments:
        return
    rows = dict(sheet.rows)
    behind = 1 + max([*(max(row, default=0) for row in rows.values()), *(column for _, column in sheet.comments)])
    for (row, column), words in sorted(sheet.comments.items()):
        if row:
            said = f"批注（{column_letters(column)}{row}）：{clean_cell(words)}"
            line = rows.setdefault(row, {})
            line[behind] = f"{line[behind]}\n{said}" if behind in line else said
    sheet.rows = sorted(rows.items())


def _notes(sheet: SheetCells) -> list[str]:
    name = f"工作表“{sheet.name}”"
    used = {column for _, row in sheet.rows for column in row}
    letters = [column_letters(column) for column in sorted(used & sheet.hidden_columns)]
    shown = "、".join(letters[:_SHOWN_LETTERS]) + ("等" if len(letters) > _SHOWN_LETTERS else "")
    notes = [
        (sheet.hidden, f"{name}是隐藏的，已一并读取。"),
        (sheet.hidden_rows, f"{name}有{sheet.hidden_rows}个隐藏行，已一并读取。"),
        (letters, f"{name}有隐藏列{shown}，已一并读取。"),
        (
            sheet.uncounted,
            f"{name}有{sheet.uncounted}个公式没有存下结果，读作空，请用 Excel 或 WPS 打开保存一次再放入。",
        ),
        (sheet.wrong, f"{name}有{sheet.wrong}个公式的结果是错误值，读作空。"),
    ]
    return [*(words for holds, words in notes if holds), *sheet.bounds.notes(name)]
