"""The table `lexicons/chats.toml`: labels that are no names, parts that speak, and what programs write into chats."""

from __future__ import annotations

import re
from functools import cache, cached_property

from pydantic import field_validator

from coordnlp.tables import Table, TriedPattern, load_table

_LONGEST_NOTICE = 200


class NoticePattern(TriedPattern):
    """A line that a program writes; the pattern matches all of it."""


class QuotePattern(TriedPattern):
    """The opening of an earlier message that is told again; `close` ends it, '' at the end of the line."""

    close: str

    @field_validator("pattern")
    @classmethod
    def _names_its_writer(cls, pattern: str) -> str:
        if "(?P<who>" not in pattern:
            raise ValueError("must have a group who")
        return pattern


class ChatWords(Table):
    """`lexicons/chats.toml`."""

    roles: tuple[str, ...]
    numbered: tuple[str, ...]
    says: tuple[str, ...]
    short_posts: tuple[str, ...]
    unit_posts: tuple[str, ...]
    nick_openings: tuple[str, ...]
    ranks: tuple[str, ...]
    labels: tuple[str, ...]
    label_tails: str
    closings: tuple[str, ...]
    makers: tuple[str, ...]
    rosters: tuple[str, ...]
    chats: tuple[str, ...]
    notice: tuple[NoticePattern, ...]
    quote: tuple[QuotePattern, ...]

    @cached_property
    def number(self) -> re.Pattern[str]:
        """Match a speaker by number: 发言人1, 说话人 2, SPEAKER_00."""
        return re.compile(rf"(?:{'|'.join(self.numbered)})[\s_#]?(?P<digits>\d{{1,3}}|[一二三四五六七八九十A-Z])")

    @cached_property
    def label_words(self) -> frozenset[str]:
        """Heads of fields, those that close a talk included."""
        return frozenset({*self.labels, *self.closings})

    def is_notice(self, text: str) -> bool:
        """Tell whether a program wrote a line."""
        return len(text) <= _LONGEST_NOTICE and self._notices.fullmatch(text) is not None

    @cached_property
    def _notices(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{notice.pattern})" for notice in self.notice))


@cache
def load_chat_words() -> ChatWords:
    """Load `lexicons/chats.toml`."""
    return load_table("chats", ChatWords)
