"""Which section tells of which kind of row: every kind stands in one."""

from __future__ import annotations

from collections.abc import Sequence

from coordnlp.records import Gap, GapType

REQUESTS: tuple[GapType, ...] = ("unanswered", "acknowledged_only", "partly_answered")
PROMISES: tuple[GapType, ...] = ("commitment_unkept", "assignment_undone")
ISSUES: tuple[GapType, ...] = ("recurring", "reopened")
# These two are rows of the table of measures; what one side decided alone is told as an item.
LAPSES: tuple[GapType, ...] = ("measure_lapsed", "measure_lacking")
MEASURES: tuple[GapType, ...] = (*LAPSES, "one_sided")
CHECKS: tuple[GapType, ...] = ("ambiguous_reply", "missing_document")


def of_kinds(gaps: Sequence[Gap], kinds: Sequence[GapType]) -> list[Gap]:
    """Return the rows of some kinds, in order."""
    return [gap for gap in gaps if gap.type in kinds]
