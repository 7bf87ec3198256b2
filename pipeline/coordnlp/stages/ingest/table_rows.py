"""Put the rows of a table into a draft: cells parted by tabs, one row a line, a mark a row."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.readings import LONGEST as LONGEST_TEXT
from coordnlp.stages.ingest.readings import TOO_LONG, Cell, Draft, UnreadableError

LONGEST = 100_000
"""Rows with words that are read of one table; a register of ten years has some 5,000."""
WIDEST = 200
"""Columns that are read of one table."""

Row = tuple[int, dict[int, str]]
"""Number of a row, and the words of its filled cells by column, both from 1."""
_BLANKS = re.compile(r"[^\S\n]*\t[^\S\n]*")
_LINES = re.compile(r"[^\S\n]*\n\s*")


@dataclass(slots=True)
class Bounds:
    """Lets through what is within the bounds of a table, and remembers whether anything lay beyond."""

    rows: int = 0
    letters: int = 0
    too_long: bool = False
    too_wide: bool = False

    def cut(self, row: Mapping[int, str]) -> dict[int, str]:
        """Return the filled cells of a row that are within the bounds, columns ascending; {} for a blank row.

        Raises:
            UnreadableError: `too_large`, when the rows together hold more than a document may.
        """
        self.letters += sum(map(len, row.values()))
        if self.letters > LONGEST_TEXT:
            raise UnreadableError("too_large", TOO_LONG)
        filled = {column: text for column, words in sorted(row.items()) if (text := clean_cell(words))}
        self.too_wide = self.too_wide or any(column > WIDEST for column in filled)
        if self.rows >= LONGEST:
            self.too_long = self.too_long or bool(filled)
            return {}
        self.rows += bool(filled)
        return {column: text for column, text in filled.items() if column <= WIDEST}

    def notes(self, table: str) -> list[str]:
        """Return in words what was left out of a table of this name."""
        notes = []
        if self.too_long:
            notes.append(f"{table}太长，只读了前{LONGEST}行，请拆分后再放入。")
        if self.too_wide:
            notes.append(f"{table}太宽，只读了前{WIDEST}列。")
        return notes


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, first and last row and column inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class _Ends:
    """Down to which row each column is covered by a merged area."""

    rows: dict[int, int] = field(default_factory=dict)

    def take(self, merge: Merge) -> bool:
        """Cover the columns of an area; False if it lies over an earlier one, as only broken files have it."""
        columns = range(merge.left, min(merge.right, WIDEST) + 1)
        if any(self.rows.get(column, 0) >= merge.top for column in columns):
            return False
        self.rows.update(dict.fromkeys(columns, merge.bottom))
        return True


def clean_cell(words: str) -> str:
    """Return the words of a cell with its line breaks, tabs and blank lines aside."""
    if words.isalnum():
        return words
    return _LINES.sub("\n", _BLANKS.sub(" ", clean_text(words))).strip()


def spread_merges(rows: list[Row], merges: Iterable[Merge]) -> None:
    """Give each row what a cell merged over several rows says, so that a row can be read alone.

    A merged area speaks at its left edge. Rows with nothing of their own stay out: a note over ten rows is said once.
    What lies hidden under a merged area is dropped.
    """
    rows.sort(key=lambda row: row[0])
    numbers = [number for number, _ in rows]
    ends = _Ends()
    spread: list[tuple[Merge, int, int]] = []
    for merge in sorted(merges, key=lambda one: (one.top, one.left)):
        first, last = bisect_left(numbers, merge.top), bisect_right(numbers, merge.bottom)
        if first < last and ends.take(merge):
            spread.append((merge, first, last))
            _uncover(rows[first:last], merge)
    own = [bool(cells) for _, cells in rows]
    for merge, first, last in spread:
        words = rows[first][1].get(merge.left, "") if numbers[first] == merge.top else ""
        for index in range(first, last):
            if words and own[index]:
                rows[index][1][merge.left] = words


def _uncover(rows: Sequence[Row], merge: Merge) -> None:
    """Drop what lies under a merged area, its top left corner aside."""
    for number, cells in rows:
        for column in range(merge.left, min(merge.right, WIDEST) + 1):
            if (number, column) != (merge.top, merge.left):
                cells.pop(column, None)


def add_row(draft: Draft, table: int, row: Row, label: str) -> None:
    """Add one row as a line of cells, and mark it."""
    number, cells = row
    if draft.length:
        draft.add("\n")
    draft.mark(draft.length, label)
    for index, column in enumerate(sorted(cells)):
        if index:
            draft.add("\t")
        draft.add_block(cells[column], "cell", cell=Cell(table, number, column))
