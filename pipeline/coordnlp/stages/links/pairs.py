"""Block: the pairs of a request and a later passage that are worth scoring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features import Citations, Cites, is_internal, share_of_best
from coordnlp.features.lookup import Lookup
from coordnlp.names import Names
from coordnlp.records import Parsed, Party, Passage, Request
from coordnlp.stages.links.nearness import Asks, Nearness
from coordnlp.stages.links.pair import Pair
from coordnlp.stages.links.readings import Reading, read_passage

_STATUS_HEADING = re.compile(
    r"(?:上次|上期|前次|上一次|议定|纪要|遗留|跟踪|跟办|挂表|督办|交办|往来|未了|在办|台账)[^。]{0,14}"
    r"(?:落实|事项|办理|进展|完成|执行|跟踪|清单|情况|一览|单)"
)
_GREETING = re.compile(r"(?:您好|你好|好|早)?[\s，,：:！!。、]*$")
# A pair that shares less, cites nothing and follows no question closely is not looked at.
_LEAST_SHARED = 0.05
_LAST_TURN = 3
# How much the paragraph counts beside the sentence when pairs are ranked.
_LOCAL = 1 / 3
# In a paper at most so many requests are looked for, for a passage at most so many are scored: those that share most
# with it, beside the ones that it cites or follows. So the cost grows with the papers alone.
_MOST_REQUESTS = 100
_MOST_FOR_PASSAGE = 15


@dataclass(frozen=True, slots=True)
class _Place:
    """The passages of one paper that may bear on requests, with what they do."""

    document: Parsed
    passages: Sequence[Passage]
    readings: Sequence[Reading]
    status: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Ranks:
    """How near n requests and m passages come to the best, by shared words and by similarity; shape (n, m)."""

    leads: np.ndarray
    owns: np.ndarray
    alike_leads: np.ndarray
    alike_owns: np.ndarray


def pair_passages(
    lookup: Lookup, requests: Sequence[Request], names: Names, citations: Citations | None = None
) -> Iterator[Pair]:
    """Yield the pairs of every request with later passages that share words with it or stand close to it.

    The time grows with the papers, not with papers times requests: beyond a few hundred requests a paper is compared
    with those that share most with it.
    """
    dated = [request for request in requests if request.date]
    if not dated:
        return
    citations = citations or Citations(lookup.parsed)
    dates = np.array([request.date for request in dated])
    asks = Asks(dated, lookup)
    for document in lookup.parsed:
        place = _place(document, lookup, names)
        earlier = np.flatnonzero(dates <= document.header.date)
        if place and len(earlier):
            yield from _in_document(place, dated, earlier, asks, lookup, citations, names)


def _place(document: Parsed, lookup: Lookup, names: Names) -> _Place | None:
    passages = [
        passage
        for passage in document.passages
        if passage.zone == "body"
        and not _is_bare_label(passage, document)
        and not _is_address(document.words(passage), names)
        and _may_tell(passage, document, lookup, names)
    ]
    if not passages or not document.header.date or is_internal(document.header):
        return None
    readings = [read_passage(passage, lookup) for passage in passages]
    return _Place(document, passages, readings, frozenset(_status_passages(document)))


def _in_document(
    place: _Place,
    requests: Sequence[Request],
    earlier: np.ndarray,
    asks: Asks,
    lookup: Lookup,
    citations: Citations,
    names: Names,
) -> Iterator[Pair]:
    document = place.document
    cited = citations.of(document.header)
    near_by = [at for at in earlier if requests[at].document in cited or requests[at].document == document.header.id]
    nearest = asks.nearest(document, place.passages, earlier, _MOST_REQUESTS)
    rows = np.array(sorted({*nearest.tolist(), *map(int, near_by)}))
    near = asks.measure(document, place.passages, rows)
    allowed = np.array([_allowed(requests[at], place, lookup) for at in rows])
    strength = np.where(allowed, near.topic + near.rare + _LOCAL * (near.nearby + near.rare_nearby), 0.0)
    near_enough = strength >= np.maximum(_LEAST_SHARED, _least_of_best(strength, _MOST_FOR_PASSAGE))
    alike = np.where(allowed, near.alike + _LOCAL * near.alike_nearby, 0.0)
    ranks = _Ranks(*_rank(strength), *_rank(alike))
    for i, at in enumerate(rows):
        request = requests[at]
        cites = cited.get(request.document, {})
        for j in map(int, np.flatnonzero(allowed[i])):
            passage = place.passages[j]
            turns = _turns_between(request, document, passage, lookup)
            if near_enough[i, j] or cites or 1 <= turns <= _LAST_TURN:
                yield _pair(request, asks.texts[at], place, j, near, (i, j), ranks, cites, turns, lookup, names)


def _pair(
    request: Request,
    asked_text: str,
    place: _Place,
    j: int,
    near: Nearness,
    cell: tuple[int, int],
    ranks: _Ranks,
    cites: Cites,
    turns: int,
    lookup: Lookup,
    names: Names,
) -> Pair:
    document, passage = place.document, place.passages[j]
    responsible = request.responsible
    return Pair(
        request=request,
        asked_text=asked_text,
        header=document.header,
        date=document.day_of(passage),
        passage=passage,
        text=document.words(passage),
        reading=place.readings[j],
        cites=cites,
        topic=float(near.topic[cell]),
        nearby=float(near.nearby[cell]),
        before=float(near.before[cell]),
        rare=float(near.rare[cell]),
        rare_nearby=float(near.rare_nearby[cell]),
        words=float(near.words[cell]),
        words_nearby=float(near.words_nearby[cell]),
        rare_words=float(near.rare_words[cell]),
        alike=float(near.alike[cell]),
        alike_nearby=float(near.alike_nearby[cell]),
        meaning=float(near.meaning[cell]),
        meaning_nearby=float(near.meaning_nearby[cell]),
        leads=float(ranks.leads[cell]),
        owns=float(ranks.owns[cell]),
        alike_leads=float(ranks.alike_leads[cell]),
        alike_owns=float(ranks.alike_owns[cell]),
        turns=turns,
        same_point=bool(cites) and passage.item > 0 and passage.item == _item(request, lookup),
        status_list=passage.id in place.status,
        by_responsible=_by_responsible(responsible, document, passage, lookup, names),
        by_asker=passage.party in ("A", "B") and responsible not in (passage.party, "AB"),
    )


def _least_of_best(strength: np.ndarray, count: int) -> np.ndarray:
    """Return for each passage the strength of the last of its best requests, of shape (m,); 0 where there are fewer."""
    if len(strength) <= count:
        return np.zeros(strength.shape[1])
    least: np.ndarray = np.partition(strength, len(strength) - count, axis=0)[len(strength) - count]
    return least


def _rank(strength: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how near each comes to the best of its request, and of its passage."""
    # Being the best of nothing much is no evidence.
    weight = np.minimum(1.0, 2 * strength)
    return weight * share_of_best(strength, axis=1), weight * share_of_best(strength, axis=0)


def _is_bare_label(passage: Passage, document: Parsed) -> bool:
    return passage.label and not document.words(passage).rstrip().endswith(("。", "；"))


def _is_address(text: str, names: Names) -> bool:
    """Tell whether a passage is somebody's name and nothing else, as opens a mail: 赵总，, 林静你好：."""
    bare = _GREETING.sub("", text.strip())
    return any(mention.start == 0 and mention.end == len(bare) for mention in names.find(bare))


def _may_tell(passage: Passage, document: Parsed, lookup: Lookup, names: Names) -> bool:
    """Tell whether a passage is the voice of one of the two, of both, or of a report that names one of them."""
    if passage.party in ("A", "B", "AB"):
        return True
    if passage.party is not None or document.header.sender in ("A", "B"):
        return False
    return passage.owner in ("A", "B", "AB") or bool(names.find(_row(passage, document, lookup)))


def _row(passage: Passage, document: Parsed, lookup: Lookup) -> str:
    return " ".join(document.words(other) for other in lookup.block(passage))


def _allowed(request: Request, place: _Place, lookup: Lookup) -> list[bool]:
    """Tell of each passage whether it can bear on a request: said after it, in another paper or later in its talk."""
    document, header = place.document, place.document.header
    if header.id != request.document:
        return [
            passage.id not in request.also and (not document.days or document.day_of(passage) >= request.date)
            for passage in place.passages
        ]
    if header.kind not in ("minutes", "transcript"):
        return [False] * len(place.passages)
    asking = lookup.passages[request.passage][1]
    talk = header.kind == "transcript"
    return [
        passage.start > request.start
        and passage.id != request.passage
        and passage.id not in request.also
        and passage.party in ("A", "B")
        and (talk or passage.item == asking.item)
        for passage in place.passages
    ]


def _by_responsible(responsible: Party, document: Parsed, passage: Passage, lookup: Lookup, names: Names) -> bool:
    if passage.party in ("A", "B"):
        return responsible in (passage.party, "AB")
    if passage.owner in ("A", "B", "AB"):
        return responsible in (passage.owner, "AB") or passage.owner == "AB"
    mentions = names.find(_row(passage, document, lookup))
    return any(mention.party == responsible or responsible == "AB" for mention in mentions)


def _item(request: Request, lookup: Lookup) -> int:
    return lookup.passages[request.passage][1].item


def _turns_between(request: Request, document: Parsed, passage: Passage, lookup: Lookup) -> int:
    """Return how many turns behind the ask a passage of the same talk stands, -1 elsewhere."""
    if document.header.id != request.document or document.header.kind not in ("minutes", "transcript"):
        return -1
    asking = lookup.passages[request.passage][1]
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
