"""Cells that open right in Excel and WPS and cannot turn into formulas."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

Cell = str | int | float

# What spreadsheet programs read as the start of a formula (OWASP, "CSV Injection"); full-width and small
# forms fold to these under NFKC.
_FORMULA = frozenset("=+-@")
_BREAKS = frozenset("\t\r\n")
LONGEST = 32_000
"""Characters of a cell: Excel cuts one after 32,767 and spills what follows into the next rows."""
# Directional overrides make `gpj.exe` look like `exe.jpg`; plain marks (U+200E, U+200F) are harmless.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))


def clean(text: str) -> str:
    """Return text without what no spreadsheet or terminal can show; words stay as they are.

    Line ends of every kind become a newline; controls, lone surrogates and non-characters become U+FFFD;
    directional overrides go.
    """
    text = text.replace("\r\n", "\n").translate(_LINE_ENDS)
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def defuse(text: str, *, cut: str = "…") -> str:
    """Return text as a cell that is never taken for a formula: a dangerous start gets a leading apostrophe.

    Dangerous are = + - @ in all widths as the first visible character, and a leading tab or line end.

    Args:
        cut: Stands at the end of a text that is too long for a cell.
    """
    shown = clean(text)
    if is_dangerous(shown):
        shown = "'" + shown
    if len(shown) > LONGEST:
        shown = shown[: LONGEST - len(cut)] + cut
    return shown


def as_meant(text: str) -> str:
    """Return the words of a cell as they were before `defuse`."""
    return text[1:] if text.startswith("'") and is_dangerous(text[1:]) else text


def to_csv(rows: Iterable[Sequence[Cell]], *, cut: str = "…") -> bytes:
    """Return rows as CSV in UTF-8 with BOM and CRLF; strings are defused, numbers stay numbers."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([defuse(cell, cut=cut) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _shown(character: str) -> str:
    if character in "\n\t":
        return character
    if character in _OVERRIDES:
        return ""
    if unicodedata.category(character) in ("Cc", "Cs") or ord(character) & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return character


def is_dangerous(text: str) -> bool:
    """Return whether a spreadsheet program may take a text for a formula."""
    for character in text:
        if character in _BREAKS or unicodedata.normalize("NFKC", character) in _FORMULA:
            return True
        if unicodedata.category(character)[0] not in "ZC" and character != "\ufffd":
            return False
    return False
