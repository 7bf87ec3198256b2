"""What a reviewer sees of a row, with the words around its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coordnlp.records import Document, Dossier, Gap, Quote, Shown, ShownQuote

# So many characters before and after a quote tell its place well enough: a sentence or two.
_AROUND = 40


def show_rows(gaps: Iterable[Gap], dossier: Dossier) -> Iterator[Shown]:
    """Yield what rows of a dossier show."""
    files = {document.file: document for document in dossier.documents}
    documents = {header.id: files[header.file] for header in dossier.headers}
    for gap in gaps:
        yield Shown(
            gap=gap.id,
            type=gap.type,
            request=gap.request,
            issue=gap.issue,
            measure=gap.measure,
            date=gap.date,
            confidence=round(gap.confidence, 3),
            quotes=tuple(_quote(quote, documents[quote.document]) for quote in gap.quotes),
        )


def _quote(quote: Quote, document: Document) -> ShownQuote:
    text = document.plain
    return ShownQuote(
        file=document.file,
        text=text[quote.start : quote.end],
        before=text[max(0, quote.start - _AROUND) : quote.start],
        after=text[quote.end : quote.end + _AROUND],
    )
