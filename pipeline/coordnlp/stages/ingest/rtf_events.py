"""Take an RTF file apart: groups, control words, and text in any of the encodings that it mixes.

After the Rich Text Format Specification 1.9.1. Chinese stands there as escaped GBK bytes of the font's charset, as
Unicode with a fallback behind it, or, against the rules, as bare bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from coordnlp.stages.ingest.encodings import score_text

_TOKEN = re.compile(
    rb"(?P<brace>[{}])|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])|(?P<text>(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]|[^\\{}\r\n])++)|[\r\n]+|\\",
    re.S,
)
# Groups whose first word names what they hold; of those that begin with an asterisk, any word does.
_DESTINATIONS = frozenset(
    {
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "result", "listtext", "pntext", "pn"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote"),
        *("annotation", "shptxt", "shprslt", "sp", "nonshppict", "nonesttables", "fldinst", "fldrslt"),
        *("rtf", "xe", "tc", "upr", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "falt", "dptxbxtext"),
    }
)
_CHARSETS = {
    **{128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254", 163: "cp1258"},
    **{177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"},
}
_SYMBOLS = {"~": " ", "_": "-", "-": "", "\t": "\t", "{": "{", "}": "}", "\\": "\\"}
_LEAST_SCORE = 0.6  # of a text that reads as Chinese
_WIDE_CODEPAGES = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}


@dataclass(slots=True)
class Group:
    """What holds within a pair of braces; `destination` names what the text in it is for, `*` for unknown things."""

    destination: str = ""
    font: int = -1
    fallback: int = 1  # bytes behind a Unicode character that stand for it in old programs
    starred: bool = False
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """A piece of text, a control word with its number, or an end of a group, whose state `group` is."""

    kind: Literal["text", "word", "open", "close"]
    words: str
    group: Group
    number: int | None = None


@dataclass(slots=True)
class _Decoder:
    """Gathers the bytes and units of a stretch of text in one font."""

    codepage: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    default: int = -1
    waiting: bytearray = field(default_factory=bytearray)
    units: list[int] = field(default_factory=list)
    skip: int = 0

    def add_bytes(self, content: bytes) -> str:
        """Take bytes, those that only stand for a Unicode character aside; return units that end here as text."""
        left = content[self.skip :]
        self.skip = max(0, self.skip - len(content))
        ended = self._end_units() if left else ""
        self.waiting += left
        return ended

    def add_unit(self, unit: int, fallback: int, group: Group) -> str:
        """Take a UTF-16 unit; return the bytes before it as text."""
        ended = self._end_bytes(group)
        self.units.append(unit % 0x10000)
        self.skip = fallback
        return ended

    def flush(self, group: Group) -> str:
        """Return all that waits as text."""
        self.skip = 0
        return self._end_bytes(group) + self._end_units()

    def _end_units(self) -> str:
        data = b"".join(unit.to_bytes(2, "little") for unit in self.units)
        self.units.clear()
        return data.decode("utf-16-le", "replace")

    def _end_bytes(self, group: Group) -> str:
        content = bytes(self.waiting)
        self.waiting.clear()
        if content.isascii():
            return content.decode("ascii")
        font = self.fonts.get(group.font if group.font >= 0 else self.default, "")
        if not font and (text := _as_chinese(content)):
            return text
        for encoding in dict.fromkeys((font or self.codepage, self.codepage, "gb18030")):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        return content.decode(font or self.codepage, "replace")


def _as_chinese(content: bytes) -> str:
    """Return bytes as GBK where they read as Chinese, else '': programs that name no charset write it all the same."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return text if score_text(text) >= _LEAST_SCORE else ""


def list_events(content: bytes) -> Iterator[Event]:
    """Yield what an RTF file holds, in order; what the braces leave open is closed at the end."""
    decoder = _Decoder()
    groups = [Group()]
    at = 0
    while match := _TOKEN.match(content, at):
        at = match.end()
        group = groups[-1]
        if match["text"] is not None or match["hex"] is not None:
            group.fresh = False
            piece = bytes.fromhex(match["hex"].decode()) if match["hex"] is not None else match["text"]
            yield from _text(decoder.add_bytes(piece), group)
        elif match["word"] == b"u" and match["number"]:
            yield from _text(decoder.add_unit(int(match["number"]), group.fallback, group), group)
        elif match["word"] == b"bin":
            at += max(0, int(match["number"] or 0))
        elif match["brace"] or match["word"] or match["symbol"]:
            yield from _text(decoder.flush(group), group)
            yield from _read_mark(match, groups, decoder)
    yield from _text(decoder.flush(groups[-1]), groups[-1])
    while len(groups) > 1:
        yield Event("close", "", groups.pop())


def _text(words: str, group: Group) -> Iterator[Event]:
    if words:
        yield Event("text", words, group)


def _read_mark(match: re.Match[bytes], groups: list[Group], decoder: _Decoder) -> Iterator[Event]:
    """Read what is no text: a brace, a word or a symbol."""
    group = groups[-1]
    if match["brace"] == b"{":
        groups.append(replace(group, fresh=True, starred=False))
        yield Event("open", "", groups[-1])
    elif match["brace"] == b"}":
        if len(groups) > 1:
            yield Event("close", "", groups.pop())
    elif match["symbol"] == b"*":
        group.starred = True
    elif match["symbol"]:
        group.fresh = False
        symbol = match["symbol"].decode("latin-1")
        if symbol in "\r\n":
            yield Event("word", "par", group)
        else:
            yield from _text(_SYMBOLS.get(symbol, ""), group)
    else:
        word = match["word"].decode()
        number = int(match["number"]) if match["number"] else None
        _set_state(word, number, group, decoder)
        yield Event("word", word, group, number)


def _set_state(word: str, number: int | None, group: Group, decoder: _Decoder) -> None:
    if group.fresh and (group.starred or word in _DESTINATIONS):
        group.destination = word
    group.fresh = False
    match word:
        case "ansicpg" if number:
            decoder.codepage = _WIDE_CODEPAGES.get(number) or _known(f"cp{number}")
        case "deff":
            decoder.default = number or 0
        case "f":
            group.font = number or 0
        case "fcharset" if group.destination == "fonttbl" and number in _CHARSETS:
            decoder.fonts[group.font] = _CHARSETS[number]
        case "uc":
            group.fallback = number if number is not None else 1


def _known(encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return "cp1252"
    return encoding
