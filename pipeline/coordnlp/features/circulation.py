"""Between whom a paper passes, by its header."""

from __future__ import annotations

from coordnlp.records import Header


def is_internal(header: Header) -> bool:
    """Tell whether a paper stays within one team: it never answers anybody."""
    if header.sender not in ("A", "B"):
        return False
    other = "B" if header.sender == "A" else "A"
    receivers = (*header.addressees, *header.copies)
    if not receivers:
        return header.kind in ("memo", "minutes", "transcript")
    return other not in receivers and "AB" not in receivers


def is_to_the_other(header: Header) -> bool:
    """Tell whether one side wrote a paper to the other; who only gets a copy is not written to."""
    other = {"A": "B", "B": "A"}.get(header.sender or "", "")
    return other in header.addressees


def is_foreign(header: Header) -> bool:
    """Tell whether a paper passes between others: nobody of the two wrote it or receives it."""
    return header.sender == "X" and not {"A", "B", "AB"} & {*header.addressees, *header.copies}
