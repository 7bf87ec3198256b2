"""The records that stages hand to each other.

Text stands only in `Document.text`; every later record points at it by half-open character offsets
`[start, end)` and by the id or file of its document. Records are immutable and hold stdlib types only,
so that any of them can be written as one line of JSON and compared by value.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

ReportLanguage = Literal["zh", "en"]
"""In which what the program itself says is worded; words of documents are never translated."""
Side = Literal["A", "B"]
Party = Literal["A", "B", "AB", "X"]
"""`A`, `B`: the two leadership teams; `AB`: both together; `X`: anyone else."""

Kind = Literal["minutes", "transcript", "letter", "reply", "petition", "notice", "report", "email", "memo", "other"]
BlockKind = Literal["paragraph", "heading", "cell", "signature", "quote", "disclaimer"]
Zone = Literal["header", "body", "quote", "signature", "imprint", "disclaimer", "register"]
DateSource = Literal["header", "signature", "imprint", "mail", "body", "file_name", "none"]
ReferenceKind = Literal["number", "title", "dated", "message"]
Act = Literal[
    "request",
    "commitment",
    "assignment",
    "answer",
    "partial_answer",
    "acknowledgement",
    "refusal",
    "withdrawal",
    "disagreement",
    "agreement",
    "urge",
]
Evidence = Literal["planned", "practised", "lacking"]
Level = Literal["found", "unsure", "low"]
RequestKind = Literal["request", "commitment", "assignment"]
EventType = Literal[
    "answer",
    "partial_answer",
    "acknowledgement",
    "refusal",
    "withdrawal",
    "urge",
    "extension",
    "clarification",
    "forwarded",
]
RequestStatus = Literal["answered", "declined", "partial", "acknowledged", "unanswered", "withdrawn"]
Verdict = Literal["gap", "pending", "cannot_tell", "closed"]
IssueStatus = Literal["open", "resolved", "reopened"]
MeasureState = Literal["practised", "promised", "lapsed", "lacking", "contested", "unseen", "cannot_tell"]
Step = Literal["proposed", "promised", "instituted", "practised", "complained", "lapsed"]
"""How far a measure has come where a passage speaks of it: 倡议, 承诺, 制度, 执行, 反映缺失, 中断."""

GapType = Literal[
    "unanswered",
    "acknowledged_only",
    "partly_answered",
    "commitment_unkept",
    "assignment_undone",
    "recurring",
    "reopened",
    "measure_lapsed",
    "measure_lacking",
    "one_sided",
    "missing_document",
    "ambiguous_reply",
]
SkipReason = Literal[
    "empty",
    "encrypted",
    "damaged",
    "no_text",
    "binary",
    "too_large",
    "unsupported",
    "unreadable",
    "temporary",
    "duplicate",
    "marked",
]
UnseenKind = Literal["skipped", "marked", "registered", "cited"]
Decision = Literal["confirmed", "mistaken", "resolved", "deferred", "merged", "none"]
"""What a reviewer's 复核结论 means; `none`: nothing that the program acts on, or the word was taken back."""
Outcome = Literal["kept", "hidden", "closed", "deferred", "merged"]
"""Where a judged row went; only `kept` ones stand in the dashboard."""


# --- the two teams -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a leadership team or of its office; `post` may be empty."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """One of the two leadership teams, as `teams.toml` names it."""

    id: Side
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teams:
    """The two teams of a dossier; `ours` is the side that the reader of the report belongs to.

    `as_of` is the ISO day on which a closed dossier is looked at, '' for the day of the run. `complete` is True where a
    person vouches that no paper is missing, so that a stretch without papers is silence indeed.
    """

    teams: tuple[Team, Team]
    ours: Side | None = None
    as_of: str = ""
    complete: bool = False

    def name(self, party: Party | None) -> str:
        """Return the name that reports use for a party; `AB` is 双方, `X` 其他单位."""
        names = {team.id: team.name for team in self.teams}
        match party:
            case "A" | "B":
                return names[party]
            case "AB":
                return "双方"
            case "X":
                return "其他单位"
            case None:
                return ""


# --- read ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a person can find again; it holds from `start` to the start of the next mark.

    `label` is in the reader's words: 第2页, 第3段, 第12行, 表1第2行第3列.
    """

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that the file itself sets apart. Blocks are in order and do not overlap.

    `table`, `row`, `column` (from 1) are set for cells. Text outside all blocks is separators only.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    table: int = 0
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Mail:
    """Header fields of a mail; addresses are (display name, address), `date` is ISO with offset or ''.

    Subject and display names are in simplified characters. Of a mail quoted in another the fields are what the quote
    tells: no `message_id`, and the `date` may have no time.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    subject: str
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    copies: tuple[tuple[str, str], ...]
    date: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file, or one file in a mail or archive, as it was read.

    Attributes:
        file: Path relative to the dossier, with `/`; an attachment is `mail.eml/letter.docx`, a mail that it quotes
            `mail.eml/引文1`, a member `archive.zip/folder/letter.docx`, a mail of a collection `mails.mbox/1`.
        format: What it was read as: txt, md, docx, doc, rtf, odt, pdf, ofd, eml, msg, xlsx, xls, ods, csv, html, srt …;
            an old office file keeps its own where LibreOffice turned it into another for reading.
        digest: SHA-256 of the bytes, in hex.
        text: The whole text, lines ended by a newline; never changed after reading.
        blocks: Paragraphs, table cells, quoted mail and signature blocks, as the format tells them apart.
        marks: Places for people, ascending by start.
        mail: Header fields if it is a mail.
        parent: `file` of the mail or archive that carries it, or ''; an archive itself is no document.
        notes: What the reader had to repair or could not keep, in Chinese, for the report.
        also: Files of the dossier that hold the same paper (a pdf of the docx, a draft, a forwarded copy).
        simplified: The text in simplified characters, of the same length, where lines of it are in traditional ones;
            '' where it is the text itself.
        scanned: Labels of the marks whose words were recognised on a picture: a figure may be misread.
        unread: Labels of pages that are pictures and were not read; they are no marks.
    """

    file: str
    format: str
    digest: str
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    mail: Mail | None = None
    parent: str = ""
    notes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    simplified: str = ""
    scanned: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The text that stages read: `text`, in simplified characters; every offset holds in both."""
        return self.simplified or self.text

    def place(self, offset: int) -> str:
        """Return the label of the mark that `offset` falls under, or ''."""
        at = bisect_right(self.marks, offset, key=lambda mark: mark.start)
        return self.marks[at - 1].label if at else ""

    def is_scanned(self, start: int, end: int) -> bool:
        """Tell whether any of the words from `start` to `end` were recognised on a picture."""
        labels = {self.place(start), *(mark.label for mark in self.marks if start < mark.start < end)}
        return not labels.isdisjoint(self.scanned)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that the run could not use; `detail` says in Chinese what was met and what to do.

    `number` and `date` (ISO) are guessed from the file name, since an unread file may be the missing answer.
    """

    file: str
    reason: SkipReason
    detail: str
    number: str = ""
    date: str = ""


# --- parse ---------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person listed as present, in attendance (列席) or absent."""

    name: str
    party: Party
    role: Literal["present", "in_attendance", "absent"]


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

    `passages` are in order of start and do not overlap.
    """

    document: Document
    header: Header
    passages: tuple[Passage, ...]

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


# --- coverage ------------------------------------------------------------------------------------


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


# --- annotate ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActScore:
    """A speech act that a passage performs, with a score in [0, 1] and what speaks for it, in words.

    `level` says what the score is good for: `found` is a finding, `unsure` a border case that is shown and nothing
    rests on, `low` neither.
    """

    label: Act
    score: float
    reasons: tuple[str, ...] = ()
    level: Level = "found"


@dataclass(frozen=True, slots=True)
class MeasureScore:
    """A measure that a passage carries, with a calibrated score in [0, 1], and what the passage says of it.

    `trained` is False for a measure that no model knows, one of the user's own: it is found by its words alone.
    """

    code: str
    score: float
    evidence: Evidence
    evidence_score: float
    reasons: tuple[str, ...] = ()
    level: Level = "found"
    trained: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """A due date: `written` as it stands in the text, `date` ISO or '' for vague ones, `note` how it was read."""

    written: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What was found in one passage.

    Attributes:
        cues: Speech acts that cues speak for, with the sum of their weights.
        terms: Its content words in order.
        due: The deadline it sets.
        acts: Every speech act that the trained judge knows, with its calibrated score; () without a model.
        measures: Measures from `unsure` upward.
    """

    passage: str
    cues: tuple[ActScore, ...]
    terms: tuple[str, ...]
    due: Due | None = None
    acts: tuple[ActScore, ...] = ()
    measures: tuple[MeasureScore, ...] = ()

    def cue(self, label: Act) -> float:
        """Return the score of an act by cues, 0.0 when none speaks for it."""
        return next((act.score for act in self.cues if act.label == label), 0.0)

    def reasons(self, label: Act) -> tuple[str, ...]:
        """Return the cues that speak for an act, () when there is none."""
        return next((act.reasons for act in self.cues if act.label == label), ())

    def score(self, label: Act) -> float:
        """Return the judge's probability of an act, 0.0 for one that it does not know."""
        return next((act.score for act in self.acts if act.label == label), 0.0)


# --- find, link ----------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, with the place a person finds them at."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One row of the dashboard. Party fields are ids; reports show the names.

    `severity` is in [0, 100]; `severity_reason` says in words how it came about. `request`, `issue` and `measure` name
    what the row is about.
    """

    id: str
    type: GapType
    severity: int
    severity_reason: str
    responsible: Party | None
    summary: str
    quotes: tuple[Quote, ...]
    date: str
    measures: tuple[str, ...]
    suggestion: str
    confidence: float
    why: str
    asker: Party | None = None
    asked: Party | None = None
    due: str = ""
    days_waiting: int = 0
    days_overdue: int = 0
    raised: int = 1
    reaction: str = "没有"
    request: str = ""
    issue: str = ""
    measure: str = ""

    @property
    def rank(self) -> tuple[bool, int, str, str]:
        """How an office works through rows: what is owed or disputed before ways of working, then the gravest."""
        return bool(self.measure), -self.severity, self.date, self.id


# --- disagreements -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Occasion:
    """A passage in which the difference between the parties on a question shows.

    `party` takes the position, `AB` where the text records that the two differ; `score` says how surely it is one.
    """

    passage: str
    document: str
    start: int
    end: int
    date: str
    party: Party | None
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What a party holds on an issue in one paper, in its own words or as the paper tells them.

    `moved` is True where the words give way to the other side.
    """

    party: Side
    document: str
    start: int
    end: int
    date: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """The occasions of one question, in order of time, with what became of it.

    Attributes:
        label: The words of its most typical occasion, cut short.
        recurring: It shows in papers of at least two days, more likely than not: its occasions are judgements.
        resolution: Where it was settled; an issue is `reopened` when an occasion follows.
        requests: The requests that its occasions ask for or react to.
        score: How surely its occasions belong together and are ones, in [0, 1].
        positions: The ledger: for each party and paper one stance, in order of time.
        measures: Codes of the measures that its occasions speak of, the most frequent first.
        near: Issues that may be the same question and were not joined, each with the mean probability that they are.
    """

    id: str
    label: str
    occasions: tuple[Occasion, ...]
    status: IssueStatus
    recurring: bool
    resolution: Occasion | None
    requests: tuple[str, ...]
    score: float
    positions: tuple[Position, ...] = ()
    measures: tuple[str, ...] = ()
    near: tuple[tuple[str, float], ...] = ()

    @property
    def raised_on(self) -> str:
        """The ISO day since which it waits to be settled: of its first occasion, or of the first after a settlement."""
        settled = self.resolution.date if self.resolution else ""
        return next((one.date for one in self.occasions if one.date > settled), self.occasions[0].date)


# --- measures ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that carries a measure; `party` is its voice, `score` in [0, 1] how surely it carries it."""

    passage: str
    document: str
    start: int
    end: int
    date: str
    party: Party | None
    evidence: Evidence
    step: Step
    score: float


@dataclass(frozen=True, slots=True)
class MeasureStatus:
    """What became of a measure by the as-of date, for the two teams together.

    Attributes:
        name, dimension, advice: Words of the taxonomy, of the dossier's own where it has one.
        confidence: How surely it has this status, in [0, 1]; `reasons` say why, in Chinese.
        mentions: The passages that carry it, in order of time.
        since: The ISO day of the first of the last words that agree with the status, '' where none does.
        by_party: What each team's own words say of it, where it speaks of it at all.
        trained: False for a measure that no model knows.
    """

    code: str
    name: str
    dimension: str
    advice: str
    status: MeasureState
    confidence: float
    reasons: tuple[str, ...]
    mentions: tuple[Mention, ...]
    since: str = ""
    by_party: tuple[tuple[Side, MeasureState], ...] = ()
    trained: bool = True

    @property
    def chain(self) -> tuple[Mention, ...]:
        """The first mention of every step that it has come to, in order of time; of a lapse the last."""
        first: dict[Step, Mention] = {}
        for mention in self.mentions:
            if mention.step == "lapsed" or mention.step not in first:
                first[mention.step] = mention
        return tuple(sorted(first.values(), key=lambda one: (one.date, one.document, one.start)))


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure about how the two teams deal with each other, computed from records.

    Attributes:
        code: Of the table of indicators, `lexicons/indicators.toml`, which defines it.
        party: Whom it is about, for answers the team that was asked; None for both together.
        value: In the unit that the table names; None where nothing tells.
        cases: How many cases it rests on.
        words: What it says, in Chinese.
        quotes: The papers that it is read from, the most telling ones.
        date: The ISO day that it turns on (the first missed meeting, the last sign of a body), '' for none.
        caution: Why it should be read with care, '' where it need not.
        measures: Codes of the measures that it tells about.
        lapsed_since: The ISO day from which by the calendar alone they have lapsed, '' where they have not.
        kept: The papers alone show that they are practised, whatever is said of them.
        values: The single cases behind the value, in order, where it is a middle of many.
    """

    code: str
    party: Party | None
    value: float | None
    cases: int
    words: str
    quotes: tuple[Quote, ...] = ()
    date: str = ""
    caution: str = ""
    measures: tuple[str, ...] = ()
    lapsed_since: str = ""
    kept: bool = False
    values: tuple[float, ...] = ()


# --- judge ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Words that a row showed, with the words before and after them: they find the row again when its id has moved."""

    file: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reviewer saw of a row; `type` and `date` are those of the gap, '' where no record of them is left."""

    gap: str
    type: str = ""
    request: str = ""
    issue: str = ""
    measure: str = ""
    date: str = ""
    confidence: float = 0.0
    quotes: tuple[ShownQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """The four cells of a reviewer, as typed: 复核结论, 复核说明, 复核人, 复核日期."""

    verdict: str = ""
    note: str = ""
    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision of a person about one row; one line of `judgements.jsonl`.

    Attributes:
        decision: What the verdict means.
        day: ISO day of the decision: 复核日期, else the day on which the sheet was saved.
        saved: When the sheet was saved, ISO with seconds, local time; `sheet` is its name.
        until: ISO day to which a row is put off, '' for none.
        into: The row that this one is joined into.
        responsible, due: Corrections of the party that must act and of the due date (ISO); None and '' for none.
        answer: File of the dossier that is the answer; `answer_document` is the id of its document, which outlives a
            new file name.
    """

    shown: Shown
    review: Review
    decision: Decision
    day: str
    saved: str
    sheet: str
    until: str = ""
    into: Shown | None = None
    responsible: Party | None = None
    due: str = ""
    answer: str = ""
    answer_document: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is decided or told: all was taken back."""
        return not (self.review.verdict or self.review.note or self.responsible or self.due)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the last word on it, and where it went; `gap` is as the machine made it, with people's corrections."""

    gap: Gap
    judgement: Judgement
    outcome: Outcome


# --- the whole run -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that one run found in one dossier; what the report writes.

    `proposal` is set where no `teams.toml` names the teams; `marking` is the highest 密级 among the documents, '' if
    none is marked. `judged` are the rows that people have judged, `conflicts` what of their words could not be obeyed,
    in Chinese, a line each. `claim_threshold` is the least confidence, in [0, 1], for saying that a request is open.
    `language` is that of its rows, its names of measures and its labels of places.
    """

    name: str
    as_of: str
    teams: Teams
    documents: tuple[Document, ...]
    headers: tuple[Header, ...]
    passages: tuple[Passage, ...]
    annotations: tuple[Annotation, ...]
    requests: tuple[Request, ...]
    events: tuple[Event, ...]
    ties: tuple[Tie, ...]
    lives: tuple[Life, ...]
    issues: tuple[Issue, ...]
    gaps: tuple[Gap, ...]
    skipped: tuple[Skipped, ...]
    measures: tuple[MeasureStatus, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    coverage: Coverage = Coverage()
    proposal: TeamsProposal | None = None
    marking: str = ""
    notes: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    conflicts: tuple[str, ...] = ()
    claim_threshold: float = 0.0
    language: ReportLanguage = "zh"
    timings: tuple[tuple[str, float], ...] = field(default=(), compare=False)
