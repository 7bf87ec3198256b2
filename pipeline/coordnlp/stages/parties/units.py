"""Resolve: which names are one unit, by a table of findings; two candidates left mean that a name stays apart."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coordnlp.records import Document
from coordnlp.stages.parties.likenesses import Finding, count_names, find_likenesses
from coordnlp.stages.parties.papers import Paper
from coordnlp.stages.parties.spellings import Spelling, abbreviates

# A shorter end of a name says too little.
_TAIL = 3


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

    def has_name(self, unit: str) -> bool:
        """Tell whether a unit has any name besides lists of people without one."""
        return any(not name.startswith("?") for name in self.names[unit])


def resolve_units(papers: Sequence[Paper], documents: Sequence[Document], spelling: Spelling) -> Units:
    """Join the names that papers bear into units, round by round, those first that fit one unit only.

    Two names never join where one writes to the other, where they sit on two sides of a table, or stand in a list as
    different items; nor where a name fits two units equally well.
    """
    counts = count_names(papers)
    scores = spelling.words.scores
    findings = [one for one in find_likenesses(papers, documents, counts, spelling) if one.score >= scores.merge]
    findings.sort(key=lambda f: (-f.score, f.one, f.two))
    joined = _Joined(sorted(counts), _apart(papers, spelling))
    because: list[Finding] = []
    while True:
        near = _Near(findings, joined)
        rivals = {f: near.rivals(f, spelling) for f in findings if joined.root(f.one) != joined.root(f.two)}
        new = [f for f, others in rivals.items() if not others and joined.join(f.one, f.two)]
        because += new
        if not new:
            break
    names = joined.groups(counts)
    tied = {f.one: others for f, others in rivals.items() if others and len(names[joined.root(f.one)]) == 1}
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


class _Near:
    """The findings of a round by name, and which sets of names have any finding in common."""

    def __init__(self, findings: Sequence[Finding], joined: _Joined) -> None:
        self._joined = joined
        self._akin = {frozenset((joined.root(f.one), joined.root(f.two))) for f in findings}
        self._of: dict[str, list[tuple[str, float]]] = {}
        for found in findings:
            self._of.setdefault(found.one, []).append((found.two, found.score))
            self._of.setdefault(found.two, []).append((found.one, found.score))

    def rivals(self, finding: Finding, spelling: Spelling) -> tuple[str, ...]:
        """Return the units that fit the shorter name of a finding as well as the one it names; () where none does.

        A rival is known to be another unit than that one. Where nothing but its letters speaks for a short form, any
        other unit with a name that has nothing in common with that one is a rival, too.
        """
        joined, name, home = self._joined, finding.one, self._joined.root(finding.two)
        least = finding.score - spelling.words.scores.margin
        near = [other for other, score in self._of[name] if score > least and joined.may_join(name, other)]
        rivals = {joined.root(other) for other in near if not joined.may_join(home, other)}
        if finding.letters_only:
            named = [other for other in near if other[0] not in "@?" and not spelling.ends_as_department(other)]
            rivals |= {root for other in named if frozenset((root := joined.root(other), home)) not in self._akin}
        rivals -= {home, joined.root(name)}
        return tuple(sorted({home, *rivals})) if rivals else ()


def _apart(papers: Sequence[Paper], spelling: Spelling) -> frozenset[tuple[str, str]]:
    """Return the pairs of names that are never one unit, both ways round."""
    places = {name: place for name in sorted(count_names(papers)) if (place := spelling.place(name))}
    found = {(a, b) for a, b in combinations(places, 2) if _of_two_places(a, b, places)}
    # 省国资委党委 is no body of the unit whose bodies face each other.
    bodies = {name: spelling.faces(name) for name in sorted(count_names(papers)) if spelling.part_body(name)[0]}
    found |= {(a, b) for a, b in combinations(bodies, 2) if bodies[a] != bodies[b]}
    for paper in papers:
        for sender in paper.senders:
            # A weekly report to 公司班子 stays inside the company.
            others = [other.name for other in paper.addressees if not spelling.is_kind_of(other.name, sender.name)]
            found.update((sender.name, other) for other in others)
        met = [side for side in paper.sides if side.role == "meeting"]
        titled = [side for side in paper.sides if side.role == "title"]
        for listed, differ in (
            (paper.addressees, spelling.differ),
            (paper.copies, spelling.differ),
            (met, _is_no_tail),
            (titled, operator.ne),
        ):
            names = [
                one.name for one in listed if not one.name.startswith("&") and not spelling.is_department(one.name)
            ]
            found.update(pair for pair in combinations(names, 2) if differ(*pair))
    return frozenset((a, b) for pair in found for a, b in (pair, pair[::-1]) if a != b)


def _is_no_tail(one: str, two: str) -> bool:
    """Tell whether neither name is short for the other: minutes may open with 朔宁热电厂 and list 热电厂's people."""
    short, full = sorted((one, two), key=len)
    return len(short) < _TAIL or not (full.endswith(short) or (full[-1] == short[-1] and abbreviates(short, full)))


def _of_two_places(one: str, two: str, places: Mapping[str, str]) -> bool:
    """Tell whether neither of the places that two names begin with stands in the other: 遥江市供销社, 禾溪县供销社."""
    return places[one] not in two and places[two] not in one
