"""Choose, for every request, the passages in which something happened to it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coordnlp.features import Citations, log_odds
from coordnlp.features.lookup import Lookup
from coordnlp.names import Names
from coordnlp.reasons import weigh, weigh_second
from coordnlp.records import Bearing, Event, EventType, Request, Tie
from coordnlp.settings import Settings
from coordnlp.stages.links.courses import follow_courses, saying
from coordnlp.stages.links.features import REACTION, URGE, Feature, describe, evaluate, key_of
from coordnlp.stages.links.outcomes import describe_outcome
from coordnlp.stages.links.pair import Pair
from coordnlp.stages.links.pairs import pair_passages
from coordnlp.stages.links.receipts import acknowledge, find_receipt, read_on
from coordnlp.stages.links.retellings import first_tellings
from coordnlp.stages.links.side_events import has_received, questions_back, was_done, with_dates
from coordnlp.stages.links.table import Linking, LinkKind, LinkTable, LinkWeights

_MORE, _LESS = "与别的可能相比更像", "与别的可能相比不那么像"
# Requests that fit alike by themselves are told apart by their rivals from so many margins on.
_NOT_FAR = 5
# What ends a request: behind it nothing is owed.
_CLOSING: tuple[EventType, ...] = ("answer", "refusal", "withdrawal")


@dataclass(frozen=True, slots=True)
class Linked:
    """Requests with what happened to them: events by (request, date, offset), ties, and how each passage bears on them.

    `bearings` has the passages that may bear on some request, by id; `closings`, by request, the probability that
    something in the folder ended it, be each passage by itself too unsure for a link.
    """

    requests: Sequence[Request]
    events: Sequence[Event]
    ties: Sequence[Tie]
    bearings: Mapping[str, Bearing]
    closings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A pair with its score, the score that it has by itself, its feature values in words, and what it would be.

    `shares` has how likely a reaction is of each type.
    """

    pair: Pair
    score: float
    first: float
    reasons: tuple[str, ...]
    type: EventType
    direct: bool
    shares: Mapping[EventType, float] = field(default_factory=dict)


def link_requests(
    lookup: Lookup, requests: Sequence[Request], names: Names, settings: Settings, linking: Linking
) -> Linked:
    """Link events to requests, and drop requests whose words turn out to be an event of an older one."""
    citations = Citations(lookup.parsed)
    linked = link_events(lookup, citations, requests, names, settings, linking)
    kept = first_tellings(requests, linked.events)
    if len(kept) < len(requests):
        # Without the dropped ones as rivals, their answers go to the first telling.
        return link_events(lookup, citations, kept, names, settings, linking)
    return linked


def link_events(
    lookup: Lookup,
    citations: Citations,
    requests: Sequence[Request],
    names: Names,
    settings: Settings,
    linking: Linking,
) -> Linked:
    """Link replies, acts done, refusals, receipts, withdrawals and urges to the requests that they are about.

    Block, score, choose: candidates are later passages in the voice of the party that must act, or reports of its
    act, or the asker's words on it; each is scored by its features, then again among its rivals; a document gives a
    request one event of a kind. A passage that fits several requests equally well is linked to none and listed as a
    tie.
    """
    table = linking.table
    pairs = list(pair_passages(lookup, requests, names, citations))
    confirming = {one.header.id: passage for one in lookup.parsed if (passage := find_receipt(one, lookup))}
    asks = {request.passage for request in requests}
    scored = [one for one in _score_all(pairs, linking) if not _asks_anew(one, asks)]
    events, ties = _choose(scored, {passage.id for passage in confirming.values()}, settings, table)
    by_id = {request.id: request for request in requests}
    events = list(read_on(events, confirming, by_id, lookup))
    receipts, unsure = acknowledge(events, confirming, lookup, requests, citations)
    receipts = list(read_on(receipts, confirming, by_id, lookup))
    asked = list(questions_back(pairs))
    # What asks back is no receipt; a paper that gives the answer elsewhere asks nothing back.
    questions = {(event.request, event.passage) for event in asked}
    events = [event for event in events if (event.request, event.passage) not in questions]
    reacted = {(event.request, event.document) for event in events}
    asked = [event for event in asked if (event.request, event.document) not in reacted]
    told = [*with_dates([*events, *receipts], by_id, lookup), *asked]
    in_order = sorted(told, key=lambda e: (e.request, e.date, e.document, e.start, e.type))
    return Linked(requests, in_order, ties + unsure, _bearings(scored), _closings(scored))


# --- score ---------------------------------------------------------------------------------------


def _score_all(pairs: Sequence[Pair], linking: Linking) -> list[_Scored]:
    """Return the pairs that may be reactions, each of its likeliest type in the course of its request, and urges."""
    table = linking.table
    reactions = list(_score(pairs, "reaction", REACTION, linking, table.reaction))
    urges = list(_score([pair for pair in pairs if pair.may_urge], "urge", URGE, linking, table.urge))
    courses = follow_courses(*([saying(one.pair, one.score) for one in some] for some in (reactions, urges)))
    typed = (_type(one, course, table) for one, course in zip(reactions, courses.tolist(), strict=True))
    return [*typed, *urges]


def _asks_anew(one: _Scored, asks: Collection[str]) -> bool:
    """Tell whether a reaction would be the asker's own next ask, however like the first: that ends nothing."""
    ask_only = one.pair.passage.id in asks and not one.pair.reading.drops
    return one.type != "urge" and one.pair.by_asker and ask_only


def _type(one: _Scored, course: Sequence[float], table: LinkTable) -> _Scored:
    outcome = describe_outcome(one.pair, course)
    kind = table.type_of(outcome)
    done = kind == "acknowledgement" and (has_received(one.pair) or was_done(one.pair))
    return replace(one, type="answer" if done else kind, shares=table.shares(outcome))


def _score(
    pairs: Sequence[Pair], kind: LinkKind, features: Mapping[str, Feature], linking: Linking, part: LinkWeights
) -> Iterator[_Scored]:
    """Score pairs and yield those that are possible, with the weightiest features as reasons."""
    values = [evaluate(pair, features) for pair in pairs]
    first, scores = linking.score(kind, [list(one.values()) for one in values], list(map(key_of, pairs)))
    for pair, told, odds, score in zip(pairs, values, first.tolist(), scores.tolist(), strict=True):
        if score >= part.possible:
            among = weigh_second(_MORE, _LESS, log_odds(score) - odds)
            reasons = tuple(weigh(describe(name), share) for name, share in part.telling(told))
            alone = 1 / (1 + math.exp(-odds))
            yield _Scored(pair, score, alone, (*reasons, *among), "urge", bool(pair.cites))


def _bearings(scored: Iterable[_Scored]) -> dict[str, Bearing]:
    """Return by passage how it bears on requests."""
    by_passage: dict[str, list[_Scored]] = defaultdict(list)
    for one in scored:
        by_passage[one.pair.passage.id].append(one)
    return {passage: _bearing(some) for passage, some in by_passage.items()}


def _bearing(some: Sequence[_Scored]) -> Bearing:
    urge = max((one.score for one in some if one.type == "urge"), default=0.0)
    reactions = [one for one in some if one.type != "urge"]
    if not reactions:
        return Bearing(urge=urge)
    best = max(reactions, key=lambda one: (one.score, one.pair.request.id))
    return Bearing(best.score, sum(one.score for one in reactions), urge, best.shares)


def _closings(scored: Iterable[_Scored]) -> dict[str, float]:
    """Return by request how likely something ended it: at least one of its papers, each by its likeliest passage."""
    best: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in scored:
        if one.type != "urge":
            ends = one.score * sum(one.shares.get(kind, 0.0) for kind in _CLOSING)
            papers = best[one.pair.request.id]
            papers[one.pair.header.id] = max(papers[one.pair.header.id], ends)
    return {request: 1 - math.prod(1 - ends for ends in papers.values()) for request, papers in best.items()}


# --- choose --------------------------------------------------------------------------------------


def _choose(
    scored: Sequence[_Scored], confirming: Collection[str], settings: Settings, table: LinkTable
) -> tuple[list[Event], list[Tie]]:
    """Choose events and ties; `confirming` are the passages with which papers confirm receipt."""
    by_passage: dict[str, list[_Scored]] = defaultdict(list)
    possible: list[_Scored] = []
    for one in scored:
        part = table.urge if one.type == "urge" else table.reaction
        if one.score >= part.threshold:
            by_passage[one.pair.passage.id].append(one)
        elif one.score >= part.possible and one.type != "urge":
            possible.append(one)
    kept: list[_Scored] = []
    ties: list[Tie] = []
    for rivals in by_passage.values():
        winners = _owners(rivals, settings)
        twins = _twins(rivals, settings)
        if twins:
            ties.append(_tie(twins, "同样对得上几件事项，没有替您猜"))
        else:
            kept += winners
    return _one_a_document(kept, confirming), ties + _doubts(possible)


def _doubts(possible: Sequence[_Scored]) -> list[Tie]:
    """Return for each request the best passage that may be its answer, but not surely enough to link."""
    best: dict[str, _Scored] = {}
    for one in possible:
        rival = best.get(one.pair.request.id)
        if rival is None or (one.score, rival.pair.passage.id) > (rival.score, one.pair.passage.id):
            best[one.pair.request.id] = one
    return [_tie([one], "可能是答复，但把握不够") for one in best.values()]


def _owners(rivals: Sequence[_Scored], settings: Settings) -> list[_Scored]:
    """Keep the requests that a passage is truly about: the best, and those hardly worse on the topic."""
    best = max(one.score for one in rivals)
    return sorted(
        (one for one in rivals if one.score >= best - 2 * settings.thresholds.margin),
        key=lambda one: (-one.score, one.pair.request.id),
    )


def _twins(rivals: Sequence[_Scored], settings: Settings) -> list[_Scored]:
    """Return the requests that a passage fits so alike that choosing would be guessing, the best first; [] for none.

    Alike with a look at their rivals, or by themselves and not far apart with it: which of two twins was asked last
    tells little. Requests of one letter that a direct reply takes up together are no tie: one sentence may settle
    several.
    """
    order = sorted(rivals, key=lambda one: (-one.score, one.pair.request.id))
    first = order[0]
    margin = settings.thresholds.margin
    twins = [
        one
        for one in order[1:]
        if first.score - one.score < margin
        or (abs(first.first - one.first) < margin and first.score - one.score < _NOT_FAR * margin)
    ]
    if not twins or first.pair.request.document == twins[0].pair.request.document:
        return []
    if (first.direct and twins[0].direct) or (first.pair.topic >= 0.5 and twins[0].pair.topic >= 0.5):
        return []
    return [first, *twins]


def _tie(winners: Sequence[_Scored], reason: str) -> Tie:
    pair = winners[0].pair
    return Tie(
        type=winners[0].type,
        document=pair.header.id,
        passage=pair.passage.id,
        start=pair.passage.start,
        end=pair.passage.end,
        candidates=tuple(sorted(one.pair.request.id for one in winners)),
        reason=reason,
        score=round(winners[0].score, 3),
    )


def _one_a_document(kept: Sequence[_Scored], confirming: Collection[str]) -> list[Event]:
    """Keep the best reaction and the best urge that each document holds for each request.

    That a letter arrived is said before anything else, and gives way to what is.
    """

    def rank(one: _Scored) -> tuple[bool, float, int]:
        receipt = one.type == "acknowledgement" and one.pair.passage.id in confirming
        return not receipt, one.score, -one.pair.passage.start

    best: dict[tuple[str, str, bool], _Scored] = {}
    for one in kept:
        key = (one.pair.request.id, one.pair.header.id, one.type == "urge")
        best[key] = max(best.get(key, one), one, key=rank)
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
        date=one.pair.date,
        score=round(one.score, 3),
        reasons=one.reasons,
    )
