"""Tags: what stands where a message or a turn names its speaker, taken apart into name and unit.

王磊@区住建局, 住建-王磊, A住建王磊, 王磊（区住建局）, 园区 小周, 🌻阿芳, 【群主】王磊(12345678), 主持人（李主任）.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from coordnlp.layout.chat_words import ChatWords
from coordnlp.names import Names

Rank = Literal["known", "person", "titled", "nick", "role", "number", "unit", "label", "other"]
"""How a name looks: a known or likely personal name, 王局, 老钱, 主持人, 发言人1, a party's unit, a head of a field."""

_ADDRESS = re.compile(r"\s*[（(<＜]\s*(?:[\w.+-]+@(?P<host>[\w.-]+)|(?P<number>\d{5,12}))\s*[>）)＞]$")
_LEADING = re.compile(r"^[【\[（(<〔](?P<inner>[^】\]）)>〕]{1,16})[】\]）)>〕]\s*(?=\S)")
_WHOLE = re.compile(r"^[【\[（(<〔「](?P<inner>[^】\]）)>〕」]{1,24})[】\]）)>〕」]$")
_BRACKET = re.compile(r"\s*[（(\[【〔](?P<inner>[^（()）\]】〕]+)[）)\]】〕]")
_JOINER = re.compile(r"[-—–－_/|｜丨\\+~～\s\u3000]+")
_QUOTES = "'\"“”‘’`*"
# From this length on the last character tells a head of a field (任务书) from a name.
_LONG = 3
_LETTER = re.compile(r"^[A-Za-z\d]{1,2}(?=[\u4e00-\u9fff]{2})")


MENTIONED = re.compile(r"[@＠](?P<who>[^\s@＠，,。：:；;！!？?]{2,20})")
"""Match @ and whom a line of a chat calls, in group `who`."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A speaker as a line names it.

    Attributes:
        name: As others call the speaker, without unit, rank and pictures.
        unit: The unit or post beside the name, '' if none stands there.
        host: The part of a mail address behind @, '' if there is none.
        rank: How the name looks.
    """

    name: str
    unit: str = ""
    host: str = ""
    rank: Rank = "other"


def read_tag(written: str, names: Names, words: ChatWords) -> Tag:
    """Take apart what stands where a speaker is named; the name is '' where nothing but pictures stands."""
    text = _without_pictures(written).strip(_QUOTES + " \u3000")
    host = ""
    if address := _ADDRESS.search(text):
        # Who has no nickname is called by number.
        text, host = text[: address.start()] or address["number"] or "", address["host"] or ""
    if whole := _WHOLE.match(text):
        text = whole["inner"]
    text = text.strip(_QUOTES + " \u3000@＠：:").removesuffix("发言")
    text, lead = _leading_unit(text, words)
    brackets = [match["inner"].strip() for match in _BRACKET.finditer(text)]
    bare, _, firm = _BRACKET.sub("", text).strip().partition("@")
    tag = _split(bare.strip(), names, words)
    if tag.rank == "role" and (named := _person_in(brackets, names, words)):
        tag = replace(named, unit=" ".join(one for one in brackets if one != named.name) or tag.unit)
        brackets = []
    unit = " ".join(part for part in (tag.unit, lead, firm.strip(), *brackets) if part)
    return replace(tag, unit=unit, host=host.lower())


def rank_name(name: str, names: Names, words: ChatWords) -> Rank:
    """Tell how a bare name looks; the first rank that fits."""
    looks: tuple[tuple[Rank, bool], ...] = (
        ("known", name in names.people),
        ("role", name in words.roles),
        ("number", bool(words.number.fullmatch(name))),
        ("label", not name or name in words.label_words),
        ("unit", _is_unit(name, names)),
        ("titled", is_titled(name, names, words)),
        ("nick", _is_nick(name, names, words)),
        ("person", names.words.is_person(name) and (len(name) < _LONG or name[-1] not in words.label_tails)),
    )
    return next((rank for rank, fits in looks if fits), "other")


def surname_of(name: str, names: Names) -> str:
    """Return the surname of a personal name."""
    compound = name[:2] in names.words.compound_surnames
    return name[:2] if compound else name[:1]


def is_titled(name: str, names: Names, words: ChatWords) -> bool:
    """Tell whether a name is a surname with a post: 王局, 李主任, 欧阳总."""
    surname = surname_of(name, names)
    post = name[len(surname) :].removeprefix("副")
    known = surname in names.words.compound_surnames or surname in names.words.surnames
    return known and bool(surname) and (post in names.words.posts or post in words.short_posts)


def _without_pictures(text: str) -> str:
    """Return a nickname without emoji, and without the signs that join and colour them."""
    return "".join(char for char in text if unicodedata.category(char) not in ("So", "Sk", "Cf", "Mn", "Cs", "Co"))


def _leading_unit(text: str, words: ChatWords) -> tuple[str, str]:
    """Return a name without what stands in brackets before it, and that if it is no rank of the group."""
    unit = ""
    while match := _LEADING.match(text):
        inner, text = match["inner"].strip(), text[match.end() :]
        if not inner.startswith(words.ranks):
            unit = inner
    return text, unit


def _person_in(brackets: list[str], names: Names, words: ChatWords) -> Tag | None:
    tags = (_split(inner, names, words) for inner in brackets)
    return next((tag for tag in tags if tag.rank in ("known", "person", "titled", "nick")), None)


def _split(text: str, names: Names, words: ChatWords) -> Tag:
    """Split 机场-指挥-小秦 or 园区 小周 into unit and name; a name without joiners may bear its unit before it."""
    if number := words.number.fullmatch(text):
        return Tag(f"{text[: number.start('digits')].strip(' _#')}{number['digits']}", rank="number")
    parts = [part for part in _JOINER.split(text) if part]
    if len(parts) <= 1:
        return _glued(text, names, words)
    tags = [_glued(part, names, words) for part in parts]
    for wanted in (("known",), ("titled", "nick"), ("person",)):
        for at in reversed(range(len(tags))):
            tag = tags[at]
            if tag.rank in wanted:
                beside = [part for i, part in enumerate(parts) if i != at]
                return Tag(tag.name, unit=" ".join([*beside, tag.unit]).strip(), rank=tag.rank)
    return Tag(text, rank=rank_name(text, names, words))


def _glued(text: str, names: Names, words: ChatWords) -> Tag:
    """Return the name at the end of 住建王磊, A住建王磊, 船代小毕, 何映雪镇长; the whole where it is none."""
    rank = rank_name(text, names, words)
    if rank not in ("other", "unit"):
        return Tag(text, rank=rank)
    bare = _LETTER.sub("", text)
    known = _known_inside(bare, names)
    if known or rank == "unit":
        return known or Tag(text, rank=rank)
    for size in (2, 3):
        looks = rank_name(bare[-size:], names, words)
        fits = looks == "nick" or (looks == "titled" and bare.endswith(names.words.posts))
        if fits and len(bare) >= size + 2:
            return Tag(bare[-size:], unit=bare[:-size], rank=looks)
    unit = next((one for one in names.find(bare)[:1] if one.start == 0 and not one.person), None)
    if unit and rank_name(bare[unit.end :], names, words) == "person":
        return Tag(bare[unit.end :], unit=bare[: unit.end], rank="person")
    return Tag(text, rank=rank)


def _known_inside(bare: str, names: Names) -> Tag | None:
    """Return the known person whose name stands at the end, behind a unit, or at the start, before a post."""
    for name in sorted(names.people, key=lambda one: (-len(one), one)):
        if bare.endswith(name) and len(bare) > len(name):
            return Tag(name, unit=bare[: -len(name)], rank="known")
        if bare.startswith(name) and bare[len(name) :].removeprefix("副") in names.words.posts:
            return Tag(name, unit=bare[len(name) :], rank="known")
    return None


def _is_unit(name: str, names: Names) -> bool:
    """Tell whether a name is a unit of a party with no more than 方, 代表 or a part of it behind."""
    mention = next(iter(names.find(name)), None)
    if mention is None or mention.start or mention.person:
        return False
    return name[mention.end :] in ("", "方", "代表", "方代表", *names.words.bodies, *names.words.root_tails)


def _is_nick(name: str, names: Names, words: ChatWords) -> bool:
    """Tell whether a name is 老钱, 小周, 阿芳 or 冰冰."""
    if len(name) != 2 or not re.fullmatch(r"[\u4e00-\u9fff]{2}", name):
        return False
    if name[0] in words.nick_openings:
        return name[0] == "阿" or name[1] in names.words.surnames
    return name[0] == name[1]
