"""Content words of a passage: what it is about, as jieba cuts it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coordnlp.tables import Table, load_table

_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9.+%/-]+")


class TermWords(Table):
    """`lexicons/terms.toml`: words that are about nothing."""

    stop: tuple[str, ...]


def load_term_words() -> TermWords:
    """Load `lexicons/terms.toml`."""
    return load_table("terms", TermWords)


def pick_terms(tokens: Iterable[str], stop: frozenset[str]) -> Iterator[str]:
    """Yield the tokens that carry content: two characters or more, or numbers; no stop word."""
    for token in tokens:
        if token in stop or not _WORD.fullmatch(token):
            continue
        if len(token) >= 2 or token.isdigit():
            yield token
