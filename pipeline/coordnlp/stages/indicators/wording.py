"""What indicators are called and how they are told: `lexicons/indicator_words.toml`, a table a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from coordnlp.records import ReportLanguage
from coordnlp.tables import Table, Template, load_table

Channel = Literal["letter", "mail", "meeting", "talk", "report"]
"""By which way an answer came."""


class IndicatorNames(Table):
    """What an indicator is called, in which unit it is, and what it counts."""

    name: str
    unit: str
    definition: str


class Sentences(Table):
    """What stands behind a figure, a sentence each; `clause`, `comma` and `list` join them."""

    clause: str
    comma: str
    list: str
    answer_days: Template
    answered_share: Template
    other_share: Template
    channel: Template
    founded: Template
    founded_only: Template
    group_works: Template
    group_stopped: Template
    asked: Template
    never_asked: str
    not_asked: Template
    items: Template
    events: Template
    named: Template
    name: Template
    settled: Template
    settled_in: Template
    days: Template
    legacy_open: Template
    legacy_settled: Template
    no_rhythm: Template
    rhythm: Template
    held: Template
    missed: Template
    none_missed: str
    inferred: Template
    estimated: str
    principals: Template
    absent: Template


class IndicatorWords(Table):
    """`lexicons/indicator_words.toml`, by code; `few` is the caution of a figure that rests on few cases.

    `rhythms` are by months and window of a cadence: 3-1 is the first month of each quarter.
    """

    source: str
    few: str
    indicator: Mapping[str, IndicatorNames]
    said: Sentences
    channels: Mapping[Channel, str]
    rhythms: Mapping[str, str]


@cache
def load_indicator_words(language: ReportLanguage) -> IndicatorWords:
    """Load `lexicons/indicator_words.toml` or its twin."""
    return load_table("indicator_words", IndicatorWords, language)
