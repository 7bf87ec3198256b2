"""The words of the page: `lexicons/page.toml`, a table a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from coordnlp.records import Evidence, ReportLanguage
from coordnlp.report.page.scale import Tick
from coordnlp.tables import Table, Template, load_table


class PageWords(Table):
    """`lexicons/page.toml`; `language` is its tag for browsers, `buckets` are by the most days that each holds."""

    source: str
    language: str
    months: Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]
    words: Mapping[str, Template]
    buckets: Mapping[str, str]
    evidence: Mapping[Evidence, str]

    def name_of(self, tick: Tick) -> str:
        """Return the name of a month on the axis, '' where it has no room."""
        name = self.months[tick.month - 1] if tick.has_name else ""
        return self.words["month_of_year"].format(year=tick.year, month=name) if name and tick.is_year else name


@cache
def load_page_words(language: ReportLanguage) -> PageWords:
    """Load `lexicons/page.toml` or its twin."""
    return load_table("page", PageWords, language)
