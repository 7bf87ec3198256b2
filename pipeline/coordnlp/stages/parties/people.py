"""Whose people the papers name: by the unit that stands before a name, and by the lists in which they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from coordnlp.records import Document, Member
from coordnlp.stages.parties.papers import Paper, Seat
from coordnlp.stages.parties.spellings import Spelling
from coordnlp.stages.parties.units import Units

# So many characters before a name may hold a unit and a post: 青澜江航运集团有限公司副总经理.
_REACH = 20
_CLAUSE = re.compile(r"[^\u4e00-\u9fffA-Za-z]")
_BRACKET = re.compile(r"\s?[（(](?P<unit>[\u4e00-\u9fff]{1,12})[）)]")
_PIECE = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_BETWEEN = re.compile(r"[、 　\t]+|(?:[（(][^（()）\n]{1,20}[）)])[、 　\t]*")
_PARTED = re.compile(r"\s*[；;，,｜|]\s*")
# A name that stands so often beside others in lists is somebody's, and a list of so many is a half.
_LEAST = 2


def name_people(papers: Sequence[Paper], documents: Sequence[Document], spelling: Spelling) -> list[Paper]:
    """Add what the texts say of people: the unit before a name, 管理局戚文远副局长, and who is listed with whom.

    Args:
        papers: What was found in headers, lists and mails.
        documents: The same papers, in any order.
    """
    people = _people(papers, documents, spelling)
    if not people:
        return list(papers)
    pattern = re.compile("|".join(sorted(map(re.escape, people), key=lambda name: (-len(name), name))))
    texts = {document.file: document.plain for document in documents}
    return [_named(paper, texts[paper.file], pattern, spelling) for paper in papers]


def _people(papers: Sequence[Paper], documents: Sequence[Document], spelling: Spelling) -> set[str]:
    listed = {mention.name[1:] for paper in papers for mention in paper.mentions if mention.name.startswith("&")}
    seated = {seat.person.name for paper in papers for seat in paper.seats}
    together = Counter(name for document in documents for name in _side_by_side(document.plain, spelling))
    often = {name for name, count in together.items() if count >= _LEAST}
    return {name for name in {*listed, *seated, *often, *spelling.known} if len(name) > 1}


def _side_by_side(text: str, spelling: Spelling) -> Iterator[str]:
    """Yield the words of a text that look like names and have one beside them in a list."""
    words = list(_PIECE.finditer(text))
    for one, two in pairwise(words):
        beside = text[one.end() : two.start()] == "、"
        if beside and spelling.is_person(one.group()) and spelling.is_person(two.group()):
            yield from (one.group(), two.group())


def _named(paper: Paper, text: str, pattern: re.Pattern[str], spelling: Spelling) -> Paper:
    found = list(pattern.finditer(text))
    seats = [
        Seat(unit, Member(match.group(), post), "text", paper.file)
        for match in found
        for unit, post in [_unit_beside(text, match, spelling)]
        if unit
    ]
    return replace(
        paper, seats=tuple(dict.fromkeys([*paper.seats, *seats])), lists=tuple(dict.fromkeys(_lists(text, found)))
    )


def _unit_beside(text: str, match: re.Match[str], spelling: Spelling) -> tuple[str, str]:
    bracket = _BRACKET.match(text, match.end())
    inside = _split_unit(bracket["unit"], spelling) if bracket else None
    return inside or _unit_before(text[max(0, match.start() - _REACH) : match.start()], spelling)


def _unit_before(text: str, spelling: Spelling) -> tuple[str, str]:
    """Return the unit and the post that end a text: 会议由管理局副局长 → 管理局, 副局长; '' twice for none.

    A unit that is none of those that letters bear (县卫生健康局医改股股长) is not taken for one by its middle.
    """
    clause = _CLAUSE.split(text)[-1]
    for begin in range(len(clause)):
        if clause[:begin] and not clause[:begin].endswith(spelling.before):
            continue
        found = _split_unit(clause[begin:], spelling)
        if found or (not clause.startswith(spelling.before, begin) and _is_third(clause[begin:], spelling)):
            return found or ("", "")
    return "", ""


def _split_unit(text: str, spelling: Spelling) -> tuple[str, str] | None:
    """Split 管理局综合科副科长 into the unit and what its person is there; None where it begins with no unit.

    Stricter than what lists are read by (`rolls.split_post`): in a sentence only a unit that letters bear is sure to be
    one, and a department may stand without a post.
    """
    for unit, post in _cuts(text, spelling):
        if spelling.is_of_letters(unit):
            return unit, spelling.post_in(post)
        if len(unit) > 2 and spelling.unit(unit) and not spelling.ends_as_department(unit):
            return None
    return None


def _is_third(text: str, spelling: Spelling) -> bool:
    return any(len(unit) > 2 and spelling.unit(unit) for unit, _ in _cuts(text, spelling))


def _cuts(text: str, spelling: Spelling) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a text in a name and a department or post, the longest name first."""
    for end in range(len(text), 0, -1):
        unit, post = text[:end], text[end:]
        fits = not post or spelling.is_post(post) or spelling.ends_as_department(post)
        if fits and not spelling.is_post(unit):
            yield unit, post


def _lists(text: str, found: Sequence[re.Match[str]]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the lists of people of a text: those that a comma or semicolon parts are one entry."""
    row: list[list[str]] = []
    end = -1
    for match in found:
        between = text[end : match.start()] if end >= 0 else "\n\n"
        if row and _BETWEEN.fullmatch(between):
            row[-1].append(match.group())
        elif row and _PARTED.fullmatch(_BETWEEN.sub("", between)):
            row.append([match.group()])
        else:
            yield from _several(row)
            row = [[match.group()]]
        end = match.end()
    yield from _several(row)


def _several(row: Sequence[Sequence[str]]) -> Iterator[tuple[tuple[str, ...], ...]]:
    if sum(map(len, row)) > 1:
        yield tuple(tuple(people) for people in row)


def seat_people(papers: Sequence[Paper], units: Units, senders: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the unit of each person, by most of their seats; a person with two units of equal weight has none.

    Who is seated with no unit that has a name belongs with those who stand in one half of a list with them. A list that
    nothing parts may hold both sides.
    """
    votes: dict[str, Counter[str]] = {}
    for paper in papers:
        for seat in paper.seats:
            unit = units.of.get(seat.unit, "") if seat.unit else next(iter(senders[paper.file]), "")
            if unit and units.has_name(unit):
                votes.setdefault(seat.person.name, Counter())[unit] += 1
    seated = _most(votes)
    while True:
        company = {person: unit for person, unit in _most(_by_lists(papers, seated)).items() if person not in votes}
        if company.keys() <= seated.keys():
            return seated
        seated = {**company, **seated}


def face(papers: Sequence[Paper], people: Mapping[str, str], pair: tuple[str, str]) -> dict[str, str]:
    """Return the people with their units, and with those of whom nobody is known and who sit opposite one of a pair.

    A list in two halves has a side in each; a guest who stands alone behind a list is no half.
    """
    votes: dict[str, Counter[str]] = {}
    for paper in papers:
        for row in paper.lists:
            if len(row) != len(pair) or min(map(len, row)) < _LEAST:
                continue
            known = [{people[person] for person in half if person in people} for half in row]
            for half, mine, yours in ((row[0], known[0], known[1]), (row[1], known[1], known[0])):
                if not mine and len(yours) == 1 and yours <= set(pair):
                    unit = pair[yours == {pair[0]}]
                    for person in half:
                        votes.setdefault(person, Counter())[unit] += 1
    return {**_most(votes), **people}


def _most(votes: Mapping[str, Counter[str]]) -> dict[str, str]:
    best = {name: count.most_common(2) for name, count in sorted(votes.items())}
    return {name: two[0][0] for name, two in best.items() if len(two) == 1 or two[0][1] > two[1][1]}


def _by_lists(papers: Sequence[Paper], seated: Mapping[str, str]) -> dict[str, Counter[str]]:
    votes: dict[str, Counter[str]] = {}
    for paper in papers:
        for row in paper.lists:
            for people in row:
                known = {seated[person] for person in people if person in seated}
                if len(known) == 1 and len(row) > 1:
                    for person in people:
                        votes.setdefault(person, Counter()).update(known)
    return votes
