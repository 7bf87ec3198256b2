"""Read a Word document (.docx): what a reader of the printed page sees, in its order.

Own walk over the XML instead of a library: docx2python 3.7 gives text boxes twice, keeps moved text at its
old place and page-number fields, and loses Chinese numbering (tried 2026-11; docs/design.md, "Readers").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coordnlp.records import BlockKind
from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.docx_package import Package, open_package
from coordnlp.stages.ingest.docx_runs import is_mark_deleted, read_words
from coordnlp.stages.ingest.docx_styles import Sheet, Style, read_sheet
from coordnlp.stages.ingest.numbering import Counters
from coordnlp.stages.ingest.office_parts import Element, attribute, child, children, name_of
from coordnlp.stages.ingest.readings import Cell, Draft, Reading, UnreadableError

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "txbxContent", "body"})
_PAGE_NUMBER = re.compile(r"^[\s第共页/—–－\-·.of\d]*$|^\s*page\s*(?:of)?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the page, or one paragraph of a table cell."""

    words: str
    kind: BlockKind
    cell: Cell | None = None


@dataclass(slots=True)
class _Walk:
    """What is carried along while the parts of a document are read in order."""

    sheet: Sheet
    counters: Counters
    table: int = 0
    revised: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)
    carried: str = ""  # words of a paragraph whose end is deleted


def read_docx(content: bytes) -> Reading:
    """Read a .docx: page header, body with tables and text boxes, footnotes, page footer.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `too_large` or `no_text`.
    """
    package = open_package(content)
    sheet = read_sheet(package)
    walk = _Walk(sheet, Counters(sheet.lists))
    body = package.parts[package.document]
    lines = list(_read_lines(child(body, "body"), walk))
    headers, footers = _read_margins(package, body, walk)
    footnotes = _read_notes(package, walk)
    if not any(line.words.strip() for line in lines):
        raise UnreadableError("no_text", "文件里没有文字，可能只有扫描图片，请放入带文字的原件，或把文字录入后再放入。")
    draft = Draft()
    for line in headers:
        _add_line(draft, line, "页眉")
    _add_body(draft, lines)
    for number, line in enumerate(footnotes, 1):
        _add_line(draft, line, f"脚注{number}")
    for line in footers:
        _add_line(draft, line, "页脚")
    return draft.finish(_notes(package, walk))


def _add_line(draft: Draft, line: Line, label: str) -> None:
    if draft.length:
        draft.add("\n")
    draft.mark(draft.length, label)
    draft.add_block(line.words, line.kind)


def _add_body(draft: Draft, lines: list[Line]) -> None:
    number = 0
    before: Line | None = None
    for line in lines:
        if line.cell is None:
            number += 1
            _add_line(draft, line, f"第{number}段")
        else:
            _add_cell(draft, line, before.cell if before else None)
        before = line


def _add_cell(draft: Draft, line: Line, before: Cell | None) -> None:
    cell = line.cell
    if cell is None:
        return
    same_row = before is not None and (before.table, before.row) == (cell.table, cell.row)
    if draft.length:
        draft.add("\t" if same_row and before != cell else "\n")
    if line.words.strip():
        draft.mark(draft.length, f"表{cell.table}第{cell.row}行第{cell.column}列")
    draft.add_block(line.words, "cell", cell=cell)


def _read_lines(parent: Element | None, walk: _Walk) -> Iterator[Line]:
    """Yield the lines under an element: body, text box, header or note."""
    for item in parent if parent is not None else ():
        name = name_of(item)
        if name == "p":
            yield from _read_paragraph(item, walk)
        elif name == "tbl":
            yield from _read_table(item, walk)
        elif name in _WRAPPERS:
            yield from _read_lines(item, walk)


def _read_paragraph(paragraph: Element, walk: _Walk) -> Iterator[Line]:
    style = walk.sheet.style_of(paragraph)
    words = read_words(paragraph)
    walk.revised = walk.revised or words.revised
    walk.notes.extend(words.notes)
    text = walk.carried + words.text
    walk.carried = ""
    boxes = [line for box in words.boxes for line in _read_lines(box, walk)]
    if is_mark_deleted(paragraph):
        walk.revised = True
        walk.carried = text
        yield from boxes
        return
    if not text.strip():
        yield from boxes
        return
    label = _label(style, walk)
    if not style.contents:
        for piece in _split_breaks(label + text):
            yield Line(piece, "heading" if style.heading else "paragraph")
    yield from boxes


def _split_breaks(text: str) -> list[str]:
    """Split at line breaks within a paragraph: what stands on lines of its own is a line of its own."""
    return [piece.rstrip() for piece in clean_text(text).split("\n") if piece.strip()]


def _label(style: Style, walk: _Walk) -> str:
    if not style.list_id:
        return ""
    label = walk.counters.next_label(style.list_id, style.level or 0)
    return f"{label} " if label and label[-1].isalnum() else label


def _read_table(table: Element, walk: _Walk) -> Iterator[Line]:
    walk.table += 1
    number = walk.table
    for row_number, row in enumerate(_rows(table), 1):
        column = 1 + _number(child(child(row, "trPr"), "gridBefore"), 0)
        for cell in _unwrap(row, "tc"):
            properties = child(cell, "tcPr")
            if not _is_merged_away(properties):
                place = Cell(number, row_number, column)
                yield from _read_cell(cell, place, walk)
            column += _number(child(properties, "gridSpan"), 1)


def _read_cell(cell: Element, place: Cell, walk: _Walk) -> Iterator[Line]:
    """Yield the paragraphs of a cell, tables inside it row by row; an empty cell gives one empty line."""
    lines: list[str] = []
    row: tuple[int, int] | None = None
    for line in _read_lines(cell, walk):
        if line.cell is not None and (line.cell.table, line.cell.row) == row and lines:
            lines[-1] += f" {line.words}"
        else:
            lines.append(line.words)
        row = (line.cell.table, line.cell.row) if line.cell else None
    for words in lines or [""]:
        yield Line(words.replace("\t", " "), "cell", place)


def _rows(table: Element) -> list[Element]:
    """Return the rows, deleted ones aside."""
    return [row for row in _unwrap(table, "tr") if child(child(row, "trPr"), "del") is None]


def _unwrap(parent: Element, name: str) -> Iterator[Element]:
    for item in parent:
        if name_of(item) == name:
            yield item
        elif name_of(item) in _WRAPPERS:
            yield from _unwrap(item, name)


def _is_merged_away(properties: Element | None) -> bool:
    """A cell merged with the one above repeats nothing; its own content is not shown."""
    merge = child(properties, "vMerge")
    return merge is not None and attribute(merge, "val") != "restart"


def _number(element: Element | None, default: int) -> int:
    value = attribute(element, "val")
    return int(value) if value.isdigit() else default


def _read_margins(package: Package, body: Element, walk: _Walk) -> tuple[list[Line], list[Line]]:
    """Return the lines of page headers and of footers, each once, without page numbers."""
    found: dict[str, dict[str, Line]] = {"headerReference": {}, "footerReference": {}}
    even = _uses_even_pages(package)
    for section in body.iter():
        if name_of(section) != "sectPr":
            continue
        first = child(section, "titlePg") is not None
        for item in section:
            kind = name_of(item)
            used = {"first": first, "even": even}.get(attribute(item, "type"), True)
            _, path = package.relations[package.document].get(attribute(item, "id"), ("", ""))
            if kind not in found or not used or path not in package.parts:
                continue
            for line in _read_lines(package.parts[path], walk):
                if not _PAGE_NUMBER.match(line.words):
                    found[kind].setdefault(line.words.strip(), Line(line.words, "paragraph"))
    return list(found["headerReference"].values()), list(found["footerReference"].values())


def _uses_even_pages(package: Package) -> bool:
    paths = package.related(package.document, "settings")
    return any(child(package.parts[path], "evenAndOddHeaders") is not None for path in paths)


def _read_notes(package: Package, walk: _Walk) -> list[Line]:
    """Return footnotes and endnotes in the order in which the text refers to them."""
    lines = []
    for kind, note_id in list(walk.notes):
        for path in package.related(package.document, f"{kind}s"):
            for note in children(package.parts[path], kind):
                if attribute(note, "id") == note_id:
                    lines.append(" ".join(line.words for line in _read_lines(note, walk)))
    return [Line(words, "paragraph") for words in lines if words.strip()]


def _notes(package: Package, walk: _Walk) -> list[str]:
    notes = []
    if walk.revised:
        notes.append("文件带有修订痕迹，按接受全部修订读取。")
    if any(len(package.parts[path]) for path in package.related(package.document, "comments")):
        notes.append("文件带有批注，批注没有读取。")
    return notes
