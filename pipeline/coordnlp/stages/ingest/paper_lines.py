"""Put the lines of a word processor's paper into a draft: paragraphs, cells, page heads and feet, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coordnlp.records import BlockKind
from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.readings import Cell, Draft, Reading, UnreadableError

PAGE_NUMBER = re.compile(r"^[\s第共页/—–－\-·.of\d]*$|^\s*page\s*(?:of)?\s*$", re.I)
"""A page head or foot that says no more than the number of the page."""
NO_TEXT = "文件里没有文字，可能只有扫描图片，请放入带文字的原件，或把文字录入后再放入。"
REVISED = "文件带有修订痕迹，按接受全部修订读取。"
UNREAD_COMMENTS = "文件带有批注，批注没有读取。"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the page, or one paragraph of a table cell."""

    words: str
    kind: BlockKind = "paragraph"
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands around the body of a paper, each line once."""

    headers: Sequence[str] = ()
    footnotes: Sequence[str] = ()
    footers: Sequence[str] = ()


def draft_paper(lines: Sequence[Line], notes: Iterable[str] = (), margins: Margins = Margins()) -> Reading:
    """Return a paper: page heads, body, footnotes, page feet; paragraphs are marked by number, cells by place.

    Raises:
        UnreadableError: `no_text`, when the body holds no words.
    """
    if not any(line.words.strip() for line in lines):
        raise UnreadableError("no_text", NO_TEXT)
    draft = Draft()
    for words in margins.headers:
        _add_line(draft, Line(words), "页眉")
    _add_body(draft, lines)
    for number, words in enumerate(margins.footnotes, 1):
        _add_line(draft, Line(words), f"脚注{number}")
    for words in margins.footers:
        _add_line(draft, Line(words), "页脚")
    return draft.finish(notes)


def split_breaks(text: str) -> list[str]:
    """Split at line breaks within a paragraph: what stands on lines of its own is a line of its own."""
    return [piece.rstrip() for piece in clean_text(text).split("\n") if piece.strip()]


def cell_lines(lines: Iterable[Line], place: Cell) -> list[Line]:
    """Return the lines of a cell, tables inside it row by row; an empty cell gives one empty line."""
    words: list[str] = []
    row: tuple[int, int] | None = None
    for line in lines:
        inner = (line.cell.table, line.cell.row) if line.cell else None
        if inner is not None and inner == row and words:
            words[-1] += f" {line.words}"
        else:
            words.append(line.words)
        row = inner
    return [Line(text.replace("\t", " "), "cell", place) for text in words or [""]]


def _add_line(draft: Draft, line: Line, label: str) -> None:
    if draft.length:
        draft.add("\n")
    draft.mark(draft.length, label)
    draft.add_block(line.words, line.kind)


def _add_body(draft: Draft, lines: Sequence[Line]) -> None:
    number = 0
    before: Line | None = None
    for line in lines:
        if line.cell is None:
            number += 1
            _add_line(draft, line, f"第{number}段")
        else:
            _add_cell(draft, line, line.cell, before.cell if before else None)
        before = line


def _add_cell(draft: Draft, line: Line, cell: Cell, before: Cell | None) -> None:
    same_row = before is not None and (before.table, before.row) == (cell.table, cell.row)
    if draft.length:
        draft.add("\t" if same_row and before != cell else "\n")
    if line.words.strip():
        draft.mark(draft.length, f"表{cell.table}第{cell.row}行第{cell.column}列")
    draft.add_block(line.words, "cell", cell=cell)
