"""What the terminal says at the end of a run: `lexicons/terminal.toml`, a table a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from coordnlp.records import Outcome, ReportLanguage
from coordnlp.tables import Table, Template, load_table


class CountWords(Table):
    """How many were read and listed."""

    read: Template
    doubles: Template
    skipped: Template
    requests: Template
    gaps: Template
    ambiguous: Template
    doubted: Template


class JudgedWords(Table):
    """What the reviewers' words did."""

    head: Template
    conflicts: Template
    outcomes: Mapping[Outcome, Template]


class TerminalWords(Table):
    """`lexicons/terminal.toml`."""

    source: str
    dossier: Template
    head: Template
    marking: Template
    note: Template
    remark: Template
    conflict: Template
    unread: Template
    skipped: Template
    perhaps_unread: str
    gap: Template
    more: Template
    either: Template
    review: Template
    explain: str
    elsewhere: Template
    comma: str
    stop: str
    counts: CountWords
    judged: JudgedWords


@cache
def load_terminal_words(language: ReportLanguage) -> TerminalWords:
    """Load `lexicons/terminal.toml` or its twin."""
    return load_table("terminal", TerminalWords, language)
