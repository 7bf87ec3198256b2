"""Sayings: what passages say of a measure, border cases among them, in order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features.circulation import is_foreign
from coordnlp.records import Annotation, Evidence, MeasureScore, Parsed, Passage

_EVIDENCE: Mapping[Evidence, int] = {"planned": 0, "practised": 1, "lacking": 2}


@dataclass(frozen=True, slots=True)
class Saying:
    """A passage that carries a measure, or may.

    Attributes:
        text: Its words, in simplified characters.
        dispute: The judge's probability that it is a disagreement.
    """

    one: Parsed
    passage: Passage
    found: MeasureScore
    text: str
    dispute: float

    @property
    def shares(self) -> np.ndarray:
        """How likely it is planned, practised, lacking; the judge tells the likeliest, the rest is split."""
        shares = np.full(3, (1 - self.found.evidence_score) / 2)
        shares[_EVIDENCE[self.found.evidence]] = self.found.evidence_score
        return shares


def list_sayings(parsed: Sequence[Parsed], annotations: Mapping[str, Annotation]) -> dict[str, list[Saying]]:
    """Return what is said of each measure in the bodies of dated papers, by its code.

    Papers among others say nothing of the two teams; contact lines below a letter never outweigh a word in its body.

    Args:
        parsed: In order of date.
    """
    found: dict[str, list[Saying]] = defaultdict(list)
    for one in parsed:
        if not one.header.date or is_foreign(one.header):
            continue
        for passage in one.passages:
            annotation = annotations[passage.id]
            if passage.zone == "body" and annotation.measures:
                words, dispute = one.words(passage), annotation.score("disagreement")
                for score in annotation.measures:
                    found[score.code].append(Saying(one, passage, score, words, dispute))
    return found
