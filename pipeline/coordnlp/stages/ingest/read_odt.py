"""Read an OpenDocument text (.odt): what a reader of the printed page sees, in its order, deleted words left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from coordnlp.records import BlockKind
from coordnlp.stages.ingest.numbering import Counters
from coordnlp.stages.ingest.odf_lists import OUTLINE, read_lists
from coordnlp.stages.ingest.odf_parts import DAMAGED, open_parts, read_inline, read_styles
from coordnlp.stages.ingest.office_parts import Element, attribute, child, name_of, parse_part
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
from coordnlp.stages.ingest.readings import Cell, Reading, UnreadableError

_LEFT_OUT = frozenset(
    {"tracked-changes", "table-of-content", "sequence-decls", "variable-decls", "forms", "annotation"}
)
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_REPEATED = 200  # rows and cells that one element may stand for
_HEADS, _FEET = ("header", "header-first", "header-left"), ("footer", "footer-first", "footer-left")


@dataclass(slots=True)
class _Walk:
    """What is carried along while a document is read in order."""

    counters: Counters
    table: int = 0
    notes: list[Element] = field(default_factory=list)
    commented: bool = False


def read_odt(content: bytes) -> Reading:
    """Read an .odt: page heads, body with tables, lists and text boxes, footnotes, page feet.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `too_large` or `no_text`.
    """
    with open_parts(content) as archive:
        root, styles = parse_part(archive, "content.xml"), read_styles(archive)
    body = child(child(root, "body"), "text")
    if body is None:
        raise UnreadableError("damaged", DAMAGED)
    parts = [styles, root] if styles is not None else [root]
    walk = _Walk(Counters(read_lists(parts)))
    lines = list(_read_lines(body, walk))
    footnotes = [" ".join(line.words for line in _read_lines(child(note, "note-body"), walk)) for note in walk.notes]
    margins = Margins(_read_margins(styles, _HEADS, walk), footnotes, _read_margins(styles, _FEET, walk))
    notes = [REVISED] if child(body, "tracked-changes") is not None else []
    return draft_paper(lines, [*notes, UNREAD_COMMENTS] if walk.commented else notes, margins)


def _read_lines(parent: Element | None, walk: _Walk) -> Iterator[Line]:
    """Yield the lines under an element: body, section, text box, cell or note."""
    for item in parent if parent is not None else ():
        match name_of(item):
            case "h" | "p":
                yield from _read_paragraph(item, walk)
            case "list":
                yield from _read_list(item, walk, attribute(item, "style-name"), 0)
            case "table":
                yield from _read_table(item, walk)
            case name if name not in _LEFT_OUT:
                yield from _read_lines(item, walk)


def _read_paragraph(paragraph: Element, walk: _Walk, label: str = "") -> Iterator[Line]:
    inline = read_inline(paragraph)
    walk.notes += inline.notes
    walk.commented = walk.commented or bool(inline.comments)
    kind: BlockKind = "paragraph"
    if name_of(paragraph) == "h":
        kind = "heading"
        level = attribute(paragraph, "outline-level")
        counted = not label and attribute(paragraph, "is-list-header") != "true"
        label = _label(OUTLINE, int(level) - 1 if level.isdigit() else 0, walk) if counted else label
    if inline.text.strip():
        yield from (Line(piece, kind) for piece in split_breaks(label + inline.text))
    for box in inline.boxes:
        yield from _read_paragraph(box, walk) if name_of(box) == "p" else _read_lines(box, walk)


def _label(list_id: str, level: int, walk: _Walk) -> str:
    label = walk.counters.next_label(list_id, level)
    return f"{label} " if label and label[-1].isalnum() else label


def _read_list(listed: Element, walk: _Walk, style: str, level: int) -> Iterator[Line]:
    """Yield the items of a list; one within another is a level deeper in the same style, unless it names its own."""
    goes_on = attribute(listed, "continue-numbering") == "true" or attribute(listed, "continue-list")
    if level == 0 and not goes_on:
        walk.counters.counts.pop(style, None)
    for item in listed:
        numbered = name_of(item) == "list-item"
        for inner in item:
            name = name_of(inner)
            if name == "list":
                yield from _read_list(inner, walk, attribute(inner, "style-name") or style, level + 1)
            elif name in {"p", "h"}:
                label = _label(style, level, walk) if numbered else ""
                numbered = False
                yield from _read_paragraph(inner, walk, label)


def _read_table(table: Element, walk: _Walk) -> Iterator[Line]:
    walk.table += 1
    number, place = walk.table, 0
    for row in _rows(table):
        for _ in range(_repeated(row, "number-rows-repeated")):
            place += 1
            yield from _read_row(row, number, place, walk)


def _read_row(row: Element, table: int, place: int, walk: _Walk) -> Iterator[Line]:
    column = 0
    for cell in row:
        covered = name_of(cell) == "covered-table-cell"
        if not covered and name_of(cell) != "table-cell":
            continue
        for _ in range(_repeated(cell, "number-columns-repeated")):
            column += 1
            if not covered:
                yield from cell_lines(_read_lines(cell, walk), Cell(table, place, column))


def _rows(parent: Element) -> Iterator[Element]:
    for item in parent:
        if name_of(item) == "table-row":
            yield item
        elif name_of(item) in _ROWS:
            yield from _rows(item)


def _repeated(element: Element, name: str) -> int:
    value = attribute(element, name)
    return min(int(value), _MOST_REPEATED) if value.isdigit() else 1


def _read_margins(styles: Element | None, names: tuple[str, ...], walk: _Walk) -> list[str]:
    """Return the lines of page heads or feet, each once, without page numbers."""
    found: dict[str, None] = {}
    for part in styles.iter(*(f"{{*}}{name}" for name in names)) if styles is not None else ():
        if attribute(part, "display") != "false":
            found.update((line.words, None) for line in _read_lines(part, walk) if not PAGE_NUMBER.match(line.words))
    return list(found)
