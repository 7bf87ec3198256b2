"""The body of an Outlook message where it is stored as compressed RTF only, which may carry HTML.

After [MS-OXRTFCP], Rich Text Format Compression, and [MS-OXRTFEX], Rich Text Format Extensions.
"""

from __future__ import annotations

import struct

from coordnlp.stages.ingest.rtf_events import Event, list_events

_WINDOW = 4096
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
# What the window holds at first: words that begin most RTF files.
_PRELOAD = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_LARGEST = 100 * 1024 * 1024  # bytes; the head of the stream tells the length, and may lie
_BREAKS = {"par": "\n", "line": "\n", "tab": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_BREAKS |= {"bullet": "•", "endash": "–", "emdash": "—"}
_SHOWN = frozenset({"", "rtf", "htmltag"})


def unpack_rtf(content: bytes) -> bytes:
    """Return the RTF in a property, b'' for what is none."""
    if len(content) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<II4sI", content)
    if kind == _PLAIN:
        return content[16 : 16 + size]
    return _unpack(content[16:], min(size, _LARGEST)) if kind == _COMPRESSED else b""


def _unpack(data: bytes, size: int) -> bytes:
    window = bytearray(_PRELOAD.ljust(_WINDOW, b"\0"))
    write, at = len(_PRELOAD), 0
    out = bytearray()
    while at < len(data) and len(out) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                piece = data[at : at + 1]
                at += 1
            else:
                if at + 2 > len(data):
                    return bytes(out)
                token = data[at] << 8 | data[at + 1]
                at += 2
                start, length = token >> 4, (token & 0xF) + 2
                if start == write:  # a reference to what comes next ends the text
                    return bytes(out[:size])
                piece = _copy(window, start, length, write)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            out += piece
    return bytes(out[:size])


def _copy(window: bytearray, start: int, length: int, write: int) -> bytes:
    """Return what a reference stands for; one may reach into what it is itself writing."""
    piece = bytearray()
    for index in range(length):
        place = (start + index) % _WINDOW
        ahead = (place - write) % _WINDOW
        piece.append(piece[ahead] if ahead < index else window[place])
    return bytes(piece)


def find_html(rtf: bytes) -> str:
    """Return the HTML that an RTF was made of by Outlook, '' where it was made of none."""
    if b"\\fromhtml1" not in rtf[:2000]:
        return ""
    parts: list[str] = []
    hidden = [False]  # \htmlrtf, by group: what stands there for readers of RTF only
    for event in list_events(rtf):
        match event.kind:
            case "open":
                hidden.append(hidden[-1])
            case "close":
                hidden.pop()
            case _:
                parts.append(_words_of(event, hidden))
    return "".join(parts)


def _words_of(event: Event, hidden: list[bool]) -> str:
    if event.kind == "word" and event.words == "htmlrtf":
        hidden[-1] = event.number != 0
    if hidden[-1] or event.group.destination not in _SHOWN:
        return ""
    return event.words if event.kind == "text" else _BREAKS.get(event.words, "")
