"""The words of the date grammar, loaded once from `lexicons/dates.toml`."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable

from coordnlp.tables import Table, load_table

Words = tuple[str, ...]


class Fold(Table):
    """Characters and what they are read as, in pairs."""

    source: str
    pairs: Words


class Numerals(Table):
    """Chinese numerals with their values."""

    source: str
    digits: dict[str, int]
    units: dict[str, int]
    tens: dict[str, int]


class Offsets(Table):
    """Words for a period, with its distance from the current one."""

    source: str
    offsets: dict[str, int]


class Weeks(Offsets):
    """Words for weeks and their days; `followers` are characters that may follow a bare 周五."""

    names: Words
    followers: str
    days: dict[str, int]


class Days(Offsets):
    """Words for days; `not_after` and `not_before` are characters that make another word of them."""

    same_day: Words
    not_after: str
    not_before: str


class Parts(Table):
    """Parts of a month: first and last day, 0 for the last day of the month."""

    source: str
    spans: dict[str, tuple[int, int]]
    not_after: str


class Seasons(Table):
    """Halves, ends and beginnings of a year."""

    source: str
    halves: dict[str, int]
    year_ends: Words
    year_starts: Words
    not_after: str


class Holidays(Table):
    """Names of holidays, and the days of those that the calendar library does not carry."""

    source: str
    names: dict[str, str]
    fixed: dict[str, tuple[int, int]]
    moving: dict[str, tuple[datetime.date, ...]]
    any: Words
    leave: Words
    not_after: str
    first: Words
    days: Words


class Group(Table):
    """A plain group of words."""

    source: str
    words: Words


class Clock(Group):
    """Parts of the day; `today` are those that mean today when no day is named."""

    today: Words


class NotBefore(Table):
    """Words in which 前 and 内 mean something else; `about` are those that make a date a rough one."""

    source: str
    days: Words
    periods: Words
    inside: Words
    inner: Words
    about: Words


class Vague(Group):
    """Words without a date; `unknown` name a time that no day follows from, except after `not_after`."""

    unknown: Words
    not_after: str


class Deadline(Table):
    """Words that make a date a deadline, and words that tell a rhythm or a balance apart."""

    source: str
    after: Words
    before: Words
    moved: Words
    term: Words
    beyond: Words
    meetings: Words
    held: Words
    joints: Words
    labels: Words
    weak: Words
    finish: Words
    begin: Words
    amends: Words
    whether: Words
    able: Words
    unsure: Words
    balance: Words
    closing: Words
    asking: Words
    since: Words
    from_then_on: Words
    pleads: Words
    parties: str
    henceforth: Words
    whenever: Words
    each: Words
    recurring: Words


class Objects(Table):
    """Words that make a date the date of a thing."""

    source: str
    before: Words
    after: Words
    events: Words
    within: Words
    done: Words


class LookBack(Table):
    """Words that speak of the past."""

    source: str
    before: Words
    before_a_day: Words
    anywhere: Words
    retold: Words


class Durations(Table):
    """Units of time, and words that make a length of time a limit."""

    source: str
    days: Words
    workdays: Words
    weeks: Words
    months: Words
    years: Words
    hours: Words
    inside: Words
    limits: Words


class Starts(Table):
    """Words for the day from which a length of time runs."""

    source: str
    papers: Words
    receive: Words
    take: Words
    reach: Words
    issue: Words
    issue_alone: Words
    now: Words
    own: Words


class DateWords(Table):
    """The whole of `lexicons/dates.toml`."""

    fold: Fold
    numerals: Numerals
    years: Offsets
    months: Offsets
    quarters: Offsets
    weeks: Weeks
    days: Days
    parts: Parts
    seasons: Seasons
    holidays: Holidays
    clock: Clock
    deadline: Deadline
    not_before: NotBefore
    objects: Objects
    look_back: LookBack
    durations: Durations
    starts: Starts
    vague: Vague


@functools.cache
def words() -> DateWords:
    """Return the table, read on first use."""
    return load_table("dates", DateWords)


def either(options: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    ordered = sorted(set(options), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


@functools.cache
def _folding() -> dict[int, int]:
    return {ord(pair[0]): ord(pair[1]) for pair in words().fold.pairs}


def fold(text: str) -> str:
    """Return text as the patterns expect it; every character stays at its offset."""
    return text.translate(_folding())
