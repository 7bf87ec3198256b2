"""Numbers as they stand in dates: Arabic digits, 二十三, 廿三, 二〇二四."""

from __future__ import annotations

from coordnlp.dates.lexicon import words


def read_number(text: str) -> int | None:
    """Return the whole number that `text` writes, in [0, 9999], or None.

    Both ways of writing are read: by place (二〇二四, 2024, 二0二四) and by unit (二千零二十四, 十二, 廿五).
    """
    if not text:
        return None
    if text.isascii() and text.isdecimal():
        return int(text) if len(text) <= 4 else None
    numerals = words().numerals
    if any(char in numerals.units or char in numerals.tens for char in text):
        return _by_unit(text)
    places = [_digit(char) for char in text]
    if None in places or len(places) > 4:
        return None
    return int("".join(str(place) for place in places))


def _digit(char: str) -> int | None:
    if char.isascii() and char.isdecimal():
        return int(char)
    return words().numerals.digits.get(char)


def _by_unit(text: str) -> int | None:
    """Read 二十三, 十, 廿五, 一百二十, 二千零二十四; None for a digit without a place (二三十)."""
    numerals = words().numerals
    total, pending, last = 0, None, 10_000
    for char in text:
        if char in numerals.tens:
            if pending is not None or last <= 10:
                return None
            total, last = total + numerals.tens[char], 10
        elif char in numerals.units:
            unit = numerals.units[char]
            if unit >= last:
                return None
            total, pending, last = total + (1 if pending is None else pending) * unit, None, unit
        else:
            digit = _digit(char)
            if digit is None or pending:
                return None
            pending = digit
    return total + (pending or 0)
