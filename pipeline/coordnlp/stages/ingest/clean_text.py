"""Normalise a decoded text once, so that offsets never move again."""

from __future__ import annotations

import re

# NUL, soft hyphen, zero-width characters, direction marks (chat exports have them) and the BOM.
_INVISIBLE = re.compile("[\x00\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BLANKS = re.compile("([ \t\u00a0\u3000]{200})[ \t\u00a0\u3000]+")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """Return text with line ends as newlines and without invisible characters; nothing else changes.

    Of a very long run of blanks only the beginning stays: it says no more, and patterns take the square of its length.
    """
    return _BLANKS.sub(r"\1", _INVISIBLE.sub("", _LINE_END.sub("\n", text)))
