"""Read an old Word file (.doc, .wps) without Word: its text in order, tables cell by cell, numbers as shown."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from coordnlp.records import BlockKind
from coordnlp.stages.ingest.doc_streams import Paragraph, WordText, read_stories
from coordnlp.stages.ingest.numbering import Counters
from coordnlp.stages.ingest.office_programs import find_antiword
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
from coordnlp.stages.ingest.read_text import read_text
from coordnlp.stages.ingest.readings import Cell, Reading, UnreadableError

PLAIN = "旧版 Word 格式，没有经过 LibreOffice 转换，表格和自动编号可能有缺失，请与原件核对。"
_OLDER = "更早的 Word 格式，用 antiword 读取：自动编号和表格可能有缺失。"
_LONGEST_WAIT = 30  # seconds; antiword takes milliseconds


def read_doc(content: bytes) -> Reading:
    """Read a .doc of Word 97 or later, or of WPS; one that is older through antiword where that is installed.

    Raises:
        UnreadableError: `damaged`, `encrypted` or `no_text`.
    """
    try:
        text = read_stories(content)
    except UnreadableError as error:
        reading = read_older(content) if error.reason == "damaged" else None
        if reading is None:
            raise
        return reading
    lines = [*_list_lines(text), *(Line(words) for words in _plain(text.boxes))]
    heads = dict.fromkeys(words for words in _plain(text.margins) if not PAGE_NUMBER.match(words))
    notes = [*_plain(text.footnotes), *_plain(text.endnotes)]
    return draft_paper(lines, _notes(text), Margins(list(heads), notes))


def _notes(text: WordText) -> list[str]:
    notes = [PLAIN]
    if text.revised:
        notes.append(REVISED)
    if any(paragraph.words.strip() for paragraph in text.comments):
        notes.append(UNREAD_COMMENTS)
    return notes


def _plain(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from split_breaks(paragraph.words)


def _list_lines(text: WordText) -> Iterator[Line]:
    """Yield paragraphs and cells; where the file does not tell the ends of rows, an empty cell after others is one."""
    told = any(paragraph.row for paragraph in text.body)
    counters = Counters(text.lists)
    table = row = column = 0
    inside = False
    parts: list[str] = []
    for paragraph in text.body:
        pieces = _numbered(paragraph, counters)
        if not paragraph.inside:
            inside = False
            kind: BlockKind = "heading" if paragraph.look.heading else "paragraph"
            yield from (Line(words, kind) for words in pieces)
            continue
        if not inside:
            inside, table, row, column = True, table + 1, 1, 0
        if paragraph.row or (not told and column and not pieces):
            row, column = row + 1, 0
            continue
        parts += pieces
        if paragraph.end == "\x07":
            column += 1
            yield from cell_lines(map(Line, parts), Cell(table, row, column))
            parts = []


def _numbered(paragraph: Paragraph, counters: Counters) -> list[str]:
    """Return the lines of a paragraph, its number before them; none for a line of a table of contents."""
    pieces = split_breaks(paragraph.words)
    if not pieces or paragraph.look.contents or paragraph.row:
        return []
    label = counters.next_label(*paragraph.look.listed) if paragraph.look.listed else ""
    if label and label[-1].isalnum():
        label += " "
    return [label + pieces[0], *pieces[1:]]


def read_older(content: bytes) -> Reading | None:
    """Read what antiword makes of a file, None where it is not installed or makes nothing of it."""
    program = find_antiword()
    if not program:
        return None
    with TemporaryDirectory() as folder:
        path = Path(folder, "letter.doc")
        path.write_bytes(content)
        try:
            command = [program, "-m", "UTF-8.txt", "-w", "0", str(path)]
            done = subprocess.run(command, capture_output=True, timeout=_LONGEST_WAIT, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
    if done.returncode or not done.stdout.strip():
        return None
    reading = read_text(done.stdout)
    return replace(reading, notes=(_OLDER, *reading.notes))
