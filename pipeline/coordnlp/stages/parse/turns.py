"""Turns: who speaks from a line on, in minutes, transcripts and exported chats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coordnlp.names import Names
from coordnlp.records import Party

_STAMP = (
    r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s*)?(?:星期[一二三四五六日天]\s*)?(?:\d{1,2}[-/月]\d{1,2}日?\s+)?"
    r"(?:上午|下午|晚上|凌晨)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
)
_WHO = r"(?P<who>(?![\d（(—-])[^\s：:，。；！？\[\]【】]{1,16}?(?:\s?[（(][^（()）]{1,16}[）)])?)"
_STAMP_FIRST = re.compile(rf"^\[?{_STAMP}\]?\s*[-—]*\s*{_WHO}\s*[：:]\s*")
_WHO_FIRST = re.compile(rf"^{_WHO}\s+[\[（(]?{_STAMP}[\]）)]?\s*[：:]?\s*(?P<rest>.*)$")
_SPACED_OUT = re.compile(rf"^\[?{_STAMP}\]?\s+{_WHO}[\s\u3000]+(?=\S)")
_STAMP_ALONE = re.compile(rf"^\[?{_STAMP}\]?\s+{_WHO}$")
_TALK = re.compile(r"^【?(?P<who>[\u4e00-\u9fff·]{2,8}(?:[（(][^（()）]{1,16}[）)])?)】?\s*[：:]\s*(?=\S)")
_BRACKET = re.compile(r"[（(]([^（()）]+)[）)]")


@dataclass(frozen=True, slots=True)
class Turn:
    """The start of a turn: speaker, party (None if unknown), and where the words begin in the line."""

    speaker: str
    party: Party | None
    begins: int
    chat: bool


def find_speakers(lines: Iterable[str], listed: Iterable[str], names: Names) -> frozenset[str]:
    """Return who may speak in a document: known people, those on its attendee list, and names that open two lines.

    A single "方案：" or "时间：" at the start of a line looks like a name; people speak more than once or are listed.
    """
    opened = Counter(_bare(match["who"]) for line in lines if (match := _TALK.match(line)))
    recurring = {who for who, count in opened.items() if count >= 2 and names.words.is_person(who)}
    return frozenset({*names.people, *listed, *recurring})


def read_turn(text: str, names: Names, speakers: frozenset[str]) -> Turn | None:
    """Return the turn that a line opens, or None if it opens none.

    Args:
        speakers: Who may speak without a time stamp before the name; see `find_speakers`.
    """
    for pattern in (_STAMP_FIRST, _WHO_FIRST, _STAMP_ALONE, _SPACED_OUT):
        match = pattern.match(text)
        if match and (pattern is not _SPACED_OUT or _may_speak(match["who"], names, speakers)):
            begins = match.start("rest") if pattern is _WHO_FIRST else match.end()
            return Turn(_bare(match["who"]), party_of_speaker(match["who"], names), begins, True)
    match = _TALK.match(text)
    if match and _may_speak(match["who"], names, speakers):
        return Turn(_bare(match["who"]), party_of_speaker(match["who"], names), match.end(), False)
    return None


def _bare(who: str) -> str:
    return _BRACKET.sub("", who).strip()


def _may_speak(who: str, names: Names, speakers: frozenset[str]) -> bool:
    bare = _bare(who)
    return bare in speakers or (len(bare) <= 6 and bool(names.find(bare)))


def party_of_speaker(who: str, names: Names) -> Party | None:
    """Return the party of a speaker by name, else by the unit in brackets or in the name."""
    bare = _bare(who)
    if bare in names.people:
        return names.people[bare]
    bracket = _BRACKET.search(who)
    if bracket:
        unit = bracket.group(1)
        return names.party(unit) or names.roots.get(unit) or names.roots.get(unit[:1]) or names.party(bare)
    return names.party(bare)
