"""Read a Word document (.docx): what a reader of the printed page sees, in its order.

Own walk over the XML instead of a library: docx2python 3.7 gives text boxes twice, keeps moved text at its
old place and page-number fields, and loses Chinese numbering (tried 2026-11; docs/design.md, "Readers").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from coordnlp.stages.ingest.docx_package import Package, open_package
from coordnlp.stages.ingest.docx_runs import is_mark_deleted, read_words
from coordnlp.stages.ingest.docx_styles import Sheet, Style, read_sheet
from coordnlp.stages.ingest.numbering import Counters
from coordnlp.stages.ingest.office_parts import Element, attribute, child, children, name_of
from coordnlp.stages.ingest.paper_lines import (
    PAGE_NUMBER,
    REVISED,
    UNREAD_COMMENTS,
    Line,
    Margins,
    cell_lines,
    draft_paper,
    split_breaks,
)
from coordnlp.stages.ingest.readings import Cell, Reading

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "txbxContent", "body"})


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
    return draft_paper(lines, _notes(package, walk), Margins(headers, footnotes, footers))


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
        for piece in split_breaks(label + text):
            yield Line(piece, "heading" if style.heading else "paragraph")
    yield from boxes


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
                yield from cell_lines(_read_lines(cell, walk), place)
            column += _number(child(properties, "gridSpan"), 1)


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


def _read_margins(package: Package, body: Element, walk: _Walk) -> tuple[list[str], list[str]]:
    """Return the lines of page headers and of footers, each once, without page numbers."""
    found: dict[str, dict[str, str]] = {"headerReference": {}, "footerReference": {}}
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
                if not PAGE_NUMBER.match(line.words):
                    found[kind].setdefault(line.words.strip(), line.words)
    return list(found["headerReference"].values()), list(found["footerReference"].values())


def _uses_even_pages(package: Package) -> bool:
    paths = package.related(package.document, "settings")
    return any(child(package.parts[path], "evenAndOddHeaders") is not None for path in paths)


def _read_notes(package: Package, walk: _Walk) -> list[str]:
    """Return footnotes and endnotes in the order in which the text refers to them."""
    lines = []
    for kind, note_id in list(walk.notes):
        for path in package.related(package.document, f"{kind}s"):
            for note in children(package.parts[path], kind):
                if attribute(note, "id") == note_id:
                    lines.append(" ".join(line.words for line in _read_lines(note, walk)))
    return [words for words in lines if words.strip()]


def _notes(package: Package, walk: _Walk) -> list[str]:
    notes = []
    if walk.revised:
        notes.append(REVISED)
    if any(len(package.parts[path]) for path in package.related(package.document, "comments")):
        notes.append(UNREAD_COMMENTS)
    return notes
