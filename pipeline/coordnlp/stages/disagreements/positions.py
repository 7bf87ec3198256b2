"""The ledger of positions: what each party held, paper by paper, and where it gave way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coordnlp.features.lookup import Lookup
from coordnlp.names import Names
from coordnlp.records import Passage, Position, Side
from coordnlp.stages.disagreements.words import load_disagreement_words

_CLAUSE_ENDS = re.compile(r"[，,；;。！!？?\s]+$")
_BORDER = re.compile(r"[，,；;。：:]")
# So many characters may stand between the border of a clause and the name that is its subject: 其中，会上.
_LEAD = 4


def list_positions(passages: Sequence[Passage], lookup: Lookup, names: Names) -> list[Position]:
    """Return for each party and paper the stance that it takes there.

    A passage in a party's own voice is its stance; one that records the two (甲认为…，乙坚持…) is parted at the names.
    Of several in one paper the surest stands, or the one that gives way.

    Args:
        passages: Of one issue, its settlement among them.
    """
    found: dict[tuple[str, str], tuple[tuple[bool, float], Position]] = {}
    for passage in passages:
        score = lookup.annotations[passage.id].score("disagreement")
        for position in _positions(passage, lookup, names):
            key, rank = (position.party, position.document), (position.moved, score)
            if key not in found or rank > found[key][0]:
                found[key] = (rank, position)
    return sorted((position for _, position in found.values()), key=lambda one: (one.date, one.document, one.start))


def _positions(passage: Passage, lookup: Lookup, names: Names) -> Iterator[Position]:
    one = lookup.documents[passage.document]
    text, date = one.words(passage), one.header.date
    if passage.party in ("A", "B"):
        yield Position(passage.party, passage.document, passage.start, passage.end, date, _gives_way(text))
    if passage.party == "AB":
        for side, start, end in _parted(text, names):
            place = (passage.start + start, passage.start + end)
            yield Position(side, passage.document, *place, date, _gives_way(text[start:end]))


def _parted(text: str, names: Names) -> Iterator[tuple[Side, int, int]]:
    """Yield the stretch from the name of a side to the next name of the other that opens a clause."""
    words = load_disagreement_words()
    opening = [
        mention
        for mention in names.find(text)
        if _opens_clause(text, mention.start) and any(one.regex.match(text, mention.end) for one in words.holds)
    ]
    for at, mention in enumerate(opening):
        later = [other.start for other in opening[at + 1 :] if other.party != mention.party]
        end = later[0] if later else len(text)
        yield mention.party, mention.start, mention.start + len(_CLAUSE_ENDS.sub("", text[mention.start : end]))


def _opens_clause(text: str, start: int) -> bool:
    """Tell whether a name stands at the head of a clause: behind its border, at most a few words of lead between."""
    borders = [match.end() for match in _BORDER.finditer(text, 0, start)]
    return start - (borders[-1] if borders else 0) <= _LEAD


def _gives_way(text: str) -> bool:
    return any(one.regex.search(text) for one in load_disagreement_words().yields)
