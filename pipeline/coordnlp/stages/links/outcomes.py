"""What a reaction is to its request: an answer, a part of one, a receipt, a refusal or a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordnlp.records import Act
from coordnlp.stages.links.courses import COURSE
from coordnlp.stages.links.pair import Pair
from coordnlp.stages.links.readings import REACTIONS

_TOLD: tuple[Act, ...] = (*REACTIONS, "agreement", "disagreement", "commitment", "request")
_OWN = (
    *(f"reads_{act}" for act in _TOLD),
    *(f"nearby_{act}" for act in REACTIONS),
    "drops_it",
    "by_asker",
    "of_commitment",
    "of_assignment",
    "in_table",
    "in_talk",
)
"""Names of the features of a pair by itself: acts of the passage and its paragraph, and where they stand."""
OUTCOME = (*_OWN, *COURSE)
"""Names of the features by which the outcome is told."""


def describe_outcome(pair: Pair, course: Sequence[float]) -> Mapping[str, float]:
    """Return the features of `OUTCOME`: those of the pair in [0, 1], those of its course in [-1, 1]."""
    reading, kind = pair.reading, pair.request.kind
    values = [
        *(reading.own[act] for act in _TOLD),
        *(reading.nearby[act] for act in REACTIONS),
        reading.drops,
        float(pair.by_asker),
        float(kind == "commitment"),
        float(kind == "assignment"),
        float(pair.passage.row > 0),
        float(pair.passage.turn is not None),
        *course,
    ]
    return {name: round(value, 3) for name, value in zip(OUTCOME, values, strict=True)}
