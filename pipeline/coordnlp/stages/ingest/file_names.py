"""What the name of a file tells: suffix, 发文字号 and date."""

from __future__ import annotations

import datetime
import os
import re
import unicodedata
from pathlib import PurePath

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$|\.7z$", re.I)
_DRIVE = re.compile(r"^[A-Za-z]:")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_NUMBER = re.compile(
    r"(?P<organ>[一-鿿]{1,12})\s*[〔\[［(（【〈]\s*(?P<year>(?:19|20)\d{2})\s*年?\s*[〕\]］)）】〉]\s*"
    r"第?\s*(?P<serial>\d{1,5})\s*号"
)
_SHORT_NUMBER = re.compile(
    r"(?P<organ>[一-鿿]{1,8}(?:函|发|办|字|复|请|报|纪|令|通|批|呈|督|议))\s*第?\s*(?P<serial>\d{1,5})\s*号"
)
# Words that lead up to a number in a name such as 关于樟委函〔2024〕2号的复函.
_LEAD = re.compile(r"^(?:关于|对于|对|答复|回复|复函|转发|印发|附件|抄送|收到|来文|来函|发文|收文|见|复)(?=..)")
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:"
    r"\s*[-._－–—/年]\s*(?P<month>\d{1,2})\s*[-._－–—/月]\s*(?P<day>\d{1,2})(?!\d)"
    r"|(?P<mm>\d{2})(?P<dd>\d{2})(?!\d))"
)


def find_suffix(name: str) -> str:
    """Return the suffix in lower case, such as `.docx`; '' for none, as in 纪要2024.3.5."""
    found = _SUFFIX.search(name)
    return found[0].lower() if found else ""


def label_path(path: PurePath) -> str:
    """Return a relative path as the records show it: `/` between parts, NFC, readable.

    Names that an unzip tool left in GBK bytes come as lone surrogates, which no file can be written with.
    """
    return unicodedata.normalize("NFC", "/".join(_readable(part) for part in path.parts))


def label_member(name: str) -> str:
    """Return the name of a file in an archive as a label below the archive's: `/` between parts, NFC, readable.

    What would lead out of a folder (`../`, a root, a drive) is left out, characters that cannot be seen too.
    """
    parts = _UNSEEN.sub("", _DRIVE.sub("", name.replace("\\", "/"))).split("/")
    kept = [part.strip() for part in parts if part.strip(" .")]
    return unicodedata.normalize("NFC", "/".join(kept)) or "未命名"


def guess_number(name: str) -> str:
    """Return the 发文字号 in a file name, such as 樟委函〔2024〕2号 or 樟委函2号; brackets become 〔〕."""
    name = name.translate(_DIGITS)
    if found := _NUMBER.search(name):
        return f"{_organ(found)}〔{found['year']}〕{int(found['serial'])}号"
    if found := _SHORT_NUMBER.search(name):
        return f"{_organ(found)}{int(found['serial'])}号"
    return ""


def guess_date(path: str) -> str:
    """Return the ISO date in a path, the file's own name before its folders', or ''."""
    for part in reversed(path.translate(_DIGITS).split("/")):
        for found in _DATE.finditer(part):
            if date := _iso(found):
                return date
    return ""


def _organ(found: re.Match[str]) -> str:
    return _LEAD.sub("", found["organ"])


def _iso(found: re.Match[str]) -> str:
    month, day = found["month"] or found["mm"], found["day"] or found["dd"]
    try:
        return datetime.date(int(found["year"]), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _readable(part: str) -> str:
    if not any("\ud800" <= character <= "\udfff" for character in part):
        return part
    return os.fsencode(part).decode("gb18030", "replace")
