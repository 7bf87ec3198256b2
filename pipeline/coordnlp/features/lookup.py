"""What stages look things up in: documents and passages by id, paragraphs, and headings of points."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coordnlp.features.circulation import is_foreign
from coordnlp.features.cosines import Cosines
from coordnlp.features.similarity import Encoder, Similarity
from coordnlp.records import Annotation, Parsed, Passage
from coordnlp.settings import load_settings

_MOST_AROUND = 200  # passages; a paragraph has a dozen, a long turn a hundred
_PAPERS = re.compile(r"《[^《》]*》|[\u4e00-\u9fff]{1,8}[〔\[（(]\d{4}[〕\]）)]\d+号")


@dataclass(frozen=True)
class Lookup:
    """Documents and passages of a dossier by id, in order of date; `encoder` is the user's own, if there is one."""

    parsed: Sequence[Parsed]
    documents: Mapping[str, Parsed]
    passages: Mapping[str, tuple[Parsed, Passage]]
    annotations: Mapping[str, Annotation]
    blocks: Mapping[tuple[str, int], Sequence[Passage]]
    labels: Mapping[tuple[str, int], Passage]
    encoder: Encoder | None = None

    @cached_property
    def similarity(self) -> Similarity:
        """What texts are compared by."""
        texts = [bare(one.words(passage)) for one, passage in self.concerning]
        return Similarity(texts, self.encoder, load_settings().similarity.encoder)

    @cached_property
    def meanings(self) -> Cosines:
        """What texts are compared by in meaning: by the concepts of their matter."""
        return Cosines([self.annotations[passage.id].matter for _, passage in self.concerning])

    @property
    def concerning(self) -> list[tuple[Parsed, Passage]]:
        """What rarity is counted over: papers among others say nothing of what is rare in the two's matters."""
        return [(one, passage) for one in self.parsed if not is_foreign(one.header) for passage in one.passages]

    def block(self, passage: Passage) -> Sequence[Passage]:
        """Return the passages of a passage's paragraph, table row or turn, itself among them; of many, those nearest.

        Every passage is looked at with those around it, so that a paragraph without end would take the square of its
        length.
        """
        block = self.blocks[passage.document, passage.block]
        if len(block) <= _MOST_AROUND:
            return block
        at = bisect_left(block, passage.start, key=lambda one: one.start)
        first = max(0, at - _MOST_AROUND // 2)
        return block[first : first + _MOST_AROUND]

    def place(self, passage: Passage) -> tuple[str, str, int]:
        """Return what passages are put in order of time by: date, paper, place in it."""
        header = self.documents[passage.document].header
        return header.date, header.id, passage.start

    def label(self, passage: Passage) -> Passage | None:
        """Return the heading of the numbered point that a passage stands under, None if it has none."""
        return self.labels.get((passage.document, passage.item)) if passage.item else None

    def around(self, passage: Passage) -> list[Passage]:
        """Return the paragraph, row or turn of a passage, the heading of its point before it."""
        label, around = self.label(passage), list(self.block(passage))
        return [label, *around] if label and label not in around else around

    def nearby(self, passage: Passage) -> str:
        """Return the words of `around`, without titles and numbers."""
        document = self.documents[passage.document]
        return bare(" ".join(document.words(other) for other in self.around(passage)))

    def matter_nearby(self, passage: Passage) -> list[str]:
        """Return the concepts of `around`."""
        return [concept for other in self.around(passage) for concept in self.annotations[other.id].matter]

    def terms_nearby(self, passage: Passage) -> list[str]:
        """Return the content words of the paragraph, row or turn of a passage."""
        return [term for other in self.block(passage) for term in self.annotations[other.id].terms]


def bare(text: str) -> str:
    """Return a text without titles and numbers of papers: they name a paper, not the matter."""
    return _PAPERS.sub("", text)


def index_dossier(
    parsed: Sequence[Parsed], annotations: Mapping[str, Annotation], encoder: Encoder | None = None
) -> Lookup:
    """Index a dossier by document and passage id.

    Args:
        parsed: In order of date.
        encoder: Takes part in the similarity of texts.
    """
    documents = {one.header.id: one for one in parsed}
    passages = {passage.id: (one, passage) for one in parsed for passage in one.passages}
    blocks: dict[tuple[str, int], list[Passage]] = {}
    labels: dict[tuple[str, int], Passage] = {}
    for _, passage in passages.values():
        blocks.setdefault((passage.document, passage.block), []).append(passage)
        if passage.label and passage.zone == "body" and passage.item:
            labels.setdefault((passage.document, passage.item), passage)
    return Lookup(parsed, documents, passages, annotations, blocks, labels, encoder)
