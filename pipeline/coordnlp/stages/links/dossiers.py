"""What links look things up in: documents by id, passages by id, and which document replies to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordnlp.ids import normalise
from coordnlp.records import Annotation, Header, Parsed, Party, Passage

_SHORTEST_TITLE = 5


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


def cited_by(reply: Header, asked: Header, mail: str) -> dict[str, float]:
    """Return how a document cites another: features `cites_number`, `cites_title`, `cites_date`, `in_thread`.

    Args:
        reply: Header of the later document.
        asked: Header of the earlier one.
        mail: Message-ID of the earlier one, '' if it is no mail.
    """
    found: dict[str, float] = {}
    for reference in reply.references:
        match reference.kind:
            case "number":
                if asked.number and _same_number(reference.value, asked.number):
                    found["cites_number"] = 1.0
            case "title":
                if _same_title(reference.value, asked.title):
                    found["cites_title"] = 1.0
            case "dated":
                author_fits = reference.author in (None, asked.sender) or asked.sender == "AB"
                if reference.value == asked.date and asked.date != reply.date and author_fits:
                    found["cites_date"] = 1.0
            case "message":
                if mail and reference.value.strip("<>") == mail.strip("<>"):
                    found["in_thread"] = 1.0
    return found


def _same_number(one: str, other: str) -> bool:
    """Compare numbers by their normalised forms; a prefix cut short in running text still fits."""
    first, second = normalise(one), normalise(other)
    return first == second or (len(first) >= 7 and (second.endswith(first) or first.endswith(second)))


def _same_title(one: str, other: str) -> bool:
    """Compare titles; mentions leave out the end or the beginning."""
    first, second = normalise(one), normalise(other)
    if min(len(first), len(second)) < _SHORTEST_TITLE:
        return False
    return first in second or second in first


def replies_next(reply: Parsed, asked: Parsed, parsed: Sequence[Parsed]) -> bool:
    """Tell whether a reply without a citation answers this letter: the last one before it, and not long ago."""
    if reply.header.kind not in ("reply", "email") or asked.header.kind not in (
        "letter",
        "reply",
        "petition",
        "email",
    ):
        return False
    if any(reference.kind in ("number", "message") for reference in reply.header.references):
        return False
    earlier = [
        one
        for one in parsed
        if one.header.sender == asked.header.sender
        and one.header.kind == asked.header.kind
        and one.header.date <= reply.header.date
        and one.header.id != reply.header.id
    ]
    return bool(earlier) and earlier[-1].header.id == asked.header.id


def is_internal(header: Header) -> bool:
    """Tell whether a paper stays within one team: it never answers anybody."""
    if header.sender not in ("A", "B"):
        return False
    other = "B" if header.sender == "A" else "A"
    receivers = (*header.addressees, *header.copies)
    if not receivers:
        return header.kind in ("memo", "minutes", "transcript")
    return other not in receivers and "AB" not in receivers


def is_foreign(header: Header) -> bool:
    """Tell whether a paper passes between others: nobody of the two wrote it or receives it."""
    return header.sender == "X" and not {"A", "B", "AB"} & {*header.addressees, *header.copies}


def reacting_party(asker: Party, asked: Party, kind: str) -> Party:
    """Return who must act: the asked party, or for a commitment the one that undertook it."""
    return asker if kind == "commitment" else asked
