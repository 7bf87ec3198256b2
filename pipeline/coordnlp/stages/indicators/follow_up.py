"""Following up: whether what one meeting agreed is taken up again by the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from coordnlp.records import Indicator, Quote, Request
from coordnlp.stages.indicators.evidence import Evidence
from coordnlp.stages.indicators.meetings import Meeting, list_meetings


def items_kept(evidence: Evidence) -> Iterator[Indicator]:
    """Yield how many of the items that meetings agreed were spoken of by the next meeting."""
    meetings = list_meetings(evidence)
    agreed: list[Request] = []
    dropped: list[Request] = []
    for first, second in pairwise(meetings):
        for item in _items_of(first, evidence):
            agreed.append(item)
            if not _is_taken_up(item, first, second, evidence):
                dropped.append(item)
    if agreed:
        kept = len(agreed) - len(dropped)
        yield Indicator(
            code="items_kept",
            party=None,
            value=round(100 * kept / len(agreed), 1),
            cases=len(agreed),
            words=evidence.words.said.items.format(
                meetings=len(meetings), count=len(agreed), kept=kept, dropped=len(dropped)
            ),
            quotes=tuple(Quote(one.document, one.start, one.end) for one in dropped),
            caution=evidence.caution(len(agreed)),
        )


def _items_of(meeting: Meeting, evidence: Evidence) -> list[Request]:
    document = meeting.one.header.id
    return [one for one in evidence.requests if one.document == document and one.kind != "request"]


def _is_taken_up(item: Request, first: Meeting, second: Meeting, evidence: Evidence) -> bool:
    events = evidence.events_of.get(item.id, ())
    told_again = {evidence.headers[document].date for document in _documents_of(item, evidence)}
    dates = {event.date for event in events if event.document != first.one.header.id} | told_again
    return any(first.date < date <= second.date for date in dates)


def _documents_of(item: Request, evidence: Evidence) -> set[str]:
    also = set(item.also)
    return {passage.document for one in evidence.parsed for passage in one.passages if passage.id in also}
