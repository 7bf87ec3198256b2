"""What a passage would be to a request: an answer, a receipt, a refusal, an urge, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from coordnlp.records import Act, EventType, Parsed
from coordnlp.stages.links.dossiers import Lookup, reacting_party
from coordnlp.stages.links.features import Pair

_LEAST = 0.4
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
    document = lookup.documents[pair.header.id]

    def score(label: Act) -> float:
        return max(pair.annotation.score(label), 0.8 * _around(pair, document, lookup, label))

    if voice in ("A", "B") and voice != responsible and responsible != "AB":
        if score("urge") >= _URGES:
            return "urge"
        if pair.annotation.score("withdrawal") >= _URGES:
            return "withdrawal"
        return "answer" if _RECEIVED.search(pair.text) else None
    if voice == "AB" and pair.annotation.score("urge") >= _URGES and not pair.status_list:
        return "urge"
    return _reaction(score)


def _reaction(score: Callable[[Act], float]) -> EventType:
    answer, partial = score("answer"), score("partial_answer")
    receipt, refusal = score("acknowledgement"), score("refusal")
    if refusal >= 0.5 and refusal >= answer:
        return "refusal"
    if partial >= 0.45:
        return "partial_answer"
    return "acknowledgement" if receipt > max(answer + 0.1, _LEAST) else "answer"


def _around(pair: Pair, document: Parsed, lookup: Lookup, label: Act) -> float:
    """Return the highest score of an act in the rest of the passage's paragraph, row or turn."""
    passage = pair.passage
    return max(
        (
            lookup.annotations[other.id].score(label)
            for other in document.passages
            if other.id != passage.id and other.block == passage.block and other.party == passage.party
        ),
        default=0.0,
    )
