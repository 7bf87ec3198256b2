"""Rejoin paragraphs that a program broke into lines of one width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WIDE = frozenset("WFA")
_CLOSED = re.compile(r"[。！？：；…!?:;.][”’」』）)\]〕】》\"']*$")
_ITEM = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零〇\d]+[条章节款项]|[（(]?[一二三四五六七八九十]{1,3}[、)）.．]|"
    r"[（(]?\d{1,3}[、)）.．](?!\d)|[①-⑳]|[-*+•●·>#|]|附[件：:]|抄送|主题词)"
)
_TABULAR = re.compile(r"\t|\S {2,}\S|\|")
_INDENT = re.compile(r"^[ \t\u3000]+")
_LATIN = re.compile(r"[A-Za-z]")
_NARROWEST, _WIDEST = 30, 132  # columns; narrower lines are lists, wider ones nobody wraps
_SLACK = 3  # columns by which a full line may fall short: one wide character and a closing mark
LEAST_JOINS = 3
"""Breaks in the middle of a sentence that show a text to be wrapped."""
_MOST_STRAY = 0.15


def display_width(line: str) -> int:
    """Return the columns a line takes on a terminal; a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in line)


def find_joins(lines: Sequence[str], *, least: int = LEAST_JOINS) -> frozenset[int]:
    """Return the indexes of lines that carry on the line before them; empty if the text is not hard-wrapped.

    A text counts as wrapped when its longest lines share one width and break off in the middle of a
    sentence. Lines that look like table rows or numbered points are never joined to what stands before.

    Args:
        least: Breaks in the middle of a sentence that show a text to be wrapped.
    """
    widths = [display_width(line.rstrip()) for line in lines]
    width = max(widths, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return frozenset()
    full = [
        measure >= width - _SLACK and not _TABULAR.search(line.strip())
        for line, measure in zip(lines, widths, strict=True)
    ]
    certain = {
        index + 1
        for index in range(len(lines) - 1)
        if full[index] and not _CLOSED.search(lines[index].rstrip()) and _carries_on(lines[index + 1])
    }
    if len(certain) < least or _stray(lines, widths, full) > _MOST_STRAY * sum(full):
        return frozenset()
    return frozenset(certain | _joins_after_stop(lines, full))


def join_lines(first: str, second: str) -> str:
    """Return what stands between two lines that are joined: a space between Latin words, else nothing."""
    return " " if _LATIN.match(first[-1:]) and _LATIN.match(second[:1]) else ""


def _carries_on(line: str) -> bool:
    return bool(line.strip()) and not _INDENT.match(line) and not _ITEM.match(line)


def _stray(lines: Sequence[str], widths: Sequence[int], full: Sequence[bool]) -> int:
    """Count long lines that are neither full nor the end of a sentence: a wrapped text has none."""
    width = max(widths)
    return sum(
        not whole
        and display_width(line.strip()) > 0.6 * width
        and not _CLOSED.search(line.rstrip())
        and not _ITEM.match(line)
        for line, whole in zip(lines, full, strict=True)
    )


def _joins_after_stop(lines: Sequence[str], full: Sequence[bool]) -> set[int]:
    """Full lines that end a sentence by chance go on too, where new paragraphs would be told by an indent."""
    indented = sum(bool(_INDENT.match(line)) and bool(line.strip()) for line in lines)
    if indented < 2:
        return set()
    return {
        index + 1
        for index in range(len(lines) - 1)
        if full[index] and _CLOSED.search(lines[index].rstrip()) and _carries_on(lines[index + 1])
    }
