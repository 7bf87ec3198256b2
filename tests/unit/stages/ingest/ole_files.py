"""Compound files of Microsoft Office, and the old Word files and Outlook messages in them, built byte by byte."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_EPOCH_SECONDS = 11644473600  # from 1601 to 1970


@dataclass
class _Entry:
    name: str
    content: bytes | None = None
    children: dict[str, _Entry] = field(default_factory=dict)
    number: int = 0
    child: int = _NONE
    right: int = _NONE
    start: int = 0


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with streams by path, `/` between storages."""
    root = _Entry("Root Entry")
    for path, content in streams.items():
        *folders, name = path.split("/")
        place = root
        for folder in folders:
            place = place.children.setdefault(folder, _Entry(folder))
        place.children[name] = _Entry(name, content)
    entries = [root]
    for entry in entries:
        kids = sorted(entry.children.values(), key=lambda one: (len(one.name), one.name.upper()))
        for kid in kids:
            kid.number = len(entries)
            entries.append(kid)
        for before, after in itertools.pairwise(kids):
            before.right = after.number
        entry.child = kids[0].number if kids else _NONE
    return _write(entries)


def _write(entries: Sequence[_Entry]) -> bytes:
    mini, mini_fat, sectors, fat = b"", list[int](), list[bytes](), list[int]()

    def chain(content: bytes) -> int:
        if not content:
            return _END
        start = len(sectors)
        count = -(-len(content) // _SECTOR)
        padded = content.ljust(count * _SECTOR, b"\0")
        sectors.extend(padded[at * _SECTOR : (at + 1) * _SECTOR] for at in range(count))
        fat.extend([*range(start + 1, start + count), _END])
        return start

    for entry in entries[1:]:
        if entry.content is None:
            continue
        if len(entry.content) >= _CUTOFF:
            entry.start = chain(entry.content)
            continue
        count = -(-len(entry.content) // _MINI)
        entry.start = len(mini_fat) if count else _END
        mini_fat += [*range(entry.start + 1, entry.start + count), _END] if count else []
        mini += entry.content.ljust(count * _MINI, b"\0")
    root_start = chain(mini)
    mini_fat_data = b"".join(struct.pack("<I", one) for one in mini_fat)
    mini_fat_start = chain(mini_fat_data.ljust(-(-len(mini_fat_data) // _SECTOR) * _SECTOR, b"\xff"))
    mini_fat_count = -(-len(mini_fat_data) // _SECTOR)
    directory = b"".join(_pack(entry, root_start, len(mini)) for entry in entries)
    directory += _blank() * (-len(entries) % 4)
    directory_start = chain(directory)
    fat_count = 1
    while (len(fat) + fat_count) * 4 > fat_count * _SECTOR:
        fat_count += 1
    fat_start = len(sectors)
    fat += [_FAT] * fat_count
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(fat_count * _SECTOR, b"\xff")
    counts = (0, fat_count, directory_start, 0, _CUTOFF, mini_fat_start, mini_fat_count, _END, 0)
    head = struct.pack("<8s16xHHHHH6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, *counts)
    places = [fat_start + at for at in range(fat_count)] + [_FREE] * (109 - fat_count)
    return head + struct.pack("<109I", *places) + b"".join(sectors) + table


def _pack(entry: _Entry, root_start: int, mini_size: int) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    is_root = entry.name == "Root Entry"
    kind = 5 if is_root else 1 if entry.content is None else 2
    start = root_start if is_root else entry.start
    size = mini_size if is_root else len(entry.content or b"")
    head = struct.pack("<64sHBBIII", name, len(name), kind, 1, _NONE, entry.right, entry.child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def _blank() -> bytes:
    return struct.pack("<64sHBBIII", b"", 0, 0, 0, _NONE, _NONE, _NONE) + bytes(48)


# --- Word 97 -------------------------------------------------------------------------------------

_TEXT_AT = 0x800
IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x16\x24\x01\x17\x24\x01"
DELETED, HIDDEN = b"\x00\x08\x01", b"\x3c\x08\x01"


def old_word_file(
    *paragraphs: tuple[str, int, bytes],
    looks: Sequence[tuple[int, int, bytes]] = (),
    footnotes: str = "",
    flags: int = 0,
    version: int = 0xC1,
    encoding: str = "utf-16-le",
    name: str = "WordDocument",
    parts: Mapping[int, tuple[bytes, bytes]] | None = None,
) -> bytes:
    """Return a .doc.

    Args:
        paragraphs: Words with the mark at their end, number of the style, and properties as bytes.
        looks: First and last character, and properties of stretches.
        footnotes: A story behind the body.
        flags: Of the head, such as 0x0100 for a password.
        encoding: `utf-16-le`, or one of bytes.
        parts: Of the table stream by their place in the head: what is counted, and what lies behind it.
    """
    text = "".join(words for words, _, _ in paragraphs)
    width = 2 if encoding == "utf-16-le" else 1
    data = (text + footnotes).encode(encoding)
    count = len(data) // width
    main = bytearray(_TEXT_AT) + data
    main += bytes(-len(main) % 512)

    def offset(characters: int) -> int:
        return _TEXT_AT + len((text + footnotes)[:characters].encode(encoding))

    runs, at = [], 0
    for words, style, properties in paragraphs:
        runs.append((offset(at), offset(at + len(words)), struct.pack("<H", style) + properties))
        at += len(words)
    table = bytearray()
    pairs = {12: _add_pages(main, table, [(offset(a), offset(b), c) for a, b, c in looks], 1)}
    pairs[13] = _add_pages(main, table, runs, 13)
    packed = _TEXT_AT if width == 2 else 0x40000000 | _TEXT_AT * 2
    pieces = struct.pack("<II", 0, count) + struct.pack("<HIH", 0, packed, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    pairs[33] = (len(table), len(clx))
    table += clx
    for place, (counted, behind) in (parts or {}).items():
        pairs[place] = (len(table), len(counted))
        table += counted + behind
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, 0x0200 | flags)
    struct.pack_into("<H", main, 0x20, 14)
    struct.pack_into("<H", main, 0x3E, 22)
    struct.pack_into("<H", main, 0x98, 0x5D)
    body = len(text.encode(encoding)) // width
    struct.pack_into("<2i", main, 0x4C, body, count - body)
    for place, pair in pairs.items():
        struct.pack_into("<II", main, 0x9A + 8 * place, *pair)
    return ole_file({name: bytes(main).ljust(4096, b"\0"), "1Table": bytes(table)})


def number_parts(*levels: tuple[int, str], restart: int = 0) -> dict[int, tuple[bytes, bytes]]:
    """Return the parts of a file with one list, as `old_word_file` takes them.

    Args:
        levels: Number of the format, and label with characters below nine for the numbers.
        restart: Number that the first level begins with, 0 for the usual one.
    """
    behind = b""
    for format_, label in levels + ((0, "\0."),) * (9 - len(levels)):
        head = struct.pack("<iBB9sBii4B", 1, format_, 0, b"", 0, 0, 0, 0, 0, 0, 0)
        behind += head + struct.pack("<H", len(label)) + label.encode("utf-16-le")
    lists = struct.pack("<Hi24x", 1, 7)
    overrides = struct.pack("<IiiiBBBB", 1, 7, 0, 0, int(restart > 0), 0, 0, 0)
    overrides += struct.pack("<IiI", 0, restart, 0x10) if restart else b""
    return {73: (lists, behind), 74: (overrides, b"")}


def style_part(*styles: tuple[str, int, bytes]) -> dict[int, tuple[bytes, bytes]]:
    """Return the part of a file with paragraph styles: name, number of the base, properties."""
    data = struct.pack("<HHH", 4, len(styles), 10)
    for name, base, properties in styles:
        words = struct.pack("<H", len(name)) + (name + "\0").encode("utf-16-le")
        said = struct.pack("<HH", len(properties) + 2, 0) + properties
        style = struct.pack("<HHHHH", 0, base << 4 | 1, 1, 0, 0) + words + said
        data += struct.pack("<H", len(style)) + style + b"\0" * (len(style) % 2)
    return {1: (data, b"")}


def _add_pages(
    main: bytearray, table: bytearray, runs: Sequence[tuple[int, int, bytes]], entry: int
) -> tuple[int, int]:
    """Append pages of properties to the main stream, and their directory to the table; return its place."""
    pages = [runs[at : at + 8] for at in range(0, len(runs), 8)]
    numbers = []
    for page in pages:
        numbers.append(len(main) // 512)
        main += _page(page, entry)
    starts = [page[0][0] for page in pages] + [runs[-1][1] if runs else 0]
    directory = struct.pack(f"<{len(starts)}I", *starts) + struct.pack(f"<{len(numbers)}I", *numbers)
    at = len(table)
    table += directory
    return at, len(directory)


def _page(runs: Sequence[tuple[int, int, bytes]], entry: int) -> bytes:
    page = bytearray(512)
    starts = [start for start, _, _ in runs] + [runs[-1][1]]
    struct.pack_into(f"<{len(starts)}I", page, 0, *starts)
    at = 510
    for index, (_, _, properties) in enumerate(runs):
        if entry == 1:
            data = bytes([len(properties)]) + properties
        else:
            odd = len(properties) % 2
            data = (
                bytes([(len(properties) + 1) // 2]) + properties
                if odd
                else bytes([0, len(properties) // 2]) + properties
            )
        at = (at - len(data)) // 2 * 2
        page[at : at + len(data)] = data
        page[4 * len(starts) + entry * index] = at // 2
    page[511] = len(runs)
    return bytes(page)


# --- Outlook -------------------------------------------------------------------------------------

Value = str | bytes | int | float
"""Words, bytes, a whole number, or seconds since 1970."""


def message_streams(
    properties: Mapping[int, Value],
    *,
    recipients: Sequence[Mapping[int, Value]] = (),
    attachments: Sequence[Mapping[int, Value] | tuple[Mapping[int, Value], Mapping[str, bytes]]] = (),
    narrow: str = "",
    top: bool = True,
) -> dict[str, bytes]:
    """Return the streams of a message; an attachment may be (properties, streams of a message inside it).

    Args:
        narrow: The encoding of words, '' for Unicode.
        top: False for a message inside another.
    """
    streams = _property_streams(properties, 32 if top else 24, narrow)
    for number, recipient in enumerate(recipients):
        own = _property_streams(recipient, 8, narrow)
        streams |= {f"__recip_version1.0_#{number:08X}/{name}": data for name, data in own.items()}
    for number, attachment in enumerate(attachments):
        plain, inner = attachment if isinstance(attachment, tuple) else (attachment, {})
        own = _property_streams(plain, 8, narrow)
        own |= {f"__substg1.0_3701000D/{name}": data for name, data in inner.items()}
        streams |= {f"__attach_version1.0_#{number:08X}/{name}": data for name, data in own.items()}
    return streams


def message_file(properties: Mapping[int, Value], **more: object) -> bytes:
    """Return an Outlook message (.msg)."""
    return ole_file(message_streams(properties, **more))


def _property_streams(properties: Mapping[int, Value], header: int, narrow: str) -> dict[str, bytes]:
    table, streams = bytes(header), {}
    for number, value in properties.items():
        match value:
            case str():
                kind, data = (0x1E, value.encode(narrow)) if narrow else (0x1F, value.encode("utf-16-le"))
            case bytes():
                kind, data = 0x0102, value
            case float():
                kind, data = 0x40, struct.pack("<Q", int((value + _EPOCH_SECONDS) * 10_000_000))
            case _:
                kind, data = 0x03, struct.pack("<ii", value, 0)
        fixed = data if kind in {0x40, 0x03} else struct.pack("<II", len(data), 0)
        table += struct.pack("<HHI", kind, number, 6) + fixed
        if kind not in {0x40, 0x03}:
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
    return {"__properties_version1.0": table, **streams}
