"""Whose the prefixes of document numbers are: 樟委函〔2024〕2号 is the town's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from coordnlp.layout.lexicon import first_number
from coordnlp.records import Party


def learn_prefixes(numbered: Iterable[tuple[str, Party | None]]) -> dict[str, Party]:
    """Return the party that writes under each prefix most often.

    Args:
        numbered: 发文字号 and sender of documents; those without either tell nothing.
    """
    votes: dict[str, Counter[Party]] = {}
    for text, party in numbered:
        number = first_number(text)
        if number and number.prefix and party:
            votes.setdefault(number.prefix, Counter())[party] += 1
    return {prefix: count.most_common(1)[0][0] for prefix, count in sorted(votes.items())}
