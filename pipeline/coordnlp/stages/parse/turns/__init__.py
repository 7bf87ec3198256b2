"""Turns: who speaks from a line on, in minutes, transcripts and exported chats, and which lines nobody says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coordnlp.layout.chat_words import load_chat_words
from coordnlp.layout.drafts import Draft
from coordnlp.layout.lines import Line, own_lines
from coordnlp.layout.messages import Opening
from coordnlp.layout.stamps import find_stamp, read_day_line
from coordnlp.layout.tags import read_tag
from coordnlp.layout.talks import closes_talk
from coordnlp.names import Names
from coordnlp.records import Party
from coordnlp.stages.parse.turns.casts import Cast, learn_cast
from coordnlp.stages.parse.turns.quotes import Quoted, find_quotes
from coordnlp.stages.parse.turns.sides import party_of_speaker

__all__ = ["PLAIN", "Cast", "LineReading", "Quoted", "Turn", "learn_cast", "party_of_speaker", "read_turns"]

_INNER = re.compile(r"[。！？!?；]”?\s*(?P<who>[\u4e00-\u9fff·]{2,6}(?:[（(][^（()）]{1,12}[）)])?)[：:]\s*(?=\S)")
_REMARK = re.compile(r"[（(][^（()）]{1,30}[）)]")


@dataclass(frozen=True, slots=True)
class Turn:
    """The start of a turn: speaker, party (None if unknown), where the words begin in the line, and why that party."""

    speaker: str
    party: Party | None
    begins: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class LineReading:
    """What a line is in a talk.

    Attributes:
        turn: The turn that it opens.
        ends: It closes the talk: what follows is the paper's own voice.
        notice: A program or the editor wrote it: a recalled message, a picture, a day line, a legend.
        quoted: The part that tells an earlier message again.
        inner: Turns of others further on in the line, each with the offset at which its name stands.
    """

    turn: Turn | None = None
    ends: bool = False
    notice: bool = False
    quoted: Quoted | None = None
    inner: tuple[tuple[int, Turn], ...] = ()

    def inner_at(self, start: int, end: int) -> Turn | None:
        """Return the turn of somebody else that begins within half-open offsets of the line, or None."""
        return next((turn for at, turn in self.inner if start <= at < end), None)

    def quoted_at(self, offset: int) -> Quoted | None:
        """Return the quoted stretch that an offset of the line falls into, or None."""
        return self.quoted if self.quoted and self.quoted.start <= offset < self.quoted.end else None

    def stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return half-open offsets of the parts of a line from `start` on that are quoted and not, in order."""
        cuts = [start, *((self.quoted.start, self.quoted.end) if self.quoted else ()), end]
        return [(one, other) for one, other in pairwise(cuts) if one < other]


PLAIN = LineReading()


def read_turns(draft: Draft, names: Names, cast: Cast) -> Mapping[int, LineReading]:
    """Return what the lines of a talk are, by their starts; a line that is missing goes on with what stands before."""
    return dict(_read(draft, names, cast))


def _read(draft: Draft, names: Names, cast: Cast) -> Iterator[tuple[int, LineReading]]:
    file = draft.document.file
    lines = own_lines(draft.lines)
    opened = {one.line: one for one in draft.openings}
    timed = any(one.stamp for one in draft.openings)
    chat = draft.kind == "transcript" and bool(opened)
    legends = cast.legend_lines.get(file, frozenset())
    quotes = find_quotes(lines, draft.openings, names) if chat else {}
    for ordinal, line in enumerate(lines):
        opening = opened.get(ordinal)
        begins = opening.begins if opening else 0
        quoted = quotes.get(ordinal)
        notice = chat and quoted is None and (line.start in legends or _is_notice(lines, ordinal, opened, timed=timed))
        turn = None
        if opening and line.start not in legends:
            ruling = cast.settle(file, opening.tag, names)
            turn = Turn(ruling.name, ruling.side, begins, ruling.why)
        ends = not timed and turn is None and closes_talk(line.text)
        if quoted:
            who = cast.settle(file, quoted.tag, names)
            quoted = quoted.by(who.name, who.side)
        inner = () if timed or line.table or notice else tuple(_inner(line.text, begins, file, names, cast))
        reading = LineReading(turn, ends, notice, quoted, inner)
        if reading != PLAIN:
            yield line.start, reading


def _inner(text: str, begins: int, file: str, names: Names, cast: Cast) -> Iterator[tuple[int, Turn]]:
    """Yield the turns of known people that begin behind a sentence of the same paragraph."""
    for match in _INNER.finditer(text, begins):
        tag = read_tag(match["who"], names, load_chat_words())
        if tag.rank == "known":
            ruling = cast.settle(file, tag, names)
            yield match.start("who"), Turn(ruling.name, ruling.side, match.end(), ruling.why)


def _is_notice(lines: Sequence[Line], at: int, opened: Mapping[int, Opening], *, timed: bool) -> bool:
    """Tell whether nobody says the words of a line.

    A program writes messages of its own, with or without a stamp, and day lines; the recorder of a talk writes remarks
    in brackets. A day right below a name is the answer of whoever is named.
    """
    table, text = load_chat_words(), lines[at].text
    words = text[opened[at].begins :].strip() if at in opened else text
    above = opened.get(at - 1)
    answers = above is not None and above.begins >= len(lines[above.line].text)
    if not words or table.is_notice(words):
        return bool(words)
    if at not in opened and not answers and (read_day_line(words) or _is_cue_number(lines, at)):
        return True
    if not timed and at not in opened and _REMARK.fullmatch(words):
        return True
    stamp = find_stamp(words, within=0)
    return stamp is not None and table.is_notice(words[stamp.end :].strip())


def _is_cue_number(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line only counts the cues of subtitles."""
    return lines[at].text.isdigit() and at + 1 < len(lines) and "-->" in lines[at + 1].text
