"""Make the bundled example dossier: plain sources in, files in an office's real formats out.

Usage: python make_example.py SOURCES OUTDIR

SOURCES holds the texts (.txt, named as the files to be), `teams.toml`, and `formats.toml`, the table that says
what each text becomes. The same sources give the same bytes: no clock and no random number is used.
Needs python-docx and reportlab.
"""

import base64
import copy
import io
import quopri
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from pathlib import Path
from typing import Any, Literal

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab.lib.colors import black, red
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate

WORD_TIME = datetime(2024, 1, 1)
ZIP_TIME = (2024, 1, 1, 0, 0, 0)
REVISION = 'w:author="方启明" w:date="2024-10-23T16:20:00Z"'
PDF_FONT = "STSong-Light"  # a CID font that every PDF viewer brings along, so it is not embedded
LEVELS = (re.compile(r"^[一二三四五六七八九十]+、"), re.compile(r"^（[一二三四五六七八九十]+）"))

Role = Literal["masthead", "number", "title", "addressee", "heading", "body", "signature", "imprint", "table"]
Options = dict[str, Any]


@dataclass(frozen=True)
class Block:
    """One paragraph or table of a document, with the part that it plays on the page."""

    role: Role
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


# --- from text to blocks ---------------------------------------------------------------------------------


def parse_blocks(text: str) -> list[Block]:
    """Tell the parts of an official document apart by their wording and place."""
    blocks: list[Block] = []
    opening = True
    for lines in table_runs(text.splitlines()):
        if lines[0].startswith("|"):
            blocks.append(Block("table", rows=table_rows(lines)))
            opening = False
            continue
        role = line_role(lines[0], opening, first=not blocks)
        opening = opening and role in ("masthead", "number", "title")
        blocks.append(Block(role, lines[0]))
    return blocks


def table_runs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield each line that is not blank alone, and the lines of a table together."""
    table: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            yield table
            table = []
        if line:
            yield [line]


def table_rows(lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Read a Markdown table, the rule below its head left out."""
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    return tuple(row for row in cells if set("".join(row)) != {"-"})


def line_role(line: str, opening: bool, *, first: bool) -> Role:
    """Say what a line is; `opening` while only head lines have been seen."""
    if line.startswith("抄送：") or line.endswith("印发"):
        return "imprint"
    if re.match(r"^\S{2,6}〔20\d\d〕\d+号(　|$)", line):
        return "number"
    if opening and first and re.search(r"(委员会|办事处|办公室)(文件)?$|共管联席会议纪要$", line):
        return "masthead"
    if opening and len(line) < 45 and not re.search("[：。]", line):
        return "title"
    if opening and line.endswith("："):
        return "addressee"
    if re.match(r"^[\d二〇一三四五六七八九十]+年[\d一二三四五六七八九十]+月[\d一二三四五六七八九十]+日$", line):
        return "signature"
    if re.match(r"^\S{2,16}(委员会|办事处|办公室)$", line):
        return "signature"
    return "heading" if LEVELS[0].match(line) and len(line) < 20 else "body"


# --- Word ------------------------------------------------------------------------------------------------

FONTS: dict[Role, tuple[str, float]] = {
    "masthead": ("方正小标宋简体", 30), "number": ("仿宋_GB2312", 16), "title": ("方正小标宋简体", 20),
    "addressee": ("仿宋_GB2312", 16), "heading": ("黑体", 16), "body": ("仿宋_GB2312", 16),
    "signature": ("仿宋_GB2312", 16), "imprint": ("仿宋_GB2312", 14), "table": ("仿宋_GB2312", 12),
}  # fmt: skip
CENTRED, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
ALIGNED = {"masthead": CENTRED, "number": CENTRED, "title": CENTRED, "signature": RIGHT}

LEVEL_SHAPE = (
    '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr>'
    '<w:rPr><w:rFonts w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr>'
)
NUMBERING = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/>{LEVEL_SHAPE}</w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/>{LEVEL_SHAPE}</w:lvl>
</w:abstractNum>"""
NUMBER_INSTANCE = f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
NUMBERED = '<w:numPr {ns}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'

RED_RULE = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="6" w:color="FF0000"/></w:pBdr>'
BLACK_RULE = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="2" w:color="000000"/></w:pBdr>'
AFTER_RULE = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
AFTER_NUMBER = ("w:suppressLineNumbers", "w:pBdr", *AFTER_RULE)

BOX_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
# Word writes a text box twice, for new and for old readers: whoever reads both gets its text twice.
TEXT_BOX = """
<w:r {spaces}><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
    <wp:extent cx="5580000" cy="360000"/><wp:docPr id="1" name="版记"/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
      <wps:wsp><wps:cNvSpPr txBox="1"/>
        <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5580000" cy="360000"/></a:xfrm>
          <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
        <wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>
    </a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:shape style="width:439pt;height:28pt"><v:textbox>
    <w:txbxContent>{paragraph}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""


def docx_bytes(text: str, options: Options) -> bytes:
    """Set a text as a Word document in the layout of official letters."""
    word = Document()
    set_page(word)
    if options.get("numbered"):
        add_numbering(word)
    blocks = parse_blocks(text)
    for block, previous in zip(blocks, [None, *blocks], strict=False):
        if block.role == "table":
            add_table(word, block.rows)
        else:
            after_imprint = previous is not None and previous.role == "imprint"
            add_paragraph(word, block, options, after_imprint=after_imprint)
    buffer = io.BytesIO()
    word.save(buffer)
    return with_fixed_times(buffer.getvalue())


def set_page(word: WordDocument) -> None:
    """A4 with the margins of GB/T 9704, fixed dates, Chinese fonts."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    properties = word.core_properties
    properties.author, properties.title, properties.comments = "办公室", "", ""
    properties.created = properties.modified = WORD_TIME


def add_numbering(word: WordDocument) -> None:
    """Define 一、（一） as automatic numbers; abstract definitions must stand before their instances."""
    numbering = word.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(NUMBER_INSTANCE))


def add_paragraph(word: WordDocument, block: Block, options: Options, *, after_imprint: bool) -> None:
    """Add a paragraph with the font, place and rules of its role."""
    paragraph = word.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_after, shape.line_spacing = Pt(0), Pt(28 if FONTS[block.role][1] <= 16 else 40)
    if block.role in ALIGNED:
        paragraph.alignment = ALIGNED[block.role]
    if block.role == "title":
        shape.space_before = Pt(10)
    text, level = block.text, number_level(block.text)
    if options.get("numbered") and level is not None and block.role in ("heading", "body"):
        text = LEVELS[level].sub("", text)
        add_property(paragraph, NUMBERED.format(ns=nsdecls("w"), level=level), *AFTER_NUMBER)
    elif block.role in ("heading", "body"):
        shape.first_line_indent = Pt(32)
    if block.role == "masthead":
        add_property(paragraph, RED_RULE, *AFTER_RULE)
    if block.role == "imprint" and not after_imprint:
        shape.space_before = Pt(40)
        add_property(paragraph, BLACK_RULE, *AFTER_RULE)
    box = options.get("textbox")
    if box and text.startswith(box):
        add_text_box(paragraph, text, block.role)
    else:
        add_runs(paragraph, text, block.role, options)


def number_level(text: str) -> int | None:
    """Return 0 for 一、, 1 for （一）, None for neither."""
    return next((level for level, pattern in enumerate(LEVELS) if pattern.match(text)), None)


def add_property(paragraph: WordParagraph, xml: str, *successors: str) -> None:
    """Add a paragraph property in its place: Word calls a file corrupt whose properties are out of order."""
    paragraph._p.get_or_add_pPr().insert_element_before(parse_xml(xml), *successors)


def add_runs(paragraph: WordParagraph, text: str, role: Role, options: Options) -> None:
    """Add the text, with the tracked insertion and deletion that the table asks for."""
    inserted: str = options.get("inserted", "")
    anchor, removed = options.get("deleted", ("", ""))
    marks = "|".join(re.escape(mark) for mark in (inserted, anchor) if mark)
    for piece in re.split(f"({marks})", text) if marks else [text]:
        if anchor and piece == anchor:
            run = add_run(paragraph, removed, role)
            for node in run.iter(qn("w:t")):
                node.tag = qn("w:delText")
            wrap(run, f'<w:del {nsdecls("w")} w:id="901" {REVISION}/>')
        run = add_run(paragraph, piece, role)
        if inserted and piece == inserted:
            wrap(run, f'<w:ins {nsdecls("w")} w:id="902" {REVISION}/>')


def add_run(paragraph: WordParagraph, text: str, role: Role) -> Any:
    """Add a run in the font of its role and return its XML element."""
    run = paragraph.add_run(text)
    name, size = FONTS[role]
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    if role == "masthead":
        run.font.color.rgb = RGBColor(0xFF, 0, 0)
    return run._r


def wrap(element: Any, wrapper: str) -> None:
    """Put an element into a new one that takes its place."""
    outer = parse_xml(wrapper)
    element.addprevious(outer)
    outer.append(element)


def add_text_box(paragraph: WordParagraph, text: str, role: Role) -> None:
    inner = copy.deepcopy(paragraph)._p
    for child in list(inner):
        inner.remove(child)
    content = WordParagraph(inner, paragraph._parent)
    add_run(content, text, role)
    xml = re.sub(r' xmlns:\w+="[^"]+"', "", inner.xml)
    paragraph._p.append(parse_xml(TEXT_BOX.format(spaces=BOX_SPACES, paragraph=xml)))
    paragraph.paragraph_format.line_spacing = None


def add_table(word: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    """Add a table with grid lines; a narrow first column if it numbers the rows."""
    table = word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            add_run(cell.paragraphs[0], text, "table")
    if rows[0][0] == "序号":
        table.autofit = False
        rest = (15.6 - 1.3) / (len(rows[0]) - 1)
        for index, column in enumerate(table.columns):
            column.width = Cm(rest if index else 1.3)
            for cell in column.cells:
                cell.width = Cm(rest if index else 1.3)


def with_fixed_times(package: bytes) -> bytes:
    """Rewrite a zip package so that its bytes do not depend on the clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


# --- PDF -------------------------------------------------------------------------------------------------

PDF_SHAPES: dict[Role, tuple[float, int, float]] = {
    "masthead": (28, TA_CENTER, 0), "number": (15, TA_CENTER, 0), "title": (20, TA_CENTER, 0),
    "addressee": (15, TA_LEFT, 0), "heading": (15, TA_LEFT, 30), "body": (15, TA_LEFT, 30),
    "signature": (15, TA_RIGHT, 0), "imprint": (13, TA_LEFT, 0),
}  # fmt: skip


def pdf_bytes(text: str) -> bytes:
    """Set a text as a PDF with page numbers like — 1 — at the foot."""
    pdfmetrics.registerFont(UnicodeCIDFont(PDF_FONT))
    buffer = io.BytesIO()
    blocks = parse_blocks(text)
    template = SimpleDocTemplate(
        buffer, pagesize=A4, invariant=1, title=blocks[0].text, author="",
        topMargin=3.7 * cm, bottomMargin=3.5 * cm, leftMargin=2.8 * cm, rightMargin=2.6 * cm,
    )  # fmt: skip
    template.build(list(pdf_flowables(blocks)), onFirstPage=draw_page_number, onLaterPages=draw_page_number)
    return buffer.getvalue()


def pdf_flowables(blocks: Sequence[Block]) -> Iterator[Flowable]:
    """Yield the paragraphs and the rules between them."""
    ruled = False
    for block in blocks:
        if block.role == "table":
            raise ValueError("a table in a source that is to be a PDF: make it docx or md")
        if block.role == "imprint" and not ruled:
            yield HRFlowable(width="100%", thickness=0.6, color=black, spaceBefore=40, spaceAfter=2)
            ruled = True
        yield Paragraph(block.text, pdf_style(block.role))
        if block.role == "masthead":
            yield HRFlowable(width="100%", thickness=1.8, color=red, spaceBefore=8, spaceAfter=8)


def pdf_style(role: Role) -> ParagraphStyle:
    size, alignment, indent = PDF_SHAPES[role]
    return ParagraphStyle(
        role, fontName=PDF_FONT, fontSize=size, leading=size * 1.7, alignment=alignment, wordWrap="CJK",
        firstLineIndent=indent, textColor=red if role == "masthead" else black,
        spaceBefore=12 if role == "title" else 0, spaceAfter=12 if role == "title" else 0,
    )  # fmt: skip


def draw_page_number(canvas: Canvas, template: SimpleDocTemplate) -> None:
    canvas.setFont(PDF_FONT, 13)
    canvas.drawCentredString(A4[0] / 2, 2.2 * cm, f"— {template.page} —")


# --- mail ------------------------------------------------------------------------------------------------


TRANSFERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes,
}  # fmt: skip


def eml_bytes(text: str, options: Options, sources: Path) -> bytes:
    """Set a text, header lines first, as a mail in the charset and transfer encoding of its row."""
    head, body = text.split("\n\n", 1)
    charset, transfer = options["encoding"], options["transfer"]
    lines = [header_line(line, charset, raw=transfer == "8bit") for line in head.splitlines()]
    lines.append(b"MIME-Version: 1.0")
    plain = mail_part(f"text/plain; charset={charset}", transfer, body.encode(charset))
    if "attach" not in options:
        return crlf(b"\n".join(lines) + b"\n" + plain)
    boundary = b"----=_Part_0417"
    parts = [plain, *(attachment(sources / f"{name}.txt") for name in options["attach"])]
    lines.append(b'Content-Type: multipart/mixed; boundary="' + boundary + b'"')
    joined = b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in parts)
    return crlf(b"\n".join(lines) + b"\n\n" + joined + b"--" + boundary + b"--\n")


def header_line(line: str, charset: str, *, raw: bool) -> bytes:
    """Encode a header: left in raw bytes as old mailers do, else as encoded words beside a plain address."""
    if raw:
        return line.encode(charset)
    name, value = line.split(": ", 1)
    match = re.fullmatch(r"(.*?)( <[^>]+>)?", value)
    shown, address = (match[1], match[2] or "") if match else (value, "")
    if not shown.isascii():
        shown = Header(shown, charset).encode(linesep="\n")
    return f"{name}: {shown}{address}".encode("ascii")


def mail_part(content_type: str, transfer: str, content: bytes, disposition: str = "") -> bytes:
    """Build one part: its headers, a blank line, its encoded content."""
    encode = TRANSFERS[transfer]
    head = f"Content-Type: {content_type}\nContent-Transfer-Encoding: {transfer}\n{disposition}\n"
    return head.encode("ascii") + encode(content)


def attachment(source: Path) -> bytes:
    """Attach a letter as a Word file, its Chinese name as an encoded word, as most Chinese mailers write it."""
    name = Header(f"{source.stem}.docx", "utf-8", maxlinelen=1000).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    content = docx_bytes(source.read_text("utf-8"), {})
    disposition = f'Content-Disposition: attachment; filename="{name}"\n'
    return mail_part(f'{kind}; name="{name}"', "base64", content, disposition)


def crlf(message: bytes) -> bytes:
    return message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


# --- all of it -------------------------------------------------------------------------------------------


def txt_bytes(text: str, encoding: str) -> bytes:
    """Encode a text as Notepad saves it: Windows line ends, a byte order mark in UTF-16."""
    if encoding == "utf-16":
        return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")
    return text.replace("\n", "\r\n").encode(encoding)


def file_bytes(source: Path, options: Options, sources: Path) -> bytes:
    """Turn one source into the bytes of the file that its row asks for."""
    text = source.read_text("utf-8")
    match options["to"]:
        case "docx":
            return docx_bytes(text, options)
        case "pdf":
            return pdf_bytes(text)
        case "eml":
            return eml_bytes(text, options, sources)
        case "txt":
            return txt_bytes(text, options["encoding"])
        case "md":
            return text.encode("utf-8")
        case other:
            raise ValueError(f"{source.name}: no such format: {other}")


def make_example(sources: Path, outdir: Path) -> int:
    """Write every document of the table, and teams.toml; return how many.

    Raises:
        ValueError: A source has no row, or a row has no source.
    """
    table: dict[str, Options] = tomllib.loads((sources / "formats.toml").read_text("utf-8"))
    attached = {name for options in table.values() for name in options.get("attach", [])}
    found = {path.relative_to(sources).as_posix().removesuffix(".txt") for path in sources.rglob("*.txt")}
    if stray := found ^ (table.keys() | attached):
        raise ValueError(f"in the table or among the sources, but not in both: {sorted(stray)}")
    for name, options in table.items():
        target = outdir / f"{name}.{options['to']}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file_bytes(sources / f"{name}.txt", options, sources))
    (outdir / "teams.toml").write_bytes((sources / "teams.toml").read_bytes())
    return len(table)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(f"{make_example(Path(sys.argv[1]), Path(sys.argv[2]))} documents written to {sys.argv[2]}")
