"""Whom a joint decision tasks: one side, each of the two, or both together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coordnlp.names import Mention, Names
from coordnlp.records import Party, Side
from coordnlp.stages.asks.words import load_ask_words
from coordnlp.tables import first_match

_TASKED_BY = re.compile(r"(?:由|请|责成|委托|安排|让)$")
# 送工务段, 提供集团, 交局里上传: what stands behind one of these receives.
_RECEIVES = re.compile(
    r"(?:送|交|给|报|向|与|同|和|对|跟|到|经|征求|提供|函告|告知|告诉|移交|抄送|通报|反馈|通知|商|会同|配合|协助|支持|致|"
    r"退还|还给|报请)$"
)
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]|[-•·])?\s*")
# What may follow the last character of a unit's name where that alone stands for it: 由局于6月底前落实.
_ACTS = (
    r"(?![部面势限])(?:(?<=[由请].)|(?<=[由请]..)|"
    r"(?=于|由|按|在|负责|牵头|提供|协调|组织|将|须|应|各|起草|办|报|出|里))"
)
_SHORTEST_NAME = 3
# 由A于6月5日前提供点位，B于6月8日前完成名册: who stands first in its clause and then has something to do, is tasked.
_HEADS_CLAUSE = re.compile(r"(?:^|[，,；;：:])(?:并|同时|再|另)?(?:由|请|责成)?$")
_HAS_TO_DO = re.compile(
    # 管委会建设局4月底前: a department of the unit does it.
    r"(?:[\u4e00-\u9fff]{1,5}(?:[局办处科部室站队]|中心))?(?:则|也|应|须|要|将|负责|牵头|尽快|抓紧|同步|同时)?(?:于|在|按|每|自|\d|[一二三四五六七八九十本下年月]|明[天日年早晚]|负责|牵头|提供|提交|完成|组织|安排|报送|选派|确定|落实)"
)


def tasked(text: str, names: Names) -> tuple[Party, ...]:
    """Return whom a decision in the voice of both tasks: `("A",)`, `("B",)`, `("A", "B")` each, or `("AB",)` together.

    The subject is tasked; who stands behind 送, 交, 提供 receives. One name that only receives leaves the other side.

    Returns:
        () when it names nobody.
    """
    mentions = _mentions(text, names)
    sides = {mention.party for mention in mentions}
    words = load_ask_words()
    if first_match(words.each, text):
        return ("A", "B")
    if parts := _part(text, mentions):
        return tuple(side for side, _ in parts)
    direct = next((at for at, one in enumerate(mentions) if _TASKED_BY.search(_before(text, one))), -1)
    loosely = direct < 0 and len(sides) != 1 and first_match(words.together, text)
    if loosely or first_match(words.both, text):
        return ("AB",)
    if direct >= 0:
        return _subjects(text, mentions[direct:])
    acting = [mention for mention in mentions if not _RECEIVES.search(_before(text, mention))]
    if acting:
        return _subjects(text, acting)
    return ("B" if "A" in sides else "A",) if len(sides) == 1 else ()


def parted(text: str, names: Names) -> dict[Party, tuple[int, int]]:
    """Return by side where its own clauses of a decision stand that tasks each side with a thing of its own.

    会议议定，由A于6月5日前提供点位，B于6月8日前完成名册 is due on two days.

    Returns:
        Spans of the text; {} where it does not task both so.
    """
    return dict(_part(text, _mentions(text, names)))


def _mentions(text: str, names: Names) -> list[Mention]:
    found = [*names.find(text), *_by_last_character(text, names)]
    return sorted(found, key=lambda mention: mention.start)


def _part(text: str, mentions: Sequence[Mention]) -> list[tuple[Party, tuple[int, int]]]:
    heads = [one for one in mentions if _HEADS_CLAUSE.search(text[: one.start]) and _HAS_TO_DO.match(text[one.end :])]
    if len(heads) != 2 or {one.party for one in heads} != {"A", "B"}:
        return []
    first, second = heads
    between = max(text.rfind(mark, 0, second.start) for mark in "，,；;：:")
    return [(first.party, (0, between)), (second.party, (between + 1, len(text)))]


def _before(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - 2) : mention.start]


def _subjects(text: str, mentions: Sequence[Mention]) -> tuple[Party, ...]:
    """Return the side of the first mention, or both where they stand side by side: 学院、管委会各选派一名干部."""
    first = mentions[0]
    second = next((mention for mention in mentions[1:] if mention.start >= first.end), None)
    joined = second and re.fullmatch(r"\s*[、和与及同跟]?\s*", text[first.end : second.start])
    if not second or not joined or first.party == second.party:
        return (first.party,)
    return ("A", "B") if "各" in text or "分别" in text else ("AB",)


def does_together(text: str) -> bool:
    """Tell whether a sentence speaks of one thing that both sides do: 两家各出三个人，一起过一遍."""
    words = load_ask_words()
    return bool(first_match(words.together, text)) and not first_match(words.each, text)


def _by_last_character(text: str, names: Names) -> list[Mention]:
    """Return mentions of a side by the last character of its names, where no name of the other side ends so."""
    ends = _ends(names.units)
    if not ends:
        return []
    pattern = re.compile(rf"(?:^|(?<=[由请，；、]))(?:{'|'.join(map(re.escape, ends))}){_ACTS}")
    at = len(text) - len(_NUMBERING.sub("", text, count=1))
    taken = [(mention.start, mention.end) for mention in names.find(text)]
    found = [(at + m.start(), at + m.end(), m.group()) for m in pattern.finditer(text[at:])]
    return [
        Mention(start, end, ends[word], person=False)
        for start, end, word in found
        if not any(start < other_end and other_start < end for other_start, other_end in taken)
    ]


def _ends(units: Mapping[str, Side]) -> dict[str, Side]:
    """Return last characters and pairs of unit names that belong to one side alone."""
    sides: dict[str, set[Side]] = {}
    for name, side in units.items():
        if len(name) >= _SHORTEST_NAME:
            for end in (name[-1:], name[-2:]):
                sides.setdefault(end, set()).add(side)
    return {end: next(iter(owners)) for end, owners in sides.items() if len(owners) == 1}
