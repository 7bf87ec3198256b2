"""Earlier messages that a message tells again: 「张三：原话」, 回复 张三：原话. They are the other's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coordnlp.layout.chat_words import QuotePattern, load_chat_words
from coordnlp.layout.lines import Line
from coordnlp.layout.messages import Opening
from coordnlp.layout.tags import Tag, read_tag
from coordnlp.names import Names
from coordnlp.records import Party

_LONGEST = 8
# So much of a message must stand further up to be known again.
_KNOWN_AGAIN = 6


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a line that tells an earlier message again, and whose it is."""

    start: int
    end: int
    tag: Tag
    speaker: str = ""
    party: Party | None = None

    def by(self, speaker: str, party: Party | None) -> Quoted:
        """Return the same stretch with its writer settled."""
        return replace(self, speaker=speaker, party=party)


def find_quotes(lines: Sequence[Line], openings: Sequence[Opening], names: Names) -> dict[int, Quoted]:
    """Return the quoted stretches of a chat by ordinal of the line.

    A message that only begins 回复王磊： may be new words to him. So without brackets it is a quotation only if its
    words stand further up, or if new words follow below.
    """
    opened = {one.line: one.begins for one in openings}
    speakers = {one.tag.name for one in openings}
    found: dict[int, Quoted] = {}
    for at, line in enumerate(lines):
        if at in found or line.table:
            continue
        for pattern in load_chat_words().quote:
            match = pattern.regex.match(line.text, opened.get(at, 0))
            tag = read_tag(match["who"], names, load_chat_words()) if match else None
            if match is None or tag is None or not _may_be_quoted(tag, speakers):
                continue
            if pattern.close or _is_told_again(lines, at, match.end(), opened):
                found |= dict(_stretch(lines, at, match, tag, pattern, opened))
                break
    return found


def _may_be_quoted(tag: Tag, speakers: set[str]) -> bool:
    return tag.name in speakers or tag.rank in ("known", "person", "nick", "titled")


def _is_told_again(lines: Sequence[Line], at: int, begins: int, opened: dict[int, int]) -> bool:
    words = lines[at].text[begins:].strip("…. \t]】")
    if len(words) >= _KNOWN_AGAIN and any(words[:24] in line.text for line in lines[:at]):
        return True
    return at + 1 < len(lines) and at + 1 not in opened


def _stretch(
    lines: Sequence[Line], at: int, match: re.Match[str], tag: Tag, pattern: QuotePattern, opened: dict[int, int]
) -> Iterator[tuple[int, Quoted]]:
    """Yield the quoted stretch of a line, and of those below that its bracket spans."""
    text = lines[at].text
    end = text.find(pattern.close, match.end()) if pattern.close else len(text)
    if end >= 0:
        yield at, Quoted(match.start(), min(end + len(pattern.close), len(text)), tag)
        return
    below = [(ordinal, lines[ordinal].text) for ordinal in range(at + 1, min(at + _LONGEST, len(lines)))]
    closing = next((ordinal for ordinal, words in below if pattern.close in words), None)
    if closing is None or any(ordinal in opened for ordinal in range(at + 1, closing + 1)):
        return
    yield at, Quoted(match.start(), len(text), tag)
    for ordinal, words in below[: closing - at]:
        yield ordinal, Quoted(0, words.find(pattern.close) + 1 if ordinal == closing else len(words), tag)
