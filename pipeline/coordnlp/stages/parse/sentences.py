"""Sentences by rule: borders are 。！？!?… and line ends; ； only where it parts an enumeration or tasks with days."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Closing quotes and brackets belong to the sentence that they close.
_BORDER = re.compile(r"(?:(?:[。！!？?]|…{2,})++|\.{3,}(?=[\u4e00-\u9fff“]))[”’」』）)】》\"']*")
# So many pieces of a kind make a list.
_SEVERAL = 2
_PAUSE = re.compile(r"[，,、；;：:\s]")
# Characters. Nobody writes a longer sentence; spaCy refuses a million, and the work on one grows faster than it.
_LONGEST = 2000
_ENUMERATOR = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要|第[一二三四五六七八九十]|其[一二三四五六]|[（(][一二三四五六七八九十\d]{1,2}[）)]|"
    r"[①-⑳]|\d{1,2}[.、．)）](?!\d))"
)
# 由甲于9月15日前开放数据；由乙于9月底前推送数据: each piece gives somebody something to do by a day.
_BY_A_DAY = re.compile(
    r"(?=.*[由请于各将])(?:.*?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底末初])?|[本下]?月[底末]|年[底末]|(?<![月\d])\d{1,2}日)"
    r"(?:（[^）]{1,8}）)?[之以]?前|.*?(?:\d[日天周]|工作日|[本个]月)内)"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return half-open offsets of the sentences of one line, in order; blanks around them are left out."""
    return [
        trimmed
        for start, end in _cut(text, 0, _borders(text))
        for whole in _enumerated(text, start, end)
        for piece in _shortened(text, *whole)
        if (trimmed := _trim(text, *piece))[1] > trimmed[0]
    ]


def _borders(text: str) -> list[int]:
    borders, depth, seen = [], 0, 0
    for match in _BORDER.finditer(text):
        # Counted on from the border before: a text in one line has a hundred thousand.
        depth += text.count("《", seen, match.start()) - text.count("》", seen, match.start())
        seen = match.start()
        if depth <= 0:
            borders.append(match.end())
    return borders


def _cut(text: str, start: int, borders: list[int]) -> Iterator[tuple[int, int]]:
    for border in borders:
        yield start, border
        start = border
    yield start, len(text)


def _enumerated(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split at ； when at least two of the pieces begin with an enumerator, or are to be done by a day of their own."""
    pieces, at = [], start
    for match in re.finditer(r"[；;]", text[start:end]):
        pieces.append((at, start + match.end()))
        at = start + match.end()
    pieces.append((at, end))
    marked = sum(
        bool(_ENUMERATOR.match(re.sub(r"^.*[：:]", "", text[a:b]) if i == 0 else text[a:b]))
        for i, (a, b) in enumerate(pieces)
    )
    dated = sum(_BY_A_DAY.match(text, a, b) is not None for a, b in pieces) if len(pieces) > 1 else 0
    return pieces if max(marked, dated) >= _SEVERAL else [(start, end)]


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what nobody writes as one sentence, behind a comma or blank where one is near."""
    while end - start > _LONGEST:
        near = [found.end() for found in _PAUSE.finditer(text, start + _LONGEST // 2, start + _LONGEST)]
        cut = near[-1] if near else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
