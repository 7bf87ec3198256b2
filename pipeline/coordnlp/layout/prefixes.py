"""Whose the prefixes of document numbers are: 樟委函〔2024〕2号 is the town's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from coordnlp.layout.lexicon import first_number
from coordnlp.records import Party

_SHORTEST_STEM = 2


def learn_prefixes(numbered: Iterable[tuple[str, Party | None]]) -> dict[str, Party]:
    """Return the team, or both together, that writes under each prefix most often.

    Args:
        numbered: 发文字号 and sender of documents; those without either, and those of others, tell nothing.
    """
    votes: dict[str, Counter[Party]] = {}
    for text, party in numbered:
        number = first_number(text)
        if number and number.prefix and party in ("A", "B", "AB"):
            votes.setdefault(number.prefix, Counter())[party] += 1
    return {prefix: count.most_common(1)[0][0] for prefix, count in sorted(votes.items())}


def party_of_number(text: str, prefixes: Mapping[str, Party]) -> Party | None:
    """Return whose a 发文字号 is, None if nothing tells.

    A unit numbers its letters, notices and internal papers in series of their own (禾农函, 禾农办, 禾农发): a prefix
    that was not seen belongs to the party of the others that differ in the last character only.
    """
    number = first_number(text)
    if not number or not number.prefix:
        return None
    if number.prefix in prefixes:
        return prefixes[number.prefix]
    stem = number.prefix[:-1]
    kin = {party for prefix, party in prefixes.items() if len(stem) >= _SHORTEST_STEM and stem in (prefix, prefix[:-1])}
    return next(iter(kin)) if len(kin) == 1 else None
