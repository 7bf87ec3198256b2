"""Cues of measures in a passage, and the score of a measure that no model was trained on."""

from __future__ import annotations

import hashlib
import math
import re

from coordnlp.classifiers import widen
from coordnlp.taxonomy import Measure, Taxonomy

_MOST = 3
# What a pattern by itself counts beside the number of patterns of its measure.
_EACH = 0.5
# One cue of an untrained measure makes it a border case, two a finding; a passage in the words of the definition counts
# as one cue at most.
_CUE = 0.5
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def find_cues(text: str, taxonomy: Taxonomy) -> dict[str, float]:
    """Return the cues that a passage shows, as features.

    Returns:
        Under the code of a measure or of an evidence the root of the number of its cues, at most of 3; under
        `code#digest` each cue, so that weights stay with a pattern wherever it stands in the table.
    """
    text = widen(text)
    found: dict[str, float] = {}
    for entry in taxonomy.entries:
        shown = entry.shown(text)
        if shown:
            found[entry.code] = math.sqrt(min(len(shown), _MOST))
            found |= {f"{entry.code}#{_digest(match.re.pattern)}": _EACH for match in shown}
    return found


def _digest(cue: str) -> str:
    return hashlib.sha1(cue.encode(), usedforsecurity=False).hexdigest()[:6]


def score_untrained(text: str, measure: Measure) -> float:
    """Return how surely a passage carries a measure that no model knows, in [0, 1).

    Cues add up as independent evidence; so does the share of the passage's character pairs that stand in the
    definition, the name or an example of the measure.
    """
    rest = (1 - _CUE) ** len(measure.shown(widen(text)))
    known = set[str]().union(*(_pairs(words) for words in (measure.name, measure.definition, *measure.examples)))
    pairs = _pairs(text)
    shared = len(pairs & known) / len(pairs) if pairs else 0.0
    return 1 - rest * (1 - _CUE * min(1.0, 2 * shared))


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}
