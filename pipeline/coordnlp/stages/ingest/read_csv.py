"""Read a table that was saved as text (.csv, .tsv): what parts its columns is found out, not taken from the suffix."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from coordnlp.stages.ingest.read_text import open_text, read_text
from coordnlp.stages.ingest.readings import Draft, Reading
from coordnlp.stages.ingest.table_rows import Bounds, Row, add_row

_SAMPLE = 200  # records that are enough to tell
_LEAST_WIDE = 0.6  # share of records with two cells or more; the others are titles and notes
_LEAST_SAME = 0.5  # share of records as wide as most are
_PROSE_SAME = 0.9  # the same for what also stands within sentences
_PROSE_WIDTH = 3
_STOPS = ("。", "！", "？", "；", "：", ".", "!", "?", ";", ":")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written: what parts its cells, and whether quotes hold them together."""

    delimiter: str
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a dialect fits: the share of records that are as wide as most, and that width."""

    dialect: Dialect
    same: float
    width: int


def read_csv(content: bytes) -> Reading:
    """Read a table parted by commas, semicolons or tabs, `，` included; what is no table is read as text.

    Raises:
        UnreadableError: `too_large`, `binary` or `empty`.
    """
    text, notes = open_text(content)
    text, dialect = _strip_declaration(text)
    dialect = dialect or find_dialect(text)
    if dialect is None:
        return read_text(content)
    rows, more = _read_rows(text, dialect)
    draft = Draft()
    for row in rows:
        add_row(draft, 1, row, f"第{row[0]}行")
    return draft.finish([*notes, *_ragged_notes(rows, dialect), *more])


def find_dialect(text: str) -> Dialect | None:
    """Return how a text is written as a table, None when it is none: letters and lists have commas too."""
    fits = [fit for delimiter in "\t,;，；" if (fit := _fit(text, _with_quotes(text, delimiter)))]
    best = max(fits, key=lambda fit: (fit.same, fit.width), default=None)
    return best.dialect if best else None


def _strip_declaration(text: str) -> tuple[str, Dialect | None]:
    """Take off the line `sep=;` that tells Excel what parts the columns."""
    first, _, rest = text.partition("\n")
    declared = first.strip().strip('"')
    if declared.lower().startswith("sep=") and len(declared) == 5:
        return f"\n{rest}", _with_quotes(rest, declared[4])
    return text, None


def _fit(text: str, dialect: Dialect) -> _Fit | None:
    records = [record for record in _sample(text, dialect) if any(cell.strip() for cell in record)]
    if len(records) < 2:
        return None
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths or widths.total() < _LEAST_WIDE * len(records):
        return None
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    same = count / len(records)
    prose = _reads_as_prose(records, dialect.delimiter)
    if same < (_PROSE_SAME if prose else _LEAST_SAME) or (prose and width < _PROSE_WIDTH):
        return None
    return _Fit(dialect, same, width)


def _reads_as_prose(records: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Tell whether the sign may part the clauses of a sentence: a full-width one, or lines that end in a stop."""
    ends = sum(record[-1].rstrip().endswith(_STOPS) for record in records)
    return delimiter in "，；" or (delimiter != "\t" and ends > len(records) / 2)


def _sample(text: str, dialect: Dialect) -> Iterator[list[str]]:
    for _, record in islice(_records(text, dialect), _SAMPLE):
        yield record


def _records(text: str, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield the records with their numbers from 1; blank lines count, as they do in Excel."""
    lines = text.split("\n")
    if dialect.quoted:
        yield from enumerate(csv.reader((f"{line}\n" for line in lines), delimiter=dialect.delimiter), 1)
    else:
        yield from enumerate((line.split(dialect.delimiter) for line in lines), 1)


def _with_quotes(text: str, delimiter: str) -> Dialect:
    """Return the dialect of a delimiter; without quotes where a stray one would swallow what follows into one cell."""
    last: list[str] = []
    try:
        for _, record in _records(text, Dialect(delimiter)):
            last = record or last
    except csv.Error:  # a cell of more than 131,072 characters
        return Dialect(delimiter, quoted=False)
    swallowed = text.count('"') % 2 and any("\n" in cell.rstrip("\n") for cell in last)
    return Dialect(delimiter, quoted=not swallowed)


def _read_rows(text: str, dialect: Dialect) -> tuple[list[Row], list[str]]:
    """Return the rows that hold words, and notes on what was left out."""
    bounds = Bounds()
    rows = [(number, bounds.cut(dict(enumerate(record, 1)))) for number, record in _records(text, dialect)]
    return [row for row in rows if row[1]], bounds.notes("表格")


def _ragged_notes(rows: Sequence[Row], dialect: Dialect) -> list[str]:
    """Return notes on rows that reach beyond the heads, and on quotes that were taken as plain signs."""
    widths = Counter(max(cells) for _, cells in rows)
    heads = next((max(cells) for _, cells in rows if len(cells) > 1), 0)
    wide = sum(count for width, count in widths.items() if width > heads)
    notes = [f"有{wide}行比表头多出列，可能是单元格里的分隔符没有加引号，请核对。"] if wide and heads else []
    return notes if dialect.quoted else [*notes, "引号没有成对，按普通符号读取。"]
