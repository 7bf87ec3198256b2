"""Choose, for every request, the passages in which something happened to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coordnlp.features import Topics
from coordnlp.names import Names
from coordnlp.records import Annotation, Event, EventType, Header, Parsed, Passage, Request, Tie
from coordnlp.settings import Settings
from coordnlp.stages.links.dossiers import (
    Lookup,
    cited_by,
    index_dossier,
    is_internal,
    reacting_party,
    replies_next,
)
from coordnlp.stages.links.features import Pair, evaluate
from coordnlp.stages.links.outcomes import judge_outcome
from coordnlp.stages.links.table import LinkTable, load_link_table

_STATUS_HEADING = re.compile(
    r"(?:上次|上期|前次|上一次|议定|纪要|遗留|跟踪|挂表|督办|交办|往来|未了|在办|台账)[^。]{0,14}"
    r"(?:落实|事项|办理|进展|完成|执行|跟踪|清单|情况|一览)"
)
_CITING = ("cites_number", "cites_title", "cites_date", "in_thread", "replies_next")


@dataclass(frozen=True, slots=True)
class _Scored:
    """A pair with its score, its feature values in words, and what it would be."""

    pair: Pair
    score: float
    reasons: tuple[str, ...]
    type: EventType
    direct: bool


def link_events(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    requests: Sequence[Request],
    names: Names,
    settings: Settings,
) -> tuple[list[Event], list[Tie]]:
    """Link replies, acts done, refusals, receipts, withdrawals and urges to the requests that they are about.

    Block, score, choose: candidates are later passages in the voice of the party that must act, or reports of its
    act, or the asker's words on it; each is scored by the feature table; a document gives a request one event of a
    kind. A passage that fits several requests equally well is linked to none and listed as a tie.

    Args:
        parsed: In order of date.

    Returns:
        Events by (request, date, offset), and ties.
    """
    table = load_link_table()
    lookup = index_dossier(parsed, annotations)
    scored = [one for document in parsed for one in _candidates(document, lookup, requests, names, table)]
    events, ties = _choose(scored, lookup, settings, table)
    events += _receipts(events, lookup, requests)
    return sorted(events, key=lambda e: (e.request, e.date, e.document, e.start, e.type)), ties


# --- block and score -----------------------------------------------------------------------------


def _candidates(
    document: Parsed, lookup: Lookup, requests: Sequence[Request], names: Names, table: LinkTable
) -> Iterator[_Scored]:
    """Yield scored pairs of the requests before a document and its passages."""
    if is_internal(document.header) or not document.header.date:
        return
    earlier = [request for request in requests if request.date and request.date <= document.header.date]
    passages = [p for p in document.passages if p.zone == "body" and not _is_bare_label(p, document)]
    if not earlier or not passages:
        return
    topics = Topics([one.document.text for one in lookup.parsed])
    asked = [_asked_text(request, lookup) for request in earlier]
    texts = [document.words(passage) for passage in passages]
    nearby = [_nearby(passage, document) for passage in passages]
    topic, near = topics.containment(asked, texts).toarray(), topics.containment(asked, nearby).toarray()
    lists = _status_passages(document)
    for i, request in enumerate(earlier):
        cites = _cites(document, lookup.documents[request.document], lookup)
        for j, passage in enumerate(passages):
            if not _may_concern(request, document, passage, names):
                continue
            pair = Pair(
                request=request,
                asked_text=asked[i],
                header=document.header,
                passage=passage,
                text=texts[j],
                annotation=lookup.annotations[passage.id],
                cites=cites,
                topic=float(topic[i, j]),
                nearby=float(near[i, j]),
                turns=_turns_between(request, document, passage, lookup),
                status_list=passage.id in lists,
            )
            scored = _score(pair, document, lookup, table)
            if scored:
                yield scored


def _is_bare_label(passage: Passage, document: Parsed) -> bool:
    return passage.label and not document.words(passage).rstrip().endswith(("。", "；"))


def _asked_text(request: Request, lookup: Lookup) -> str:
    """Return the ask, with the heading of its point, which often names the matter that the ask leaves out."""
    one, passage = lookup.passages[request.passage]
    labels = [p for p in one.passages if p.label and p.zone == "body" and p.item == passage.item and p.item]
    return " ".join([*(one.words(label) for label in labels[:1]), one.words(passage)])


def _nearby(passage: Passage, document: Parsed) -> str:
    """Return the paragraph, row or turn of a passage with the heading of its point."""
    return " ".join(
        document.words(other)
        for other in document.passages
        if other.block == passage.block or (other.label and other.item == passage.item and other.item)
    )


def _cites(document: Parsed, asked: Parsed, lookup: Lookup) -> dict[str, float]:
    mail = asked.document.mail
    found = cited_by(document.header, asked.header, mail.message_id if mail else "")
    if not found and document.header.sender != asked.header.sender and replies_next(document, asked, lookup.parsed):
        found["replies_next"] = 1.0
    return found


def _may_concern(request: Request, document: Parsed, passage: Passage, names: Names) -> bool:
    """Tell whether a passage can bear on a request: said after it, by or about the party that must act."""
    if document.header.id == request.document and passage.start <= request.start:
        return False
    if passage.id == request.passage or passage.id in request.also:
        return False
    if passage.party in ("A", "B"):
        return document.header.id != request.document or document.header.kind in ("minutes", "transcript")
    if passage.party == "AB":
        return document.header.id != request.document
    return False


def _turns_between(request: Request, document: Parsed, passage: Passage, lookup: Lookup) -> int:
    asking = lookup.passages[request.passage][1]
    if document.header.id != request.document:
        return -1
    if passage.turn is not None and asking.turn is not None:
        return passage.turn - asking.turn
    if document.header.kind in ("minutes", "transcript"):
        return max(1, passage.block - asking.block + 1)
    return -1


def _status_passages(document: Parsed) -> set[str]:
    """Return the passages of lists of how earlier decisions were carried out, and of follow-up tables."""
    found: set[str] = set()
    item = -1
    inside = False
    for passage in document.passages:
        words = document.words(passage)
        if passage.label and passage.zone == "body" and not re.match(r"^(?:\d+[.、．]|[（(]\d)", words):
            inside, item = bool(_STATUS_HEADING.search(words)), passage.item
        elif passage.label and inside and passage.item != item and re.match(r"^[一二三四五六七八九十]", words):
            inside = False
        if inside:
            found.add(passage.id)
    return found


def _score(pair: Pair, document: Parsed, lookup: Lookup, table: LinkTable) -> _Scored | None:
    outcome = judge_outcome(pair, document, lookup)
    if outcome is None:
        return None
    values = evaluate(pair)
    score = table.bias + sum(table.feature[name].weight * value for name, value in values.items())
    direct = any(name in pair.cites for name in _CITING)
    reasons = tuple(
        f"{table.feature[name].words}（{table.feature[name].weight * value:+.2f}）" for name, value in values.items()
    )
    return _Scored(pair, max(0.0, min(1.0, score)), reasons, outcome, direct)


# --- choose --------------------------------------------------------------------------------------


def _choose(
    scored: Sequence[_Scored], lookup: Lookup, settings: Settings, table: LinkTable
) -> tuple[list[Event], list[Tie]]:
    by_passage: dict[str, list[_Scored]] = defaultdict(list)
    for one in scored:
        if _is_enough(one, settings, table):
            by_passage[one.pair.passage.id].append(one)
    kept: list[_Scored] = []
    ties: list[Tie] = []
    for rivals in by_passage.values():
        winners = _owners(rivals, settings)
        if _tied(winners, settings):
            ties.append(_tie(winners))
        else:
            kept += winners
    return _one_a_document(kept), ties


def _is_enough(one: _Scored, settings: Settings, table: LinkTable) -> bool:
    pair = one.pair
    limits = settings.thresholds
    topic = max(pair.topic, 0.8 * pair.nearby)
    if one.type == "urge":
        return topic >= limits.urge_topic and one.score >= table.threshold.reply
    if pair.turns in (1, 2):
        return one.score >= table.threshold.reply
    if one.direct:
        return topic >= limits.reply_topic and one.score >= table.threshold.reply
    return topic >= limits.other_topic and one.score >= table.threshold.elsewhere


def _owners(rivals: Sequence[_Scored], settings: Settings) -> list[_Scored]:
    """Keep the requests that a passage is truly about: the best, and those hardly worse on the topic."""
    best = max(one.score for one in rivals)
    return sorted(
        (one for one in rivals if one.score >= best - 2 * settings.thresholds.margin),
        key=lambda one: (-one.score, one.pair.request.id),
    )


def _tied(winners: Sequence[_Scored], settings: Settings) -> bool:
    """Tell whether a passage fits several requests so alike that choosing would be guessing.

    Requests of one letter that a direct reply takes up together are no tie: one sentence may settle several.
    """
    if len(winners) < 2:
        return False
    first, second = winners[0], winners[1]
    if first.pair.request.document == second.pair.request.document:
        return False
    if first.direct and second.direct or first.pair.topic >= 0.5 and second.pair.topic >= 0.5:
        return False
    return first.score - second.score < settings.thresholds.margin


def _tie(winners: Sequence[_Scored]) -> Tie:
    pair = winners[0].pair
    return Tie(
        type=winners[0].type,
        document=pair.header.id,
        passage=pair.passage.id,
        start=pair.passage.start,
        end=pair.passage.end,
        candidates=tuple(sorted(one.pair.request.id for one in winners)),
        reason="同样对得上几件事项，没有替您猜",
    )


def _one_a_document(kept: Sequence[_Scored]) -> list[Event]:
    """Keep the best reaction and the best urge that each document holds for each request."""
    best: dict[tuple[str, str, bool], _Scored] = {}
    for one in kept:
        key = (one.pair.request.id, one.pair.header.id, one.type == "urge")
        rival = best.get(key)
        if rival is None or (one.score, -one.pair.passage.start) > (rival.score, -rival.pair.passage.start):
            best[key] = one
    return [_event(one) for one in best.values()]


def _event(one: _Scored) -> Event:
    passage = one.pair.passage
    return Event(
        request=one.pair.request.id,
        type=one.type,
        document=one.pair.header.id,
        passage=passage.id,
        start=passage.start,
        end=passage.end,
        date=one.pair.header.date,
        score=round(one.score, 3),
        reasons=one.reasons,
    )


# --- receipts ------------------------------------------------------------------------------------


def _receipts(events: Sequence[Event], lookup: Lookup, requests: Sequence[Request]) -> list[Event]:
    """Acknowledge all asks of a letter that a reply confirms without going into any of them."""
    source = {request.id: request.document for request in requests}
    touched = {(event.document, source[event.request]) for event in events}
    found = []
    for document in lookup.parsed:
        if is_internal(document.header) or document.header.kind in ("minutes", "transcript"):
            continue
        receipt = _receipt(document, lookup)
        if receipt is None:
            continue
        for request in requests:
            asked = lookup.documents[request.document]
            fits = reacting_party(request.asker, request.asked, request.kind) == document.header.sender
            if not fits or request.date > document.header.date or (document.header.id, request.document) in touched:
                continue
            if _cites(document, asked, lookup).keys() & {"cites_number", "cites_title", "cites_date", "in_thread"}:
                found.append(_receipt_event(request, document.header, receipt))
    return found


def _receipt(document: Parsed, lookup: Lookup) -> Passage | None:
    """Return the passage with which a paper confirms receipt."""
    for passage in document.passages:
        if passage.zone == "body" and "收悉" in lookup.annotations[passage.id].reasons("acknowledgement"):
            return passage
    return None


def _receipt_event(request: Request, header: Header, passage: Passage) -> Event:
    return Event(
        request=request.id,
        type="acknowledgement",
        document=header.id,
        passage=passage.id,
        start=passage.start,
        end=passage.end,
        date=header.date,
        score=0.5,
        reasons=("只说收到来文，没有涉及所问",),
    )

