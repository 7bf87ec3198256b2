"""What one document says of itself: header, passages, lines of a register; who the two teams seem to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from coordnlp.records.documents import Document
from coordnlp.records.labels import DateSource, Kind, Party, ReferenceKind, Zone
from coordnlp.records.teams import Teams


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another document.

    `value` is the normalised 发文字号, the title without 《》, the Message-ID, or for `dated` ("你单位3月5日来函")
    the ISO date. `author` is the party whose document is meant, where the words tell.
    """

    start: int
    end: int
    kind: ReferenceKind
    value: str
    author: Party | None = None


Role = Literal["present", "in_attendance", "absent"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person listed as present, in attendance (列席) or absent."""

    name: str
    party: Party
    role: Role


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself.

    Attributes:
        id: `D-…`, derived from the key (see `ids.document_key`), the same in every file format.
        file: Path of the document.
        date: ISO date, '' when none could be resolved; `date_source` says where it stood.
        sender: Party that wrote it, `AB` for joint papers, None when it cannot be told.
        addressees, copies: Parties in order of mention.
        receipt: ISO date on which the addressee received it, '' when unknown.
        body: Offsets of the text between header and signature.
        problems: What could not be resolved, in Chinese.
    """

    id: str
    file: str
    kind: Kind
    title: str
    number: str
    date: str
    date_source: DateSource
    sender: Party | None
    addressees: tuple[Party, ...]
    copies: tuple[Party, ...]
    references: tuple[Reference, ...]
    attendees: tuple[Attendee, ...]
    body: tuple[int, int]
    receipt: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, heading or table cell.

    Attributes:
        id: `P-…`.
        document: Id of the document.
        party: Whose voice it is; `AB` is the minutes' own voice, None cannot be told.
        to: The party spoken to (addressee of a letter, the other side at a meeting), None if unclear.
        block: Ordinal of the paragraph or table row within the document, from 0.
        turn: Ordinal of the speaker's turn, or None.
        speaker: Name of the speaker where one is named, or ''.
        item: Ordinal of the numbered point (一、/1./（一）) it stands under, from 1; 0 before the first.
        label: True for the heading line of a point or section, and for the speaker's name before a turn.
        row: True for a cell of a table; the cells of one row share their `block`.
        column: What the cell's column of a follow-up table holds (`matter`, `owner`, `due`, `progress` …), else ''.
        owner: The party that the row of a follow-up table names as responsible (责任单位), None if it names none.
    """

    id: str
    document: str
    start: int
    end: int
    zone: Zone
    party: Party | None
    to: Party | None
    block: int
    turn: int | None = None
    speaker: str = ""
    item: int = 0
    label: bool = False
    row: bool = False
    column: str = ""
    owner: Party | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its header and passages: what every stage after parsing works on.

    `passages` are in order of start and do not overlap. `days` are the ISO dates of a chat, each with the offset from
    which it holds, in order.
    """

    document: Document
    header: Header
    passages: tuple[Passage, ...]
    days: tuple[tuple[int, str], ...] = ()

    def day_of(self, passage: Passage) -> str:
        """Return the ISO date on which a passage was said: of its message in a chat, else of the document."""
        return next((day for start, day in reversed(self.days) if start <= passage.start), self.header.date)

    def words(self, passage: Passage) -> str:
        """Return the text of one of its passages, in simplified characters."""
        return self.document.plain[passage.start : passage.end]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A line of a register of letters in and out (收发文登记簿).

    Attributes:
        document: Id of the register; `start`, `end`: where the line stands in it.
        number: 发文字号 as `Header.number` has it, '' if the line gives none.
        title: Of the paper registered, or ''.
        date: ISO date of the paper, else of its registration; '' if the line gives none.
        receipt: ISO date on which it came in, '' for a paper that went out.
        sender, addressee: Parties, None where the line does not tell.
    """

    document: str
    start: int
    end: int
    number: str
    title: str
    date: str
    receipt: str
    sender: Party | None
    addressee: Party | None


@dataclass(frozen=True, slots=True)
class TeamsProposal:
    """Who the two teams of a dossier without `teams.toml` seem to be.

    Attributes:
        teams: None when no pair of units writes to each other.
        confidence: In [0, 1]; below `settings.parties.accuse` nothing is held against anybody.
        reasons: What speaks for the pair and for each assignment, in Chinese, a line each.
        questions: What a person should settle, in Chinese, a line each.
    """

    teams: Teams | None
    confidence: float
    reasons: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
