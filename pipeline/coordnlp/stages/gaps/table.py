"""The table of gaps: `lexicons/gaps.toml`."""

from __future__ import annotations

from functools import cache

from coordnlp.records import GapType
from coordnlp.tables import Table, load_table


class Severity(Table):
    """The points of a row beside the base of its type; see `stages/gaps/severity.py`."""

    waiting_week: int
    waiting_most: int
    overdue_base: int
    overdue_week: int
    overdue_most: int
    raised_each: int
    raised_most: int
    unsure: float
    unsure_minus: int


class TypeOfGap(Table):
    """What a row of one type says: its base of severity, the measures that answer it, and its words.

    `least` is the least confidence for a row, in [0, 1].
    """

    base: int
    least: float = 0.0
    measures: tuple[str, ...]
    summary: str
    suggestion: str


class GapTable(Table):
    """`lexicons/gaps.toml`.

    Attributes:
        more_measures: So many measures that the quotes speak of stand behind those of the type.
        scanned: The word of caution of a row that quotes recognised words.
    """

    more_measures: int
    scanned: str
    severity: Severity
    type: dict[GapType, TypeOfGap]


@cache
def load_gap_table() -> GapTable:
    """Load `lexicons/gaps.toml`."""
    return load_table("gaps", GapTable)
