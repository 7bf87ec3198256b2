"""Which party a name stands for: teams, their short forms, their people, and 贵/我 with a unit's last character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from coordnlp.records import Member, Party, Side, Team, Teams
from coordnlp.scripts import simplify_all
from coordnlp.tables import Table, load_table

_PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]+)?$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{0,4}[省市县区]$")
_LEGAL_FORMS = ("公司", "有限公司", "有限责任公司", "股份有限公司")
# A shorter name of a company is a kind: 集团公司.
_COMPANY = 3
_LEGAL = re.compile(r"(?:股份|责任|有限)*公司$")
_ROOT_ALIAS = re.compile(r"^([\u4e00-\u9fff])(?:里|上|方|部|里头|里边|这边|那边)$")


class _Kinds(Table):
    """Kinds of units that name the one side of the kind: 公司, and what stands beside them."""

    before: tuple[str, ...]
    never_behind: tuple[str, ...]
    ends: Mapping[str, tuple[str, ...]]

    def of(self, name: str) -> list[str]:
        """Return the kinds that a unit is of: 某某环保集团有限公司 is a 公司 and a 集团."""
        bare = name.replace("人民政府", "政府")
        names = (bare, _LEGAL.sub("", bare))
        return [kind for kind, ends in self.ends.items() if any(one.endswith(ends) for one in names)]


class NameWords(Table):
    """`lexicons/names.toml`."""

    posts: tuple[str, ...]
    bodies: tuple[str, ...]
    root_tails: tuple[str, ...]
    compound_surnames: tuple[str, ...]
    surnames: str
    kinds: _Kinds

    @cached_property
    def post(self) -> re.Pattern[str]:
        """Match a post, 副 before it included."""
        return re.compile(f"副?(?:{_alternation(post for post in self.posts if len(post) >= 2)})")

    def is_person(self, word: str) -> bool:
        """Tell whether a word looks like a Chinese personal name."""
        if not _PERSON.match(word):
            return False
        return (len(word) <= 3 and word[0] in self.surnames) or word.startswith(self.compound_surnames)


class _Address(Table):
    prefixes: tuple[str, ...]
    never_before: tuple[str, ...] = ()


class _Words(Table):
    words: tuple[str, ...]


class _Speech(Table):
    verbs: tuple[str, ...]
    gap: int
    leads: tuple[str, ...]
    topics: tuple[str, ...]
    not_before: tuple[str, ...]


class _Joint(Table):
    subjects: tuple[str, ...]
    places: tuple[str, ...]


class _Pronouns(Table):
    same_speaker: tuple[str, ...]


class Voices(Table):
    """`lexicons/voices.toml`: forms of address, reporting verbs, joint subjects."""

    own: _Address
    yours: _Address
    units: _Words
    speech: _Speech
    joint: _Joint
    pronouns: _Pronouns

    @cached_property
    def own_side(self) -> re.Pattern[str]:
        """Match 我方, 本单位, 我镇 and a bare 我 that is no part of 我国 or 我省."""
        never = _alternation(self.own.never_before)
        units = _alternation(self.units.words)
        return re.compile(f"(?:{_alternation(self.own.prefixes)})(?!{never})(?:{units})|我(?!{never})")

    @cached_property
    def other_side(self) -> re.Pattern[str]:
        """Match 贵方, 你单位, and a bare 你 or 您; a bare 贵 is an adjective."""
        units = _alternation(self.units.words)
        return re.compile(f"(?:{_alternation(self.yours.prefixes)})(?:{units})|[你您]")


def load_voices() -> Voices:
    """Load `lexicons/voices.toml`."""
    return load_table("voices", Voices)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: half-open offsets, and the party it stands for."""

    start: int
    end: int
    party: Side
    person: bool


@dataclass(frozen=True)
class Names:
    """Everything that is known to name one of the two parties.

    `roots` are single characters (镇 for 镇里), `kinds` kinds of units (公司) that only one party is of.
    """

    units: Mapping[str, Side]
    people: Mapping[str, Side]
    domains: Mapping[str, Side]
    words: NameWords
    roots: Mapping[str, Side] = field(default_factory=dict)
    kinds: Mapping[str, Side] = field(default_factory=dict)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = _alternation([*self.units, *self.people])
        parts = [f"(?P<word>{words})"] if words else []
        if self.roots:
            parts.append(f"(?P<root>{'|'.join(self.roots)})(?={_alternation(self.words.root_tails)})")
        if self.kinds:
            alone = f"(?<![\u4e00-\u9fff])|(?<={'|'.join(self.words.kinds.before)})"
            behind = _alternation(self.words.kinds.never_behind)
            parts.append(f"(?:{alone})(?P<kind>{_alternation(self.kinds)})(?!{behind})")
        titled = self._titled
        if titled:
            parts.append(f"(?P<titled>{_alternation(titled)})(?:{_alternation(self.words.posts)})")
        return re.compile("|".join(parts) or r"(?!)")

    @cached_property
    def _titled(self) -> Mapping[str, Side]:
        return _titled(self.people, self.words.compound_surnames)

    def find(self, text: str) -> list[Mention]:
        """Return all names in a text, leftmost and longest first, in order."""
        found = []
        for match in self._pattern.finditer(text):
            word = match.group()
            if match.lastgroup in ("root", "kind"):
                side = (self.roots if match.lastgroup == "root" else self.kinds)[word]
                found.append(Mention(match.start(), match.end(), side, False))
            elif match.lastgroup == "titled":
                side = self._titled[match.group("titled")]
                found.append(Mention(match.start(), match.end(), side, True))
            else:
                person = word in self.people
                side = self.people[word] if person else self.units[word]
                if person or not self._is_elsewhere(text[max(0, match.start() - 6) : match.start()], word, side):
                    found.append(Mention(match.start(), match.end(), side, person))
        return found

    def _is_elsewhere(self, before: str, word: str, side: Side) -> bool:
        """Tell whether a short form behind the name of a place is the unit of another place or level.

        供销社 stands for 禾溪县供销社; in 遥江市供销社 it does not. Where the names of the side tell no place, nothing
        is excluded.
        """
        place = _PLACE.search(before)
        if not place:
            return False
        leads = [name[: name.index(word)] for name, party in self.units.items() if party == side and word in name]
        places = [own.group() for lead in leads if (own := _PLACE.search(lead))]
        return bool(places) and not any(own.endswith(place.group()[-2:]) for own in places)

    def party(self, text: str) -> Party | None:
        """Return the party that a name line or a list of names stands for, None if it names neither."""
        sides = {mention.party for mention in self.find(text)}
        if sides == {"A", "B"}:
            return "AB"
        return next(iter(sides), None)

    def signer(self, text: str) -> Party | None:
        """Return the party of a signature, where a person may sign with the given name alone."""
        party = self.party(text)
        if party:
            return party
        words = re.split(r"[\s、，,：:（）()]+", text)
        sides = {self._titled[word] for word in words if len(word) == 2 and word in self._titled}
        return next(iter(sides)) if len(sides) == 1 else None

    def of_address(self, name: str, address: str) -> Side | None:
        """Return the party of a mail address: by domain, else by display name."""
        host = mail_house(address)
        for domain, side in self.domains.items():
            if host == domain or host.endswith("." + domain):
                return side
        party = self.party(name)
        return party if party in ("A", "B") else None

    def with_people(self, people: Mapping[str, Side]) -> Names:
        """Return the same names and more people; those already known keep their party."""
        return replace(self, people={**people, **self.people})

    def with_units(self, units: Mapping[str, Side]) -> Names:
        """Return the same names and more short forms (简称); those already known keep their party."""
        return replace(self, units={**units, **self.units})


def of_one_side(votes: Iterable[tuple[str, Party | None]]) -> dict[str, Side]:
    """Return the words that only one side was ever named by, in the order in which they came.

    Args:
        votes: A word and whom it was seen to name; `AB`, `X` and None tell nothing.
    """
    found: dict[str, set[Side]] = {}
    for word, side in votes:
        if side in ("A", "B"):
            found.setdefault(word, set()).add(side)
    return {word: next(iter(sides)) for word, sides in found.items() if len(sides) == 1}


def mail_house(mailbox: str) -> str:
    """Return what stands behind the @ of a mail address, in small letters, '' where none does."""
    return mailbox.rpartition("@")[2].lower() if "@" in mailbox else ""


def _alternation(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)) if word)


def _titled(people: Mapping[str, Side], compound: tuple[str, ...]) -> dict[str, Side]:
    """Return surnames and given names that lead to one party only: 梁(场长), 海燕(镇长), 欧阳(委员)."""
    short: list[tuple[str, Side]] = []
    for name, side in people.items():
        surname = name[:2] if len(name) == 4 or name.startswith(compound) else name[0]
        given = name[len(surname) :]
        short += [(form, side) for form in ((surname, given) if len(given) >= 2 else (surname,))]
    return of_one_side(short)


def _variants(name: str, words: NameWords) -> set[str]:
    """Return a team's name, the unit that it leads (某镇党委班子 → 某镇党委), and a company with other legal forms."""
    stripped = re.sub(f"(?:{_alternation(words.bodies)})$", "", name)
    forms = {name, stripped} if len(stripped) >= 2 else {name}
    # 市轨道交通公司 signs as 市轨道交通有限公司; of 某某分公司 or 集团公司 there is no such form.
    stems = [_LEGAL.sub("", form) for form in sorted(forms) if form.endswith("公司")]
    long = [stem for stem in stems if len(stem) >= _COMPANY and not stem.endswith(("分", "子", "总", "母"))]
    return forms | {stem + legal for stem in long for legal in _LEGAL_FORMS}


def _roots(teams: Teams) -> dict[str, Side]:
    """Return single characters that stand for one side, where its aliases show it: 镇里, 镇上 → 镇."""
    return of_one_side(
        (match.group(1), team.id)
        for team in teams.teams
        for alias in team.aliases
        if (match := _ROOT_ALIAS.match(alias))
    )


def _kinds(units: Mapping[str, Side], words: NameWords) -> dict[str, Side]:
    """Return the kinds of units that names of one side end with, and no name of the other."""
    found = of_one_side((kind, side) for name, side in units.items() for kind in words.kinds.of(name))
    return {kind: side for kind, side in found.items() if kind not in units}


def _in_both_scripts(team: Team) -> Team:
    """Return a team with its traditional names in simplified characters too, in which documents are read.

    All its names together tell whether they are traditional, since 石乾明 alone does not.
    """
    name, *plain = simplify_all([team.name, *team.aliases, *(member.name for member in team.members)])
    aliases, people = plain[: len(team.aliases)], plain[len(team.aliases) :]
    return replace(
        team,
        aliases=tuple(dict.fromkeys((*team.aliases, name, *aliases))),
        members=tuple(dict.fromkeys((*team.members, *map(Member, people)))),
    )


def gather_names(teams: Teams) -> Names:
    """Gather all names that `teams.toml` gives, with the forms that follow from them."""
    first, second = teams.teams
    teams = replace(teams, teams=(_in_both_scripts(first), _in_both_scripts(second)))
    words = load_table("names", NameWords)
    units: dict[str, Side] = {}
    people: dict[str, Side] = {}
    domains: dict[str, Side] = {}
    for team in teams.teams:
        for alias in (team.name, *team.aliases):
            for form in _variants(alias, words):
                units.setdefault(form, team.id)
        members: tuple[Member, ...] = team.members
        people |= {member.name: team.id for member in members if len(member.name) >= 2}
        domains |= {domain.lower().lstrip("@"): team.id for domain in team.domains}
    # 我会 or 我场 in a list of aliases says how the team calls itself; in the other side's text it is not a name.
    units = {word: side for word, side in units.items() if not re.match(r"^[我贵你本]", word)}
    return Names(
        units=units, people=people, domains=domains, words=words, roots=_roots(teams), kinds=_kinds(units, words)
    )
