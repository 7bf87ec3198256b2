"""Content words of a passage: what it is about, as jieba cuts it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coordnlp.tables import Table, load_table

_SHORTEST = 2
_FIGURE = re.compile(r"[\d.,:/%-]+[年月日号]?|[一二三四五六七八九十]+[月日号]")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9.+%/-]+")


class TermWords(Table):
    """`lexicons/terms.toml`: words that are about nothing."""

    stop: tuple[str, ...]


def load_term_words() -> TermWords:
    """Load `lexicons/terms.toml`."""
    return load_table("terms", TermWords)


def pick_terms(tokens: Iterable[str], stop: frozenset[str]) -> Iterator[str]:
    """Yield the tokens that carry content: words of two characters or more; no stop word, no figure.

    Bare figures are mostly parts of dates and numbers, which jieba takes apart.
    """
    for token in tokens:
        if len(token) >= _SHORTEST and token not in stop and not _FIGURE.fullmatch(token) and _WORD.fullmatch(token):
            yield token
