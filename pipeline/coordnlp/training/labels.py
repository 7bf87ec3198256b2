"""Which passage a label of gold stands on.

A gold quote is a clause or a sentence; the program's passages may be longer, or a row of a table may be many of them.
A label belongs to the passages that hold all of the quote; where none does, to those that hold a fair part of it, and
in a table to the cell that says it. What else touches the quote proves nothing either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coordnlp.gold.matching import LONGEST_PASSAGE, fold
from coordnlp.records import Parsed, Passage
from coordnlp.training.dossiers import overlaps

# What is shorter than this share of the longest passage of a quote, or than so many characters, is a scrap of it.
_SHARE, _SHORTEST = 0.4, 4
# A line that ends so only names who speaks, or what follows.
_SPEAKER = ("：", ":", "】")
_TOLD_IN_PROGRESS = frozenset({"answer", "partial_answer", "acknowledgement", "refusal"})


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands: on these passages, and unclear on those."""

    label: str
    on: frozenset[str]
    unclear: frozenset[str]


def place_labels(one: Parsed, quote: str, labels: Iterable[str]) -> list[Placed]:
    """Return for every label of a quote the passages of a document that carry it."""
    near = [p for p in one.passages if p.end - p.start <= LONGEST_PASSAGE and _says(quote, one.words(p))]
    # A number or a title of the letter itself may look much like those that the quote cites.
    near = [p for p in near if fold(quote) in fold(one.words(p))] or near
    whole = _without_scraps(one, near)
    placed = []
    for label in labels:
        on = frozenset(p.id for p in (_cells(near, whole, label) or whole))
        placed.append(Placed(label, on, frozenset(p.id for p in near) - on))
    return placed


def _says(quote: str, words: str) -> bool:
    """Tell whether a passage says something of a quote; a line that only names who speaks does not."""
    return overlaps(quote, words) and not words.rstrip().endswith(_SPEAKER)


def _without_scraps(one: Parsed, near: Sequence[Passage]) -> list[Passage]:
    lengths = {p.id: len(fold(one.words(p))) for p in near}
    least = max(_SHORTEST, _SHARE * max(lengths.values(), default=0))
    return [p for p in near if lengths[p.id] >= least]


def _cells(near: Sequence[Passage], whole: Sequence[Passage], label: str) -> list[Passage]:
    """Return the cell of a row that says what a label says; [] where no row is quoted."""
    if sum(p.row for p in whole) < 2:
        return []
    column = "progress" if label in _TOLD_IN_PROGRESS else "matter"
    return [p for p in near if p.column == column] or [max(whole, key=lambda p: (p.end - p.start, -p.start))]
