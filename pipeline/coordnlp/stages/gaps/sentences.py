"""What rows say: `lexicons/gap_words.toml`, a table a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from coordnlp.records import EventType, GapType, ReportLanguage, RequestKind, Step
from coordnlp.tables import Table, Template, load_table


class TypeWords(Table):
    """What a row of one type says, and what would help."""

    summary: Template
    suggestion: Template


class ReactionWords(Table):
    """What became of a matter last; `said` is for words that are no event."""

    told: Template
    promised: Template
    said: Template
    none: str
    events: Mapping[EventType, str]


class SeverityWords(Table):
    """How a severity came about, a phrase a part."""

    base: Template
    waiting: Template
    overdue: Template
    raised: Template
    seen_in: Template
    unsure: Template
    separator: str


class WhyWords(Table):
    """What a row rests on; `clause`, `comma` and `list` join parts."""

    clause: str
    comma: str
    list: str
    taken: Template
    open: Template
    tie: Template
    cited: str
    registered: str
    occasions: Template
    spoke: Template
    both: str
    unknown: str
    seen: Template
    seen_over: Template
    settled: Template
    moved: Template
    step: Template
    state: Template
    scanned: Template
    kinds: Mapping[RequestKind, str]
    steps: Mapping[Step, str]


class GapWords(Table):
    """`lexicons/gap_words.toml`."""

    source: str
    type: Mapping[GapType, TypeWords]
    reaction: ReactionWords
    severity: SeverityWords
    why: WhyWords


@cache
def load_gap_words(language: ReportLanguage) -> GapWords:
    """Load `lexicons/gap_words.toml` or its twin."""
    return load_table("gap_words", GapWords, language)
