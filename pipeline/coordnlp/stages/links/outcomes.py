"""What a passage would be to a request: an answer, a receipt, a refusal, an urge, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coordnlp.records import Act, Annotation, EventType
from coordnlp.stages.links.dossiers import Lookup, reacting_party
from coordnlp.stages.links.features import Pair

_LEAST = 0.4
_PART = 0.45
_DONE = 0.4
# What the rest of a paragraph counts beside the sentence itself.
_AROUND = 0.8
# Cues of `acknowledgement` that say that something is still open; a mere 收悉 does not.
_UNDER_WAY = ("正在办", "尚无结果")
_URGES = 0.5
# The asker itself says that it has what it asked for.
_RECEIVED = re.compile(
    r"(?<!没)(?<!未)(?:收到了|已收到|收到，|拿到了|已收|送来了|送到了|到货|已到|到齐|谢谢|多谢|感谢|到账|用上了|齐了|辛苦了)"
)


def judge_outcome(pair: Pair, lookup: Lookup) -> EventType | None:
    """Judge what a pair would be, by whose voice the passage is and by the acts of its paragraph or turn.

    The order follows the annotation guide, §3: an open part makes an answer partial; a receipt before substance is
    an answer; work under way is an acknowledgement.

    Returns:
        None where nothing can have happened: the asker speaks, and neither urges, drops the matter, nor says that it
        has what it asked for.
    """
    request = pair.request
    responsible = reacting_party(request.asker, request.asked, request.kind)
    voice = pair.passage.party
    region = _region(pair, lookup)
    if voice in ("A", "B") and voice != responsible and responsible != "AB":
        if _score(region, "urge") >= _URGES:
            return "urge"
        if pair.annotation.cue("withdrawal") >= _URGES:
            return "withdrawal"
        return "answer" if _RECEIVED.search(pair.text) else None
    if voice == "AB" and pair.annotation.cue("urge") >= _URGES and not pair.status_list:
        return "urge"
    return _reaction(region)


def _reaction(region: Sequence[tuple[Annotation, float]]) -> EventType:
    """Judge a reaction: refused, done in part (something done, something open), under way, or done."""
    done, refused = _score(region, "answer"), _score(region, "refusal")
    part, receipt = _score(region, "partial_answer"), _score(region, "acknowledgement")
    open_part = part > 0 or any(reason in _UNDER_WAY for a, _ in region for reason in a.reasons("acknowledgement"))
    if refused >= 0.5 and refused >= done:
        return "refusal"
    if part >= _PART or (open_part and part > 0 and done >= _DONE):
        return "partial_answer"
    if open_part and done < _DONE:
        return "acknowledgement"
    return "acknowledgement" if receipt > max(done + 0.1, _LEAST) else "answer"


def _score(region: Sequence[tuple[Annotation, float]], label: Act) -> float:
    return max(weight * annotation.cue(label) for annotation, weight in region)


def _region(pair: Pair, lookup: Lookup) -> list[tuple[Annotation, float]]:
    """Return the annotation of the passage, and with less weight those of the rest of its paragraph, row or turn."""
    passage = pair.passage
    around = [
        (lookup.annotations[other.id], _AROUND)
        for other in lookup.block(passage)
        if other.id != passage.id and other.party == passage.party
    ]
    return [(pair.annotation, 1.0), *around]
