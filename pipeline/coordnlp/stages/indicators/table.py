"""The table of indicators: `lexicons/indicators.toml`."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Literal

from coordnlp.tables import Table, TriedPattern, load_table

Window = Literal["", "1", "2", "3", "odd", "even"]
"""In which months a meeting is due: a month of each quarter, odd or even months, '' for any."""


class Definition(Table):
    """An indicator: its code, and the measures that it tells about."""

    code: str
    measures: tuple[str, ...]


class CadencePattern(TriedPattern):
    """Words for a rhythm of meetings."""

    months: int
    window: Window = ""

    @property
    def code(self) -> str:
        """Its months and window: 3-1 is the first month of each quarter."""
        return f"{self.months}-{self.window}" if self.window else str(self.months)


class _Meetings(Table):
    chats: tuple[str, ...]
    talks: str
    groups: tuple[str, ...]
    series: tuple[str, ...]
    absent: str
    away: str
    principal_posts: tuple[str, ...]

    @cached_property
    def is_chat(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.chats)))

    @cached_property
    def is_talk(self) -> re.Pattern[str]:
        return re.compile(self.talks)

    @cached_property
    def is_group(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.groups)))

    @cached_property
    def is_absent(self) -> re.Pattern[str]:
        return re.compile(self.absent)

    @cached_property
    def is_away(self) -> re.Pattern[str]:
        return re.compile(self.away)

    def series_of(self, text: str) -> str:
        """Return the noun of the series of meetings that a text names, '' for none."""
        return next((noun for noun in self.series if noun in text), "")


class _Liaison(Table):
    before: str
    behind: str
    yours: str
    line: str
    former: str
    never: str
    beside: str

    @cached_property
    def name(self) -> re.Pattern[str]:
        """Match where a name of two or three characters may stand."""
        return re.compile(f"(?:{self.before})(?=([\u4e00-\u9fff]{{2,3}}){self.behind})")

    @cached_property
    def is_yours(self) -> re.Pattern[str]:
        """Match words that address the other side, and are not merely dealt with."""
        return re.compile(f"(?<![{self.beside}])(?:{self.yours})")

    @cached_property
    def is_line(self) -> re.Pattern[str]:
        """Match the contact line of a letter."""
        return re.compile(self.line)

    @cached_property
    def is_no_name(self) -> re.Pattern[str]:
        """Match in words that look like a name and are none."""
        return re.compile(self.never)

    @cached_property
    def is_former(self) -> re.Pattern[str]:
        """Match, behind a name, that the person steps down."""
        return re.compile(self.former)


class IndicatorTable(Table):
    """`lexicons/indicators.toml`; a figure of less than `few` cases carries a caution."""

    source: str
    few: int
    indicator: tuple[Definition, ...]
    meetings: _Meetings
    cadence: tuple[CadencePattern, ...]
    gathering: tuple[TriedPattern, ...]
    named: tuple[TriedPattern, ...]
    liaison: _Liaison
    consults: tuple[TriedPattern, ...]

    def define(self, code: str) -> Definition:
        """Return the entry of an indicator."""
        return next(one for one in self.indicator if one.code == code)


@cache
def load_indicator_table() -> IndicatorTable:
    """Load `lexicons/indicators.toml`."""
    return load_table("indicators", IndicatorTable)
