"""Whose a speaker is by what the tag itself tells: a known name, a unit beside it, a mail address."""

from __future__ import annotations

from coordnlp.layout.chat_words import load_chat_words
from coordnlp.layout.tags import Tag, read_tag
from coordnlp.names import Names, of_one_side
from coordnlp.records import Party, Side

_THIRD = ("公司", "集团", "政府", "委", "协会", "银行", "大学", "中心", "街道")
# Shorter pieces of a unit's name are parts of many names.
_FRAGMENT = 2


def side_of_tag(tag: Tag, names: Names) -> tuple[Side | None, str]:
    """Return the side that a tag tells and why; (None, '') if it tells none or both."""
    if tag.name in names.people:
        return names.people[tag.name], f"名单上有{tag.name}"
    if tag.host and (side := _side(names.of_address("", f"@{tag.host}"))):
        return side, f"邮箱 @{tag.host}"
    if tag.unit and (side := side_of_unit(tag.unit, names)):
        return side, f"{tag.name}标着{tag.unit}"
    if tag.rank in ("titled", "nick", "unit", "other") and (side := _side(names.party(tag.name))):
        return side, f"称呼{tag.name}"
    return None, ""


def side_of_unit(unit: str, names: Names) -> Side | None:
    """Return the side of a unit beside a name: by its name, its root (所·驻厂), or a piece of its names (住建)."""
    if side := _side(names.party(unit)):
        return side
    if side := names.roots.get(unit) or names.roots.get(unit[:1]):
        return side
    generic = (*_THIRD, *load_chat_words().unit_posts, *names.words.root_tails)
    if len(unit) < _FRAGMENT or unit in generic or any(unit == word for word in names.words.posts):
        return None
    sides = {side for word, side in names.units.items() if unit in word}
    return next(iter(sides)) if len(sides) == 1 else None


def is_third(unit: str, names: Names) -> bool:
    """Tell whether a unit is neither side's: 县林业局, 搭建公司. A department (生产科) may be anybody's."""
    return unit.endswith((*_THIRD, *load_chat_words().unit_posts)) and side_of_unit(unit, names) is None


def party_of_speaker(who: str, names: Names) -> Party | None:
    """Return the party of a speaker as written, None if the words alone do not tell."""
    return side_of_tag(read_tag(who, names, load_chat_words()), names)[0]


def own_kinds(names: Names) -> dict[str, Side]:
    """Return characters that end one side's units only: 镇 and 场, so that 我镇 and 贵场 tell who speaks."""
    kinds = load_chat_words().unit_posts
    return of_one_side((word[-1], side) for word, side in names.units.items() if word[-1] in kinds)


def _side(party: Party | None) -> Side | None:
    return party if party in ("A", "B") else None
