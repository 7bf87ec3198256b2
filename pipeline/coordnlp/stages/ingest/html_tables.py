"""Tell tables of data from those that lay out a page, and set the cells of the former in their rows and columns."""

from __future__ import annotations

from collections.abc import Iterator

from coordnlp.stages.ingest.html_pages import Element, read_lines
from coordnlp.stages.ingest.table_rows import WIDEST, Merge, Row

_LONGEST_CELL = 2000  # characters; a cell with more holds a page's content, not a field
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
_TALLEST = 10_000  # rows that a cell may span


def find_data_tables(root: Element) -> list[Element]:
    """Return the tables of data, in order.

    They have no table in them, two rows or more with several filled cells, and no heading or whole text in a cell.
    """
    return [table for table in root.iter("table") if _is_data(table)]


def list_rows(table: Element) -> list[Element]:
    """Return the rows of a table without tables inside."""
    return list(table.iter("tr"))


def read_table(table: Element) -> tuple[list[Row], list[Merge]]:
    """Return the rows of a data table and its merged areas; columns count merged cells as the page shows them."""
    rows: list[Row] = []
    merges: list[Merge] = []
    taken: dict[int, int] = {}  # down to which row each column is taken by a cell from above
    for number, element in enumerate(list_rows(table), 1):
        found: dict[int, str] = {}
        column = 1
        for cell in _cells(element):
            while taken.get(column, 0) >= number:
                column += 1
            if column > WIDEST:
                found[column] = _words(cell)
                break
            right = min(column + _span(cell, "colspan") - 1, WIDEST)
            bottom = number + _span(cell, "rowspan") - 1
            found[column] = _words(cell)
            if (right, bottom) != (column, number):
                merges.append(Merge(number, column, bottom, right))
            taken.update(dict.fromkeys(range(column, right + 1), bottom))
            column = right + 1
        rows.append((number, found))
    return rows, merges


def _is_data(table: Element) -> bool:
    if table.get("role") == "presentation" or sum(1 for _ in table.iter("table")) > 1:
        return False
    if next(table.iter(*_TITLES), None) is not None:
        return False
    full = 0
    for row in list_rows(table):
        lengths = [len(cell.text_content().strip()) for cell in _cells(row)]
        if max(lengths, default=0) > _LONGEST_CELL:
            return False
        full += sum(length > 0 for length in lengths) > 1
    return full > 1


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in {"td", "th"})


def _words(cell: Element) -> str:
    return "\n".join(line.words for line in read_lines(cell, lambda _: False) if line.words)


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), _TALLEST)) if value.isdecimal() and len(value) < 7 else 1
