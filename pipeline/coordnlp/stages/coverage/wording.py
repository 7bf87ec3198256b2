"""Why nobody may say that a request was not answered: `lexicons/doubt_words.toml`, a table a language."""

from __future__ import annotations

from functools import cache

from coordnlp.records import ReportLanguage, UnseenKind
from coordnlp.tables import Table, Template, load_table


class DoubtWords(Table):
    """`lexicons/doubt_words.toml`: by kind of unseen paper, of a silence, and where the two teams are a weak guess."""

    source: str
    skipped: Template
    marked: Template
    registered: Template
    cited: Template
    silence: Template
    unconfirmed: str

    def paper(self, kind: UnseenKind, name: str) -> str:
        """Return the doubt that a paper of a name leaves."""
        templates = {
            "skipped": self.skipped,
            "marked": self.marked,
            "registered": self.registered,
            "cited": self.cited,
        }
        return templates[kind].format(name=name)


@cache
def load_doubt_words(language: ReportLanguage) -> DoubtWords:
    """Load `lexicons/doubt_words.toml` or its twin."""
    return load_table("doubt_words", DoubtWords, language)
