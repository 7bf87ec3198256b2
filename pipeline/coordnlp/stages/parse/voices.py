"""Whose voice a passage is, and to whom it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coordnlp.layout.drafts import Draft
from coordnlp.layout.lines import Line, own_lines
from coordnlp.names import Names, Voices
from coordnlp.records import Header, Party, Passage, Zone
from coordnlp.stages.parse.cells import NO_CELL, read_cells
from coordnlp.stages.parse.reports import JOINT, Voice, report_voice, split_voices
from coordnlp.stages.parse.sentences import split_sentences
from coordnlp.stages.parse.turns import find_speakers, party_of_speaker, read_turn

_MEETINGS = ("minutes", "transcript")
_POINT = re.compile(
    r"^(?P<mark>[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|"
    r"第[一二三四五六七八九十][，、,：:]|其[一二三四五六][，、,：:])"
)
_ATTACHMENT = re.compile(r"^附件?\s*\d*\s*[：:]|^\d+[.．]《?[^。]{2,40}$")
_QUOTED_BY = re.compile(
    r"(?P<who>[^\s，,：:<＜]{2,20})\s*(?:<[^>]*>)?\s*(?:写道|wrote)|(?:发件人|From)\s*[：:]\s*(?P<from>[^\s<＜]{2,20})"
)


@dataclass(frozen=True, slots=True)
class _State:
    """What carries over from line to line."""

    party: Party | None
    speaker: str = ""
    turn: int | None = None
    turns: int = 0
    item: int = 0
    style: str = ""
    quoted: Party | None = None


def voice_passages(draft: Draft, header: Header, names: Names, voices: Voices) -> Iterator[Passage]:
    """Yield the passages of a document, each with its zone, voice and addressee; ids are still empty."""
    state = _State(party=header.sender)
    listed = (attendee.name for attendee in header.attendees)
    speakers = find_speakers((line.text for line in draft.lines), listed, names)
    strangers = {attendee.name for attendee in header.attendees if attendee.party == "X"}
    cells = read_cells(draft, names)
    zones = _zones(draft)
    for line, zone in zip(draft.lines, zones, strict=True):
        state, offset = _advance(state, line, zone, header, names, speakers)
        state = _next_item(state, line, zone)
        cell = cells.get(line.start, NO_CELL)
        reported: Voice = cell.voice or (state.party, state.speaker)
        reports = header.kind in _MEETINGS and zone == "body" and state.turn is None and cell.voice is None
        pieces = [(0, offset)] if offset else []
        for start, end in split_sentences(line.text[offset:]):
            whole = (offset + start, offset + end)
            pieces += split_voices(line.text, *whole, names, voices) if reports else [whole]
        for start, end in pieces:
            words = line.text[start:end]
            if reports:
                reported = report_voice(words, reported, names, voices, strangers)
                # A team's own meeting has that team's voice, not both sides'.
                reported = (header.sender, "") if reported == JOINT else reported
            opening = end <= offset
            party, speaker = (None, "") if opening else (state.quoted, "") if zone == "quote" else reported
            yield Passage(
                id="",
                document=header.id,
                start=line.start + start,
                end=line.start + len(line.text[:end].rstrip()),
                zone=zone,
                party=party,
                to=_spoken_to(party, header),
                block=line.block,
                turn=state.turn,
                speaker=speaker,
                item=state.item,
                label=opening or _is_label(line, words, zone),
                row=line.table > 0,
                column=cell.column,
                owner=cell.owner,
            )


def _zones(draft: Draft) -> list[Zone]:
    own = own_lines(draft.lines)
    layout = draft.layout
    by_start: dict[int, Zone] = {}
    for ordinal, line in enumerate(own):
        by_start[line.start] = (
            "header"
            if ordinal < layout.body
            else "body"
            if ordinal < layout.signature
            else "signature"
            if ordinal < layout.imprint
            else "imprint"
        )
    return [_zone(line, by_start) for line in draft.lines]


def _zone(line: Line, by_start: dict[int, Zone]) -> Zone:
    if line.kind == "quote":
        return "quote"
    if line.kind in ("disclaimer", "register"):
        return line.kind
    zone = by_start[line.start]
    if zone == "body" and line.kind == "signature":
        return "signature"
    return "imprint" if zone == "body" and _ATTACHMENT.match(line.text) and "附" in line.text[:2] else zone


def _advance(
    state: _State, line: Line, zone: Zone, header: Header, names: Names, speakers: frozenset[str]
) -> tuple[_State, int]:
    """Return the state after the opening of a line, and the offset at which the speaker's words begin."""
    if zone == "quote":
        match = _QUOTED_BY.search(line.text)
        who = (match["who"] or match["from"]) if match else ""
        party = party_of_speaker(who, names) if who else None
        return replace(state, quoted=party or state.quoted or _answered_party(header)), 0
    if header.kind not in _MEETINGS or zone != "body":
        return state, 0
    turn = None if line.table else read_turn(line.text, names, speakers)
    if turn is None:
        ends = line.table or line.kind == "heading" or (header.kind == "minutes" and _POINT.match(line.text))
        return (replace(state, party=header.sender, speaker="", turn=None), 0) if ends else (state, 0)
    state = replace(state, party=turn.party, speaker=turn.speaker, turn=state.turns, turns=state.turns + 1)
    return state, turn.begins


def _answered_party(header: Header) -> Party | None:
    """Return whose words a quoted mail most likely holds: the addressee's."""
    return next((party for party in header.addressees if party in ("A", "B")), None)


def _next_item(state: _State, line: Line, zone: Zone) -> _State:
    match = _POINT.match(line.text) if zone == "body" else None
    if not match:
        return state
    style = re.sub(r"[一二三四五六七八九十\d]+|[①-⑳]", "n", match["mark"])
    if state.style in ("", style):
        return replace(state, item=state.item + 1, style=style)
    return state


def _is_label(line: Line, words: str, zone: Zone) -> bool:
    if zone == "header" or line.kind == "heading":
        return True
    return (
        zone == "body" and len(words) <= 32 and bool(_POINT.match(words)) and not re.search(r"[。；;！？?!，,]", words)
    )


def _spoken_to(party: Party | None, header: Header) -> Party | None:
    """Return the party a voice speaks to, by the addressees of the document."""
    if party not in ("A", "B"):
        return party
    other: Party = "B" if party == "A" else "A"
    if header.kind in _MEETINGS:
        return other if header.sender == "AB" else party
    if other in header.addressees or "AB" in header.addressees:
        return other
    if header.kind == "email" and other in header.copies and party not in header.addressees:
        return other
    if not header.addressees:
        return other if header.sender in ("A", "B", None) and header.kind in ("letter", "reply", "email") else "X"
    return "X" if "X" in header.addressees else party
