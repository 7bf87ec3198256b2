"""Messages of exported chats and timed transcripts, whatever their layout.

One line alone tells little: 08:00 王磊 is a message of a chat and a line of a duty roster. So every line is read in the
layouts that it fits, and a layout holds for a document when its lines recur, name likely speakers, and have words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coordnlp.layout.chat_words import ChatWords, load_chat_words
from coordnlp.layout.lines import Line
from coordnlp.layout.stamps import Stamp, find_stamp
from coordnlp.layout.tags import Tag, read_tag
from coordnlp.names import Names

_Form = Literal[
    "stamp who: words",
    "stamp who| words",
    "stamp who",
    "stamp who words",
    "stamp,who,words",
    "who stamp",
    "who stamp: words",
    "who stamp words",
    "cue",
]
_MAYBE_TIMED = re.compile(r"\d[:：]\d")
_NO_NAME = r"：:，,。；;！？!?“”、"
_WHO_COLON = re.compile(rf"^\s*+[-—–]*+\s*+(?P<who>[^{_NO_NAME}]{{1,32}}?)\s*+[：:]\s*")
# 17:30 王磊｜留。 has words, 17:30 王磊｜住建局 has a unit.
_WHO_BAR = re.compile(rf"^\s*(?P<who>[^\s|｜{_NO_NAME}]{{1,20}})\s*[|｜]\s*(?=.{{13}}|.*[，。！？；：,.!?…])")
_WHO_ALONE = re.compile(rf"^\s*(?P<who>[^{_NO_NAME}]{{1,32}})$")
_WHO_SPACED = re.compile(rf"^\s*(?P<who>[^\s{_NO_NAME}]{{1,20}}(?:\s?[（(][^（()）]{{1,16}}[）)])?)\s+(?=\S)")
# Between two fields: a comma or a tab, with blanks around it.
_PARTING = r"(?=\s*+,|[^\S\t]*+\t)\s*+,?\s*+"
_FIELDS = re.compile(rf"^[\"']?{_PARTING}[\"']?(?P<who>[^,\t\"']{{1,24}})[\"']?{_PARTING}[\"']?(?=\S)")
_WHO_BEFORE = re.compile(rf"^(?P<who>[^{_NO_NAME}]{{1,32}}?)[\s,，—–-]*$")
_PARTED = re.compile(r"[ |｜]")
_DATED = re.compile(r"^[\d（(]|\d\s*[年月日]|\d[:：]\d")
_CUE = re.compile(r"\d{1,3}:\d{2}[.,]\d{1,3}\s*-->\s*\d")
_CUE_WHO = re.compile(rf"^(?:<v\s+(?P<voice>[^>]{{1,24}})>|(?P<who>[^{_NO_NAME}]{{1,24}})[：:]\s*)")
# Least number of messages for a chat, and for a layout to hold.
_CHAT = 4
_HOLDS = 2
_HOLDS_SPACED = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """Where somebody begins to speak: the line, who is named there, and the offset in it where the words begin."""

    line: int
    tag: Tag
    begins: int
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A line read in one layout; `written` is what names the speaker, `firm` that no other layout fits as well."""

    form: _Form
    opening: Opening
    written: str
    words: str
    firm: bool


def find_messages(lines: Sequence[Line], names: Names) -> tuple[Opening, ...]:
    """Return the messages among the lines of a document, in order; none where times stand for something else.

    Args:
        lines: All of a document, table cells included; cells are no messages.
    """
    table = load_chat_words()
    if _is_roster(lines, table):
        return ()
    tags: dict[str, Tag] = {}
    readings = [list(_read_line(lines, at, names, table, tags)) for at in range(len(lines))]
    found = list(_decided([one for one in readings if one]))
    starts = {one.opening.line for one in found}
    held = [one for form in sorted({one.form for one in found}) for one in _holding(form, found, starts, len(lines))]
    return tuple(sorted((one.opening for one in held), key=lambda opening: opening.line))


def is_chat(messages: Sequence[Opening], lines: Sequence[Line]) -> bool:
    """Tell whether a document is a chat or timed transcript, and not a paper that quotes two messages of one."""
    if len(messages) >= _CHAT:
        return True
    return len(messages) >= _HOLDS and len(messages) * 4 >= len(lines) - messages[0].line


def _is_roster(lines: Sequence[Line], table: ChatWords) -> bool:
    head = "".join(line.text for line in lines[:2])
    return any(word in head for word in table.rosters) and not any(word in head for word in table.chats)


# --- one line ------------------------------------------------------------------------------------


def _read_line(
    lines: Sequence[Line], at: int, names: Names, table: ChatWords, tags: dict[str, Tag]
) -> Iterator[_Reading]:
    """Yield a line in the layouts that it fits, the likeliest first."""
    line = lines[at]
    if line.table or line.kind == "heading":
        return
    if at and _CUE.search(lines[at - 1].text):
        yield from _read_cue(line.text, at, names, table)
    stamp = find_stamp(line.text) if _MAYBE_TIMED.search(line.text[:80]) and not _CUE.search(line.text) else None
    if stamp is None:
        return
    for form, who, begins in _readings(line.text, stamp):
        written = " ".join(who.split())
        tag = tags.get(written) or tags.setdefault(written, read_tag(written, names, table))
        if tag.name and tag.rank != "label" and not table.is_notice(written) and not written.endswith(table.makers):
            yield _Reading(
                form, Opening(at, tag, begins, stamp), written, line.text[begins:], not _PARTED.search(written)
            )


def _read_cue(text: str, at: int, names: Names, table: ChatWords) -> Iterator[_Reading]:
    """Read the line below a cue of WebVTT; without a name it goes on with the words of the cue before."""
    match = _CUE_WHO.match(text)
    tag = read_tag(match["voice"] or match["who"], names, table) if match else None
    if match and tag and tag.rank != "label":
        yield _Reading("cue", Opening(at, tag, match.end()), tag.name, text[match.end() :], True)


def _readings(text: str, stamp: Stamp) -> Iterator[tuple[_Form, str, int]]:
    """Yield the layouts that a line with a stamp fits: form, what names the speaker, where the words begin."""
    if not text[: stamp.start].strip("\"' "):
        rest = text[stamp.end :]
        forms: tuple[tuple[_Form, re.Pattern[str]], ...] = (
            ("stamp,who,words", _FIELDS),
            ("stamp who: words", _WHO_COLON),
            ("stamp who| words", _WHO_BAR),
            ("stamp who", _WHO_ALONE),
            ("stamp who words", _WHO_SPACED),
        )
        for form, pattern in forms:
            if match := pattern.match(rest):
                yield form, match["who"], stamp.end + match.end()
        return
    before = _WHO_BEFORE.match(text[: stamp.start])
    if before is None or _DATED.search(before["who"]):
        return
    yield from _behind_name(text, stamp, before["who"])


def _behind_name(text: str, stamp: Stamp, who: str) -> Iterator[tuple[_Form, str, int]]:
    rest = text[stamp.end :]
    colon = re.match(r"\s*[：:]\s*", rest)
    if not rest.strip(" \t\u3000：:"):
        yield "who stamp", who, len(text)
    elif colon:
        yield "who stamp: words", who, stamp.end + colon.end()
    elif rest[:1].isspace() and stamp.start > len(who):
        yield "who stamp words", who, stamp.end + len(rest) - len(rest.lstrip())


# --- the document --------------------------------------------------------------------------------


def _decided(readings: Sequence[Sequence[_Reading]]) -> Iterator[_Reading]:
    """Yield one reading a line.

    10:22 园区 小周 may be a speaker alone or one with a word, 10:22 小周 老样子：先量水位 has one colon too many. What
    can be read with a blank or bar between name and words is read so if most lines that leave no choice are.
    """
    counts = Counter(one[0].form for one in readings if one[0].firm)
    again = Counter(one[0].written for one in readings)
    for one in readings:
        first = one[0]
        others = [] if first.firm or again[first.written] >= _HOLDS else [other for other in one if other.firm]
        yield max((first, *others), key=lambda other: (counts[other.form], other is first))


def _holding(form: _Form, found: Sequence[_Reading], starts: set[int], count: int) -> list[_Reading]:
    """Return the messages of one layout, none where it does not hold for the document."""
    of_form = [one for one in found if one.form == form]
    written = Counter(one.written for one in found)
    likely = [one for one in of_form if _is_likely(one, written)]
    if form in ("stamp who words", "who stamp words"):
        various = len({one.words for one in likely}) * 2 > len(likely)
        return likely if len(likely) >= _HOLDS_SPACED and various else []
    if len(of_form) < _HOLDS or len(likely) * 2 < len(of_form):
        return []
    if form in ("stamp who", "who stamp"):
        followed = sum(one.opening.line + 1 not in starts and one.opening.line + 1 < count for one in of_form)
        return of_form if followed * 2 >= len(of_form) else []
    return of_form


def _is_likely(one: _Reading, written: Counter[str]) -> bool:
    """Tell whether a reading names a likely speaker: by the look of the name, or because it comes again."""
    tag = one.opening.tag
    return tag.rank != "other" or bool(tag.host) or written[one.written] > 1
