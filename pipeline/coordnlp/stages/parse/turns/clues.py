"""Clues in what is said to whose a speaker is: introductions, 我们园区 and 贵局, and mentions that bear a unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from coordnlp.layout.chat_words import ChatWords
from coordnlp.layout.tags import MENTIONED, Tag, rank_name, read_tag
from coordnlp.names import Names
from coordnlp.records import Side
from coordnlp.stages.parse.turns.sides import side_of_tag

_INTRODUCED = re.compile(r"(?:我是|本人是|这里是)(?P<rest>[^，,。！!？?；;\s]{2,20})")
_ADDRESSED = re.compile(r"(?P<own>我们|敝|我)|(?P<other>贵|你们|您们|你|您)")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》")
_GIVEN = 3


@dataclass(frozen=True, slots=True)
class Clue:
    """That a speaker seems to be of one side, or of neither (`X`).

    Attributes:
        strength: `firm` by the tag, `told` by words that say so, `vote` by a form of address: one alone is no proof.
    """

    name: str
    side: Side | Literal["X"]
    strength: Literal["firm", "told", "vote"]
    why: str


def read_words(tag: Tag, text: str, names: Names, table: ChatWords, kinds: dict[str, Side]) -> Iterator[Clue]:
    """Yield the clues of one line that a speaker says.

    Args:
        kinds: What one side's units alone end with; see `own_kinds`.
    """
    bare = _QUOTED.sub("，", text)
    for match in _INTRODUCED.finditer(bare):
        if side := _introduced(tag, match["rest"], names, table):
            yield Clue(tag.name, side, "told", f"{tag.name}自称{match['rest']}")
    for match in _ADDRESSED.finditer(bare):
        side = _unit_side(bare[match.end() : match.end() + 12], match.group(), names, kinds)
        if side:
            speaks: Side = side if match["own"] else "B" if side == "A" else "A"
            yield Clue(tag.name, speaks, "vote", f"{tag.name}说“{bare[match.start() : match.end() + 4]}”")


def read_mentions(text: str, speakers: Collection[str], names: Names, table: ChatWords) -> Iterator[Clue]:
    """Yield what mentions with a unit tell of those who speak: @汐口调度-老葛."""
    for match in MENTIONED.finditer(text):
        tag = read_tag(match["who"], names, table)
        side, _ = side_of_tag(tag, names)
        if side and tag.unit and tag.name in speakers:
            yield Clue(tag.name, side, "told", f"别人@{match['who']}")


def addressed_side(tag: Tag, text: str, names: Names, kinds: dict[str, Side]) -> tuple[str, Side] | None:
    """Return whom a line mentions and of which side it says 你们 to them: @阿芳 你们园区…."""
    mentions = list(MENTIONED.finditer(text))
    if len(mentions) != 1:
        return None
    behind = text[mentions[0].end() :]
    for match in _ADDRESSED.finditer(behind):
        side = None if match["own"] else _unit_side(behind[match.end() : match.end() + 12], match.group(), names, kinds)
        if side and mentions[0]["who"] != tag.name:
            return mentions[0]["who"], side
    return None


def _introduced(tag: Tag, rest: str, names: Names, table: ChatWords) -> Side | None:
    mention = next(iter(names.find(rest)), None)
    if mention is None or mention.start or mention.person:
        return None
    behind = rest[mention.end :]
    person = behind.rpartition("的")[2] if "的" in behind else behind
    if tag.name and behind.endswith(tag.name):
        return mention.party
    for size in (3, 2):
        rank = rank_name(person[-size:], names, table) if len(person) >= size else "other"
        if rank in ("nick", "titled") or (rank == "person" and size == _GIVEN and len(person) <= _GIVEN + 1):
            return mention.party
    return None


def _unit_side(behind: str, address: str, names: Names, kinds: dict[str, Side]) -> Side | None:
    """Return the side of the unit that stands right behind 我们 or 贵; single characters only behind 我, 贵, 你."""
    mention = next(iter(names.find(behind)), None)
    if mention and mention.start == 0 and not mention.person:
        return mention.party
    return kinds.get(behind[:1]) if len(address) == 1 and behind[1:2] not in ("长",) else None
