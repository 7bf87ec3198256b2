"""Describe: name, short forms, people and domains of the two sides, and which of them is ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from coordnlp.names import gather_names
from coordnlp.records import Document, Member, Party, Side, Team, Teams
from coordnlp.stages.parties.bonds import Choice, Exchange
from coordnlp.stages.parties.papers import Paper
from coordnlp.stages.parties.people import face
from coordnlp.stages.parties.short_names import find_short_names, side_names
from coordnlp.stages.parties.spellings import Spelling
from coordnlp.stages.parties.units import Units

# 行政班子, 经理层: what an executive is called as a team.
_TEAM_ENDS = ("班子", "层")
# A paper says that it is internal in its file name or first lines; whose it is may stand a little below.
_TITLED, _HEAD_LINES = 3, 6


def describe_teams(
    choice: Choice,
    exchange: Exchange,
    units: Units,
    papers: Sequence[Paper],
    documents: Sequence[Document],
    spelling: Spelling,
) -> tuple[Teams, str]:
    """Return the two teams, and in Chinese how `ours` was found, '' if it was not.

    `A` is ours; where nothing tells whose folder it is, the side with the earlier first paper, by name if both began
    on one day. So neither the order of files nor the names of ids change it.
    """
    pair = choice.bond.one, choice.bond.two
    people = face(papers, exchange.people, pair)
    short = find_short_names(pair, units, papers, documents, spelling)
    described = [
        _describe(unit, forms, people, units, papers, documents, spelling)
        for unit, forms in zip(pair, short, strict=True)
    ]
    teams = Teams((_as("A", described[0]), _as("B", described[1])))
    ours, because = find_ours(teams, papers, documents, exchange, pair, spelling)
    first = ours or _earlier(pair, described, papers, exchange)
    if first == "B":
        teams = Teams((_as("A", described[1]), _as("B", described[0])))
    return Teams(teams.teams, "A" if ours else None), because


def _as(side: Side, team: Team) -> Team:
    return Team(side, team.name, team.aliases, team.members, team.domains)


def _describe(
    unit: str,
    short: Sequence[str],
    people: Mapping[str, str],
    units: Units,
    papers: Sequence[Paper],
    documents: Sequence[Document],
    spelling: Spelling,
) -> Team:
    full = full_name(unit, units, papers, spelling)
    domains = tuple(sorted(name[1:] for name in units.names[unit] if name.startswith("@")))
    full = full or next(iter(domains), unit)
    name = _body_name(full, units.names[unit], spelling) or full + _team_word((full, *short), documents, spelling)
    own = [person for person, home in people.items() if home == unit]
    forms = _useful((full, *short), unit, units, spelling)
    return Team("A", name, tuple(form for form in forms if form != name), _members(own, papers), domains)


def _useful(forms: Sequence[str], unit: str, units: Units, spelling: Spelling) -> tuple[str, ...]:
    """Leave out offices of a name that is there already: 某局办公室 holds 某局, 所科研处 begins with 所.

    县政府 begins with 县 and is no office of it.
    """
    kept = list(dict.fromkeys(forms))
    single = tuple(name for name in units.names[unit] if len(name) == 1)
    inner = (*spelling.words.units.departments, *spelling.words.units.bodies)
    return tuple(
        form
        for form in kept
        if not (form.endswith(inner) and any(form != one and form.startswith(one) for one in kept if len(one) >= 2))
        and not (any(form.startswith(one) for one in single) and spelling.ends_as_department(form))
    )


def full_name(unit: str, units: Units, papers: Sequence[Paper], spelling: Spelling) -> str:
    """Return the fullest name by which a unit calls itself more than once, departments aside; '' where it has none.

    A name that it uses once will do where it holds another of its names whole (云泽轻合金中试工厂, 中试工厂). What it
    is called by others counts only where it never names itself.
    """
    every = [name for name in side_names(unit, units) if len(name) > 1]
    # 某局办公室 is inside 某局; 东澜市对口支援工作队 is not inside 东澜, which is no unit.
    whole = [name for name in every if spelling.unit(name)]
    inner = {n for n in every if spelling.ends_as_department(n) and any(n != o and n.startswith(o) for o in whole)}
    names = [name for name in every if name not in inner and not spelling.is_department(name)]
    own = Counter(m.name for paper in papers for m in (*paper.senders, *paper.also) if m.name in names)
    given = Counter(m.name for paper in papers for m in (*paper.addressees, *paper.sides) if m.name in names)
    for counts in (own, given):
        fit = [n for n in counts if counts[n] > 1 or any(n != other and n.endswith(other) for other in names)]
        # 中共某院委员会 is what its committee is called in full, where it is a side by itself.
        dressed = () if spelling.facing else spelling.words.units.openings
        plain = [name for name in fit or counts if not name.startswith(dressed)]
        if counts:
            return max(plain or fit or counts, key=lambda name: (len(name), name))
    # Known by one character only, as in the brackets behind speakers.
    single = next((name for name in side_names(unit, units) if len(name) == 1), "")
    return max(names, key=lambda name: (len(name), name), default=f"{single}方" if single else "")


def _body_name(full: str, names: Sequence[str], spelling: Spelling) -> str:
    """Return what one of two bodies of a unit is called as a team: 总院 and 院行政班子 make 总院行政班子.

    '' for any other team, and where the unit is never named in full.
    """
    facing, body = spelling.facing, spelling.faces(full)
    if not facing or not body or not facing.unit:
        return ""
    if body == facing.own.name:
        return facing.unit + body if full.endswith(spelling.words.units.departments) else full
    words = sorted(name[len(root) :] for name in names for told, root in [spelling.part_body(name)] if told == body)
    default = f"{body}{spelling.words.units.teams[-1]}"
    return facing.unit + next((word for word in words if word.endswith(_TEAM_ENDS)), default)


def _team_word(names: Sequence[str], documents: Sequence[Document], spelling: Spelling) -> str:
    """Return 领导班子 or 班子 where the papers call a side so."""
    words = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)) if len(name) > 1)
    pattern = re.compile(rf"(?:{words})(?P<word>{'|'.join(spelling.words.units.teams)})")
    found = Counter(match["word"] for document in documents for match in pattern.finditer(document.plain))
    if not found or names[0].endswith(spelling.words.units.teams):
        return ""
    return "领导班子" if found["领导班子"] else "班子"


def _members(people: Sequence[str], papers: Sequence[Paper]) -> tuple[Member, ...]:
    posts: dict[str, Counter[str]] = {person: Counter() for person in people}
    seen: Counter[str] = Counter()
    for paper in papers:
        for seat in paper.seats:
            if seat.person.name in posts:
                seen[seat.person.name] += 1
                posts[seat.person.name].update([seat.person.post] if seat.person.post else [])
    order = sorted(people, key=lambda person: (-seen[person], person))
    return tuple(Member(person, _best(posts[person])) for person in order)


def _best(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda post: (-counts[post], -len(post), post), default="")


def _earlier(pair: tuple[str, str], described: Sequence[Team], papers: Sequence[Paper], exchange: Exchange) -> Side:
    dates = [
        min((paper.date or "9999" for paper in papers if unit in exchange.senders[paper.file]), default="9999")
        for unit in pair
    ]
    return "A" if (dates[0], described[0].name) <= (dates[1], described[1].name) else "B"


def find_ours(
    teams: Teams,
    papers: Sequence[Paper],
    documents: Sequence[Document],
    exchange: Exchange,
    pair: tuple[str, str],
    spelling: Spelling,
) -> tuple[Side | None, str]:
    """Return whose folder it is: by folders named 发文 and 收文, else by papers that stay inside one side."""
    side_of: dict[str, Side] = {pair[0]: "A", pair[1]: "B"}
    votes: Counter[Side] = Counter()
    for paper in papers:
        sides = [side_of[unit] for unit in exchange.senders[paper.file] if unit in side_of]
        folder = paper.file.rpartition("/")[0]
        if len(sides) == 1 and any(word in folder for word in spelling.words.places.sent):
            votes[sides[0]] += 1
        elif len(sides) == 1 and any(word in folder for word in spelling.words.places.received):
            votes["B" if sides[0] == "A" else "A"] += 1
    if votes and len(best := votes.most_common(2)) and (len(best) == 1 or best[0][1] >= 3 * best[1][1]):
        return best[0][0], f"发文、收文文件夹里有 {best[0][1]} 份表明{teams.name(best[0][0])}是我方"
    inside = _internal(teams, papers, documents, spelling)
    if len(set(inside.values())) == 1:
        file, side = next(iter(inside.items()))
        return side, f"{file} 是{teams.name(side)}的内部材料"
    return None, ""


def _internal(
    teams: Teams, papers: Sequence[Paper], documents: Sequence[Document], spelling: Spelling
) -> dict[str, Side]:
    """Return the papers that never left one side, with the side."""
    names = gather_names(teams)
    kinds = {paper.file: paper.kind for paper in papers}
    found: dict[str, Side] = {}
    for document in sorted(documents, key=lambda one: one.file):
        if document.mail or kinds.get(document.file) in ("letter", "reply", "minutes", "transcript"):
            continue
        head = [line for line in document.plain.split("\n") if line.strip()][:_HEAD_LINES]
        marks = [document.file.rpartition("/")[2], *head]
        told = any(word in mark for mark in marks[:_TITLED] for word in spelling.words.places.internal)
        if kinds.get(document.file) != "memo" and not told:
            continue
        parties: list[Party | None] = [names.party(mark) for mark in marks if len(mark) <= 40]
        side = next((party for party in parties if party in ("A", "B")), None)
        if side in ("A", "B"):
            found[document.file] = side
    return found
