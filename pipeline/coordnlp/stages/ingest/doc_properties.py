"""Properties of characters and paragraphs in an old Word file (.doc): what is said of each stretch of its text.

After [MS-DOC]: PlcBteChpx and PlcBtePapx (2.8.5, 2.8.6), ChpxFkp and PapxFkp (2.9.33, 2.9.175), Sprm (2.2.5.1).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

INSIDE, ROW_END, OUTLINE, DELETED, HIDDEN, LIST, LEVEL = 0x2416, 0x2417, 0x2640, 0x0800, 0x083C, 0x460B, 0x260A
"""Numbers of properties: in a table, end of a row, level of a heading, deleted, hidden; a list, and the level in it."""
_PAGE = 512  # bytes of a page of properties
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_WIDE_TABLE = 0xD608

Properties = Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Runs:
    """Properties of stretches of the main stream, by the byte at which each begins."""

    starts: list[int]
    ends: list[int]
    properties: list[tuple[int, Properties]]

    def at(self, offset: int) -> tuple[int, Properties]:
        """Return (style, properties) of the byte at an offset."""
        index = bisect_right(self.starts, offset) - 1
        return self.properties[index] if index >= 0 and offset < self.ends[index] else (0, {})


def is_set(properties: Properties, code: int) -> bool:
    """Tell whether a property that is true or false is true."""
    return properties.get(code, b"\0")[:1] == b"\1"


def read_number(properties: Properties, code: int) -> int | None:
    """Return a property that is a number, None where nothing is said of it."""
    value = properties.get(code)
    return int.from_bytes(value, "little") if value else None


def read_runs(main: bytes, table: bytes, *, entry: int) -> Runs:
    """Read the pages of properties that a table names, of characters (`entry` 1) or of paragraphs (13)."""
    found: dict[int, tuple[int, int, Properties]] = {}
    count = (len(table) - 4) // 8
    for index in range(max(count, 0)):
        number = struct.unpack_from("<I", table, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            found.update(_read_page(page, entry))
    starts = sorted(found)
    return Runs(starts, [found[start][0] for start in starts], [found[start][1:] for start in starts])


def _read_page(page: bytes, entry: int) -> Iterator[tuple[int, tuple[int, int, Properties]]]:
    """Yield (first byte, (byte behind the last, style, properties)) of the runs that a page tells of."""
    count = page[-1]
    if 4 * (count + 1) + entry * count >= _PAGE:
        return
    for index in range(count):
        first, last = struct.unpack_from("<II", page, 4 * index)
        at = 2 * page[4 * (count + 1) + entry * index]
        if entry == 1:
            yield first, (last, 0, read_sprms(page[at + 1 : at + 1 + page[at]]) if at else {})
            continue
        size = 2 * page[at] - 1
        if page[at] == 0:
            at += 1
            size = 2 * page[at]
        data = page[at + 1 : at + 1 + size]
        style = struct.unpack_from("<H", data)[0] if len(data) >= 2 and at > 1 else 0
        yield first, (last, style, read_sprms(data[2:]))


def read_sprms(data: bytes) -> Properties:
    """Return the properties in a list of them; the last of a number holds."""
    found, at = dict[int, bytes](), 0
    while at + 2 <= len(data):
        code = struct.unpack_from("<H", data, at)[0]
        at += 2
        size = _SIZES[code >> 13]
        if code == _WIDE_TABLE and at + 2 <= len(data):
            size = struct.unpack_from("<H", data, at)[0] + 1
        elif not size and at < len(data):
            size = data[at] + 1
        found[code] = data[at : at + size]
        at += max(size, 1)
    return found
