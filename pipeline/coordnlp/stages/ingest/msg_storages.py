"""The properties of an Outlook message (.msg): fixed ones in a table, longer ones in a stream each.

After [MS-OXMSG], Outlook Item (.msg) File Format; numbers of properties after [MS-OXPROPS].
"""

from __future__ import annotations

import datetime
import struct
from dataclasses import dataclass
from typing import Any

from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.encodings import decode_text
from coordnlp.stages.ingest.mail_headers import CHINA
from coordnlp.stages.ingest.readings import UnreadableError

TOP, NESTED, PART = 32, 24, 8
"""Bytes before the table of properties: of the file's own message, of one inside it, of a recipient or attachment."""
_CODEPAGES = (0x3FFD, 0x3FDE)  # of the message, and of its body on the internet
_UTF_8 = 65001
_TABLE = "__properties_version1.0"
_STREAM = 2  # olefile's number for a stream
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Storage:
    """A message, recipient or attachment in the file; `header` is what stands before its table of properties."""

    ole: Any
    path: tuple[str, ...]
    header: int

    def text(self, number: int) -> str:
        """Return a property of words, '' if it is not there."""
        wide = self.stream(number, 0x001F)
        if wide:
            return clean_text(wide.decode("utf-16-le", "replace")).strip("\n")
        narrow = self.stream(number, 0x001E)
        return clean_text(self.decode(narrow)).strip("\n") if narrow else ""

    def decode(self, content: bytes) -> str:
        """Decode bytes in the code page that the message names, as far as that fits."""
        label = self.codepage()
        try:
            return decode_text(content, label)[0]
        except UnreadableError:
            return content.decode(label or "latin-1", "replace")

    def codepage(self) -> str:
        """Return the name of the encoding of the message, '' if it names none."""
        page = next((page for number in reversed(_CODEPAGES) if (page := self.number(number))), 0)
        return "utf-8" if page == _UTF_8 else f"cp{page}" if page else ""

    def stream(self, number: int, kind: int) -> bytes:
        """Return the bytes of a property with a stream of its own, b'' if there is none."""
        name = [*self.path, f"__substg1.0_{number:04X}{kind:04X}"]
        if self.ole.get_type(name) != _STREAM:
            return b""
        return bytes(self.ole.openstream(name).read())

    def number(self, number: int) -> int | None:
        """Return a property that is a whole number or a truth value."""
        for kind in (0x0003, 0x000B):
            value = self._fixed(number, kind)
            if value is not None:
                return int(struct.unpack("<i", value[:4])[0]) if kind == 0x0003 else int(value[0] != 0)
        return None

    def time(self, number: int) -> str:
        """Return a moment as ISO in Chinese time, '' if it is not there."""
        value = self._fixed(number, 0x0040)
        ticks = struct.unpack("<Q", value)[0] if value else 0
        if not ticks:
            return ""
        try:
            moment = _EPOCH + datetime.timedelta(seconds=ticks // 10_000_000)
        except OverflowError:
            return ""
        return moment.astimezone(CHINA).isoformat()

    def parts(self, prefix: str) -> list[Storage]:
        """Return the recipients or attachments, in the order of their numbers."""
        depth = len(self.path)
        names = {
            path[depth]
            for path in self.ole.listdir()
            if len(path) > depth + 1 and tuple(path[:depth]) == self.path and path[depth].startswith(prefix)
        }
        return [Storage(self.ole, (*self.path, name), PART) for name in sorted(names)]

    def message(self, number: int) -> Storage | None:
        """Return a message that is a property of this storage, None if it is none."""
        path = (*self.path, f"__substg1.0_{number:04X}000D")
        whole = self.ole.get_type([*path, _TABLE]) == _STREAM
        return Storage(self.ole, path, NESTED) if whole else None

    def all_bytes(self) -> bytes:
        """Return all that is in the storage, in a fixed order."""
        depth = len(self.path)
        paths = sorted(path for path in self.ole.listdir() if tuple(path[:depth]) == self.path)
        return b"".join(self.ole.openstream(path).read() for path in paths)

    def _fixed(self, number: int, kind: int) -> bytes | None:
        name = [*self.path, _TABLE]
        if self.ole.get_type(name) != _STREAM:
            return None
        table = self.ole.openstream(name).read()
        tag = struct.pack("<HH", kind, number)
        for at in range(self.header, len(table) - 15, 16):
            if table[at : at + 4] == tag:
                return bytes(table[at + 8 : at + 16])
        return None
