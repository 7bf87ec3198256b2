"""The text of an old Word file (.doc, .wps): the pieces it is stored in, and what is said of its paragraphs.

After [MS-DOC], Word (.doc) Binary File Format: FibBase (2.5.2), FibRgFcLcb97 (2.5.6), Clx (2.9.38).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import olefile

from coordnlp.stages.ingest.doc_properties import DELETED, HIDDEN, INSIDE, ROW_END, Runs, is_set, read_runs
from coordnlp.stages.ingest.doc_styles import PLAIN_LOOK, Look, Sheet, read_sheet
from coordnlp.stages.ingest.numbering import NumberedList
from coordnlp.stages.ingest.readings import LOCKED, UnreadableError

DAMAGED = "文件不完整，打不开，请用 Word 或 WPS 修复后另存为 .docx，或重新取得原件。"
_WORD_97 = 0xC1  # nFib of the first version whose layout this is
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS = 0x4C  # characters of the stories, in their order
_PAIRS = 0x9A  # (offset, size) of what lies in the table stream
_STYLES, _CHARACTERS, _PARAGRAPHS, _PIECES, _LISTS, _OVERRIDES = 1, 12, 13, 33, 73, 74  # places among the pairs
_PARTS = (_STYLES, _CHARACTERS, _PARAGRAPHS, _PIECES, _LISTS, _OVERRIDES)


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""Words with the mark that ends them: `end` is a carriage return, `\x07` for a cell.

    `inside` tells that it stands in a table, `row` that it holds no words but ends a row.
    """

    words: str
    end: str = "\r"
    inside: bool = False
    row: bool = False
    look: Look = PLAIN_LOOK


@dataclass(frozen=True, slots=True)
class WordText:
    """The stories of a file: body, footnotes, page heads and feet, comments, endnotes, text boxes."""

    body: list[Paragraph] = field(default_factory=list)
    footnotes: list[Paragraph] = field(default_factory=list)
    margins: list[Paragraph] = field(default_factory=list)
    comments: list[Paragraph] = field(default_factory=list)
    endnotes: list[Paragraph] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    lists: Mapping[str, NumberedList] = field(default_factory=dict)
    revised: bool = False


def is_locked(content: bytes) -> bool:
    """Tell whether a file is an old Word file with a password."""
    try:
        main, _ = _open_streams(content)
    except UnreadableError:
        return False
    return bool(struct.unpack_from("<H", main, 0x0A)[0] & _ENCRYPTED)


def read_stories(content: bytes) -> WordText:
    """Return the text of an old Word file, deleted and hidden words left out.

    Raises:
        UnreadableError: `encrypted`, or `damaged` for what is not whole or older than Word 97.
    """
    main, tables = _open_streams(content)
    version, flags = struct.unpack_from("<H", main, 2)[0], struct.unpack_from("<H", main, 0x0A)[0]
    if flags & _ENCRYPTED:
        raise UnreadableError("encrypted", LOCKED)
    if version < _WORD_97:
        raise UnreadableError("damaged", DAMAGED)
    table = tables[1 if flags & _SECOND_TABLE else 0]
    pairs = {at: struct.unpack_from("<II", main, _PAIRS + 8 * at) for at in _PARTS}
    parts = {at: table[start : start + size] for at, (start, size) in pairs.items()}
    characters = list(_read_pieces(main, parts[_PIECES]))
    if not characters:
        raise UnreadableError("damaged", DAMAGED)
    lists = table[pairs[_LISTS][0] :] if parts[_LISTS] else b""
    sheet = read_sheet(parts[_STYLES], lists, parts[_OVERRIDES])
    runs = read_runs(main, parts[_CHARACTERS], entry=1)
    paragraphs = read_runs(main, parts[_PARAGRAPHS], entry=13)
    return _sort_stories(main, characters, runs, paragraphs, sheet)


def _open_streams(content: bytes) -> tuple[bytes, tuple[bytes, bytes]]:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = ("WordDocument", "0Table", "1Table")
            main, first, second = (ole.openstream(name).read() if ole.exists(name) else b"" for name in names)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise UnreadableError("damaged", DAMAGED) from error
    if len(main) < _PAIRS + 8 * (_OVERRIDES + 1):
        raise UnreadableError("damaged", DAMAGED)
    return main, (first, second)


def _read_pieces(main: bytes, clx: bytes) -> Iterator[tuple[str, int]]:
    """Yield each character with the offset of its bytes in the main stream."""
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:  # formatting of pieces saved quickly
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        return
    size = struct.unpack_from("<I", clx, at + 1)[0]
    table = clx[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    for index in range(count):
        first, last = struct.unpack_from("<II", table, 4 * index)
        packed = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)[0]
        start = packed & 0x3FFFFFFF
        if packed & 0x40000000:
            yield from _bytes_of(main[start // 2 : start // 2 + last - first], start // 2)
        else:
            text = main[start : start + 2 * (last - first)].decode("utf-16-le", "surrogatepass")
            yield from _pairs_of(text, start)


def _pairs_of(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield characters of UTF-16; one that takes two units counts as two, since stories are counted so."""
    at = start
    for character in text:
        yield character, at
        at += 2
        if character > "\uffff":
            yield "", at
            at += 2


def _bytes_of(piece: bytes, start: int) -> Iterator[tuple[str, int]]:
    """Yield characters stored as bytes: Windows-1252, or GBK as old Chinese programs left it."""
    try:
        text = piece.decode("ascii" if piece.isascii() else "gbk")
    except UnicodeDecodeError:
        text = piece.decode("cp1252", "replace")
    wide = len(text) < len(piece)
    at = start
    for character in text:
        yield character, at
        at += 1
        if wide and not character.isascii():
            yield "", at
            at += 1


def _sort_stories(
    main: bytes, characters: Sequence[tuple[str, int]], runs: Runs, paragraphs: Runs, sheet: Sheet
) -> WordText:
    """Cut the characters into the stories by the counts that the head gives."""
    body, footnotes, margins, _, comments, endnotes, boxes = struct.unpack_from("<7i", main, _COUNTS)
    stories: list[list[Paragraph]] = []
    at, revised = 0, False
    for count in (body, footnotes, margins, comments, endnotes, boxes):
        kept = []
        for character, offset in characters[at : at + max(count, 0)]:
            _, said = runs.at(offset)
            revised = revised or is_set(said, DELETED)
            if not is_set(said, DELETED) and not is_set(said, HIDDEN):
                kept.append((character, offset))
        stories.append(list(_cut_paragraphs(kept, paragraphs, sheet)))
        at += max(count, 0)
    told, foot, margin, comment, end, box = stories
    return WordText(told, foot, margin, comment, end, box, sheet.lists, revised)


def _cut_paragraphs(characters: Sequence[tuple[str, int]], paragraphs: Runs, sheet: Sheet) -> Iterator[Paragraph]:
    """Cut a story at its paragraph and cell marks, field codes left out."""
    words: list[str] = []
    codes = 0  # open fields whose code, not result, is being read
    for character, offset in characters:
        if character in "\r\x07\x0c" and character:
            style, properties = paragraphs.at(offset)
            inside = character == "\x07" or is_set(properties, INSIDE)
            look = sheet.look(style, properties)
            yield Paragraph("".join(words), character, inside, is_set(properties, ROW_END), look)
            words, codes = [], 0
        elif character == "\x13":
            codes += 1
        elif character in "\x14\x15" and character:
            codes = max(0, codes - (character == "\x14" or codes > 0))
        elif not codes:
            words.append(_PLAIN.get(character, character))
    if words:
        yield Paragraph("".join(words))


# A line break, the two hyphens, and places of pictures, notes and comments.
_PLAIN = {"\x0b": "\n", "\x1e": "-", "\x1f": "", "\x01": "", "\x02": "", "\x05": "", "\x08": "", "\x0e": "\n"}
