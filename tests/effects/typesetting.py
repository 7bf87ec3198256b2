"""Set a plain text as a Word file, a PDF, or a text file in GB18030."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from docx import Document as WordFile
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

_FONT = "STSong-Light"
_SIZE, _LEADING = 12, 20  # points
# A line of more characters is a paragraph, not a heading, a field or a signature.
_LONG = 36


def to_gb18030(text: str) -> bytes:
    return text.encode("gb18030")


def to_docx(text: str) -> bytes:
    """Set one paragraph a line, blank lines too, as people do who write with the return key."""
    document = WordFile()
    for line in text.rstrip("\n").split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def to_pdf(text: str) -> bytes:
    """Set paragraphs with the first line indented by two characters and lines broken as Chinese print breaks them."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    flow: list[Flowable] = []
    for line in text.rstrip("\n").split("\n"):
        words = escape(line.strip())
        flow.append(Paragraph(words, _style(line)) if words else Spacer(0, _LEADING))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(flow)
    return out.getvalue()


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
