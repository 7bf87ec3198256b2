"""What speaks for two names being one unit: their letters, their people, the papers that bear both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coordnlp.layout.short_forms import find_short_forms
from coordnlp.records import Document
from coordnlp.stages.parties.domains import spells
from coordnlp.stages.parties.papers import Paper
from coordnlp.stages.parties.spellings import Spelling, abbreviates, contains

# A shorter name is spelled by too many mail houses.
_FULL = 4
_NOBODY: frozenset[str] = frozenset()


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


def count_names(papers: Sequence[Paper]) -> Counter[str]:
    """Return in how many papers each name stands; persons that stand for a side are no names."""
    counts: Counter[str] = Counter()
    for paper in papers:
        named = {mention.name for mention in paper.mentions} | {seat.unit for seat in paper.seats if seat.unit}
        counts.update(name for name in named if not name.startswith("&"))
    return counts


def find_likenesses(
    papers: Sequence[Paper], documents: Sequence[Document], counts: Mapping[str, int], spelling: Spelling
) -> Iterator[Finding]:
    """Yield what speaks for pairs of names; the shorter name stands first, and a mail house before what it spells."""
    defined = {pair for document in documents for pair in find_short_forms(document.plain)}
    same_paper = _same_paper(papers)
    people = _people(papers)
    shapes = [_shape(name, spelling) for name in sorted(counts, key=lambda name: (len(name), name))]
    houses = _houses([shape.name for shape in shapes], same_paper, people, spelling)
    scores = spelling.words.scores
    for one, two in combinations([shape for shape in shapes if not spelling.is_joint(shape.name)], 2):
        spelled = list(_by_spelling(one, two, defined, spelling))
        reasons = [*spelled, *_by_people(people.get(one.name), people.get(two.name), scores.people)]
        pair = {(one.name, two.name), (two.name, one.name)}
        # What may be called after two units is neither's: the mail house is what rivals vie for, so it stands first.
        first, second = next(iter(pair & houses), (one.name, two.name))
        if pair & houses:
            reasons.append((scores.domain, f"邮箱名是“{second}”的拼音"))
        reasons += [(scores.letterhead, "同一份文书的红头、标题和落款") for _ in pair & same_paper]
        if reasons:
            against = math.prod(1 - weight for weight, _ in reasons)
            cut = reasons == spelled and spelled[0][0] <= scores.contained
            yield Finding(first, second, 1 - against, "；".join(reason for _, reason in reasons), cut)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the spelling of a name gives, worked out once; see the methods of `Spelling` of these names."""

    name: str
    plain: str
    core: str
    forms: tuple[str, ...]
    root: str
    body: str
    department: bool
    office: bool
    faces: str


def _shape(name: str, spelling: Spelling) -> _Shape:
    return _Shape(
        name,
        spelling.plain(name),
        spelling.core(name),
        spelling.forms(name),
        spelling.root(name) or (name if len(name) == 1 else ""),
        spelling.body(name),
        spelling.is_department(name),
        spelling.ends_as_department(name),
        spelling.faces(name),
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


def _by_people(mine: frozenset[str] | None, yours: frozenset[str] | None, weight: float) -> Iterator[tuple[float, str]]:
    shared = sorted(mine & yours) if mine and yours else []
    if mine and yours and shared:
        share = len(shared) / min(len(mine), len(yours))
        yield weight * share * min(1.0, 0.5 + len(shared) / 4), f"都有 {'、'.join(shared[:3])}"


def _houses(
    names: Sequence[str],
    same_paper: Collection[tuple[str, str]],
    people: Mapping[str, frozenset[str]],
    spelling: Spelling,
) -> set[tuple[str, str]]:
    """Return the mail houses with what they are called after; what may be called after two units is after neither.

    Where papers or people speak for one of them, it is that one.
    """
    found: set[tuple[str, str]] = set()
    units = [name for name in names if name[0] not in "@?" and len(name) >= _FULL]
    for host in (name for name in names if name[0] == "@"):
        fit = [name for name in units if spells(host[1:], name, spelling)]
        told = [
            name
            for name in fit
            if {(host, name), (name, host)} & set(same_paper) or people.get(host, _NOBODY) & people.get(name, _NOBODY)
        ]
        if told or not any(map(spelling.differ, fit, fit[1:])):
            found.update((host, name) for name in told or fit)
    return found


def _by_spelling(
    short: _Shape, full: _Shape, defined: set[tuple[str, str]], spelling: Spelling
) -> Iterator[tuple[float, str]]:
    """Yield the one finding that the spelling of two names gives, the strongest that holds."""
    one, two = short.name, full.name
    if one[0] in "@?" or two[0] in "@?":
        return
    scores = spelling.words.scores
    if any(form == one and name.endswith(two) for name, form in defined):
        yield scores.defined, f"文书里写明“{two}”简称“{one}”"
    elif short.faces and short.faces == full.faces:
        yield scores.same_body, f"“{one}”“{two}”都是本单位{short.faces}一方"
    elif short.core == full.core:
        yield _same_core(short, full, spelling), f"“{one}”“{two}”是同一单位的写法"
    elif _is_office(short, full, spelling):
        yield scores.office, f"“{two}”是“{one}”的内设机构"
    elif two.startswith(one) and one.endswith(spelling.words.units.places):
        return
    elif two.endswith(one) and len(one) >= 4:
        yield scores.tail, f"“{one}”是“{two}”去掉地名或上级名"
    elif short.root:
        yield from _by_root(short.root, full, spelling)
    elif len(one) > 1 and (contains(full.core, one) or contains(full.core, short.core)):
        yield scores.contained, f"“{one}”是“{two}”的开头或结尾"
    elif spelling.is_kind_of(one, two):
        yield scores.contained, f"“{two}”只称“{one}”"
    elif len(one) > 1 and any(abbreviates(short.plain, form) for form in full.forms):
        same_end = short.plain[-1] in {form[-1] for form in full.forms}
        yield (scores.abbreviated if same_end or len(one) > 2 else scores.loosely), f"“{one}”是“{two}”的缩写"


def _by_root(root: str, full: _Shape, spelling: Spelling) -> Iterator[tuple[float, str]]:
    scores = spelling.words.scores
    if root in full.name:
        closes = any(form.endswith(root) for form in full.forms)
        yield (scores.root_end if closes else scores.root), f"“{full.name}”里有“{root}”字"


def _same_core(one: _Shape, two: _Shape, spelling: Spelling) -> float:
    """Return how strongly two names of one core speak for one unit; a place may have two bodies facing each other."""
    scores, bodies = spelling.words.scores, {one.body, two.body}
    if len(bodies) == 1:
        return scores.same_body
    return scores.same_core if "" in bodies else scores.other_body


def _is_office(short: _Shape, full: _Shape, spelling: Spelling) -> bool:
    """Tell whether a name is that of a department of the other; one of its superior body is not."""
    if not full.office or short.department or not full.name.startswith(short.name):
        return False
    inner = full.name.removeprefix(short.name)
    return bool(inner) and not any(word in inner for word in spelling.words.units.superior)
