"""What each paper says of units and people, before anything is known of the teams: the mentions by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coordnlp.records import Kind, Member

Role = Literal[
    "signature", "field", "letterhead", "title", "addressee", "copy", "meeting", "chat", "mail", "owner", "text"
]


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in a role.

    Attributes:
        name: As written, without dress; `@host` for a mail domain, `?file#n` for people listed without a name.
        start: Offset of the line that it stands in, in `Document.text`.
    """

    name: str
    role: Role
    file: str
    start: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A person named with a unit."""

    unit: str
    person: Member
    role: Role
    file: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What one document says.

    Attributes:
        stem: The prefix of its 发文字号 without the letters of the kind: 澜机函 → 澜机; '' if it has none.
        senders: Who wrote it; more than one for joint papers.
        sides: Who met or talked; the names of the groups.
        also: Names of the unit that wrote it, from letterhead and title.
        owners: Names of units that its tables hold responsible.
        lists: The lists of people in its text; each is parted where a comma or semicolon parts it.
    """

    file: str
    kind: Kind
    date: str
    title: str
    stem: str
    senders: tuple[Mention, ...] = ()
    addressees: tuple[Mention, ...] = ()
    copies: tuple[Mention, ...] = ()
    sides: tuple[Mention, ...] = ()
    also: tuple[Mention, ...] = ()
    owners: tuple[Mention, ...] = ()
    seats: tuple[Seat, ...] = ()
    lists: tuple[tuple[tuple[str, ...], ...], ...] = ()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All units that it names."""
        return (*self.senders, *self.addressees, *self.copies, *self.sides, *self.also, *self.owners)
