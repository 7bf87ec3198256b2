"""Rows about papers of the two parties that are known to exist and are not in the folder."""

from __future__ import annotations

from collections.abc import Iterator

from coordnlp.ids import make_id, normalise
from coordnlp.records import Gap, Unseen
from coordnlp.stages.gaps.severity import rate_severity
from coordnlp.stages.gaps.sources import Sources

# A number read from a register or a citation is mostly right; it may be a typing error.
_CONFIDENCE = 0.8


def paper_rows(sources: Sources) -> Iterator[Gap]:
    """Yield a row for every paper that a register or another paper names and the folder lacks."""
    for paper in sources.dossier.coverage.unseen:
        if paper.kind in ("cited", "registered") and paper.party in ("A", "B", "AB"):
            yield _row(paper, sources)


def _row(paper: Unseen, sources: Sources) -> Gap:
    entry, said = sources.table.type["missing_document"], sources.sentences.type["missing_document"]
    basis = sources.sentences.why
    severity, why = rate_severity(
        entry.base, sources.table.severity, sources.sentences.severity, confidence=_CONFIDENCE
    )
    return Gap(
        id=make_id("G", "missing_document", normalise(paper.number or paper.title)),
        type="missing_document",
        severity=severity,
        severity_reason=why,
        responsible=paper.party,
        summary=said.summary.format(quote=paper.number or f"《{paper.title}》"),
        quotes=(paper.quote,) if paper.quote else (),
        date=paper.date,
        reaction=sources.sentences.reaction.none,
        measures=entry.measures,
        suggestion=said.suggestion,
        confidence=_CONFIDENCE,
        why=basis.cited if paper.kind == "cited" else basis.registered,
    )
