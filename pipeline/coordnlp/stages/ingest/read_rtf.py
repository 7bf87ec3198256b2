"""Read an RTF file: paragraphs, headings, tables, numbers of lists, page heads and feet, footnotes.

Own reader instead of a library: striprtf 0.0.35 keeps deleted words, leaves out page heads and footnotes, and tells
neither headings nor cells (tried 2026-11; docs/design.md, "Libraries, by trial").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from coordnlp.stages.ingest.docx_styles import is_contents_style, is_heading_style
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
from coordnlp.stages.ingest.rtf_events import Event, list_events

_DAMAGED = "文件不完整，打不开，请用 Word 或 WPS 另存为 .docx 后再放入。"
# Where text goes that is shown; of all other destinations it is left out.
_SHOWN = {
    **dict.fromkeys(("", "rtf", "fldrslt", "result", "shpinst", "listtext", "pntext"), "body"),
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **dict.fromkeys(("shptxt", "dptxbxtext"), "box"),
    "footnote": "footnote",
}
_LABELS = frozenset({"listtext", "pntext"})
_CHARACTERS = {
    **{"tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"emdash": "—", "endash": "–", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " "},
}
_ENDS = frozenset({"par", "sect", "page", "cell", "nestcell", "row", "nestrow"})
_BODY_LEVEL = 9


@dataclass(slots=True)
class _Look:
    """Formatting that decides whether words are shown; it ends with its group."""

    hidden: bool = False
    deleted: bool = False
    place: str = "body"


@dataclass(slots=True)
class _Table:
    """Where a walk stands in a table; `merged` tells of each cell of the row whether another holds its place."""

    number: int = 0
    row: int = 0
    column: int = 0
    inside: bool = False
    merged: list[bool] = field(default_factory=list)
    next_merged: bool = False
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """What is carried along while a file is read."""

    looks: list[_Look] = field(default_factory=lambda: [_Look()])
    words: dict[str, list[str]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    around: dict[str, list[str]] = field(
        default_factory=lambda: {"header": [], "footer": [], "footnote": [], "box": []}
    )
    styles: dict[int, str] = field(default_factory=dict)
    table: _Table = field(default_factory=_Table)
    label: list[str] = field(default_factory=list)
    in_table: bool = False
    style: int = 0
    level: int | None = None
    revised: bool = False
    commented: bool = False


def read_rtf(content: bytes) -> Reading:
    """Read an .rtf file.

    Raises:
        UnreadableError: `damaged` or `no_text`.
    """
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise UnreadableError("damaged", _DAMAGED)
    walk = _Walk()
    for event in list_events(content):
        _read_event(event, walk)
    _end_paragraph("par", "body", walk)
    notes = [REVISED] if walk.revised else []
    if walk.commented:
        notes.append(UNREAD_COMMENTS)
    heads, feet = (list(dict.fromkeys(walk.around[name])) for name in ("header", "footer"))
    return draft_paper(walk.lines, notes, Margins(heads, walk.around["footnote"], feet))


def _read_event(event: Event, walk: _Walk) -> None:
    match event.kind:
        case "open":
            look = walk.looks[-1]
            walk.looks.append(_Look(look.hidden, look.deleted, look.place))
        case "close":
            _close(event, walk)
        case "text":
            _add_words(event.words, event.group.destination, walk)
        case "word":
            _read_word(event, walk)


def _close(event: Event, walk: _Walk) -> None:
    """End a group; a paragraph of a page head or footnote ends with it, and so does the number of a list."""
    closed = walk.looks.pop()
    outer = walk.looks[-1] if walk.looks else _Look()
    if event.group.destination in _LABELS and walk.label:
        label = "".join(walk.label).strip()
        walk.label = []
        _put(f"{label} " if label[-1:].isalnum() else label, "body", walk)
    if closed.place != outer.place:
        _end_paragraph("par", closed.place, walk)


def _add_words(words: str, destination: str, walk: _Walk) -> None:
    if destination == "stylesheet":
        walk.styles[walk.style] = walk.styles.get(walk.style, "") + words
    elif destination == "annotation":
        walk.commented = True
    elif destination in _LABELS:
        walk.label.append(words)
    elif destination in _SHOWN and not walk.looks[-1].hidden and not walk.looks[-1].deleted:
        _put(words, walk.looks[-1].place, walk)


def _put(words: str, place: str, walk: _Walk) -> None:
    walk.words.setdefault(place, []).append(words)


def _read_word(event: Event, walk: _Walk) -> None:
    word, look, destination = event.words, walk.looks[-1], event.group.destination
    if destination in _SHOWN:
        place = _SHOWN[destination]
        look.place = place if place != "body" else look.place
    if word in _CHARACTERS:
        _add_words(_CHARACTERS[word], destination, walk)
    elif word in _ENDS:
        if destination in _SHOWN:
            _end_paragraph(word, look.place, walk)
    elif word in {"v", "deleted", "plain"}:
        look.hidden = event.number != 0 if word == "v" else look.hidden and word != "plain"
        look.deleted = event.number != 0 if word == "deleted" else look.deleted and word != "plain"
        walk.revised = walk.revised or look.deleted
    else:
        _read_property(word, event.number, walk)


def _read_property(word: str, number: int | None, walk: _Walk) -> None:
    """Read what is said of the paragraph, of the style in the style sheet, or of the row of a table."""
    match word:
        case "pard":
            walk.in_table, walk.level, walk.style = False, None, 0
        case "intbl":
            walk.in_table = True
        case "s":
            walk.style = number or 0
        case "outlinelevel":
            walk.level = number
        case "trowd":
            walk.table.merged, walk.table.next_merged = [], False
        case "clvmrg" | "clmrg":
            walk.table.next_merged = True
        case "cellx":
            walk.table.merged.append(walk.table.next_merged)
            walk.table.next_merged = False


def _end_paragraph(mark: str, place: str, walk: _Walk) -> None:
    pieces = split_breaks("".join(walk.words.pop(place, [])))
    if place != "body":
        walk.around[place] += [words for words in pieces if not PAGE_NUMBER.match(words)]
        return
    boxes = [Line(words) for words in walk.around["box"]]
    walk.around["box"] = []
    if mark in {"cell", "row"} or (walk.in_table and mark != "sect"):
        walk.table.parts += [*pieces, *(line.words for line in boxes)]
        walk.lines += _read_cell(mark, walk.table)
        return
    walk.table.inside = False
    name = walk.styles.get(walk.style, "").rstrip(";")
    if is_contents_style(name):
        return
    heading = walk.level < _BODY_LEVEL if walk.level is not None else is_heading_style(name)
    walk.lines += [*(Line(words, "heading" if heading else "paragraph") for words in pieces), *boxes]


def _read_cell(mark: str, table: _Table) -> Iterator[Line]:
    """Yield the lines of a cell at its end; nothing at the end of a paragraph in it."""
    if not table.inside:
        table.inside, table.number, table.row, table.column = True, table.number + 1, 1, 0
    if mark == "row":
        table.row, table.column = table.row + 1, 0
    elif mark == "cell":
        table.column += 1
        away = table.column <= len(table.merged) and table.merged[table.column - 1]
        parts, table.parts = table.parts, []
        if not away:
            yield from cell_lines(map(Line, parts), Cell(table.number, table.row, table.column))
