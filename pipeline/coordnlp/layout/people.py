"""Who was there, and whose people they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from coordnlp.layout.lexicon import load_document_words
from coordnlp.layout.lines import Line
from coordnlp.layout.parts import Layout
from coordnlp.names import Names, of_one_side
from coordnlp.records import ROLES, Attendee, Party, Side

_LEAST_LISTED = 3
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_POST_BEHIND = re.compile(r"(?:等|同志|书记|主任|局长|镇长|场长|院长|所长|厂长|处长|科长|经理|总工)$")


def list_attendees(layout: Layout, names: Names) -> tuple[Attendee, ...]:
    """Read the attendee lines; people whose party nothing tells are `X`."""
    found = [
        Attendee(name, party, role)
        for role in ROLES
        for value in layout.values(role)
        for name, party in _people(value, names)
    ]
    return tuple(dict.fromkeys(found))


def listed_alone(lines: Iterable[Line], names: Names) -> set[str]:
    """Return the people that a paper lists a line each, a unit in brackets at most: 刘辉（九州云）.

    One name on a line of its own may be anything; a list has three.
    """
    found = {bare for line in lines if names.words.is_person(bare := _BRACKETS.sub("", line.text).strip())}
    return found if len(found) >= _LEAST_LISTED else set()


def _people(value: str, names: Names) -> Iterator[tuple[str, Party]]:
    for segment in re.split(r"[；;。\n]", value):
        listed = list(_names_in(segment, names))
        party = _party_of_segment([name for name, _ in listed], names)
        for name, lead in listed:
            yield name, names.people.get(name) or lead or party


def _names_in(segment: str, names: Names) -> Iterator[tuple[str, Side | None]]:
    """Yield the names of a list; a unit that stands before a name (镇里 张三、李四) holds until the next."""
    lead: Side | None = None
    for piece in re.split(r"[、，,\t]|\s+|[：:]", _BRACKETS.sub("", segment)):
        word = piece.strip()
        unit = [mention for mention in names.find(word) if not mention.person]
        if unit and word not in names.people:
            lead = unit[-1].party
            word = word[unit[-1].end :]
        word = _POST_BEHIND.sub("", word)
        if word not in names.people and not names.words.is_person(word):
            word = _behind_post(word, names)
        if word:
            yield word, lead


def _behind_post(word: str, names: Names) -> str:
    """Return the name behind a post or a unit that it is written on to: 市档案局业务科科长桑永康; '' for none."""
    for length in (3, 2, 4):
        before, name = word[:-length], word[-length:]
        if len(before) >= 2 and names.words.is_person(name) and before.endswith(_ends(names)):
            return name
    return ""


def _ends(names: Names) -> tuple[str, ...]:
    return (*(post for post in names.words.posts if len(post) >= 2), *load_document_words().signature.unit_endings)


def _party_of_segment(listed: Sequence[str], names: Names) -> Party:
    known = Counter(names.people[name] for name in listed if name in names.people)
    if len(known) == 1 and sum(known.values()) * 3 >= len(listed):
        return next(iter(known))
    return "X"


def learn_people(attendees: Sequence[Attendee]) -> dict[str, Side]:
    """Return the people whose party the attendee lists tell, without those that two lists tell differently."""
    return of_one_side(sorted((attendee.name, attendee.party) for attendee in attendees))
