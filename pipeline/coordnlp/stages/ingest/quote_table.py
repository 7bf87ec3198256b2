"""The words with which quoted mails begin (`lexicons/mail_quotes.toml`), and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property

from coordnlp.tables import Table, load_table

_RULE = r"(?:-{2,}|—{2,}|_{2,}|={3,})"


class FieldNames(Table):
    """Names of the fields of a quoted mail, by what they hold."""

    sender: tuple[str, ...]
    date: tuple[str, ...]
    to: tuple[str, ...]
    copies: tuple[str, ...]
    subject: tuple[str, ...]
    others: tuple[str, ...]


class WroteWords(Table):
    """Words around 在……，……写道：."""

    openings: tuple[str, ...]
    verbs: tuple[str, ...]
    narrative: tuple[str, ...]


class QuoteTable(Table):
    """`lexicons/mail_quotes.toml`."""

    source: str
    separators: tuple[str, ...]
    fields: FieldNames
    wrote: WroteWords

    @cached_property
    def title(self) -> re.Pattern[str]:
        """Match -----原始邮件-----; the rule after it may be missing."""
        return re.compile(rf"^\s*{_RULE}\s*(?:{_spaced(self.separators)})\s*(?:{_RULE}|[:：])?\s*$", re.I)

    @cached_property
    def field_line(self) -> re.Pattern[str]:
        """Match 发件人：张三, | 发件人 | 张三 | and *From:* Zhang; each kind of field is a group of its name."""
        kinds = "|".join(f"(?P<{kind}>{_spaced(names)})" for kind, names in self.fields.model_dump().items())
        return re.compile(rf"^\s*+\|?\s*+\*{{0,2}}(?:{kinds})\*{{0,2}}\s*(?:[:：]\*{{0,2}}|[|\t])(?P<value>.*)$", re.I)

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Match the beginning of 在……写道：, where it has an opening word or begins with the date."""
        return re.compile(rf"^\s*(?:(?:{_spaced(self.wrote.openings)})(?![a-z])|(?:19|20)\d{{2}}\s*[-年/.])", re.I)

    @cached_property
    def around(self) -> re.Pattern[str]:
        """Match the words that are left around the author when date and verb are gone."""
        words = _spaced(self.wrote.openings)
        return re.compile(rf"^\s*(?:{words})(?![a-z])|(?<![a-z])(?:{words})\s*$", re.I)

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """Match the end of 在……写道：."""
        return re.compile(rf"(?:{'|'.join(self.wrote.verbs)})\s*[:：]\s*$", re.I)

    @cached_property
    def narrative(self) -> re.Pattern[str]:
        """Match what follows the date where the sentence is one of the mail itself: 在3月5日的来函中，贵场写道："""
        return re.compile(rf"^\s*(?:{'|'.join(self.wrote.narrative)})")


@cache
def load_quote_table() -> QuoteTable:
    """Load `lexicons/mail_quotes.toml`."""
    return load_table("mail_quotes", QuoteTable)


def _spaced(names: Iterable[str]) -> str:
    """Return a pattern for names, longest first; blanks may stand between Han characters and for blanks."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(
        r"[ \t\u3000]*".join(name) if not name.isascii() else re.escape(name).replace(r"\ ", r"\s+") for name in ordered
    )
