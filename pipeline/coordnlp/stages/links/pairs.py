"""Block: the pairs of a request and a later passage that are worth scoring."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features import Topics, topic_features
from coordnlp.names import Names
from coordnlp.records import Parsed, Passage, Request
from coordnlp.stages.links.dossiers import Lookup, cited_by, is_foreign, is_internal, reacting_party, replies_next
from coordnlp.stages.links.features import Pair

_STATUS_HEADING = re.compile(
    r"(?:上次|上期|前次|上一次|议定|纪要|遗留|跟踪|挂表|督办|交办|往来|未了|在办|台账)[^。]{0,14}"
    r"(?:落实|事项|办理|进展|完成|执行|跟踪|清单|情况|一览)"
)
# Titles and numbers name a paper, not the matter.
_PAPERS = re.compile(r"《[^《》]*》|[\u4e00-\u9fff]{1,8}[〔\[（(]\d{4}[〕\]）)]\d+号")
# A pair that shares less, cites nothing and follows no question closely is not looked at.
_LEAST_SHARED = 0.15
_LAST_TURN = 3
# How much the paragraph counts beside the sentence when pairs are ranked.
_LOCAL = 1 / 3
# An ask of fewer characters seldom names its matter.
_SHORT = 30


@dataclass(frozen=True, slots=True)
class _Nearness:
    """How near n asks are to m passages of a document, and to their paragraphs: arrays of shape (n, m) in [0, 1]."""

    topic: np.ndarray
    nearby: np.ndarray
    rare: np.ndarray
    rare_nearby: np.ndarray
    words: np.ndarray
    words_nearby: np.ndarray
    rare_words: np.ndarray


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The vocabularies of a dossier: character pairs and content words."""

    pairs: Topics
    terms: Topics


def pair_passages(lookup: Lookup, requests: Sequence[Request], names: Names) -> Iterator[Pair]:
    """Yield the pairs of every request with later passages that share words with it or stand close to it."""
    # Rarity is counted over what concerns the two: papers among others say nothing of their matters.
    every = [(one, passage) for one in lookup.parsed if not is_foreign(one.header) for passage in one.passages]
    vocabulary = _Vocabulary(
        pairs=Topics([topic_features(_bare(one.words(passage))) for one, passage in every]),
        terms=Topics([lookup.annotations[passage.id].terms for _, passage in every]),
    )
    for document in lookup.parsed:
        if document.header.date and not is_internal(document.header):
            yield from _in_document(document, lookup, requests, names, vocabulary)


def _in_document(
    document: Parsed, lookup: Lookup, requests: Sequence[Request], names: Names, vocabulary: _Vocabulary
) -> Iterator[Pair]:
    earlier = [request for request in requests if request.date and request.date <= document.header.date]
    passages = [p for p in document.passages if p.zone == "body" and not _is_bare_label(p, document)]
    if not earlier or not passages:
        return
    asks = [_asked_text(request, lookup) for request in earlier]
    near = _measure(earlier, asks, passages, document, lookup, vocabulary)
    strength = near.topic + near.rare + _LOCAL * (near.nearby + near.rare_nearby)
    allowed = np.array([[_may_concern(q, document, p, lookup) for p in passages] for q in earlier])
    strength = np.where(allowed, strength, 0.0)
    # Being the best of nothing much is no evidence.
    weight = np.minimum(1.0, 2 * strength)
    leads, owns = weight * _share_of_best(strength, axis=1), weight * _share_of_best(strength, axis=0)
    lists = _status_passages(document)
    asks_of = Counter(request.document for request in requests)
    for i, request in enumerate(earlier):
        cites = _cites(document, lookup.documents[request.document], lookup)
        for j, passage in enumerate(passages):
            turns = _turns_between(request, document, passage, lookup)
            if not allowed[i, j] or not (strength[i, j] > _LEAST_SHARED or cites or 1 <= turns <= _LAST_TURN):
                continue
            yield Pair(
                request=request,
                asked_text=asks[i],
                header=document.header,
                passage=passage,
                text=document.words(passage),
                annotation=lookup.annotations[passage.id],
                cites=cites,
                topic=float(near.topic[i, j]),
                nearby=float(near.nearby[i, j]),
                rare=float(near.rare[i, j]),
                rare_nearby=float(near.rare_nearby[i, j]),
                words=float(near.words[i, j]),
                words_nearby=float(near.words_nearby[i, j]),
                rare_words=float(near.rare_words[i, j]),
                leads=float(leads[i, j]),
                owns=float(owns[i, j]),
                asks=asks_of[request.document],
                turns=turns,
                same_point=bool(cites) and passage.item > 0 and passage.item == _item(request, lookup),
                status_list=passage.id in lists,
                by_responsible=_by_responsible(request, document, passage, lookup, names),
            )


def _measure(
    requests: Sequence[Request],
    asks: Sequence[str],
    passages: Sequence[Passage],
    document: Parsed,
    lookup: Lookup,
    vocabulary: _Vocabulary,
) -> _Nearness:
    """Compare asks with the passages of a document; a cell of a table counts with its whole row."""
    pairs, terms = vocabulary.pairs, vocabulary.terms
    asked = pairs.weigh([topic_features(ask) for ask in asks])
    own = pairs.weigh([topic_features(_bare(document.words(passage))) for passage in passages])
    around = pairs.weigh([topic_features(_nearby(passage, document, lookup)) for passage in passages])
    asked_terms = terms.weigh([lookup.annotations[request.passage].terms for request in requests])
    own_terms = terms.weigh([lookup.annotations[passage.id].terms for passage in passages])
    around_terms = terms.weigh([_terms_nearby(passage, lookup) for passage in passages])
    nearby, rare_nearby = pairs.containment(asked, around), pairs.rare_overlap(asked, around)
    cells = np.array([passage.row for passage in passages])
    return _Nearness(
        topic=np.where(cells, nearby, pairs.containment(asked, own)),
        nearby=nearby,
        rare=np.where(cells, rare_nearby, pairs.rare_overlap(asked, own)),
        rare_nearby=rare_nearby,
        words=terms.containment(asked_terms, own_terms),
        words_nearby=terms.containment(asked_terms, around_terms),
        rare_words=terms.rare_overlap(asked_terms, around_terms),
    )


def _terms_nearby(passage: Passage, lookup: Lookup) -> list[str]:
    return [term for other in lookup.block(passage) for term in lookup.annotations[other.id].terms]


def _share_of_best(strength: np.ndarray, axis: int) -> np.ndarray:
    best = strength.max(axis=axis, keepdims=True)
    share: np.ndarray = np.divide(strength, best, out=np.zeros_like(strength), where=best > 0)
    return share


def _bare(text: str) -> str:
    return _PAPERS.sub("", text)


def _is_bare_label(passage: Passage, document: Parsed) -> bool:
    return passage.label and not document.words(passage).rstrip().endswith(("。", "；"))


def _asked_text(request: Request, lookup: Lookup) -> str:
    """Return the ask with what it leaves out: the heading of its point, and for a short ask the sentence before."""
    one, passage = lookup.passages[request.passage]
    label = lookup.label(passage)
    words = one.words(passage)
    before = [p for p in lookup.block(passage) if p.end <= passage.start and not p.label]
    context = [one.words(before[-1])] if before and len(words) < _SHORT else []
    return _bare(" ".join([*([one.words(label)] if label else []), *context, words]))


def _nearby(passage: Passage, document: Parsed, lookup: Lookup) -> str:
    """Return the paragraph, row or turn of a passage with the heading of its point."""
    label = lookup.label(passage)
    around = list(lookup.block(passage))
    if label and label not in around:
        around.insert(0, label)
    return _bare(" ".join(document.words(other) for other in around))


def _cites(document: Parsed, asked: Parsed, lookup: Lookup) -> dict[str, float]:
    """Return the citation features of a paper by somebody else than the asker; its own urging letter cites too."""
    if document.header.sender == asked.header.sender != "AB":
        return {}
    mail = asked.document.mail
    found = cited_by(document.header, asked.header, mail.message_id if mail else "")
    if not found and replies_next(document, asked, lookup.parsed):
        found["replies_next"] = 1.0
    return found


def _may_concern(request: Request, document: Parsed, passage: Passage, lookup: Lookup) -> bool:
    """Tell whether a passage can bear on a request: said after it, in another paper or later in the same talk."""
    if passage.party not in ("A", "B", "AB") or passage.id == request.passage or passage.id in request.also:
        return False
    if document.header.id != request.document:
        return True
    if document.header.kind not in ("minutes", "transcript") or passage.start <= request.start:
        return False
    asking = lookup.passages[request.passage][1]
    return passage.party != "AB" and (passage.item == asking.item or document.header.kind == "transcript")


def _by_responsible(request: Request, document: Parsed, passage: Passage, lookup: Lookup, names: Names) -> bool:
    responsible = reacting_party(request.asker, request.asked, request.kind)
    if passage.party in ("A", "B"):
        return responsible in (passage.party, "AB")
    row = " ".join(document.words(other) for other in lookup.block(passage))
    return any(mention.party == responsible for mention in names.find(row))


def _item(request: Request, lookup: Lookup) -> int:
    return lookup.passages[request.passage][1].item


def _turns_between(request: Request, document: Parsed, passage: Passage, lookup: Lookup) -> int:
    """Return how many turns behind the ask a passage of the same talk stands, -1 elsewhere."""
    asking = lookup.passages[request.passage][1]
    if document.header.id != request.document or document.header.kind not in ("minutes", "transcript"):
        return -1
    if passage.turn is not None and asking.turn is not None:
        return passage.turn - asking.turn
    return max(1, passage.block - asking.block + 1)


def _status_passages(document: Parsed) -> set[str]:
    """Return the passages of lists of how earlier decisions were carried out, and of follow-up tables."""
    found: set[str] = set()
    item, inside = -1, False
    for passage in document.passages:
        words = document.words(passage)
        if passage.label and passage.zone == "body" and not re.match(r"^(?:\d+[.、．]|[（(]\d)", words):
            inside, item = bool(_STATUS_HEADING.search(words)), passage.item
        elif passage.label and inside and passage.item != item and re.match(r"^[一二三四五六七八九十]", words):
            inside = False
        if inside:
            found.add(passage.id)
    return found
