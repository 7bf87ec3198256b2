"""Lines: the unit that headers, turns and points are found on, whatever format the document came in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from coordnlp.records import BlockKind, Document

LineKind = BlockKind | Literal["register"]
"""As its block, or `register` for a cell of a register of letters in and out."""

# A > line among the first of a note is set off, not quoted mail.
_HEAD = 6
# Markdown and list dress around a line's words; the words themselves may begin with a digit.
_DRESS = re.compile(r"^[\s#>*•·●○◆■□▪\-–—_|=]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line inside one block.

    Attributes:
        start, end: Offsets in `Document.text`, without surrounding blanks and list dress.
        text: The words at these offsets.
        block: Ordinal of the paragraph, or of the table row, within the document.
        table, row, column: From 1 for table cells, else 0.
    """

    start: int
    end: int
    text: str
    kind: LineKind
    block: int
    table: int = 0
    row: int = 0
    column: int = 0


def split_lines(document: Document) -> list[Line]:
    """Split a document into its non-blank lines, in order; cells of one table row share their `block`."""
    lines: list[Line] = []
    ordinal, last_row = -1, (0, 0)
    for block in document.blocks:
        row = (block.table, block.row)
        if not block.table or row != last_row:
            ordinal += 1
        last_row = row
        start = block.start
        for piece in document.plain[block.start : block.end].split("\n"):
            line_start, line_end = _undress(piece)
            if line_end > line_start:
                at = start + line_start
                words = piece[line_start:line_end]
                kind = "paragraph" if block.kind == "quote" and not document.mail and len(lines) < _HEAD else block.kind
                lines.append(Line(at, at + len(words), words, kind, ordinal, block.table, block.row, block.column))
            start += len(piece) + 1
    return lines


def own_lines(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that a document says itself: no quoted mail, no disclaimer, no register of other papers."""
    return [line for line in lines if line.kind not in ("quote", "disclaimer", "register")]


def _undress(piece: str) -> tuple[int, int]:
    match = _DRESS.match(piece)
    start = match.end() if match and match.start() == 0 else 0
    end = len(piece)
    while end > start and (piece[end - 1].isspace() or piece[end - 1] in "*_|"):
        end -= 1
    return start, end


_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff])")


def squeeze(text: str) -> str:
    """Return a header line without the blanks that spread it out: 工 作 联 系 单, 时　间."""
    return _SPACED.sub("", text.replace("**", ""))
