"""Occasions: passages in which the difference between the two parties shows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from coordnlp.features.circulation import is_foreign
from coordnlp.records import Annotation, Parsed, Passage


def find_occasions(parsed: Sequence[Parsed], annotations: Mapping[str, Annotation], least: float) -> list[Passage]:
    """Return the passages that the judge reads as a disagreement, in order of date and place.

    Papers internal to one team count, as long as the two differ in them; papers among others, quoted mail and what
    strangers say do not.

    Args:
        parsed: In order of date.
        least: Least probability of the judge.
    """
    return [one for one in list_positions_taken(parsed) if annotations[one.id].score("disagreement") >= least]


def list_positions_taken(parsed: Sequence[Parsed]) -> list[Passage]:
    """Return the passages in which either of the two, or both, may take a position, in order of date and place."""
    return [
        passage
        for one in parsed
        if one.header.date and not is_foreign(one.header)
        for passage in one.passages
        if passage.zone == "body" and passage.party in ("A", "B", "AB")
    ]


def surest_by_paper(scores: Iterable[tuple[str, float]]) -> list[float]:
    """Return of each paper, by its id, the score of its surest occasion."""
    surest: dict[str, float] = defaultdict(float)
    for paper, score in scores:
        surest[paper] = max(surest[paper], score)
    return list(surest.values())


def in_any_paper(scores: Iterable[tuple[str, float]]) -> float:
    """Return how likely it is that any paper holds a disagreement, were the judgements independent."""
    return 1 - math.prod(1 - score for score in surest_by_paper(scores))
