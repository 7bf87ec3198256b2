"""Occasions: passages in which the difference between the two parties shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordnlp.features.circulation import is_foreign
from coordnlp.records import Act, Annotation, Parsed, Passage


def find_occasions(parsed: Sequence[Parsed], annotations: Mapping[str, Annotation], least: float) -> list[Passage]:
    """Return the passages that the judge reads as a disagreement, in order of date and place.

    Papers internal to one team count, as long as the two differ in them; papers among others, quoted mail and what
    strangers say do not.

    Args:
        parsed: In order of date.
        least: Least probability of the judge.
    """
    return _that_read_as("disagreement", parsed, annotations, least)


def find_agreements(parsed: Sequence[Parsed], annotations: Mapping[str, Annotation], least: float) -> list[Passage]:
    """Return the passages that read like an agreement, be it from afar."""
    return _that_read_as("agreement", parsed, annotations, least)


def _that_read_as(
    act: Act, parsed: Sequence[Parsed], annotations: Mapping[str, Annotation], least: float
) -> list[Passage]:
    return [
        passage
        for one in parsed
        if one.header.date and not is_foreign(one.header)
        for passage in one.passages
        if passage.zone == "body" and passage.party in ("A", "B", "AB") and annotations[passage.id].score(act) >= least
    ]
