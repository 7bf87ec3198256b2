"""The text of an old Word file (.doc, .wps): the pieces it is stored in, and what is said of its paragraphs.

After [MS-DOC], Word (.doc) Binary File Format: FibBase (2.5.2), Clx (2.9.38), PlcBtePapx (2.8.6), Sprm (2.2.5.1).
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from coordnlp.stages.ingest.readings import LOCKED, UnreadableError

DAMAGED = "文件不完整，打不开，请用 Word 或 WPS 修复后另存为 .docx，或重新取得原件。"
_WORD_97 = 0xC1  # nFib of the first version whose layout this is
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS = 0x4C  # characters of the stories, in their order
_PAIRS = 0x9A  # (offset, size) of what lies in the table stream
_CHARACTERS, _PARAGRAPHS, _PIECES = 12, 13, 33  # places among the pairs
_PAGE = 512  # bytes of a page of properties
_HEADINGS = range(1, 10)  # numbers of the styles 标题 1 to 标题 9
_SPRM_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_INSIDE, _ROW_END, _OUTLINE, _DELETED, _HIDDEN, _WIDE_TABLE = 0x2416, 0x2417, 0x2640, 0x0800, 0x083C, 0xD608
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""Words with the mark that ends them: `end` is a carriage return, `\x07` for a cell.

    `inside` tells that it stands in a table, `row` that it holds no words but ends a row.
    """

    words: str
    end: str = "\r"
    inside: bool = False
    row: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class WordText:
    """The stories of a file: body, footnotes, page heads and feet, comments, endnotes, text boxes."""

    body: list[Paragraph] = field(default_factory=list)
    footnotes: list[Paragraph] = field(default_factory=list)
    margins: list[Paragraph] = field(default_factory=list)
    comments: list[Paragraph] = field(default_factory=list)
    endnotes: list[Paragraph] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    revised: bool = False


@dataclass(frozen=True, slots=True)
class _Runs:
    """Properties of stretches of the main stream, by the byte at which each begins."""

    starts: list[int]
    ends: list[int]
    properties: list[tuple[int, dict[int, bytes]]]

    def at(self, offset: int) -> tuple[int, dict[int, bytes]]:
        """Return (style, properties) of the byte at an offset."""
        index = bisect_right(self.starts, offset) - 1
        return self.properties[index] if index >= 0 and offset < self.ends[index] else (0, {})


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
    pairs = {at: struct.unpack_from("<II", main, _PAIRS + 8 * at) for at in (_CHARACTERS, _PARAGRAPHS, _PIECES)}
    parts = {at: table[start : start + size] for at, (start, size) in pairs.items()}
    characters = list(_read_pieces(main, parts[_PIECES]))
    if not characters:
        raise UnreadableError("damaged", DAMAGED)
    runs = _read_runs(main, parts[_CHARACTERS], entry=1)
    paragraphs = _read_runs(main, parts[_PARAGRAPHS], entry=13)
    return _sort_stories(main, characters, runs, paragraphs)


def _open_streams(content: bytes) -> tuple[bytes, tuple[bytes, bytes]]:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = ("WordDocument", "0Table", "1Table")
            main, first, second = (ole.openstream(name).read() if ole.exists(name) else b"" for name in names)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise UnreadableError("damaged", DAMAGED) from error
    if len(main) < _PAIRS + 8 * (_PIECES + 1):
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


def _read_runs(main: bytes, table: bytes, *, entry: int) -> _Runs:
    """Read the pages of properties that a table names, of characters (`entry` 1) or of paragraphs (13)."""
    found: dict[int, tuple[int, int, dict[int, bytes]]] = {}
    count = (len(table) - 4) // 8
    for index in range(max(count, 0)):
        number = struct.unpack_from("<I", table, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            found.update(_read_page(page, entry))
    starts = sorted(found)
    return _Runs(starts, [found[start][0] for start in starts], [found[start][1:] for start in starts])


def _read_page(page: bytes, entry: int) -> Iterator[tuple[int, tuple[int, int, dict[int, bytes]]]]:
    """Yield (first byte, (byte behind the last, style, properties)) of the runs that a page tells of."""
    count = page[-1]
    if 4 * (count + 1) + entry * count >= _PAGE:
        return
    for index in range(count):
        first, last = struct.unpack_from("<II", page, 4 * index)
        at = 2 * page[4 * (count + 1) + entry * index]
        if entry == 1:
            yield first, (last, 0, _read_sprms(page[at + 1 : at + 1 + page[at]]) if at else {})
            continue
        size = 2 * page[at] - 1
        if page[at] == 0:
            at += 1
            size = 2 * page[at]
        data = page[at + 1 : at + 1 + size]
        style = struct.unpack_from("<H", data)[0] if len(data) >= 2 and at > 1 else 0
        yield first, (last, style, _read_sprms(data[2:]))


def _read_sprms(data: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at + 2 <= len(data):
        code = struct.unpack_from("<H", data, at)[0]
        at += 2
        size = _SPRM_SIZES[code >> 13]
        if code == _WIDE_TABLE and at + 2 <= len(data):
            size = struct.unpack_from("<H", data, at)[0] + 1
        elif not size and at < len(data):
            size = data[at] + 1
        found[code] = data[at : at + size]
        at += max(size, 1)
    return found


def _sort_stories(main: bytes, characters: list[tuple[str, int]], runs: _Runs, paragraphs: _Runs) -> WordText:
    """Cut the characters into the stories by the counts that the head gives."""
    body, footnotes, margins, _, comments, endnotes, boxes, _ = struct.unpack_from("<8i", main, _COUNTS)
    stories, at, revised = [], 0, False
    for count in (body, footnotes, margins, comments, endnotes, boxes):
        story = characters[at : at + max(count, 0)]
        kept = [(character, offset) for character, offset in story if not _is_left_out(runs.at(offset)[1])]
        revised = revised or any(_is_set(runs.at(offset)[1], _DELETED) for _, offset in story)
        stories.append(list(_cut_paragraphs(kept, paragraphs)))
        at += max(count, 0)
    body_told, foot, margin, comment, end, box = stories
    return WordText(body_told, foot, margin, comment, end, box, revised)


def _is_left_out(properties: dict[int, bytes]) -> bool:
    return _is_set(properties, _DELETED) or _is_set(properties, _HIDDEN)


def _is_set(properties: dict[int, bytes], code: int) -> bool:
    return properties.get(code, b"\0")[:1] == b"\1"


def _cut_paragraphs(characters: list[tuple[str, int]], paragraphs: _Runs) -> Iterator[Paragraph]:
    """Cut a story at its paragraph and cell marks, field codes left out."""
    words: list[str] = []
    codes = 0  # open fields whose code, not result, is being read
    for character, offset in characters:
        if character in "\r\x07\x0c" and character:
            style, properties = paragraphs.at(offset)
            level = properties.get(_OUTLINE, b"\x09")[0]
            heading = level < _BODY_LEVEL if _OUTLINE in properties else style in _HEADINGS
            inside = character == "\x07" or _is_set(properties, _INSIDE)
            yield Paragraph("".join(words), character, inside, _is_set(properties, _ROW_END), heading)
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
