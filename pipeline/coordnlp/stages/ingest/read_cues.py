"""Read the transcript of a recording (.srt, .vtt): who said what, a line a turn, the times as marks beside the text."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordnlp.stages.ingest.hard_wraps import join_lines
from coordnlp.stages.ingest.read_text import open_text
from coordnlp.stages.ingest.readings import Draft, Reading, UnreadableError

_TIMES = re.compile(
    r"^\s*(?P<start>(?:\d+:)?\d{1,2}:\d{2})[.,]\d{1,3}\s*-->\s*(?P<end>(?:\d+:)?\d{1,2}:\d{2})[.,]\d{1,3}(?:\s|$)"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<who>[^>]{1,40})>", re.I)
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font|s)(?:[.\s][^>]*)?>|<\d[\d:.]*>|\{\\[^}]*\}", re.I)
# A name, perhaps with unit or post in brackets, perhaps with what the meeting tool writes behind it.
_NO_NAME = '：:，,。；;！？!?“”"'
_WHO = re.compile(
    rf"^\s*[-–—]?\s*(?:\[(?P<tag>[^\]{_NO_NAME}]{{1,24}})\]\s*[：:]?"
    rf"|(?P<who>[^\d\s{_NO_NAME}][^{_NO_NAME}]{{0,31}}?)\s*[：:](?!//))\s*(?=\S)"
)
_ASIDES = ("NOTE", "STYLE", "REGION")
_STOP = re.compile(r"[。！？；!?….][”’」』）)\"']*$")
_LEAST_STOPPED = 0.2  # share of cues that end a sentence where the tool sets stops
_PAUSE = 4  # seconds of silence that part paragraphs where nobody is named


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at one time: seconds from the start, the time as written, who speaks ('' unless told), words."""

    start: int
    end: int
    written: str
    who: str
    words: str


def read_cues(content: bytes) -> Reading:
    """Read a transcript; cues of one speaker become one line `姓名：…`, as the reader of turns knows them.

    Where the tool sets no stops, each cue stays a line, so that sentences do not run into each other.

    Raises:
        UnreadableError: `too_large`, `binary`, `empty` or `no_text`.
    """
    text, notes = open_text(content)
    cues = list(_without_repeats(_list_cues(text.split("\n"))))
    if not cues:
        raise UnreadableError("no_text", "字幕文件里没有文字，请检查是否导出完整。")
    stopped = sum(_STOP.search(cue.words) is not None for cue in cues) >= _LEAST_STOPPED * len(cues)
    draft = Draft()
    for turn in _group_turns(cues):
        lead = f"{turn[0].who}：" if turn[0].who else ""
        for number, line in enumerate([turn] if stopped else [[cue] for cue in turn]):
            _add_line(draft, line, "" if number else lead)
    return draft.finish(notes)


def _list_cues(lines: Sequence[str]) -> Iterator[Cue]:
    """Yield the cues with words; head, styles, notes, numbers and names of cues are left out."""
    found = [(at, times) for at, line in enumerate(lines) if (times := _TIMES.match(line))]
    for index, (at, times) in enumerate(found):
        last = index + 1 == len(found)
        between = lines[at + 1 : len(lines) if last else found[index + 1][0]]
        cue = _read_cue(times, _words_of(between, last=last))
        if cue.words:
            yield cue


def _words_of(lines: Sequence[str], *, last: bool) -> list[str]:
    """Return the lines of a cue, given all up to the time of the next: some tools leave blank lines within."""
    blocks = [list(block) for filled, block in itertools.groupby(lines, lambda line: bool(line.strip())) if filled]
    if blocks and not last:
        # Right before a time stands the number of its cue, or a name in a block of its own.
        named = len(blocks) > 1 and len(blocks[-1]) == 1 and bool(lines[-1].strip())
        if named or lines[-1].strip().isdecimal():
            blocks[-1].pop()
    return [line for block in blocks if block and not block[0].startswith(_ASIDES) for line in block]


def _read_cue(times: re.Match[str], lines: Sequence[str]) -> Cue:
    text = ""
    for line in lines:
        text += join_lines(text, line.strip()) + line.strip()
    voice = _VOICE.search(text)
    bare = html.unescape(_TAG.sub("", text)).replace("\xa0", " ").strip()
    who, words = html.unescape(voice["who"]).strip() if voice else "", bare
    if not who and (named := _WHO.match(bare)):
        who, words = (named["tag"] or named["who"]).strip(), bare[named.end() :]
    return Cue(_seconds(times["start"]), _seconds(times["end"]), times["start"], who, words.strip())


def _seconds(clock: str) -> int:
    total = 0
    for part in clock.split(":"):
        total = 60 * total + int(part)
    return total


def _without_repeats(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Yield cues, but not one that shows the words of the one before again, as captions that roll do."""
    before = ""
    for cue in cues:
        if cue.words != before:
            yield cue
        before = cue.words


def _group_turns(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Yield the cues of a turn: one without a name goes on with the one before, a pause parts nameless ones."""
    turn: list[Cue] = []
    for cue in cues:
        speaker = turn[0].who if turn else ""
        other = cue.who not in {"", speaker} or (not speaker and turn and cue.start - turn[-1].end >= _PAUSE)
        if turn and other:
            yield turn
            turn = []
        turn.append(cue)
    if turn:
        yield turn


def _add_line(draft: Draft, cues: Sequence[Cue], lead: str) -> None:
    """Add the words of cues as one line, each marked with its time."""
    words, marks = lead, list[tuple[int, str]]()
    for cue in cues:
        words += join_lines(words, cue.words)
        marks.append((len(words) if marks else 0, cue.written))
        words += cue.words
    if draft.length:
        draft.add("\n")
    start = draft.add_block(words)
    for offset, label in marks:
        draft.mark(start + offset, label)
