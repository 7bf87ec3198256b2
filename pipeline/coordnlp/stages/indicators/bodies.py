"""Bodies of both sides: whether the standing group is at work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coordnlp.records import Evidence as Kind
from coordnlp.records import Indicator, Parsed, Passage
from coordnlp.stages.indicators.evidence import Evidence, quote


class Sign(NamedTuple):
    """A passage that tells of the group: planned, at work (practised), or stopped (lacking)."""

    date: str
    passage: Passage
    kind: Kind


def group_active(evidence: Evidence) -> Iterator[Indicator]:
    """Yield how long ago the last sign of the standing group was, and whether it was of work or of a stop."""
    found = sorted([*_told(evidence), *_signed(evidence)], key=lambda one: (one.date, one.passage.start))
    if not found:
        return
    founded, signs = found[0], [one for one in found if one.kind != "planned"]
    said = evidence.words.said
    told = [said.founded.format(date=founded.date)] if founded.kind == "planned" else []
    if not signs:
        words = said.founded_only.format(date=founded.date)
        yield Indicator("group_active", None, None, 0, words, (quote(founded.passage),), founded.date)
        return
    last = signs[-1]
    state = said.group_stopped if last.kind == "lacking" else said.group_works
    yield Indicator(
        code="group_active",
        party=None,
        value=float(evidence.days_to(last.date)),
        cases=len(signs),
        words=said.clause.join([*told, state.format(date=last.date)]),
        quotes=(quote(founded.passage), quote(last.passage)),
        date=last.date,
    )


def _told(evidence: Evidence) -> Iterator[Sign]:
    for one, passage, score in evidence.carrying("coordination_group"):
        if passage.zone == "body":
            yield Sign(one.header.date, passage, score.evidence)


def _signed(evidence: Evidence) -> Iterator[Sign]:
    """Yield the signatures of papers that the group itself sends out."""
    for one in evidence.parsed:
        if one.header.sender == "AB" and one.header.date and not _is_talk(one):
            for passage in one.passages:
                if passage.zone == "signature" and evidence.table.meetings.is_group.search(one.words(passage)):
                    yield Sign(one.header.date, passage, "practised")


def _is_talk(one: Parsed) -> bool:
    return one.header.kind in ("minutes", "transcript")
