"""Names of the files in a .zip, in the encodings that zip programs leave them in."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from coordnlp.stages.ingest.encodings import decode_text, score_text
from coordnlp.stages.ingest.readings import UnreadableError

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # extra field with the name in UTF-8 (APPNOTE.TXT 4.6.9), as Info-ZIP and WinRAR write it


def read_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the name of each file, decoded, in the order given.

    Windows packs names in GBK or Big5 without saying so, some programs in UTF-8 without saying so; all names of an
    archive tell the encoding together, since one is too short for that.
    """
    raw = [b"" if info.flag_bits & _UTF8_FLAG else info.orig_filename.encode("cp437", "replace") for info in infos]
    encoding = _find_encoding([name for name in raw if not name.isascii()])
    names = [
        (_unicode_path(info.extra, name) or _decode(name, encoding)) if name else info.orig_filename
        for info, name in zip(infos, raw, strict=True)
    ]
    return [name.partition("\0")[0] for name in names]


def _find_encoding(names: Sequence[bytes]) -> str:
    try:
        encoding = decode_text(b"\n".join(names))[1]
    except UnreadableError:
        return "gb18030"
    return encoding if encoding in {"utf-8", "gb18030", "big5hkscs"} else "gb18030"


def _decode(name: bytes, encoding: str) -> str:
    """Decode a name by the encoding of the archive, or as UTF-8 where it reads better: archives are added to."""
    texts = []
    for candidate in dict.fromkeys((encoding, "utf-8", "gb18030")):
        try:
            texts.append(name.decode(candidate))
        except UnicodeDecodeError:
            continue
    return max(texts, key=score_text) if texts else name.decode(encoding, "replace")


def _unicode_path(extra: bytes, name: bytes) -> str:
    """Return the name that the extra field gives for this one, '' if there is none."""
    for kind, field in _fields(extra):
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<L", field, 1)[0] == zlib.crc32(name):
            return field[5:].decode("utf-8", "replace")
    return ""


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        yield kind, extra[at + 4 : at + 4 + size]
        at += 4 + size
