"""Choose, for every request, the passages in which something happened to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coordnlp.features import Citations, Cites, is_internal
from coordnlp.features.lookup import Lookup, index_dossier
from coordnlp.names import Names
from coordnlp.reasons import weigh
from coordnlp.records import Act, Annotation, Event, EventType, Header, Parsed, Passage, Request, Tie
from coordnlp.settings import Settings
from coordnlp.stages.links.features import REACTION, URGE, Feature, Pair, describe, evaluate
from coordnlp.stages.links.outcomes import describe_outcome
from coordnlp.stages.links.pairs import pair_passages
from coordnlp.stages.links.retellings import first_tellings
from coordnlp.stages.links.side_events import questions_back, with_dates
from coordnlp.stages.links.table import LinkTable, LinkWeights

_OUTCOMES: tuple[Act, ...] = ("answer", "partial_answer", "refusal")


@dataclass(frozen=True, slots=True)
class Linked:
    """Requests with what happened to them: events by (request, date, offset), and ties."""

    requests: Sequence[Request]
    events: Sequence[Event]
    ties: Sequence[Tie]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A pair with its score, its feature values in words, and what it would be."""

    pair: Pair
    score: float
    reasons: tuple[str, ...]
    type: EventType
    direct: bool


def link_requests(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    requests: Sequence[Request],
    names: Names,
    settings: Settings,
    table: LinkTable,
) -> Linked:
    """Link events to requests, and drop requests whose words turn out to be an event of an older one.

    Args:
        parsed: In order of date.
    """
    lookup, citations = index_dossier(parsed, annotations), Citations(parsed)
    events, ties = link_events(lookup, citations, requests, names, settings, table)
    kept = first_tellings(requests, events)
    if len(kept) < len(requests):
        # Without the dropped ones as rivals, their answers go to the first telling.
        events, ties = link_events(lookup, citations, kept, names, settings, table)
    return Linked(kept, events, ties)


def link_events(
    lookup: Lookup,
    citations: Citations,
    requests: Sequence[Request],
    names: Names,
    settings: Settings,
    table: LinkTable,
) -> tuple[list[Event], list[Tie]]:
    """Link replies, acts done, refusals, receipts, withdrawals and urges to the requests that they are about.

    Block, score, choose: candidates are later passages in the voice of the party that must act, or reports of its
    act, or the asker's words on it; each is scored by the feature table; a document gives a request one event of a
    kind. A passage that fits several requests equally well is linked to none and listed as a tie.

    Returns:
        Events by (request, date, offset), and ties.
    """
    pairs = list(pair_passages(lookup, requests, names, citations))
    scored = [one for pair in pairs for one in _score(pair, table)]
    events, ties = _choose(scored, settings, table)
    receipts, unsure = _receipts(events, lookup, requests, citations)
    asked = list(questions_back(pairs))
    # What asks back is no receipt; a paper that gives the answer elsewhere asks nothing back.
    questions = {(event.request, event.passage) for event in asked}
    events = [event for event in events if (event.request, event.passage) not in questions]
    reacted = {(event.request, event.document) for event in events}
    asked = [event for event in asked if (event.request, event.document) not in reacted]
    by_id = {request.id: request for request in requests}
    told = [*with_dates([*events, *receipts], by_id, lookup), *asked]
    return sorted(told, key=lambda e: (e.request, e.date, e.document, e.start, e.type)), ties + unsure


# --- score ---------------------------------------------------------------------------------------


def _score(pair: Pair, table: LinkTable) -> Iterator[_Scored]:
    """Yield what a pair may be, as the table weighs its features: a reaction of the likeliest type, and an urge."""
    reaction = _weigh(pair, table.reaction, REACTION)
    if reaction.score >= table.reaction.possible:
        yield replace(reaction, type=table.type_of(describe_outcome(pair)))
    if pair.may_urge:
        yield _weigh(pair, table.urge, URGE)


def _weigh(pair: Pair, part: LinkWeights, features: Mapping[str, Feature]) -> _Scored:
    """Score a pair by one part of the table, with the weightiest features as reasons."""
    values = evaluate(pair, features)
    reasons = tuple(weigh(describe(name), share) for name, share in part.telling(values))
    return _Scored(pair, part.score(values), reasons, "urge", bool(pair.cites))


# --- choose --------------------------------------------------------------------------------------


def _choose(scored: Sequence[_Scored], settings: Settings, table: LinkTable) -> tuple[list[Event], list[Tie]]:
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
        if _tied(winners, settings):
            ties.append(_tie(winners, "同样对得上几件事项，没有替您猜"))
        else:
            kept += winners
    return _one_a_document(kept), ties + _doubts(possible)


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


def _tied(winners: Sequence[_Scored], settings: Settings) -> bool:
    """Tell whether a passage fits several requests so alike that choosing would be guessing.

    Requests of one letter that a direct reply takes up together are no tie: one sentence may settle several.
    """
    if len(winners) < 2:
        return False
    first, second = winners[0], winners[1]
    if first.pair.request.document == second.pair.request.document:
        return False
    if (first.direct and second.direct) or (first.pair.topic >= 0.5 and second.pair.topic >= 0.5):
        return False
    return first.score - second.score < settings.thresholds.margin


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


def _receipts(
    events: Sequence[Event], lookup: Lookup, requests: Sequence[Request], citations: Citations
) -> tuple[list[Event], list[Tie]]:
    """Acknowledge all asks of a letter that a reply confirms without going into any of them.

    A reply with an answer that no ask was found for is no mere receipt: it may answer each of them, as a tie says.
    """
    source = {request.id: request.document for request in requests}
    made: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        made[request.document].append(request)
    touched = {(event.document, source[event.request]) for event in events}
    used = {event.passage for event in events}
    found: list[Event] = []
    unsure: list[Tie] = []
    for document in lookup.parsed:
        if is_internal(document.header) or document.header.kind in ("minutes", "transcript"):
            continue
        receipt = _receipt(document, lookup)
        if receipt is None:
            continue
        answer = next((p for p in document.passages if p.id not in used and _settles(p, lookup)), None)
        cited = [
            request
            for id, cites in sorted(citations.of(document.header).items())
            if _names_paper(cites) and (document.header.id, id) not in touched
            for request in made.get(id, ())
        ]
        for request in cited:
            fits = request.responsible == document.header.sender
            if not fits or request.date > document.header.date:
                continue
            if answer is None:
                found.append(_receipt_event(request, document.header, receipt))
            else:
                unsure.append(_loose_answer(request, answer))
    return found, unsure


def _names_paper(cites: Cites) -> bool:
    """Tell whether a paper names the other; that it merely comes next is no receipt."""
    return any(feature != "replies_next" for feature in cites)


def _settles(passage: Passage, lookup: Lookup) -> bool:
    """Tell whether a passage may give, do or refuse something, even where the judge is not sure."""
    acts = lookup.annotations[passage.id].acts
    return passage.zone == "body" and any(act.label in _OUTCOMES and act.level != "low" for act in acts)


def _loose_answer(request: Request, passage: Passage) -> Tie:
    reason = "复文里的答复没有对上哪一件，可能就是"
    return Tie("answer", passage.document, passage.id, passage.start, passage.end, (request.id,), reason)


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
