"""Requests, what happened to them, and what they amount to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coordnlp.records.annotations import Due
from coordnlp.records.labels import EventType, Party, RequestKind, RequestStatus, Verdict


@dataclass(frozen=True, slots=True)
class Request:
    """A request, commitment or assignment between the two parties.

    `responsible` is the party that must act: the asked one, or for a commitment the one that undertakes.
    `also` are passages in which the same ask is told again.
    """

    id: str
    kind: RequestKind
    asker: Party
    asked: Party
    document: str
    passage: str
    start: int
    end: int
    date: str
    due: Due | None
    score: float
    reasons: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def responsible(self) -> Party:
        """The party that must act."""
        return self.asker if self.kind == "commitment" else self.asked


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request; its date is that of the document that carries it.

    `until` is the day promised by an acknowledgement or a partial answer, the new date of an extension, and the day on
    which the asker answered a clarification, '' while it has not.
    """

    request: str
    type: EventType
    document: str
    passage: str
    start: int
    end: int
    date: str
    score: float
    reasons: tuple[str, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a passage bears on requests, as linking sees it: probabilities, be they too low for a link.

    Attributes:
        reaction: That it reacts to the request that it fits best.
        reactions: To how many requests it reacts, by the sum of the probabilities.
        urge: That it urges the request that it fits best.
        outcomes: What the likeliest reaction would be, by its share.
    """

    reaction: float = 0.0
    reactions: float = 0.0
    urge: float = 0.0
    outcomes: Mapping[EventType, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tie:
    """A reply, urge or other mention that fits several requests equally well, or one not well enough: left unlinked."""

    type: EventType
    document: str
    passage: str
    start: int
    end: int
    candidates: tuple[str, ...]
    reason: str
    score: float = 0.5


@dataclass(frozen=True, slots=True)
class Life:
    """What became of a request by the as-of date; `days_*` count calendar days.

    `confidence` says of an open request how sure it is that it is an ask and still open, in [0, 1]; `reasons` say why.
    `due_effective` is the date that an extension put in the place of the first one, '' without one.
    """

    request: str
    status: RequestStatus
    verdict: Verdict
    overdue: bool
    days_waiting: int
    days_overdue: int
    raised: int
    why: str
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    due_effective: str = ""
