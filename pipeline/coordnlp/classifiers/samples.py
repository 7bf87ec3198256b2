"""What a classifier sees of a passage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# One character a role, so that an n-gram does not take a role apart.
_ROLES = {"<S>": "①", "<O>": "②", "<A>": "③", "<B>": "④", "<AB>": "⑦", "<X>": "⑧", "<D>": "⑤", "<T>": "⑥"}
ROLE_WORDS = MappingProxyType(
    {
        "①": "我方",
        "②": "对方",
        "③": "先提到的一方",
        "④": "后提到的一方",
        "⑦": "双方",
        "⑧": "他人",
        "⑤": "时限",
        "⑥": "时间",
    }
)
"""What a character that stands for a role is called where people read a feature."""
_EXCHANGED = str.maketrans("③④", "④③")
_ROLE = re.compile(r"<(?:S|O|A|B|AB|X|D|T)>")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")


@dataclass(frozen=True, slots=True)
class Sample:
    """A passage with what stands around it, as the blocks of a classifier read it.

    Attributes:
        role_text: Names and forms of address replaced by roles, folded by `fold`.
        words: As jieba cuts the plain text, folded.
        concepts: Of the words that have one, in their order.
        before: Folded role text of the passage before, '' at the start of a zone.
        heading: Of the point that the passage stands under, folded.
        facts: Of layout, voice and kind of document, by name.
        cues: Scores of speech acts by cues, and the cues themselves.
        measures: Cues of measures and of evidence.
        about: The measure whose evidence is asked for, '' otherwise.
    """

    role_text: str
    words: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    before: str = ""
    heading: str = ""
    facts: Mapping[str, float] = field(default_factory=dict)
    cues: Mapping[str, float] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    about: str = ""


def fold(role_text: str) -> str:
    """Return role text with one character a role, figures as 0 and full-width punctuation.

    Of the two sides in the words of a third, the one named first is called the first: which of them the office calls A
    tells nothing.
    """
    roles = _ROLE.sub(lambda match: _ROLES[match[0]], role_text)
    first, second = roles.find("③"), roles.find("④")
    if second >= 0 and (first < 0 or second < first):
        roles = roles.translate(_EXCHANGED)
    return widen(_NUMBER.sub("0", roles))


def widen(text: str) -> str:
    """Return text with full-width punctuation, character by character: careless papers mix both forms."""
    return text.translate(_WIDE)
