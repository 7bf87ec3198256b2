"""Choose: the exchange between units, weighed by papers, and how surely its strongest pair are the two teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coordnlp.stages.parties.papers import Mention, Paper
from coordnlp.stages.parties.people import seat_people
from coordnlp.stages.parties.units import Units
from coordnlp.stages.parties.words import PartyWords

_VERTICAL = ("petition", "notice", "report")


@dataclass(frozen=True, slots=True)
class Bond:
    """What passed between two units, `one` before `two` by name; weights count papers.

    Attributes:
        there, back: Weight of what `one` wrote to `two`, and `two` to `one`.
        met: Weight of the meetings and talks of both.
        files: The papers that passed between them.
    """

    one: str
    two: str
    there: float
    back: float
    met: float
    files: tuple[str, ...]

    @property
    def weight(self) -> float:
        """All that passed; an exchange in both directions counts more than the same number of papers one way."""
        return self.there + self.back + self.met + min(self.there, self.back)


@dataclass(frozen=True)
class Exchange:
    """All bonds, the strongest first, and who wrote each paper.

    Attributes:
        senders: The units that wrote a paper, by file.
        told: Papers that tell of an exchange between two units, whichever.
        people: The unit that each person is seated with most often, ties left out.
    """

    bonds: tuple[Bond, ...]
    senders: Mapping[str, tuple[str, ...]]
    told: int
    people: Mapping[str, str]


def weigh_exchange(papers: Sequence[Paper], units: Units, words: PartyWords) -> Exchange:
    """Weigh what passed between every two units."""
    senders = _senders(papers, units)
    people = seat_people(papers, units, senders)
    found: dict[tuple[str, str], list[tuple[str, float, str]]] = {}
    told: set[str] = set()
    for paper in papers:
        for one, two, weight, way in _passages(paper, senders[paper.file], units, people, words):
            found.setdefault((min(one, two), max(one, two)), []).append(
                ("met" if way == "met" else "there" if one < two else "back", weight, paper.file)
            )
            told.add(paper.file)
    bonds = [_bond(one, two, passed) for (one, two), passed in found.items()]
    return Exchange(tuple(sorted(bonds, key=lambda b: (-b.weight, b.one, b.two))), senders, len(told), people)


def _bond(one: str, two: str, passed: Sequence[tuple[str, float, str]]) -> Bond:
    there, back, met = (sum(w for way, w, _ in passed if way == one_way) for one_way in ("there", "back", "met"))
    return Bond(one, two, there, back, met, tuple(dict.fromkeys(file for _, _, file in passed)))


def _senders(papers: Sequence[Paper], units: Units) -> dict[str, tuple[str, ...]]:
    """Return who wrote each paper: by its words, else by the stem of its number, else by its head."""
    stems: dict[str, Counter[str]] = {}
    for paper in papers:
        if paper.stem and len(paper.senders) == 1:
            stems.setdefault(paper.stem, Counter())[units.of[paper.senders[0].name]] += 1
    return {paper.file: _sender(paper, stems, units) for paper in papers}


def _sender(paper: Paper, stems: Mapping[str, Counter[str]], units: Units) -> tuple[str, ...]:
    written = tuple(dict.fromkeys(unit for one in paper.senders if (unit := units.of.get(one.name))))
    if written:
        return written
    votes = stems.get(paper.stem, Counter()).most_common(2)
    if votes and (len(votes) == 1 or votes[0][1] > votes[1][1]):
        return (votes[0][0],)
    also = tuple(dict.fromkeys(units.of[one.name] for one in paper.also if one.name in units.of))
    return also[:1] if len(also) == 1 else ()


def _passages(
    paper: Paper, senders: Sequence[str], units: Units, people: Mapping[str, str], words: PartyWords
) -> Iterator[tuple[str, str, float, str]]:
    """Yield (from, to, weight, way) of what one paper passes between units."""
    receivers = [unit for unit in _units(paper.addressees, units, people) if unit not in senders]
    weight = words.bonds.vertical if paper.kind in _VERTICAL else words.bonds.letter
    weight = words.bonds.mail if paper.kind == "email" else weight
    if len(senders) == 1:
        yield from ((senders[0], unit, weight / len(receivers), "sent") for unit in receivers)
    joint = senders if len(senders) > 1 else ()
    met = [*joint, *_units([side for side in paper.sides if side.role != "chat"], units, people)]
    talked = _units([side for side in paper.sides if side.role == "chat"], units, people) if not met else []
    together = list(dict.fromkeys(met or talked))
    share = (words.bonds.meeting if met else words.bonds.chat) / max(1, len(together) - 1)
    yield from ((one, two, share, "met") for one, two in combinations(together, 2))


def _units(mentions: Sequence[Mention], units: Units, people: Mapping[str, str]) -> list[str]:
    found = [
        people.get(one.name[1:], "") if one.name.startswith("&") else units.of.get(one.name, "") for one in mentions
    ]
    return list(dict.fromkeys(unit for unit in found if unit and units.has_name(unit)))


@dataclass(frozen=True, slots=True)
class Choice:
    """The strongest pair, with its confidence in [0, 1] and what it rests on, in Chinese."""

    bond: Bond
    confidence: float
    reasons: tuple[str, ...]
    rivals: tuple[Bond, ...]


def choose_pair(exchange: Exchange, units: Units, words: PartyWords) -> Choice | None:
    """Return the pair with the strongest bond; None where nothing passed between any two units.

    Confidence is a product of factors: how far the pair leads, how many papers it rests on, whether both wrote, how
    much of what the papers tell is between these two, whether both have a name.
    """
    if not exchange.bonds:
        return None
    # Two mail houses may be the same two units as the letters name: who has a name goes first.
    best, *others = sorted(exchange.bonds, key=lambda bond: -bond.weight * _have_names(bond, units, words)[0])
    rivals = tuple(bond for bond in others if {bond.one, bond.two} & {best.one, best.two})
    factors = [
        _lead(best, others, units, words),
        _volume(best, words),
        _both_ways(best, words),
        _share(best, exchange, words),
        _have_names(best, units, words),
    ]
    confidence = 1.0
    for value, _ in factors:
        confidence *= value
    return Choice(best, round(confidence, 3), tuple(reason for _, reason in factors if reason), rivals)


def _lead(best: Bond, others: Sequence[Bond], units: Units, words: PartyWords) -> tuple[float, str]:
    if not others:
        return 1.0, "没有别的两家单位之间有往来"
    rival = others[0]
    # A pair with names goes before a heavier one of mail houses.
    ratio = min(1.0, rival.weight / best.weight)
    free, equal = words.confidence.rival_free, words.confidence.rival_equal
    value = 1.0 if ratio <= free else 1 - (1 - equal) * (ratio - free) / (1 - free)
    names = "与".join(label(unit, units) for unit in (rival.one, rival.two))
    return value, f"其次是{names}（{len(rival.files)} 份），分量是它的 {round(ratio * 100)}%"


def _volume(best: Bond, words: PartyWords) -> tuple[float, str]:
    count = len(best.files)
    return count / (count + words.confidence.half), f"两家之间的文书有 {count} 份"


def _both_ways(best: Bond, words: PartyWords) -> tuple[float, str]:
    if best.there and best.back:
        return 1.0, "双方都有去文"
    if best.there or best.back:
        met = min(1.0, best.met / (best.there + best.back))
        floor = words.confidence.one_sided
        return floor + (words.confidence.met_only - floor) * met, "只见到一方写给另一方"
    return words.confidence.met_only, "只有会议、群聊，没有去文来文"


def _share(best: Bond, exchange: Exchange, words: PartyWords) -> tuple[float, str]:
    share = len(best.files) / max(1, exchange.told)
    floor = words.confidence.unresolved
    return floor + (1 - floor) * min(
        1.0, share / 0.75
    ), f"有来有往的文书共 {exchange.told} 份，{round(share * 100)}% 在这两家之间"


def _have_names(best: Bond, units: Units, words: PartyWords) -> tuple[float, str]:
    value = 1.0
    for unit in (best.one, best.two):
        if all(name.startswith(("@", "?")) or len(name) == 1 for name in units.names[unit]):
            value *= words.confidence.nameless
    return value, "" if value == 1.0 else "有一方只认得邮箱域名或一个字，不知道单位名称"


def label(unit: str, units: Units) -> str:
    """Return what a unit is called in messages: its most frequent name of some length, else its mail domain."""
    names = [name for name in units.names[unit] if not name.startswith(("@", "?"))]
    long = (name for name in names if len(name) > 3)
    return next(long, next(iter(names), units.names[unit][0].lstrip("@")))
