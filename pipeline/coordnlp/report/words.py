"""What records are called in running text: `lexicons/explanations.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from coordnlp.records import Act, EventType, ReportLanguage
from coordnlp.tables import Table, load_table


class Words(Table):
    """`lexicons/explanations.toml`: types of events and acts of sentences."""

    source: str
    events: Mapping[EventType, str]
    acts: Mapping[Act, str]


@cache
def load_words(language: ReportLanguage = "zh") -> Words:
    """Load `lexicons/explanations.toml` or its twin."""
    return load_table("explanations", Words, language)
