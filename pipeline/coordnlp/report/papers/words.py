"""The words of the papers: `lexicons/papers.toml`, templates that are checked when they are loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Annotated, Any, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from coordnlp.records import GapType, ReportLanguage
from coordnlp.tables import Phrase, Table, load_table


def holes(*names: str) -> AfterValidator:
    """Return the check that a template names nothing in braces but what it will be given; it becomes a `Phrase`."""

    def check(template: str) -> str:
        for _, name, form, conversion in Formatter().parse(template):
            if name is not None and (name not in names or conversion or (form and "|" not in form)):
                raise ValueError(f"大括号里的 {name} 不认识，只能用 {'、'.join(names) or '（没有）'}")
        return Phrase(template)

    return AfterValidator(check)


Words = Annotated[str, Field(min_length=1), holes()]
_Party = Annotated[str, holes("party")]
_Numbered = Annotated[str, holes("number", "title")]
_Finding = Annotated[str, holes("responsible", "other", "count")]
_Count = Annotated[str, holes("count")]
_Date = Annotated[str, holes("date")]
_Days = Annotated[str, holes("days")]
_Due = Annotated[str, holes("due")]
_Number = Annotated[str, holes("number")]


class General(Table):
    """What all papers have in common; `numerals` are the ten digits from one on, '' counts in Arabic figures.

    `space` stands between sentences of a paragraph.
    """

    months: Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]
    day: Annotated[str, holes("year", "month", "day")]
    undated: Words
    where: Annotated[str, holes("file", "place")]
    quote: Annotated[str, holes("text", "where")]
    cut: Words
    list: Words
    range: Annotated[str, holes("first", "last")]
    space: str
    comma: Words
    none: Words
    more: Annotated[str, holes("count", "file")]
    heading1: _Numbered
    heading2: _Numbered
    heading3: _Numbered
    numerals: Annotated[str, Field(pattern="^(.{10})?$")]


class Report(Table):
    """Title and headings of the report."""

    title: Words
    second: Annotated[str, holes("second")]
    as_of: Annotated[str, holes("day")]
    basis: Words
    requests: Words
    promises: Words
    issues: Words
    measures: Words
    indicators: Words
    advice: Words
    unsettled: Words
    annex: Words


class Basis(Table):
    """What the report rests on, in numbers, and how to read it."""

    caution: Words
    documents: Annotated[str, holes("count", "first", "last", "as_of", "senders")]
    undated: Annotated[str, holes("count", "as_of", "senders")]
    no_documents: Annotated[str, holes("as_of")]
    sender: Annotated[str, holes("party", "count")]
    joint: _Count
    others: _Count
    found: Annotated[str, holes("requests")]
    rows: Annotated[str, holes("count", "kinds", "word", "grave")]
    kind: Annotated[str, holes("title", "count")]
    reading: Annotated[str, holes("scale")]
    scale: Annotated[str, holes("least", "word")]
    scale_rest: Annotated[str, holes("word")]
    guessed: Annotated[str, holes("confidence")]
    unsure: Words
    table: Words
    state: Words
    all: Words
    closed: Words
    gap: Words
    pending: Words
    cannot_tell: Words


class Items(Table):
    """Sentences about one row of the dashboard."""

    owed_by: _Party
    owed_by_both: Words
    owed_by_others: Words
    promised_by: _Party
    promised_by_both: Words
    title: Annotated[str, holes("claim", "quote")]
    asked: Annotated[str, holes("asker", "asked", "date")]
    promised: Annotated[str, holes("responsible", "date")]
    decided: Annotated[str, holes("responsible", "date")]
    raised: _Count
    due: _Due
    overdue: Annotated[str, holes("due", "days")]
    waiting: _Days
    event: Annotated[str, holes("date", "event")]
    event_until: Annotated[str, holes("date", "event", "until")]
    sure: Annotated[str, holes("sure")]
    severity: Annotated[str, holes("word")]
    evidence: _Number
    original: Annotated[str, holes("quote")]


class Issues(Table):
    """Sentences about a disagreement."""

    title: Annotated[str, holes("claim", "date")]
    span: Annotated[str, holes("first", "last", "count")]
    settled: Annotated[str, holes("date", "quote")]
    table: Words
    date: Words
    moved: Words
    silent: _Party
    others: _Count
    resolved: _Count


class Measures(Table):
    """What is said of the ways of coordinating."""

    counts: Annotated[str, holes("count", "states")]
    count: Annotated[str, holes("state", "count")]
    table: Words
    state: Words
    names: Words
    attention: Words
    measure: Words
    since: Words
    quote: Words
    sure: Words
    number: _Number
    one_sided: Words


class Indicators(Table):
    """What is said of the figures."""

    intro: Words
    table: Words
    indicator: Words
    side: Words
    value: Words
    detail: Words
    unknown: Words
    figure: Annotated[str, holes("value", "unit")]
    detail_with_caution: Annotated[str, holes("detail", "caution")]


class Advice(Table):
    """What would help."""

    intro: Words
    matters: Words
    matter: Annotated[str, holes("number", "suggestion", "numbers")]
    measures: Words
    lead: Annotated[str, holes("number", "name")]
    advice: Annotated[str, holes("advice", "state")]
    rows: Annotated[str, holes("numbers")]
    none: Words


class Unsettled(Table):
    """What could not be told, and why."""

    cannot_tell: Words
    cannot_tell_intro: _Count
    pending: Words
    pending_intro: _Count
    check: Words
    unread: Words
    unread_intro: Words
    notes: Words
    words: Words
    responsible: Words
    date: Words
    due: Words
    reason: Words
    paper: Words
    unread_paper: Annotated[str, holes("file")]
    silence: Annotated[str, holes("party", "start", "end")]
    unread_reason: Annotated[str, holes("reason", "detail")]


class Annex(Table):
    """The table of evidence."""

    intro: Words
    number: Words
    row: Words
    quotes: Words
    sure: Words


class Agenda(Table):
    """The list before a meeting, a page a party."""

    title: Words
    owner: _Party
    as_of: Annotated[str, holes("day")]
    owes: Words
    waits: Annotated[str, holes("other")]
    issues: Words
    measures: Words
    check: Words
    item: Annotated[str, holes("text")]
    ours: Annotated[str, holes("words")]
    theirs: Annotated[str, holes("words")]
    sides: Words
    detail: Annotated[str, holes("words", "details")]
    date: _Date
    due: _Due
    overdue: _Days
    waiting: _Days
    since: _Date
    number: _Number
    none: Words
    some: Annotated[str, holes("title", "shown", "count")]
    note: Words


class PaperWords(Table):
    """`lexicons/papers.toml` and its twins: every kind of row has its words."""

    source: str
    general: General
    report: Report
    basis: Basis
    claims: Mapping[GapType, Words]
    findings: Mapping[GapType, _Finding]
    items: Items
    issues: Issues
    measures: Measures
    indicators: Indicators
    advice: Advice
    unsettled: Unsettled
    annex: Annex
    agenda: Agenda

    @model_validator(mode="after")
    def _check(self) -> Self:
        groups: tuple[tuple[Mapping[Any, str], object], ...] = (
            (self.claims, GapType),
            (self.findings, GapType),
        )
        for words, keys in groups:
            missing = [key for key in get_args(keys) if key not in words]
            if missing:
                raise ValueError(f"缺少 {missing[0]}")
        return self

    def day(self, iso: str) -> str:
        """Return an ISO day as people write it; what is no day stays as it is, '' is undated."""
        try:
            date = dt.date.fromisoformat(iso)
        except ValueError:
            return iso or self.general.undated
        month = self.general.months[date.month - 1]
        return self.general.day.format(year=date.year, month=month, day=date.day)

    def numeral(self, number: int) -> str:
        """Return a number from 1 on as headings count: 十二, or in figures where the table says so or from 100 on."""
        digits = self.general.numerals
        if not digits or number >= 100:
            return str(number)
        tens, ones = divmod(number, 10)
        ten = (digits[tens - 1] if tens > 1 else "") + digits[9] if tens else ""
        return ten + (digits[ones - 1] if ones else "")


@cache
def load_paper_words(language: ReportLanguage = "zh") -> PaperWords:
    """Load `lexicons/papers.toml` or its twin.

    Raises:
        TableError: The file is missing, lacks a key, or has a template with an unknown name in braces.
    """
    return load_table("papers", PaperWords, language)
