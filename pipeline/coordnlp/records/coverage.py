"""What the folder holds, and what is missing from it."""

from __future__ import annotations

from dataclasses import dataclass

from coordnlp.records.documents import Quote
from coordnlp.records.labels import Party, Side, UnseenKind


@dataclass(frozen=True, slots=True)
class Unseen:
    """A paper that exists and was not read: it may be the missing answer.

    Attributes:
        kind: How it is known: an unread file, one held back for its 密级, a line of a register, a citation.
        name: What the report calls it: the file, else 发文字号 or title.
        party: Who wrote it, None if nothing tells.
        date: ISO date, '' if nothing tells.
        quote: Where it is named, None for a file.
    """

    kind: UnseenKind
    name: str
    party: Party | None
    date: str
    number: str = ""
    title: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """How many papers of a party a month (YYYY-MM) holds: read ones, and ones known but unseen."""

    month: str
    party: Party
    read: int
    unseen: int


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch, ISO days inclusive, in which a party that writes otherwise has no paper in the dossier."""

    party: Side
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The ledger of what the dossier holds, and of what it lacks."""

    months: tuple[Month, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    silences: tuple[Silence, ...] = ()
