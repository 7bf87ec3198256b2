"""Tables whose cells are parted by `|`, in Markdown and in plain texts and mails."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coordnlp.stages.ingest.readings import Cell, Draft

_SEPARATOR = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
# So many rows of one width, each between bars, are a table without a line of dashes, too.
_LEAST_ROWS = 2
_LEAST_BARS = 3

Place = tuple[int, int]


def find_pipe_rows(lines: Sequence[str]) -> dict[int, Place]:
    """Return (table, row) of the lines that are table rows, from 1; a line of dashes has row 0.

    A line of dashes below a line with bars makes a table; so do rows of one width that begin and end with a bar.
    """
    rows: dict[int, Place] = {}
    table = 0
    for index, line in enumerate(lines):
        if index in rows or "|" not in line:
            continue
        below = _rows_below(lines, index)
        if below:
            table += 1
            rows |= {index + at: (table, row) for at, row in enumerate(below)}
    return rows


def add_pipe_row(draft: Draft, start: int, line: str, place: Place) -> None:
    """Set the cells of a row at an offset of the draft, empty ones too, so that columns keep their number."""
    table, row = place
    if not row:
        return
    for column, (offset, words) in enumerate(_cells(line), 1):
        draft.set_block(start + offset, words, "cell", cell=Cell(table, row, column))


def _rows_below(lines: Sequence[str], first: int) -> list[int]:
    """Return the row numbers of the lines from one on that make a table with it; none if it opens none."""
    if first + 1 < len(lines) and _is_separator(lines[first + 1]):
        rows = [1, 0]
        for line in lines[first + 2 :]:
            if "|" not in line:
                break
            rows.append(len(rows))
        return rows
    bars = _closed_bars(lines[first])
    if bars < _LEAST_BARS:
        return []
    same = 1
    while first + same < len(lines) and _closed_bars(lines[first + same]) == bars:
        same += 1
    return list(range(1, same + 1)) if same >= _LEAST_ROWS else []


def _closed_bars(line: str) -> int:
    """Return the number of bars in a line that begins and ends with one, else 0."""
    bare = line.strip()
    return len(_BAR.findall(bare)) if len(bare) > 1 and bare[0] == bare[-1] == "|" else 0


def _is_separator(line: str) -> bool:
    return "|" in line and _SEPARATOR.match(line) is not None


def _cells(line: str) -> list[tuple[int, str]]:
    first = line.index("|") + 1 if line.lstrip().startswith("|") else 0
    cells, offset = [], first
    for words in _BAR.split(line[first:]):
        cells.append((offset, words))
        offset += len(words) + 1
    return cells
