"""Rows about replies that fit several requests equally well."""

from __future__ import annotations

from collections.abc import Iterator

from coordnlp.ids import make_id, normalise
from coordnlp.records import Gap, Quote, Tie
from coordnlp.stages.gaps.request_rows import who
from coordnlp.stages.gaps.severity import rate_severity
from coordnlp.stages.gaps.sources import Sources
from coordnlp.stages.gaps.words import shorten

# One of two: no more can be said.
_CONFIDENCE = 0.5


def tie_rows(sources: Sources) -> Iterator[Gap]:
    """Yield a row for every reply that may answer this or that."""
    for tie in sources.dossier.ties:
        if len(tie.candidates) > 1:
            yield _row(tie, sources)


def _row(tie: Tie, sources: Sources) -> Gap:
    entry, said = sources.table.type["ambiguous_reply"], sources.sentences.type["ambiguous_reply"]
    header = sources.headers[tie.document]
    candidates = [sources.requests[id] for id in tie.candidates]
    first, quote = candidates[0], Quote(tie.document, tie.start, tie.end)
    words = sources.words(quote)
    severity, why = rate_severity(
        entry.base, sources.table.severity, sources.sentences.severity, confidence=_CONFIDENCE
    )
    basis = sources.sentences.why
    names = who(first, sources) | {"quote": shorten(words)}
    return Gap(
        id=make_id("G", "ambiguous_reply", header.id, normalise(words)),
        type="ambiguous_reply",
        severity=severity,
        severity_reason=why,
        asker=first.asker,
        asked=first.asked,
        responsible=header.sender if header.sender in ("A", "B") else first.responsible,
        summary=said.summary.format(**names),
        quotes=(quote, *(Quote(one.document, one.start, one.end) for one in candidates)),
        date=header.date,
        reaction=sources.sentences.reaction.none,
        measures=entry.measures,
        suggestion=said.suggestion.format(**names),
        confidence=_CONFIDENCE,
        why=basis.tie.format(reason=tie.reason, requests=basis.list.join(tie.candidates)),
    )
