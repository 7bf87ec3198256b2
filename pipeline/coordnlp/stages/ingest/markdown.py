"""Blocks of Markdown: headings, lists, quoted lines and tables. The text itself stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coordnlp.stages.ingest.readings import Cell, Draft

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*(?P<words>.*?)\s*#*\s*$")
_RULE = re.compile(r"^\s{0,3}(?:[-*_=]\s*){3,}$")
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+(?P<words>.*)$")
_BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?(?P<words>.*)$")
_SEPARATOR = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")


def add_markdown(draft: Draft, lines: Sequence[str]) -> None:
    """Add the lines of a Markdown text with their blocks and line marks."""
    rows = _table_rows(lines)
    for index, line in enumerate(lines):
        if index:
            draft.add("\n")
        start = draft.add(line)
        if not line.strip():
            continue
        draft.mark(start, f"第{index + 1}行")
        if index in rows:
            _add_cells(draft, start, line, rows[index])
        elif not _FENCE.match(line) and not _RULE.match(line):
            _add_line(draft, start, line, _is_underlined(lines, index))


def _is_underlined(lines: Sequence[str], index: int) -> bool:
    """Tell a heading that a row of === stands under. One of --- is far too often a mere rule."""
    return index + 1 < len(lines) and re.fullmatch(r"={3,}\s*", lines[index + 1]) is not None


def _add_line(draft: Draft, start: int, line: str, underlined: bool) -> None:
    if heading := _HEADING.match(line):
        draft.set_block(start + heading.start("words"), heading["words"], "heading")
    elif underlined:
        draft.set_block(start, line, "heading")
    elif quote := _QUOTE.match(line):
        draft.set_block(start + quote.start("words"), quote["words"], "quote")
    elif bullet := _BULLET.match(line):
        draft.set_block(start + bullet.start("words"), bullet["words"], "paragraph")
    else:
        draft.set_block(start, line, "paragraph")


def _table_rows(lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return (table, row) of the lines that are table rows; separator rows have row 0."""
    rows: dict[int, tuple[int, int]] = {}
    table = 0
    for index in range(1, len(lines)):
        if index in rows or not _is_separator(lines[index]) or "|" not in lines[index - 1]:
            continue
        table += 1
        rows[index - 1], rows[index] = (table, 1), (table, 0)
        row = 1
        for below in range(index + 1, len(lines)):
            if "|" not in lines[below]:
                break
            row += 1
            rows[below] = (table, row)
    return rows


def _is_separator(line: str) -> bool:
    return "|" in line and _SEPARATOR.match(line) is not None


def _add_cells(draft: Draft, start: int, line: str, place: tuple[int, int]) -> None:
    table, row = place
    if not row:
        return
    for column, (offset, words) in enumerate(_cells(line), 1):
        draft.set_block(start + offset, words, "cell", cell=Cell(table, row, column))


def _cells(line: str) -> list[tuple[int, str]]:
    """Return offset and words of the cells of a row, empty ones too, so that columns keep their number."""
    first = line.index("|") + 1 if line.lstrip().startswith("|") else 0
    cells, offset = [], first
    for words in re.split(r"(?<!\\)\|", line[first:]):
        cells.append((offset, words))
        offset += len(words) + 1
    return cells
