"""Resolve: which names are one unit, by a table of findings; two candidates left mean that a name stays apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coordnlp.layout.short_forms import find_short_forms
from coordnlp.records import Document
from coordnlp.stages.parties.papers import Paper
from coordnlp.stages.parties.spellings import Spelling, abbreviates, contains


@dataclass(frozen=True, slots=True)
class Finding:
    """What speaks for two names being one unit, with its weight in [0, 1] and its reason in Chinese.

    `letters_only`: nothing but that one can be cut down to the other.
    """

    one: str
    two: str
    score: float
    reason: str
    letters_only: bool = False


@dataclass(frozen=True)
class Units:
    """Names by unit.

    Attributes:
        of: The unit of each name; a unit is called by one of its names.
        names: The names of each unit, the most frequent first.
        because: The findings that joined names.
        tied: Names that fit two units equally well, with these.
    """

    of: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    because: tuple[Finding, ...]
    tied: Mapping[str, tuple[str, ...]]


def resolve_units(papers: Sequence[Paper], documents: Sequence[Document], spelling: Spelling) -> Units:
    """Join the names that papers bear into units, round by round, those first that fit one unit only.

    Two names never join where one writes to the other, where they sit on two sides of a table, or stand in a list as
    different items; nor where a name fits two units equally well.
    """
    counts = _counts(papers)
    scores = spelling.words.scores
    findings = [one for one in _findings(papers, documents, counts, spelling) if one.score >= scores.merge]
    findings.sort(key=lambda f: (-f.score, f.one, f.two))
    joined = _Joined(sorted(counts), _apart(papers, spelling))
    because: list[Finding] = []
    while True:
        rivals = {id(finding): _rivals(finding, findings, joined, spelling) for finding in findings}
        new = [f for f in findings if not rivals[id(f)] and joined.join(f.one, f.two)]
        because += new
        if not new:
            break
    names = joined.groups(counts)
    tied = {f.one: rivals[id(f)] for f in findings if rivals[id(f)] and len(names[joined.root(f.one)]) == 1}
    return Units({name: joined.root(name) for name in counts}, names, tuple(because), tied)


class _Joined:
    """Disjoint sets of names, some pairs of which may never meet."""

    def __init__(self, names: Sequence[str], apart: frozenset[tuple[str, str]]) -> None:
        self._parent = {name: name for name in names}
        self._members = {name: {name} for name in names}
        self._apart = apart

    def root(self, name: str) -> str:
        while self._parent[name] != name:
            name = self._parent[name]
        return name

    def may_join(self, one: str, two: str) -> bool:
        mine, yours = self._members[self.root(one)], self._members[self.root(two)]
        return not any((a, b) in self._apart for a in mine for b in yours)

    def join(self, one: str, two: str) -> bool:
        """Join two sets; tell whether they were apart and may join."""
        first, second = sorted((self.root(one), self.root(two)))
        if first == second or not self.may_join(first, second):
            return False
        self._parent[second] = first
        self._members[first] |= self._members.pop(second)
        return True

    def groups(self, counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
        return {
            root: tuple(sorted(members, key=lambda name: (-counts[name], name)))
            for root, members in sorted(self._members.items())
        }


def _rivals(finding: Finding, findings: Sequence[Finding], joined: _Joined, spelling: Spelling) -> tuple[str, ...]:
    """Return the units that fit the shorter name of a finding as well as the one it names; () where none does.

    A rival is known to be another unit than that one. Where nothing but its letters speaks for a short form, any other
    unit with a name that has nothing in common with that one is a rival, too.
    """
    name, home, margin = finding.one, joined.root(finding.two), spelling.words.scores.margin
    near = {
        other
        for found in findings
        for one, other in ((found.one, found.two), (found.two, found.one))
        if one == name and found.score > finding.score - margin and joined.may_join(name, other)
    }
    rivals = {joined.root(other) for other in near if not joined.may_join(home, other)}
    if finding.letters_only:
        akin = {frozenset((joined.root(f.one), joined.root(f.two))) for f in findings if near}
        named = [other for other in near if other[0] not in "@?" and not spelling.ends_as_department(other)]
        rivals |= {root for other in named if frozenset((root := joined.root(other), home)) not in akin}
    rivals -= {home, joined.root(name)}
    return tuple(sorted({home, *rivals})) if rivals else ()


def _counts(papers: Sequence[Paper]) -> Counter[str]:
    """Return in how many papers each name stands; persons that stand for a side are no names."""
    counts: Counter[str] = Counter()
    for paper in papers:
        named = {mention.name for mention in paper.mentions} | {seat.unit for seat in paper.seats if seat.unit}
        counts.update(name for name in named if not name.startswith("&"))
    return counts


def _apart(papers: Sequence[Paper], spelling: Spelling) -> frozenset[tuple[str, str]]:
    """Return the pairs of names that are never one unit, both ways round."""
    found: set[tuple[str, str]] = set()
    for paper in papers:
        for sender in paper.senders:
            found.update((sender.name, other.name) for other in paper.addressees)
        met = [side for side in paper.sides if side.role == "meeting"]
        titled = [side for side in paper.sides if side.role == "title"]
        for listed in (paper.addressees, paper.copies, met, titled):
            names = [
                one.name for one in listed if not one.name.startswith("&") and not spelling.is_department(one.name)
            ]
            found.update(
                pair
                for pair in combinations(names, 2)
                if listed is met or listed is titled or spelling.core(pair[0]) != spelling.core(pair[1])
            )
    return frozenset((a, b) for pair in found for a, b in (pair, pair[::-1]) if a != b)


def _findings(
    papers: Sequence[Paper], documents: Sequence[Document], counts: Mapping[str, int], spelling: Spelling
) -> Iterator[Finding]:
    """Yield what speaks for pairs of names; in a finding by spelling the shorter name stands first."""
    defined = {pair for document in documents for pair in find_short_forms(document.plain)}
    same_paper = _same_paper(papers)
    people = _people(papers)
    for one, two in combinations(sorted(counts, key=lambda name: (len(name), name)), 2):
        if spelling.is_joint(one) or spelling.is_joint(two):
            continue
        reasons = [
            *_by_spelling(one, two, defined, spelling),
            *_by_people(people.get(one, frozenset()), people.get(two, frozenset()), spelling),
            *(
                (spelling.words.scores.letterhead, "同一份文书的红头、标题和落款")
                for _ in same_paper & {(one, two), (two, one)}
            ),
        ]
        score = 1.0
        for weight, _ in reasons:
            score *= 1 - weight
        if reasons:
            cut = len(reasons) == 1 and reasons[0][0] <= spelling.words.scores.contained
            yield Finding(
                one, two, 1 - score, "；".join(reason for _, reason in reasons), cut and "都有" not in reasons[0][1]
            )


def _same_paper(papers: Sequence[Paper]) -> set[tuple[str, str]]:
    """Return the pairs of names that one paper gives its only sender, and that sign under one stem of numbers."""
    found: set[tuple[str, str]] = set()
    for paper in papers:
        if len(paper.senders) == 1:
            found.update((paper.senders[0].name, other.name) for other in paper.also)
    stems: dict[str, set[str]] = {}
    for paper in papers:
        if paper.stem and len(paper.senders) == 1:
            stems.setdefault(paper.stem, set()).add(paper.senders[0].name)
    found.update(pair for names in stems.values() for pair in combinations(sorted(names), 2))
    return found


def _people(papers: Sequence[Paper]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for paper in papers:
        for seat in paper.seats:
            if seat.unit:
                found.setdefault(seat.unit, set()).add(seat.person.name)
    return {unit: frozenset(names) for unit, names in found.items()}


def _by_people(mine: frozenset[str], yours: frozenset[str], spelling: Spelling) -> Iterator[tuple[float, str]]:
    shared = sorted(mine & yours)
    if shared:
        share = len(shared) / min(len(mine), len(yours))
        yield spelling.words.scores.people * share * min(1.0, 0.5 + len(shared) / 4), f"都有 {'、'.join(shared[:3])}"


def _by_spelling(
    short: str, full: str, defined: set[tuple[str, str]], spelling: Spelling
) -> Iterator[tuple[float, str]]:
    """Yield the one finding that the spelling of two names gives, the strongest that holds."""
    if short[0] in "@?" or full[0] in "@?":
        return
    scores = spelling.words.scores
    cores = spelling.core(short), spelling.core(full)
    root = spelling.root(short) or (short if len(short) == 1 else "")
    if any(name.endswith(full) and form == short for name, form in defined):
        yield scores.defined, f"文书里写明“{full}”简称“{short}”"
    elif cores[0] == cores[1]:
        yield _same_core(short, full, spelling), f"“{short}”“{full}”是同一单位的写法"
    elif _is_office(short, full, spelling):
        yield scores.office, f"“{full}”是“{short}”的内设机构"
    elif full.startswith(short) and short.endswith(spelling.words.units.places):
        return
    elif full.endswith(short) and len(short) >= 4:
        yield scores.tail, f"“{short}”是“{full}”去掉地名或上级名"
    elif len(short) >= 2 and (contains(cores[1], short) or contains(cores[1], cores[0])) and not root:
        yield scores.contained, f"“{short}”是“{full}”的开头或结尾"
    elif (
        len(short) >= 2 and not root and any(abbreviates(spelling.plain(short), form) for form in spelling.forms(full))
    ):
        same_end = spelling.plain(short)[-1] in {form[-1] for form in spelling.forms(full)}
        yield (scores.abbreviated if same_end or len(short) > 2 else scores.loosely), f"“{short}”是“{full}”的缩写"
    elif root and root in full:
        closes = any(form.endswith(root) for form in spelling.forms(full))
        yield (scores.root_end if closes else scores.root), f"“{short}”取“{full}”的“{root}”字"


def _same_core(one: str, two: str, spelling: Spelling) -> float:
    """Return how strongly two names of one core speak for one unit; a place may have two bodies that face each other."""
    scores, bodies = spelling.words.scores, {spelling.body(one), spelling.body(two)}
    if len(bodies) == 1:
        return scores.same_body
    return scores.same_core if "" in bodies else scores.other_body


def _is_office(short: str, full: str, spelling: Spelling) -> bool:
    """Tell whether a name is that of a department of the other; one of its superior body is not."""
    inner = full.removeprefix(short)
    above = any(word in inner for word in spelling.words.units.superior)
    return inner != full and not above and spelling.ends_as_department(full) and not spelling.is_department(short)
