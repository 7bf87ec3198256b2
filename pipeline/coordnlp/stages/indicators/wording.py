"""What indicators are called and how they are told: `lexicons/indicator_words.toml`, a table a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from coordnlp.records import ReportLanguage
from coordnlp.tables import Table, load_table


class IndicatorNames(Table):
    """What an indicator is called, in which unit it is, and what it counts."""

    name: str
    unit: str
    definition: str


class IndicatorWords(Table):
    """`lexicons/indicator_words.toml`, by code; `few` is the caution of a figure that rests on few cases."""

    source: str
    few: str
    indicator: Mapping[str, IndicatorNames]


@cache
def load_indicator_words(language: ReportLanguage) -> IndicatorWords:
    """Load `lexicons/indicator_words.toml` or its twin."""
    return load_table("indicator_words", IndicatorWords, language)
