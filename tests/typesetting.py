"""Set a plain text as a Word file, a PDF, or a text file in GB18030; lines with `|` between cells become a table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from docx import Document as WordFile
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

_FONT = "STSong-Light"
_SIZE, _LEADING = 12, 20  # points
# A line of more characters is a paragraph, not a heading, a field or a signature.
_LONG = 36
_CELL = "|"


def to_gb18030(text: str) -> bytes:
    """Return the text as bytes in GB18030."""
    return text.encode("gb18030")


def to_docx(text: str) -> bytes:
    """Set one paragraph a line, blank lines too; neighbouring lines with cells become a table."""
    document = WordFile()
    for rows, plain in _parts(text):
        if rows:
            _word_table(document, rows)
        else:
            document.add_paragraph(plain)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_table(document: Any, rows: list[list[str]]) -> None:
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell


def to_pdf(text: str) -> bytes:
    """Set paragraphs as Chinese print does, first lines indented by two characters; rows of cells become a table."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    flow: list[Flowable] = [_pdf_table(rows) if rows else _pdf_line(plain) for rows, plain in _parts(text)]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(flow)
    return out.getvalue()


def _pdf_line(line: str) -> Flowable:
    words = escape(line.strip())
    return Paragraph(words, _style(line)) if words else Spacer(0, _LEADING)


def _pdf_table(rows: list[list[str]]) -> Flowable:
    width = max(len(row) for row in rows)
    style = _style("")
    cells = [[Paragraph(escape(cell), style) for cell in row + [""] * (width - len(row))] for row in rows]
    frame = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(cells, colWidths=[440 / width] * width, style=frame)


def _style(line: str) -> ParagraphStyle:
    """Return a style for a line: far indented ones stand at the right, long ones open with two characters' space."""
    right, long = line.startswith("　" * 5), len(line) > _LONG
    return ParagraphStyle(
        "line",
        fontName=_FONT,
        fontSize=_SIZE,
        leading=_LEADING,
        wordWrap="CJK",
        alignment=TA_RIGHT if right else TA_LEFT,
        firstLineIndent=2 * _SIZE if long else 0,
    )


def _parts(text: str) -> Iterator[tuple[list[list[str]], str]]:
    """Yield a table's rows (and no line), or a line (and no rows)."""
    for is_row, lines in groupby(text.rstrip("\n").split("\n"), key=lambda line: _CELL in line):
        if is_row:
            yield [[cell.strip() for cell in line.strip().strip(_CELL).split(_CELL)] for line in lines], ""
        else:
            for line in lines:
                yield [], line
