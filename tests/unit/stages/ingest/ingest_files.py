"""Files that the reading tests need, built in memory."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Sequence

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest.read_file import read_content

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
SIZE = 16  # points of body text
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LETTER = (
    "关于提供排班名单的函",
    "国有鹤背岭林场：",
    "为便于夜间险情直接叫得到人，望于1月20日前把贵场带班领导和值守人员的排班名单、手机号送镇应急指挥室。"
    "我镇这一头由党政办主任龙小桐负责与贵场对接，其余事项仍按去年的办法办理，不再另行通知。",
    "一、贵场去年秋季组织过专项普查。请贵场在收到本函后10个工作日内，将2023年秋季松材线虫病普查的小班矢量数据和"
    "无人机影像一并拷给镇农业服务中心。",
    "二、春防期自2月1日起。",
    "专此函达。",
    "中共樟沐镇委员会",
    "2024年1月9日",
)


def read_one(file: str, content: bytes) -> Document:
    """Read a file that gives one document and nothing else."""
    (record,) = read_content(file, content)
    assert isinstance(record, Document), record
    return record


def skip_one(file: str, content: bytes) -> Skipped:
    """Read a file that must be skipped."""
    (record,) = read_content(file, content)
    assert isinstance(record, Skipped), record
    return record


def words(document: Document) -> list[str]:
    """Return the words of each block."""
    return [document.text[block.start : block.end] for block in document.blocks]


def kinds(document: Document) -> list[tuple[str, str]]:
    """Return kind and words of each block."""
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def bare(lines: Sequence[str]) -> list[str]:
    """Return lines without white space."""
    return ["".join(line.split()) for line in lines]


def check_offsets(document: Document) -> None:
    """Hold that blocks and marks lie in order within the text, blocks trimmed and apart."""
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        piece = document.text[block.start : block.end]
        assert piece == piece.strip()
        end = block.end
    starts = [mark.start for mark in document.marks]
    assert starts == sorted(set(starts))
    assert all(0 <= start <= len(document.text) for start in starts)


def word_file(*paragraphs: str) -> WordDocument:
    """Return a new Word document with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def saved(document: WordDocument) -> bytes:
    """Return the bytes of a Word document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def element(xml: str) -> object:
    """Return an element; its root tag gets the namespaces of Word."""
    head, _, rest = xml.partition(">")
    closed = head.endswith("/")
    return parse_xml(f"{head.rstrip('/')} {NAMESPACES}{'/' if closed else ''}>{rest}")


def append(document: WordDocument, index: int, *pieces: str) -> None:
    """Append XML to the paragraph of a number."""
    for piece in pieces:
        document.paragraphs[index]._p.append(element(piece))


def with_part(content: bytes, changes: dict[str, bytes]) -> bytes:
    """Return a zip with some members replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            new.writestr(name, data)
    return stream.getvalue()


def pdf_file(paragraphs: Sequence[str], *, numbered: bool = True, password: str = "", **style: float) -> bytes:
    """Return a PDF letter: a title in large type, indented paragraphs, a signature at the right."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    indent = style.get("indent", 2.0 * SIZE)
    body = ParagraphStyle(
        "body",
        fontName="STSong-Light",
        fontSize=SIZE,
        leading=28,
        firstLineIndent=indent,
        spaceAfter=style.get("after", 0),
        wordWrap="CJK",
    )
    flush = ParagraphStyle("flush", parent=body, firstLineIndent=0)
    title = ParagraphStyle("title", parent=flush, fontSize=22, leading=32, alignment=1)
    right = ParagraphStyle("right", parent=flush, alignment=2)
    styles = [title, flush, *[body] * (len(paragraphs) - 4), right, right]
    stream = io.BytesIO()
    template = SimpleDocTemplate(stream, leftMargin=79, rightMargin=73, topMargin=104, bottomMargin=99)
    if password:
        from reportlab.lib.pdfencrypt import StandardEncryption

        template.encrypt = StandardEncryption(password)

    def number(canvas: Canvas, template: SimpleDocTemplate) -> None:
        if numbered:
            canvas.setFont("STSong-Light", 12)
            canvas.drawCentredString(297, 45, f"— {template.page} —")

    flow = [Paragraph(line, kind) for line, kind in zip(paragraphs, styles, strict=True)]
    template.build(flow, onFirstPage=number, onLaterPages=number)
    return stream.getvalue()


def drawn_pdf(*pages: Sequence[tuple[float, float, str]], size: float = SIZE) -> bytes:
    """Return a PDF with strings at given places, in points."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for page in pages:
        canvas.setFont("STSong-Light", size)
        for left, bottom, line in page:
            canvas.drawString(left, bottom, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def mail_file(body: str | bytes, *fields: str | bytes, charset: str = "utf-8") -> bytes:
    """Return a plain-text mail; fields without a From, Date or Subject of their own get them."""
    lines = [field.encode() if isinstance(field, str) else field for field in fields]
    names = {line.partition(b":")[0].lower() for line in lines}
    defaults = {
        b"from": "From: =?utf-8?B?6YKT5pil55Sf?= <dcs@linchang.example>",
        b"to": "To: luzy@zhen.example",
        b"date": "Date: Tue, 27 Feb 2024 16:28:41 +0800",
        b"subject": "Subject: test",
        b"message-id": "Message-ID: <1@linchang.example>",
    }
    head = [line.encode() for name, line in defaults.items() if name not in names] + lines
    if not any(name.startswith(b"content-type") for name in names):
        head += [b"MIME-Version: 1.0", f"Content-Type: text/plain; charset={charset}".encode()]
        head.append(b"Content-Transfer-Encoding: 8bit")
    data = body.encode(charset) if isinstance(body, str) else body
    return b"\r\n".join(head) + b"\r\n\r\n" + data


def mixed_mail(body: str, *parts: tuple[str, bytes], subtype: str = "mixed") -> bytes:
    """Return a multipart mail: a body and parts of (header lines, content)."""
    chunks = ["Content-Type: text/plain; charset=utf-8\r\n\r\n" + body]
    for head, content in parts:
        data = base64.encodebytes(content).decode()
        chunks.append(f"{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n{data}")
    joined = "".join(f"--XX\r\n{chunk}\r\n" for chunk in chunks) + "--XX--\r\n"
    return mail_file(joined, "MIME-Version: 1.0", f'Content-Type: multipart/{subtype}; boundary="XX"')
