"""Receipts: the sentence with which a reply confirms that a paper came, and what it says of the asks of that paper."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from coordnlp.features import Citations, Cites, is_internal, is_to_the_other
from coordnlp.features.lookup import Lookup
from coordnlp.records import Act, Event, Header, Kind, Parsed, Passage, Request, Tie
from coordnlp.stages.links.side_events import asks_opinion, opines, tells_at_once

_TOLD, _OPINES = "收悉之后就说了内容", "征求的意见已在来文里提出"
_LETTERS: tuple[Kind, ...] = ("letter", "reply", "email", "report")
_CAME = re.compile(r"^(?:[贵你][\u4e00-\u9fff]{1,4}?)?(?:\d+月\d+日)?(?:来[函文稿信件电]|[送审签见]稿)")
# A letter that is answered without being named came so recently.
_LATE = dt.timedelta(days=60)
_OUTCOMES: tuple[Act, ...] = ("answer", "partial_answer", "refusal")


def read_on(
    events: Iterable[Event], confirming: Mapping[str, Passage], requests: Mapping[str, Request], lookup: Lookup
) -> Iterator[Event]:
    """Yield events; a receipt whose paper tells something at once, or the opinion asked for, is that answer."""
    for event in events:
        answer = _told_behind(event, confirming, requests, lookup) if event.type == "acknowledgement" else None
        if answer:
            passage, reason = answer
            event = replace(
                event,
                type="answer",
                passage=passage.id,
                start=passage.start,
                end=passage.end,
                reasons=(reason, *event.reasons),
            )
        yield event


def _told_behind(
    event: Event, confirming: Mapping[str, Passage], requests: Mapping[str, Request], lookup: Lookup
) -> tuple[Passage, str] | None:
    """Return what the paper of a receipt gives all the same, and why that answers."""
    document, receipt = lookup.documents[event.document], confirming.get(event.document)
    body = [one for one in document.passages if one.zone == "body"]
    if receipt and event.passage == receipt.id:
        for one in body:
            if tells_at_once(document.words(one)):
                return one, _TOLD
    opinion = _opinion_in(document, requests[event.request], lookup)
    return (opinion, _OPINES) if opinion else None


def _opinion_in(document: Parsed, request: Request, lookup: Lookup) -> Passage | None:
    """Return the passage with which a letter of the asked party gives the opinion that was asked for, if it does."""
    wanted = lookup.documents[request.document].document.plain[request.start : request.end]
    if document.header.kind not in _LETTERS or document.header.sender != request.responsible:
        return None
    if not asks_opinion(wanted):
        return None
    return next((p for p in document.passages if p.zone == "body" and opines(document.words(p))), None)


def acknowledge(
    events: Sequence[Event],
    confirming: Mapping[str, Passage],
    lookup: Lookup,
    requests: Sequence[Request],
    citations: Citations,
) -> tuple[list[Event], list[Tie]]:
    """Acknowledge all asks of a letter that a reply confirms without going into any of them.

    A reply with an answer that is to none of the asks of the papers that it names is no mere receipt: it may answer
    each of them that it only confirms, as a tie says.
    """
    source = {request.id: request.document for request in requests}
    made: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        made[request.document].append(request)
    confirmed = {event.passage for event in events if event.type == "acknowledgement"}
    # That a paper arrived is said of all its asks, whichever it was linked to.
    mere = {passage.id for passage in confirming.values()} & confirmed
    touched = {(event.document, source[event.request]) for event in events if event.passage not in mere}
    known = {(event.document, event.request): event.passage in mere for event in events}
    told = {event.passage for event in events if event.type in _OUTCOMES}
    found: list[Event] = []
    unsure: list[Tie] = []
    for document in lookup.parsed:
        if is_internal(document.header) or document.header.kind in ("minutes", "transcript"):
            continue
        receipt = confirming.get(document.header.id)
        if receipt is None:
            continue
        named = [id for id, cites in sorted(citations.of(document.header).items()) if _names_paper(cites)]
        named = named or _last_of_the_other(document, receipt, lookup)
        used = {event.passage for event in events if source[event.request] in named}
        free = (p for p in document.passages if p.id not in used)
        answer = next((p for p in free if p.id in told or _settles(p, lookup)), None)
        for request in (request for id in named for request in made.get(id, ())):
            fits = request.responsible == document.header.sender
            if not fits or request.date > document.header.date:
                continue
            merely = known.get((document.header.id, request.id))
            new = merely is None and (document.header.id, request.document) not in touched
            if answer is not None and (merely or new) and not _opinion_in(document, request, lookup):
                unsure.append(_loose_answer(request, answer))
            elif new:
                found.append(_receipt_event(request, document.header, receipt))
    return found, unsure


def _names_paper(cites: Cites) -> bool:
    """Tell whether a paper names the other; that it merely comes next is no receipt."""
    return any(feature != "replies_next" for feature in cites)


def _last_of_the_other(document: Parsed, receipt: Passage, lookup: Lookup) -> list[str]:
    """Return the paper that 来函收悉 means where nothing names one: the last that came from the other side of late."""
    replies = document.header
    if not replies.date or not _CAME.search(document.words(receipt)):
        return []
    since = (dt.date.fromisoformat(replies.date) - _LATE).isoformat()
    came = [
        one.header
        for one in lookup.parsed
        if is_to_the_other(one.header)
        and replies.sender in one.header.addressees
        and one.header.kind in (*_LETTERS, "petition", "notice")
        and since <= one.header.date <= replies.date
    ]
    latest = max((header.date for header in came), default="")
    last = [header.id for header in came if header.date == latest]
    return last if len(last) == 1 else []


def _settles(passage: Passage, lookup: Lookup) -> bool:
    """Tell whether a passage may give, do or refuse something, even where the judge is not sure."""
    acts = lookup.annotations[passage.id].acts
    judged = any(act.label in _OUTCOMES and act.level != "low" for act in acts)
    return passage.zone == "body" and (judged or tells_at_once(lookup.documents[passage.document].words(passage)))


def _loose_answer(request: Request, passage: Passage) -> Tie:
    reason = "复文里的答复没有对上哪一件，可能就是"
    return Tie("answer", passage.document, passage.id, passage.start, passage.end, (request.id,), reason)


def find_receipt(document: Parsed, lookup: Lookup) -> Passage | None:
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
