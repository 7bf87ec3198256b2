"""The words of the page: `lexicons/page.toml`, a table a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from coordnlp.records import Evidence, ReportLanguage
from coordnlp.tables import Table, Template, load_table


class PageWords(Table):
    """`lexicons/page.toml`; `language` is its tag for browsers, `buckets` are by the most days that each holds."""

    source: str
    language: str
    months: Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]
    words: Mapping[str, Template]
    buckets: Mapping[str, str]
    evidence: Mapping[Evidence, str]


@cache
def load_page_words(language: ReportLanguage) -> PageWords:
    """Load `lexicons/page.toml` or its twin."""
    return load_table("page", PageWords, language)
