"""Ids derived from content, so that a reviewer's verdict finds its row again in the next run.

The rule is settled (docs/design.md, "Ids"): changing it orphans every verdict that was ever given.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

# No E between digits (Excel reads 12E345 as a number), no O/0 or 1 to misread over the telephone.
_ALPHABET = "ABCDFGHIJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 8
_NOISE = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Return text as ids compare it: NFKC, lower case, letters, digits and Han characters only.

    Line breaks, spaces and punctuation differ between the docx and the pdf of one letter; words do not.
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def make_id(prefix: str, *parts: str) -> str:
    """Return `PREFIX-XXXXXXXX`, 40 bits of SHA-256 over the parts, in order."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    value = int.from_bytes(digest[:5], "big")
    letters = []
    for _ in range(_LENGTH):
        value, rest = divmod(value, 32)
        letters.append(_ALPHABET[rest])
    return f"{prefix}-{''.join(reversed(letters))}"


def gap_id(kind: str, request: str) -> str:
    """Return the id of the gap of a kind (`GapType`) that a request leaves open."""
    return make_id("G", kind, request)


def document_key(number: str, date: str, kind: str, sender: str, title: str) -> str:
    """Return what a document is known by: its 发文字号, else date, kind, sender and title.

    Args:
        sender: Name of the sending party, not `A` or `B`: those may be exchanged in `teams.toml`.
    """
    if number:
        return normalise(number)
    return "|".join((date, kind, normalise(sender), normalise(title)))
