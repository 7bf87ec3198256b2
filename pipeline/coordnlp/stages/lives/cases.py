"""Open requests, each with all that speaks for and against its being open."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from coordnlp.features import Citations, is_internal
from coordnlp.records import Event, Parsed, Party, Request, Tie
from coordnlp.stages.lives.features import REACTIONS, Case
from coordnlp.stages.lives.status import OPEN, status_of


def list_cases(
    parsed: Sequence[Parsed],
    requests: Sequence[Request],
    events: Sequence[Event],
    ties: Sequence[Tie],
    closings: Mapping[str, float],
    as_of: dt.date,
) -> Iterator[Case]:
    """Yield the open requests with all that speaks for and against their being open.

    Args:
        closings: By request id how likely something ended it.
    """
    own: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: (event.date, event.start)):
        own[event.request].append(event)
    doubts: dict[str, float] = defaultdict(float)
    for tie in ties:
        for candidate in tie.candidates if tie.type != "urge" else ():
            doubts[candidate] = max(doubts[candidate], tie.score)
    beside: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        beside[request.document].append(request)
    papers = _Papers(parsed)
    for request in requests:
        status = status_of(own[request.id])
        if status not in OPEN or not request.date:
            continue
        others = [other for other in beside[request.document] if other.id != request.id]
        yield Case(
            request=request,
            status=status,
            kind=papers.kind(request.document),
            events=own[request.id],
            doubt=doubts[request.id],
            closing=closings.get(request.id, 0.0),
            chances=papers.chances(request),
            replies=papers.replies(request),
            others=len(others),
            settled=sum(any(event.type in REACTIONS for event in own[other.id]) for other in others),
            as_of=as_of,
        )


class _Papers:
    """In which papers each party speaks, and which paper of whom cites which."""

    def __init__(self, parsed: Sequence[Parsed]) -> None:
        self._kinds = {one.header.id: one.header.kind for one in parsed}
        outside = [one for one in parsed if not is_internal(one.header)]
        self._speaks = {
            one.header.id: (one.header.date, {passage.party for passage in one.passages}) for one in outside
        }
        citations = Citations(parsed)
        self._cited: dict[str, list[Party | None]] = defaultdict(list)
        for one in outside:
            for id in citations.of(one.header):
                self._cited[id].append(one.header.sender)

    def kind(self, id: str) -> str:
        return self._kinds.get(id, "other")

    def chances(self, request: Request) -> int:
        """Return in how many later papers the party that must act speaks."""
        sides = {"A", "B"} if request.responsible == "AB" else {request.responsible}
        return sum(
            date >= request.date and id != request.document and bool(sides & voices)
            for id, (date, voices) in self._speaks.items()
        )

    def replies(self, request: Request) -> int:
        """Return how many papers of the party that must act cite the paper that asks."""
        return sum(sender == request.responsible for sender in self._cited[request.document])
