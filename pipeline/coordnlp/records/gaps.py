"""Rows of the dashboard."""

from __future__ import annotations

from dataclasses import dataclass

from coordnlp.records.documents import Quote
from coordnlp.records.labels import GapType, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One row of the dashboard. Party fields are ids; reports show the names.

    `severity` is in [0, 100]; `severity_reason` says in words how it came about. `request`, `issue` and `measure` name
    what the row is about.
    """

    id: str
    type: GapType
    severity: int
    severity_reason: str
    responsible: Party | None
    summary: str
    quotes: tuple[Quote, ...]
    date: str
    measures: tuple[str, ...]
    suggestion: str
    confidence: float
    why: str
    asker: Party | None = None
    asked: Party | None = None
    due: str = ""
    days_waiting: int = 0
    days_overdue: int = 0
    raised: int = 1
    reaction: str = "没有"
    request: str = ""
    issue: str = ""
    measure: str = ""

    @property
    def rank(self) -> tuple[bool, int, str, str]:
        """How an office works through rows: what is owed or disputed before ways of working, then the gravest."""
        return bool(self.measure), -self.severity, self.date, self.id
