"""Styles and lists of an old Word file (.doc): which paragraphs are headings, and how the numbered ones are counted.

After [MS-DOC]: STSH (2.9.271), STD (2.9.258), PlfLst (2.9.168), LVL (2.9.149), PlfLfo (2.9.166).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from coordnlp.stages.ingest.doc_properties import LEVEL, LIST, OUTLINE, Properties, read_number, read_sprms
from coordnlp.stages.ingest.docx_styles import is_contents_style, is_heading_style
from coordnlp.stages.ingest.numbering import Level, NumberedList

_DEEPEST = 20  # styles based on each other; a ring of them would never end
_BODY_LEVEL = 9
_HEADINGS = range(1, 10)  # numbers of the styles 标题 1 to 标题 9, in a file without a style sheet
_PARAGRAPH = 1  # kind of a style
_LAST_LIST = 0x7FF  # what lies above is a number that was taken away
_SIMPLE, _LEGAL, _NO_RESTART, _STARTS, _FORMATS = 0x01, 0x04, 0x08, 0x10, 0x20
# Number formats by their number in the file; the names are those of ST_NumberFormat.
_NAMES = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital"},
    **{11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2"},
    **{17: "japaneseDigitalTenThousand", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 255: "none"},
    **{27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle"},
    **{30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional"},
    **{35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified"},
    39: "chineseCountingThousand",
}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    base: int
    properties: Properties


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is: `listed` is its list and level, None where it has no number."""

    heading: bool = False
    contents: bool = False
    listed: tuple[str, int] | None = None


PLAIN_LOOK = Look()
"""Of a paragraph of which nothing is said."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All styles and lists by their number in the file."""

    styles: Mapping[int, _Style] = field(default_factory=dict)
    lists: Mapping[str, NumberedList] = field(default_factory=dict)

    def look(self, style: int, own: Properties) -> Look:
        """Return what a paragraph of a style is, its own properties applied."""
        chain = list(self._chain(style))
        told = [own, *(one.properties for one in chain)]
        outline, number, level = (
            next((value for properties in told if (value := read_number(properties, code)) is not None), None)
            for code in (OUTLINE, LIST, LEVEL)
        )
        if outline is not None:
            heading = outline < _BODY_LEVEL
        else:
            heading = any(is_heading_style(one.name) for one in chain) or (not self.styles and style in _HEADINGS)
        listed = (str(number), level or 0) if number and number <= _LAST_LIST else None
        return Look(heading, bool(chain) and is_contents_style(chain[0].name), listed)

    def _chain(self, style: int) -> Iterator[_Style]:
        for _ in range(_DEEPEST):
            if style not in self.styles:
                return
            yield self.styles[style]
            style = self.styles[style].base


def read_sheet(styles: bytes, lists: bytes, overrides: bytes) -> Sheet:
    """Return styles and lists; what is missing or broken gives empty ones.

    Args:
        lists: From where the lists begin to the end of the stream: their levels lie behind them.
        overrides: As the paragraphs name the lists.
    """
    try:
        return Sheet(dict(_read_styles(styles)), dict(_read_lists(lists, overrides)))
    except (struct.error, IndexError):
        return Sheet()


def _read_styles(data: bytes) -> Iterator[tuple[int, _Style]]:
    if len(data) < 6:
        return
    head, count, fixed = struct.unpack_from("<HHH", data)
    at = 2 + head
    for number in range(count):
        size = struct.unpack_from("<H", data, at)[0]
        if size:
            yield number, _read_style(data[at + 2 : at + 2 + size], fixed)
        at += 2 + size + size % 2


def _read_style(data: bytes, fixed: int) -> _Style:
    kind = struct.unpack_from("<H", data, 2)[0]
    length = struct.unpack_from("<H", data, fixed)[0]
    at = fixed + 2 + 2 * length
    name = data[fixed + 2 : at].decode("utf-16-le", "replace")
    at += 2
    at += at % 2
    said = data[at + 4 : at + 2 + struct.unpack_from("<H", data, at)[0]] if kind & 0xF == _PARAGRAPH else b""
    return _Style(name, kind >> 4, read_sprms(said))


def _read_lists(data: bytes, overrides: bytes) -> Iterator[tuple[str, NumberedList]]:
    """Yield the lists by the number that paragraphs name."""
    if len(data) < 2 or len(overrides) < 4:
        return
    count = struct.unpack_from("<H", data)[0]
    at = 2 + 28 * count
    levels: dict[int, dict[int, Level]] = {}
    for index in range(count):
        name, flags = struct.unpack_from("<i22xB", data, 2 + 28 * index)
        levels[name] = {}
        for level in range(1 if flags & _SIMPLE else 9):
            levels[name][level], at = _read_level(data, at)
    total = struct.unpack_from("<I", overrides)[0]
    at = 4 + 16 * total
    for index in range(total):
        name, changed = struct.unpack_from("<i8xB", overrides, 4 + 16 * index)
        own, restarts, at = _read_changes(overrides, at, changed)
        yield str(index + 1), NumberedList(str(name), {**levels.get(name, {}), **own}, restarts)


def _read_level(data: bytes, at: int) -> tuple[Level, int]:
    """Return a level, and where the next begins; places of numbers are characters below nine."""
    start, format_, flags = struct.unpack_from("<iBB", data, at)
    letters, words, limit = data[at + 24], data[at + 25], data[at + 26]
    at += 28 + letters + words
    length = struct.unpack_from("<H", data, at)[0]
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    label = "".join(f"%{ord(sign) + 1}" if ord(sign) < 9 else sign for sign in text)
    restart = limit if flags & _NO_RESTART else None
    level = Level(start, _NAMES.get(format_, "decimal"), label, bool(flags & _LEGAL), restart)
    return level, at + 2 + 2 * length


def _read_changes(data: bytes, at: int, count: int) -> tuple[dict[int, Level], dict[int, int], int]:
    """Return the levels and first numbers that a list has of its own, and where the next list's begin."""
    levels, restarts = dict[int, Level](), dict[int, int]()
    at += 4 if count else 0
    for _ in range(count):
        start, flags = struct.unpack_from("<iI", data, at)
        at += 8
        if flags & _FORMATS:
            levels[flags & 0xF], at = _read_level(data, at)
        elif flags & _STARTS:
            restarts[flags & 0xF] = start
    return levels, restarts, at
