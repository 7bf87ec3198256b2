"""gaps.xlsx: all sheets in one file, for people who sort, filter and review in Excel or WPS.

The same input gives the same bytes. Sheets without review columns are locked, without a password: what is typed there
would be gone with the next run.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordnlp.report.cells import LONGEST, Cell, clean, is_dangerous
from coordnlp.report.dashboard import SheetTable
from coordnlp.report.labels import Column, Labels

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_DAYS: frozenset[Column] = frozenset({"date", "due", "verdict_date", "raised_on", "letter_date", "assigned", "limit"})
_TYPED: frozenset[Column] = frozenset({"verdict", "verdict_note", "verdict_by"})
# Of the file, not of its making: a clock in it would make every file another one.
_CREATED = dt.datetime(2000, 1, 1)
_LONGEST_NAME = 31
_LINE = 15  # points
_MOST_LINES = 12
# Numbers of paper sizes in ECMA-376, 18.3.1.63.
_A3, _A4 = 8, 9
_A4_COLUMNS = 12
# So many rows below the last one offer the list too: people add rows.
_MORE_ROWS = 50
_ALLOWED = {"autofilter": True, "format_columns": True, "format_rows": True, "sort": True}
# Nothing may be guessed from what a text looks like.
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet of the workbook; `is_review` if people write in it."""

    name: str
    table: SheetTable
    is_review: bool = False


def make_workbook(sheets: Sequence[BookSheet], offers: Sequence[str], labels: Labels) -> bytes:
    """Return a workbook.

    Args:
        offers: The words of the drop-down list of 复核结论.
    """
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, _AS_TEXT) as book:
        book.set_properties({"created": _CREATED})
        styles = _Styles(book, labels)
        for one in sheets:
            _write_sheet(book.add_worksheet(one.name[:_LONGEST_NAME]), one, styles, offers, labels)
    return stream.getvalue()


class _Styles:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Workbook, labels: Labels) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._fills = {severity.word: f"#{severity.fill}" for severity in labels.severity}

    def cell(self, column: Column | None, value: Cell) -> Format:
        """Return the format of a cell: days as days, what people type as text, severity in its colour."""
        look: dict[str, Any] = {"text_wrap": True, "valign": "top"}
        if not isinstance(value, str):
            look["align"] = "center"
        if column in _DAYS:
            look["num_format"] = "yyyy-mm-dd"
            look["align"] = "left"
        elif column in _TYPED or column is None or (isinstance(value, str) and is_dangerous(value)):
            look["num_format"] = "@"
        if column == "severity" and value in self._fills:
            look["bg_color"] = self._fills[str(value)]
        return self._format(look)

    @property
    def header(self) -> Format:
        """The format of the titles."""
        return self._format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#D9E1F2", "border": 1})

    def _format(self, look: dict[str, Any]) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _write_sheet(sheet: Worksheet, one: BookSheet, styles: _Styles, offers: Sequence[str], labels: Labels) -> None:
    table = one.table
    header, *rows = table.lines(labels)
    for at, title in enumerate(header):
        column = table.columns[at] if at < len(table.columns) else None
        sheet.set_column(at, at, _width(column, labels))
        sheet.write_string(0, at, clean(str(title)), styles.header)
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, _height(row, table.columns, labels))
        for at, value in enumerate(row):
            column = table.columns[at] if at < len(table.columns) else None
            _write_cell(sheet, (number, at), value, styles.cell(column, value), is_day=column in _DAYS, labels=labels)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(header) - 1)
    _set_page(sheet, is_wide=len(header) > _A4_COLUMNS)
    if one.is_review:
        _offer(sheet, table.columns.index("verdict"), len(rows), offers, labels)
    else:
        sheet.protect("", _ALLOWED)


def _width(column: Column | None, labels: Labels) -> float:
    return labels.book.widths.get(column, labels.book.width) if column else labels.book.width


def _height(row: Sequence[Cell], columns: Sequence[Column], labels: Labels) -> float:
    """Return the height of a row in points, bounded; not every program finds it by itself."""
    widths = [_width(column, labels) for column in columns] + [labels.book.width] * (len(row) - len(columns))
    lines = [
        sum(_lines(line, width) for line in str(cell).split("\n")) for cell, width in zip(row, widths, strict=True)
    ]
    return _LINE * min(_MOST_LINES, max(lines, default=1))


def _lines(text: str, width: float) -> int:
    """Return on how many lines of a column a line of text stands; Han characters are two wide."""
    wide = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return max(1, math.ceil(wide / (width - 1)))


def _set_page(sheet: Worksheet, *, is_wide: bool) -> None:
    """Print all columns side by side, on A4 or A3, with the header on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A3 if is_wide else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_cell(
    sheet: Worksheet, at: tuple[int, int], value: Cell, style: Format, *, is_day: bool, labels: Labels
) -> None:
    if not isinstance(value, str):
        sheet.write_number(*at, value, style)
    elif is_day and (day := _day(value)):
        sheet.write_datetime(*at, day, style)
    elif value:
        sheet.write_string(*at, _fit(value, labels.phrases.cut), style)
    else:
        sheet.write_blank(*at, None, style)


def _fit(text: str, cut: str) -> str:
    shown = clean(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - len(cut)] + cut


def _day(text: str) -> dt.datetime | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return dt.datetime(day.year, day.month, day.day) if day.year > 1900 and len(text) == len("2024-03-05") else None


def _offer(sheet: Worksheet, column: int, rows: int, offers: Sequence[str], labels: Labels) -> None:
    """Offer the words of a verdict; others may be typed, such as the id of the row to join."""
    rule = {
        "validate": "list",
        "source": list(offers),
        "show_error": False,
        "input_title": labels.book.offer_title,
        "input_message": labels.book.offer,
    }
    sheet.data_validation(1, column, rows + _MORE_ROWS, column, rule)
