"""Lists of people by unit: 机场公司冯岱、曾以宁；远穗基地简毅, （局）郎建业, 庞博（所）, 张三（镇政府 副镇长）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordnlp.records import ROLES, Member
from coordnlp.stages.parties.spellings import Spelling, close_up

# Whoever stands behind 参加 belongs to no unit named before it.
_SENTENCE = re.compile(r"[。\n]|(?<=[\u4e00-\u9fff]{2})(?:参加|出席|列席|主持|与会|记录)(?![：:人的])")
# A list ends at a semicolon, and before the label of the next: 局：甲、乙　　站：丙、丁.
_BIG = re.compile(r"[；;｜|]|(?<=[^\s：:、，,])[ 　\t]+(?=[\u4e00-\u9fff]{1,12}[ 　]?[：:])")
_SMALL = re.compile(r"[、，,\t 　]+")
_TAG = re.compile(r"^\s*[【\[（(](?P<tag>[^】\]）)]{1,16})[】\]）)]\s*")
_COLON = re.compile(r"^\s*+(?P<tag>[^：:、，,（(]{1,20}?)\s*+[：:]\s*")
_PERSON_BRACKET = re.compile(r"(?P<name>[^（()）、，,；;\s]+)\s*[（(](?P<inside>[^（()）]{1,30})[）)]")
_LAST_BRACKET = re.compile(r"[（(](?P<tag>[^（()）、，,]{1,16})[）)]\s*$")


@dataclass(frozen=True, slots=True)
class Group:
    """People named together.

    Attributes:
        unit: The name that stands with them, '' for none.
        facing: True for one of exactly two nameless lists that a semicolon parts: 甲、乙、丙；丁、戊.
    """

    unit: str
    people: tuple[Member, ...]
    facing: bool = False


def read_roll(text: str, spelling: Spelling) -> list[Group]:
    """Read a list of people, in groups by the units that stand with them; words that are no names are left out."""
    return [group for sentence in _SENTENCE.split(text) for group in _read_sentence(sentence, spelling)]


def _read_sentence(sentence: str, spelling: Spelling) -> list[Group]:
    found: list[tuple[str, Member]] = []
    segments = [piece for piece in _BIG.split(sentence) if piece.strip()]
    for ordinal, segment in enumerate(segments):
        if not ordinal or not _is_other_field(segment, spelling):
            found += _read_segment(segment, f"?{ordinal}", spelling)
    units = list(dict.fromkeys(unit for unit, _ in found))
    people = {unit: tuple(dict.fromkeys(m for u, m in found if u == unit)) for unit in units}
    facing = len(units) == 2 and all(unit.startswith("?") and len(people[unit]) > 1 for unit in units)
    return [Group("" if unit.startswith("?") else unit, people[unit], facing) for unit in units]


def _is_other_field(segment: str, spelling: Spelling) -> bool:
    """Tell whether a segment is a field of its own on the line of a list: 记录：郝静."""
    label = _COLON.match(segment)
    group = spelling.documents.label_group.get(re.sub(r"\s", "", label["tag"])) if label else None
    return group is not None and group not in ROLES


def _read_segment(segment: str, anonymous: str, spelling: Spelling) -> Iterator[tuple[str, Member]]:
    label, rest = _label(segment, spelling)
    last = _LAST_BRACKET.search(rest)
    inside = last["tag"].strip() if last else ""
    listed = len(_SMALL.findall(rest[: last.start()].strip())) if last else 0
    if last and not label and listed and _is_side(inside, spelling) and "（" not in rest[: last.start()]:
        label, rest = inside, rest[: last.start()]
    current = label or anonymous
    brackets = {match["name"]: match["inside"] for match in _PERSON_BRACKET.finditer(rest)}
    bare = re.sub(r"[（(][^（()）]*[）)]", "", rest)
    for ordinal, piece in enumerate(piece for piece in _SMALL.split(bare) if piece):
        unit, post, person = split_piece(piece, spelling)
        if unit and (spelling.abbreviates_head(unit) or spelling.root(unit) or (ordinal == 0 and not label)):
            current = unit
        if person:
            own, post = _from_bracket(brackets.get(piece, ""), post, spelling)
            yield own or current, Member(person, post)


def _label(segment: str, spelling: Spelling) -> tuple[str, str]:
    """Return the unit that opens a segment, and the rest."""
    for pattern in (_TAG, _COLON):
        match = pattern.match(segment)
        if match:
            tag = _came(close_up(match["tag"]), spelling)
            return (tag if _is_side(tag, spelling) else ""), segment[match.end() :]
    return "", segment


def _came(text: str, spelling: Spelling) -> str:
    return next((text.removesuffix(word) for word in spelling.words.units.came if text.endswith(word)), text)


def _is_side(tag: str, spelling: Spelling) -> bool:
    """Tell whether a tag names a unit that people may belong to; one character may, where letters bear it."""
    if not tag or spelling.is_post(tag) or spelling.is_bare(tag) or tag in spelling.documents.label_group:
        return False
    if spelling.abbreviates_head(tag) or spelling.root(tag):
        return True
    return bool(spelling.unit(tag)) and not spelling.is_department(tag)


def _from_bracket(inside: str, post: str, spelling: Spelling) -> tuple[str, str]:
    """Return the unit and the post that stand in brackets behind a person."""
    words = re.split(r"[\s、，,·/]+", inside)
    if not inside:
        return "", post
    own_post = words[1] if len(words) > 1 and spelling.is_post(words[1]) else ""
    if _is_side(words[0], spelling) and (own_post or spelling.abbreviates_head(words[0])):
        return words[0], post or own_post
    unit, own = split_post(words[0], spelling)
    return unit, post or own


def split_piece(piece: str, spelling: Spelling) -> tuple[str, str, str]:
    """Split 机场公司副总经理冯岱 into unit, post and person; what is missing is ''."""
    word = piece.strip(" 　。：:*")
    if not word:
        return "", "", ""
    if spelling.is_person(word):
        # 阮清兼, 丁茂林等: a word more behind somebody who is known.
        return "", "", word[:-1] if word[:-1] in spelling.known and word not in spelling.known else word
    best: tuple[int, tuple[str, str, str]] | None = None
    for size in (3, 2, 4):
        person, before = word[-size:], _came(word[:-size], spelling)
        if len(word) <= size or not spelling.is_person(person):
            continue
        unit, post = split_post(before, spelling)
        if len(unit) > 1 or post or unit in spelling.roots:
            whole = unit in spelling.heads or unit.endswith(spelling.endings) or bool(post)
            score = 2 * (person in spelling.known) + 2 * whole + (size == 3)
            if best is None or score > best[0]:
                best = (score, (unit, post, person))
    if best:
        return best[1]
    return (word, "", "") if _is_side(word, spelling) else ("", "", "")


def split_post(text: str, spelling: Spelling) -> tuple[str, str]:
    """Split 机场公司副总经理 into unit and post; a department before a post is part of the post."""
    if _is_side(text, spelling):
        return text, ""
    if not spelling.is_post(text):
        return "", ""
    cuts = [(text[:end], text[end:]) for end in range(len(text) - 2, 1, -1)]
    fits = [(unit, post) for unit, post in cuts if spelling.is_post(post) and _is_side(unit, spelling)]
    # 供电公司办公室主任 is a post of 供电公司, 公积金管理中心主任 one of a unit that is called so.
    own = [cut for cut in fits if cut[0] in spelling.heads or not spelling.ends_as_department(cut[0])]
    return next(iter(own or fits), ("", text))


def sides(groups: Sequence[Group]) -> list[Group]:
    """Return the groups that can be sides of a meeting: named ones, else two nameless ones that face each other."""
    named = [group for group in groups if group.unit]
    facing = [group for group in groups if group.facing]
    return named or (facing if len(facing) == 2 else [])
