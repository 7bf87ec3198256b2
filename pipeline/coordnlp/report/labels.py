"""The words of the report: column titles, types, statuses and reasons as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Literal, Self, get_args

from pydantic import Field, model_validator

from coordnlp.party_names import load_party_names, name_party
from coordnlp.records import (
    GapType,
    IssueStatus,
    MeasureState,
    Outcome,
    Party,
    ReportLanguage,
    RequestKind,
    RequestStatus,
    SkipReason,
    Step,
    Teams,
    UnseenKind,
    Verdict,
)
from coordnlp.tables import Table, Template, load_table

Change = Literal["new", "open", "worse", "closed", "moved", "reopened", "absent"]
"""Since the last run; `absent`: the dossier of an old row was not part of this run."""

Column = Literal[
    "marking",
    "dossier",
    "id",
    "type",
    "severity",
    "change",
    "responsible",
    "asker",
    "asked",
    "summary",
    "quotes",
    "file",
    "place",
    "date",
    "due",
    "days_waiting",
    "days_overdue",
    "raised",
    "reaction",
    "measures",
    "suggestion",
    "confidence",
    "why",
    "verdict",
    "verdict_note",
    "verdict_by",
    "verdict_date",
    "category",
    "reason",
    "detail",
    "status",
    "count",
    "month",
    "party",
    "read",
    "unseen",
    "finding",
    "label",
    "raised_on",
    "positions_a",
    "positions_b",
    "settled",
    "number",
    "letter",
    "letter_date",
    "lead",
    "support",
    "assigned",
    "limit",
    "progress",
    "remark",
    "dimension",
    "measure",
    "by_party",
    "first",
    "last",
    "latest",
    "chain",
    "indicator",
    "side",
    "value",
    "unit",
    "definition",
    "caution",
]

_COPIES_SHOWN = 3


class Severity(Table):
    """A word for scores from `least` (in [0, 100]) upwards; `fill` is the colour behind it in workbooks, RRGGBB."""

    word: str = Field(min_length=1)
    least: int = Field(ge=0, le=100)
    fill: str = Field(pattern=r"^[0-9A-F]{6}$")


class Book(Table):
    """The workbook: names of its sheets by key, widths of columns in characters; `width` is that of the others.

    `offer_title` and `offer` tell of the list of verdicts.
    """

    sheets: Mapping[str, str]
    width: float
    offer_title: str = Field(max_length=32)
    offer: str = Field(max_length=255)
    widths: Mapping[Column, float]


class Sureness(Table):
    """A word for a confidence from `least` (in [0, 1]) upwards."""

    word: str = Field(min_length=1)
    least: float = Field(ge=0, le=1)


class Phrases(Table):
    """Pieces that cells are put together from; the names in braces are filled in."""

    quote: Template
    place: Template
    item: Template
    severity_reason: Template
    owed: Template
    perhaps: Template
    waiting: Template
    overdue: Template
    list_separator: str
    part_separator: str
    clause_separator: str
    gap: str
    titled: Template
    event: Template
    of_measures: Template
    cut: str
    unnamed: str = Field(min_length=1)
    undated: str
    unknown_party: str
    gave_way: str
    silence: Template
    copies: Template
    more_copies: Template
    step: Template
    said: Template
    steps: Template
    sure: Template
    by_party: Template


class Files(Table):
    """Stems of file names: of the sheets beside the dashboard, and `kept` for an old file that is set aside."""

    judged: str = Field(min_length=1)
    pending: str = Field(min_length=1)
    coverage: str = Field(min_length=1)
    measures: str = Field(min_length=1)
    indicators: str = Field(min_length=1)
    kept: str = Field(min_length=1)


class Labels(Table):
    """`lexicons/report.toml` and its twins: every key of the records has its word."""

    language: ReportLanguage
    source: str
    severity: tuple[Severity, ...]
    sureness: tuple[Sureness, ...]
    columns: Mapping[Column, str]
    gap_types: Mapping[GapType, str]
    changes: Mapping[Change, str]
    statuses: Mapping[RequestStatus, str]
    issue_statuses: Mapping[IssueStatus, str]
    request_kinds: Mapping[RequestKind, str]
    verdicts: Mapping[Verdict, str]
    skip_reasons: Mapping[SkipReason, str]
    unseen_kinds: Mapping[UnseenKind, str]
    outcomes: Mapping[Outcome, str]
    measure_states: Mapping[MeasureState, str]
    steps: Mapping[Step, str]
    phrases: Phrases
    files: Files
    book: Book

    @model_validator(mode="after")
    def _check(self) -> Self:
        groups: tuple[tuple[Mapping[Any, str], object], ...] = (
            (self.columns, Column),
            (self.gap_types, GapType),
            (self.changes, Change),
            (self.statuses, RequestStatus),
            (self.issue_statuses, IssueStatus),
            (self.request_kinds, RequestKind),
            (self.verdicts, Verdict),
            (self.skip_reasons, SkipReason),
            (self.unseen_kinds, UnseenKind),
            (self.outcomes, Outcome),
            (self.measure_states, MeasureState),
            (self.steps, Step),
        )
        for words, keys in groups:
            _check_words(words, get_args(keys))
        for name, scale in (("severity", self.severity), ("sureness", self.sureness)):
            leasts = [one.least for one in scale]
            if not leasts or leasts[-1] != 0 or any(high <= low for high, low in pairwise(leasts)):
                raise ValueError(f"{name} 须由高到低，最后一个 least 为 0")
        return self

    def severity_word(self, score: int) -> str:
        """Return the word for a severity in [0, 100]."""
        return next((s.word for s in self.severity if score >= s.least), self.severity[-1].word)

    def sure(self, confidence: float) -> str:
        """Return a confidence in [0, 1] as a word with its number."""
        word = next((one.word for one in self.sureness if confidence >= one.least), self.sureness[-1].word)
        return self.phrases.sure.format(word=word, number=confidence)

    def copies(self, file: str, others: Sequence[str]) -> str:
        """Return the name of a file with where else the paper lies; of many places the first few."""
        if not others:
            return file
        shown = self.phrases.list_separator.join(others[:_COPIES_SHOWN])
        more = self.phrases.more_copies.format(count=len(others)) if len(others) > _COPIES_SHOWN else ""
        return self.phrases.copies.format(file=file, others=shown + more)

    def party(self, party: Party | None, teams: Teams) -> str:
        """Return what a party is called, '' for none."""
        return name_party(party, teams, self.language)

    def words_of(self, column: Column) -> Mapping[Any, str]:
        """Return the words that a column of the dashboard chooses from by their keys; empty where it is free."""
        match column:
            case "type":
                return self.gap_types
            case "severity":
                return {str(one.least): one.word for one in self.severity}
            case "change":
                return {**self.changes, **{f"judged {key}": word for key, word in self.outcomes.items()}}
            case "responsible" | "asker" | "asked":
                return load_party_names(self.language).model_dump(exclude={"source"})
            case _:
                return {}

    @property
    def book_sheets(self) -> frozenset[str]:
        """The names that sheets of the workbook have from us."""
        return frozenset((*self.book.sheets.values(), *self.files.model_dump().values()))

    def titles(self, columns: tuple[Column, ...]) -> tuple[str, ...]:
        """Return the titles of columns, in order."""
        return tuple(self.columns[column] for column in columns)


@cache
def load_labels(language: ReportLanguage = "zh") -> Labels:
    """Load `lexicons/report.toml` or its twin.

    Raises:
        TableError: The file is missing or does not name every key.
    """
    return load_table("report", Labels, language)


def all_labels() -> tuple[Labels, ...]:
    """Return the labels of every language that a sheet may be in."""
    return tuple(map(load_labels, get_args(ReportLanguage)))


def _check_words(words: Mapping[str, str], keys: tuple[str, ...]) -> None:
    missing = [key for key in keys if not words.get(key, "").strip()]
    if missing:
        raise ValueError(f"缺少 {missing[0]}")
    if len(set(words.values())) < len(words):
        raise ValueError(f"有重复的叫法：{'、'.join(words.values())}")
