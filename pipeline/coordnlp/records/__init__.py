"""The records that stages hand to each other.

Text stands only in `Document.text`; every later record points at it by half-open character offsets
`[start, end)` and by the id or file of its document. Records are immutable and hold stdlib types only,
so that any of them can be written as one line of JSON and compared by value.
"""

from coordnlp.records.annotations import ActScore, Annotation, Due, MeasureScore
from coordnlp.records.coverage import Coverage, Month, Silence, Unseen
from coordnlp.records.documents import Block, Document, Mail, Mark, Quote, Skipped
from coordnlp.records.dossier import Dossier
from coordnlp.records.gaps import Gap
from coordnlp.records.issues import Issue, Occasion, Position
from coordnlp.records.judgements import Judged, Judgement, Review, Shown, ShownQuote
from coordnlp.records.labels import (
    Act,
    BlockKind,
    DateSource,
    Decision,
    EventType,
    Evidence,
    GapType,
    IssueStatus,
    Kind,
    Level,
    MeasureState,
    Outcome,
    Party,
    ReferenceKind,
    ReportLanguage,
    RequestKind,
    RequestStatus,
    Side,
    SkipReason,
    Step,
    UnseenKind,
    Verdict,
    Zone,
)
from coordnlp.records.measures import Indicator, MeasureStatus, Mention
from coordnlp.records.parsed import ROLES, Attendee, Header, Parsed, Passage, Reference, RegisterEntry, TeamsProposal
from coordnlp.records.requests import Bearing, Event, Life, Request, Tie
from coordnlp.records.teams import Member, Team, Teams

__all__ = [
    "ROLES",
    "Act",
    "ActScore",
    "Annotation",
    "Attendee",
    "Bearing",
    "Block",
    "BlockKind",
    "Coverage",
    "DateSource",
    "Decision",
    "Document",
    "Dossier",
    "Due",
    "Event",
    "EventType",
    "Evidence",
    "Gap",
    "GapType",
    "Header",
    "Indicator",
    "Issue",
    "IssueStatus",
    "Judged",
    "Judgement",
    "Kind",
    "Level",
    "Life",
    "Mail",
    "Mark",
    "MeasureScore",
    "MeasureState",
    "MeasureStatus",
    "Member",
    "Mention",
    "Month",
    "Occasion",
    "Outcome",
    "Parsed",
    "Party",
    "Passage",
    "Position",
    "Quote",
    "Reference",
    "ReferenceKind",
    "RegisterEntry",
    "ReportLanguage",
    "Request",
    "RequestKind",
    "RequestStatus",
    "Review",
    "Shown",
    "ShownQuote",
    "Side",
    "Silence",
    "SkipReason",
    "Skipped",
    "Step",
    "Team",
    "Teams",
    "TeamsProposal",
    "Tie",
    "Unseen",
    "UnseenKind",
    "Verdict",
    "Zone",
]
