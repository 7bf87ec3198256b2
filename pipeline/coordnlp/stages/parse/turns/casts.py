"""The cast of a dossier: whose its speakers are, by everything that its chats and records tell.

What a tag tells counts first, then legends and introductions, then the weak signs: a surname that only one side has,
and forms of address, of which it takes two. Signs that contradict each other leave the speaker unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coordnlp.layout.chat_words import ChatWords, load_chat_words
from coordnlp.layout.drafts import Draft
from coordnlp.layout.lines import own_lines
from coordnlp.layout.messages import Opening
from coordnlp.layout.tags import Tag, is_titled, surname_of
from coordnlp.names import Names
from coordnlp.records import Side
from coordnlp.stages.parse.turns.clues import Clue, addressed_side, read_mentions, read_words
from coordnlp.stages.parse.turns.legends import Legend, base_of, find_legends
from coordnlp.stages.parse.turns.sides import is_third, own_kinds, side_of_tag

_TALKS = ("minutes", "transcript")
_VOTES = 2
# Somebody who was asked answers within so many turns.
_ANSWERS_WITHIN = 3


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who speaks under a tag: name, side (None if nothing tells), and why."""

    name: str
    side: Side | None
    why: str = ""


@dataclass(frozen=True)
class Cast:
    """Who speaks in the talks of a dossier.

    Attributes:
        people: Full names whose side the talks tell.
        legends: Legends by file and tag.
        legend_lines: Starts of the lines that are legends, by file.
    """

    people: Mapping[str, Side] = field(default_factory=dict)
    legends: Mapping[str, Mapping[str, Legend]] = field(default_factory=dict)
    legend_lines: Mapping[str, frozenset[int]] = field(default_factory=dict)
    rulings: Mapping[str, Ruling] = field(default_factory=dict)

    def settle(self, file: str, tag: Tag, names: Names) -> Ruling:
        """Return who speaks under a tag in a document."""
        legend = self.legends.get(file, {}).get(base_of(tag.name))
        if legend and legend.side:
            named = tag.name if legend.name == legend.label else legend.name
            return Ruling(named, legend.side, legend.why)
        side, why = side_of_tag(tag, names)
        if side:
            return Ruling(tag.name, side, why)
        name = legend.name if legend and legend.name != legend.label else tag.name
        ruled = self.rulings.get(name)
        if ruled and not is_third(tag.unit, names):
            return ruled
        return Ruling(name, names.people.get(name), legend.why if legend else "")


def learn_cast(drafts: Sequence[Draft], names: Names) -> Cast:
    """Learn from all talks of a dossier whose their speakers are."""
    talks = [draft for draft in drafts if draft.kind in _TALKS and draft.openings]
    legends = {draft.document.file: find_legends(draft, names) for draft in talks}
    clues: dict[str, list[Clue]] = {}
    for draft in talks:
        for clue in _clues(draft, names, legends[draft.document.file][1]):
            clues.setdefault(clue.name, []).append(clue)
    tags = {one.tag.name: one.tag for draft in talks for one in draft.openings}
    people = {**names.people, **_people(clues, tags)}
    rulings = {name: _rule(tag, clues.get(name, ()), people, names) for name, tag in sorted(tags.items())}
    told = {name: one.side for name, one in rulings.items() if one.side and tags[name].rank == "person"}
    return Cast(
        people={name: side for name, side in told.items() if _is_proven(clues.get(name, ()))},
        legends={file: found for file, (found, _) in legends.items()},
        legend_lines={file: lines for file, (_, lines) in legends.items()},
        rulings=rulings,
    )


def _clues(draft: Draft, names: Names, taken: frozenset[int]) -> Iterator[Clue]:
    table, kinds = load_chat_words(), own_kinds(names)
    speakers = {one.tag.name for one in draft.openings}
    for opening in draft.openings:
        yield from _tag_clues(opening.tag, names)
    turns = list(_turns(draft, taken))
    for at, (tag, texts) in enumerate(turns):
        for text in texts:
            yield from read_words(tag, text, names, table, kinds)
            yield from read_mentions(text, speakers, names, table)
            asked = addressed_side(tag, text, names, kinds)
            following = [other.name for other, _ in turns[at + 1 : at + 1 + _ANSWERS_WITHIN]]
            if asked and asked[0] in following:
                yield Clue(asked[0], asked[1], "vote", f"{tag.name}@{asked[0]}后由其作答")


def _tag_clues(tag: Tag, names: Names) -> Iterator[Clue]:
    side, why = side_of_tag(tag, names)
    if side:
        yield Clue(tag.name, side, "firm", why)
    elif is_third(tag.unit, names):
        yield Clue(tag.name, "X", "firm", f"{tag.name}标着{tag.unit}")


def _turns(draft: Draft, taken: frozenset[int]) -> Iterator[tuple[Tag, list[str]]]:
    """Yield each speaker with the lines that the turn holds."""
    lines = own_lines(draft.lines)
    openings: list[Opening] = [one for one in draft.openings if lines[one.line].start not in taken]
    ends = [*(one.line for one in openings[1:]), len(lines)]
    for opening, end in zip(openings, ends, strict=False):
        first = lines[opening.line].text[opening.begins :]
        yield opening.tag, [first, *(line.text for line in lines[opening.line + 1 : end])]


# --- ruling --------------------------------------------------------------------------------------


def _people(clues: Mapping[str, Sequence[Clue]], tags: Mapping[str, Tag]) -> dict[str, Side]:
    """Return full names that tags or introductions give to one side."""
    found = {}
    for name, given in clues.items():
        sides = {clue.side for clue in given if clue.strength != "vote"}
        if len(sides) == 1 and tags.get(name, Tag("")).rank == "person" and sides <= {"A", "B"}:
            found[name] = _only(sides)
    return {name: side for name, side in sorted(found.items()) if side}


def _rule(tag: Tag, clues: Sequence[Clue], people: Mapping[str, Side], names: Names) -> Ruling:
    """Settle whose a speaker is for the whole dossier."""
    for strength in ("firm", "told"):
        given = [clue for clue in clues if clue.strength in ("firm", strength)]
        if given:
            side = _only({clue.side for clue in given})
            return Ruling(tag.name, side, given[0].why if side else "几处标的单位不一致")
    votes = Counter(clue.side for clue in clues)
    kin = _kin(tag.name, people, names, load_chat_words())
    if len(votes) == 1 and sum(votes.values()) >= _VOTES and kin in (None, *votes):
        return Ruling(tag.name, _only(votes), clues[0].why)
    return Ruling(tag.name, kin if kin and set(votes) <= {kin} else None, "只有一方有这个姓或名" if kin else "")


def _only(sides: Iterable[str]) -> Side | None:
    match sorted(set(sides)):
        case ["A"]:
            return "A"
        case ["B"]:
            return "B"
        case _:
            return None


def _kin(name: str, people: Mapping[str, Side], names: Names, table: ChatWords) -> Side | None:
    """Return the side of the known people whom 老钱, 王局, 阿芳 or 冰冰 may mean, None if both sides have one."""
    if len(name) < 2 or name in people:
        return None
    sides: set[Side] = set()
    for full, side in people.items():
        surname = surname_of(full, names)
        given = full[len(surname) :]
        if not given or len(full) <= len(name):
            continue
        if _may_mean(name, surname, given, table, titled=is_titled(name, names, table)):
            sides.add(side)
    if len(sides) != 1:
        return None
    side = next(iter(sides))
    return side if _fits_unit(name, side, names, table) else None


def _may_mean(name: str, surname: str, given: str, table: ChatWords, *, titled: bool) -> bool:
    if titled:
        return name.startswith(surname)
    if name[0] in table.nick_openings:
        return name[1:] in (surname, given, given[-1]) if name[0] in "阿小" else name[1:] == surname
    return name == given or (name[0] == name[1] == given[-1])


def _fits_unit(name: str, side: Side, names: Names, table: ChatWords) -> bool:
    """Tell whether 王局 can be of a side: a post that names a kind of unit needs a unit of that kind."""
    post = name[-1]
    if post not in table.unit_posts:
        return True
    return any(one == side and post in word for word, one in names.units.items())


def _is_proven(clues: Sequence[Clue]) -> bool:
    return any(clue.strength != "vote" for clue in clues)
