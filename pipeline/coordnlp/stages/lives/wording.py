"""Why a request is told as it is: `lexicons/life_words.toml`, a table a language."""

from __future__ import annotations

from functools import cache

from coordnlp.records import ReportLanguage
from coordnlp.tables import Table, Template, load_table


class LifeWords(Table):
    """`lexicons/life_words.toml`; `clause` joins reasons."""

    source: str
    clause: str
    settled: str
    undated: str
    not_due: Template
    not_due_anew: Template
    no_limit: Template
    asked_back: Template
    no_answer: str
    no_result: str
    no_receipt: Template
    unsure: Template
    tied: Template


@cache
def load_life_words(language: ReportLanguage) -> LifeWords:
    """Load `lexicons/life_words.toml` or its twin."""
    return load_table("life_words", LifeWords, language)
