"""Rows and columns as spreadsheets name them: E5."""

from __future__ import annotations

import re

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")


def read_place(reference: str) -> tuple[int, int]:
    """Return row and column, from 1, of a reference such as `E5`; (0, 0) for none."""
    found = _PLACE.match(reference.replace("$", ""))
    return (int(found[2]), column_number(found[1])) if found else (0, 0)


def column_number(letters: str) -> int:
    """Return the number of a column, 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column, A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
