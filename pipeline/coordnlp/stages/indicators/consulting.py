"""Consulting: whether a team asks before it decides what concerns the other, or tells it afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from coordnlp.records import Indicator, Passage, Side
from coordnlp.stages.indicators.evidence import Evidence, quote

_SIDES: tuple[Side, ...] = ("A", "B")


def consulted(evidence: Evidence) -> Iterator[Indicator]:
    """Yield for each team in how many papers it consults the other, how many of these were answered, and complaints."""
    for side in _SIDES:
        asked = _consultations(side, evidence)
        answered = sum(evidence.life_of[id].status in ("answered", "declined") for id in asked.values() if id)
        complaints = {
            one.header.id: quote(passage)
            for one, passage, score in evidence.carrying("joint_decisions")
            if score.evidence == "lacking" and passage.party == ("B" if side == "A" else "A")
        }
        if asked or complaints:
            said = evidence.words.said
            told = [said.asked.format(count=len(asked), answered=answered) if asked else said.never_asked]
            told += [said.not_asked.format(count=len(complaints))] if complaints else []
            quotes = tuple(list(complaints.values()) or [quote(passage) for passage in _passages(side, evidence)])
            yield Indicator(
                "consulted", side, float(len(asked)), len(asked) + len(complaints), said.clause.join(told), quotes
            )


def _consultations(side: Side, evidence: Evidence) -> dict[str, str]:
    """Return the papers in which a team consults the other, each with the request that asks, '' for none."""
    requests = {request.passage: request.id for request in evidence.requests if request.asker == side}
    found: dict[str, str] = {}
    for passage in _passages(side, evidence):
        found[passage.document] = found.get(passage.document) or requests.get(passage.id, "")
    return found


def _passages(side: Side, evidence: Evidence) -> list[Passage]:
    """Return the passages in which a team asks for the other's view."""
    words = evidence.table.consults
    return [
        passage
        for one, passage, score in evidence.carrying("joint_decisions")
        if score.evidence != "lacking"
        and passage.party == side
        and passage.to not in (None, side)
        and any(pattern.regex.search(one.words(passage)) for pattern in words)
    ]
