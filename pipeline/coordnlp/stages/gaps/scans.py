"""Rows that rest on recognised words say so, and are less sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coordnlp.records import Gap
from coordnlp.settings import load_settings
from coordnlp.stages.gaps.sources import Sources


def tell_scans(row: Gap, sources: Sources) -> Gap:
    """Return a row, less sure and with a word of caution where any of its quotes was recognised on a picture."""
    files = dict.fromkeys(_scans(row, sources))
    if not files:
        return row
    words = sources.sentences.why
    caution = words.scanned.format(files=words.list.join(files))
    confidence = round(row.confidence * load_settings().scans.trust, 3)
    return replace(row, confidence=confidence, why=words.clause.join(filter(None, [row.why, caution])))


def _scans(row: Gap, sources: Sources) -> Iterator[str]:
    for quote in row.quotes:
        document = sources.documents.get(quote.document)
        if document and document.is_scanned(quote.start, quote.end):
            yield document.file
