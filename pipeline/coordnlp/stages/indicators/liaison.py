"""Liaison: whom each team has named as its standing contact, and how often that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coordnlp.records import Indicator, Parsed, Passage, Side
from coordnlp.stages.indicators.evidence import Evidence, quote

_SIDES: tuple[Side, ...] = ("A", "B")
_CLAUSE = re.compile(r"[，；。;,]")


@dataclass(frozen=True, slots=True)
class Named:
    """A passage that names a person of a team as its contact."""

    name: str
    side: Side
    one: Parsed
    passage: Passage


def liaison_changes(evidence: Evidence) -> Iterator[Indicator]:
    """Yield for each team who its contact was, one after the other."""
    every = list(list_named(evidence))
    for side in _SIDES:
        named = _in_turn([one for one in every if one.side == side])
        if named:
            said = evidence.words.said
            names = said.clause.join(said.name.format(date=one.one.header.date, name=one.name) for one in named)
            yield Indicator(
                code="liaison_changes",
                party=side,
                value=float(len(named) - 1),
                cases=len(named),
                words=said.named.format(names=names),
                quotes=tuple(quote(one.passage) for one in named),
                date=named[-1].one.header.date,
            )


def _in_turn(named: list[Named]) -> list[Named]:
    """Return each contact where he takes over; one who is named again stands once."""
    first: dict[str, Named] = {}
    for one in named:
        first.setdefault(one.name, one)
    return list(first.values())


def list_named(evidence: Evidence) -> Iterator[Named]:
    """Yield the standing contacts in order of time. Contact lines below a letter are for that letter alone."""
    for one, passage, score in evidence.carrying("liaison"):
        text = one.words(passage)
        names = any(words.regex.search(text) for words in evidence.table.named)
        alone = evidence.table.liaison.is_line.search(text)
        if passage.zone == "body" and score.evidence != "lacking" and names and not alone:
            for start, name in find_people(text, evidence):
                side = _side_of(name, start, text, passage, evidence)
                if side and not evidence.table.liaison.is_former.match(text[start + len(name) :]):
                    yield Named(name, side, one, passage)


def find_people(text: str, evidence: Evidence) -> list[tuple[int, str]]:
    """Return the people whom a sentence of naming names, with where: known ones, and words that look like a name."""
    known = {
        mention.start: text[mention.start : mention.end]
        for mention in evidence.names.find(text)
        if mention.person and mention.end - mention.start > 1
    }
    taken = {at for start, name in known.items() for at in range(start, start + len(name))}
    found = dict(known)
    for match in evidence.table.liaison.name.finditer(text):
        start, name = match.start(1), match[1]
        looks = evidence.names.words.is_person(name) and not evidence.table.liaison.is_no_name.search(name)
        if looks and not taken & set(range(start, start + len(name))):
            found[start] = name
            taken |= set(range(start, start + len(name)))
    return sorted(found.items())


def _side_of(name: str, start: int, text: str, passage: Passage, evidence: Evidence) -> Side | None:
    """Return whose contact a person is: his side where it is known, else that of the last unit before in the clause."""
    if name in evidence.names.people:
        return evidence.names.people[name]
    clause = text[max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0) : start]
    beside = evidence.table.liaison.beside
    units = [
        mention.party
        for mention in evidence.names.find(clause)
        if not mention.person and clause[mention.start - 1 : mention.start] not in tuple(beside)
    ]
    if units:
        return units[-1]
    if passage.party not in _SIDES:
        return None
    other: Side = "B" if passage.party == "A" else "A"
    return other if evidence.table.liaison.is_yours.search(clause) else passage.party
