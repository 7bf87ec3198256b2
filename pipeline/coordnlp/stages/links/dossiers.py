"""What links look things up in: documents by id, passages by id, paragraphs, and headings of points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordnlp.records import Annotation, Parsed, Passage


@dataclass(frozen=True)
class Lookup:
    """Documents and passages of a dossier by id, in order of date."""

    parsed: Sequence[Parsed]
    documents: Mapping[str, Parsed]
    passages: Mapping[str, tuple[Parsed, Passage]]
    annotations: Mapping[str, Annotation]
    blocks: Mapping[tuple[str, int], Sequence[Passage]]
    labels: Mapping[tuple[str, int], Passage]

    def block(self, passage: Passage) -> Sequence[Passage]:
        """Return the passages of a passage's paragraph, table row or turn, itself among them."""
        return self.blocks[passage.document, passage.block]

    def label(self, passage: Passage) -> Passage | None:
        """Return the heading of the numbered point that a passage stands under, None if it has none."""
        return self.labels.get((passage.document, passage.item)) if passage.item else None


def index_dossier(parsed: Sequence[Parsed], annotations: Mapping[str, Annotation]) -> Lookup:
    """Index a dossier by document and passage id."""
    documents = {one.header.id: one for one in parsed}
    passages = {passage.id: (one, passage) for one in parsed for passage in one.passages}
    blocks: dict[tuple[str, int], list[Passage]] = {}
    labels: dict[tuple[str, int], Passage] = {}
    for _, passage in passages.values():
        blocks.setdefault((passage.document, passage.block), []).append(passage)
        if passage.label and passage.zone == "body" and passage.item:
            labels.setdefault((passage.document, passage.item), passage)
    return Lookup(parsed, documents, passages, annotations, blocks, labels)
