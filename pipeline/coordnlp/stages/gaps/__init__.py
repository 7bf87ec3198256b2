"""Gaps: the rows of the dashboard, ranked, each with its reasons. One module a kind of row."""

from __future__ import annotations

from coordnlp.records import Dossier, Gap
from coordnlp.stages.gaps.issue_rows import issue_rows
from coordnlp.stages.gaps.measure_rows import measure_rows, one_sided_rows
from coordnlp.stages.gaps.paper_rows import paper_rows
from coordnlp.stages.gaps.request_rows import request_rows
from coordnlp.stages.gaps.scans import tell_scans
from coordnlp.stages.gaps.sources import gather_sources
from coordnlp.stages.gaps.tie_rows import tie_rows

__all__ = ["find_gaps"]


def find_gaps(dossier: Dossier) -> list[Gap]:
    """Make the dashboard's rows of a dossier whose other records are complete.

    Returns:
        Gaps in the order of `Gap.rank`.
    """
    sources = gather_sources(dossier)
    rows = (tell_scans(row, sources) for make in _KINDS for row in make(sources))
    return sorted(rows, key=lambda gap: gap.rank)


_KINDS = (request_rows, tie_rows, issue_rows, paper_rows, measure_rows, one_sided_rows)
