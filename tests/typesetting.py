"""Set a plain text as a Word file, an RTF, an OpenDocument text, a PDF, or a text file in GB18030.

Lines with `|` between cells become a table.
"""

from __future__ import annotations

import io
import zipfile
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


def to_rtf(text: str) -> bytes:
    """Set one paragraph a line, every character of Chinese as an escape with a fallback behind it."""
    body = "".join(
        "".join(_rtf_row(row) for row in rows) if rows else rf"\pard {_rtf_words(plain)}\par"
        for rows, plain in _parts(text)
    )
    return (r"{\rtf1\ansi\ansicpg936\uc1 " + body + "}").encode("ascii")


def _rtf_row(row: list[str]) -> str:
    ends = "".join(rf"\cellx{1000 * column}" for column in range(1, len(row) + 1))
    return rf"\trowd{ends}" + "".join(rf"\pard\intbl {_rtf_words(cell)}\cell" for cell in row) + r"\row "


def _rtf_words(words: str) -> str:
    units = words.encode("utf-16-le")
    codes = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(rf"\u{code}?" for code in codes)


def to_odt(text: str) -> bytes:
    """Set one paragraph a line; neighbouring lines with cells become a table."""
    body = "".join(_odt_table(rows) if rows else f"<text:p>{escape(plain)}</text:p>" for rows, plain in _parts(text))
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "text", "table"))
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return out.getvalue()


def _odt_table(rows: list[list[str]]) -> str:
    cells = ((f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row) for row in rows)
    lines = (f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    return f"<table:table>{''.join(lines)}</table:table>"


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
