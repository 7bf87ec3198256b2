"""What a passage does, by itself and with the paragraph, row or turn around it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from coordnlp.features import scaled_odds
from coordnlp.features.lookup import Lookup
from coordnlp.records import Act, Annotation, Passage

REACTIONS: tuple[Act, ...] = ("answer", "partial_answer", "acknowledgement", "refusal")
_ACTS: tuple[Act, ...] = get_args(Act)
# What the rest of a paragraph counts beside the sentence itself.
_AROUND = 0.8


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities of the judge on the scale of `scaled_odds`, in [0, 1].

    Attributes:
        own, nearby: By act: of the passage, and the highest of its paragraph, row or turn in the same voice.
        reacts, reacts_nearby: That it answers in any way: gives, gives in part, acknowledges or refuses.
        drops: The cues of a withdrawal, in [0, 1]; the judge does not know that act.
    """

    own: Mapping[Act, float]
    nearby: Mapping[Act, float]
    reacts: float
    reacts_nearby: float
    drops: float


def read_passage(passage: Passage, lookup: Lookup) -> Reading:
    """Read what a passage does."""
    annotation = lookup.annotations[passage.id]
    around = [
        lookup.annotations[other.id]
        for other in lookup.block(passage)
        if other.id != passage.id and other.party == passage.party
    ]
    scores = {act: annotation.score(act) for act in _ACTS}
    nearby = {act: max([scores[act], *(_AROUND * other.score(act) for other in around)]) for act in _ACTS}
    return Reading(
        own={act: scaled_odds(score) for act, score in scores.items()},
        nearby={act: scaled_odds(score) for act, score in nearby.items()},
        reacts=scaled_odds(_any_reaction(annotation)),
        reacts_nearby=scaled_odds(max(map(_any_reaction, [annotation, *around]))),
        drops=annotation.cue("withdrawal"),
    )


def _any_reaction(annotation: Annotation) -> float:
    """Return the probability of at least one reaction, were the judgements independent."""
    return 1 - math.prod(1 - annotation.score(act) for act in REACTIONS)
