"""What one document alone says of itself: layout, kind, title, number, date, attendees."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coordnlp.layout.chat_words import load_chat_words
from coordnlp.layout.dating import date_document, find_days
from coordnlp.layout.grids import mark_registers
from coordnlp.layout.lexicon import DocumentWords, bare_subject, first_number, normalise_number
from coordnlp.layout.lines import Line, own_lines, split_lines, squeeze
from coordnlp.layout.messages import Opening, find_messages, is_chat
from coordnlp.layout.parts import Layout, lay_out
from coordnlp.layout.people import list_attendees, listed_alone
from coordnlp.layout.talks import begun_turns, find_talk, list_possible
from coordnlp.names import Names
from coordnlp.records import Attendee, DateSource, Document, Kind
from coordnlp.scripts import simplify

# Characters; what is longer is a title with the names of units.
_LONGEST_SERIES = 14
# Serial numbers of forms, in the line of the title: LX-C-2025-015.
_SERIAL = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}(?:-[A-Z0-9]{1,6}){1,3}-?\d{2,4}(?![A-Za-z0-9])")
# Kinds that bear a 发文字号.
_NUMBERED = ("letter", "reply", "petition", "notice", "report")
_WRITTEN = ("letter", "petition", "notice")
# So many turns make a talk.
_TALKING = 4
_RECEIVED = re.compile(
    r"(?:来函|来文|来信|来稿|[送审签见]稿|函|联系单|来件|来电|函件|请示|申请|报告)[^。]{0,24}?(?:收悉|已悉|敬悉|收到|已收)"
)
_REPLYING = re.compile(r"(?:函复|答复|回复|复函|复如下|回函|作复|逐项回|复你|复贵|意见如下|以下(?:修改)?意见)")
_RETURN = re.compile(r"[（(](?:回执|回复|答复|复|反馈)[）)]$")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one document alone tells; parties follow when all documents were seen.

    `named_number` is the 发文字号 in the file name. It stands in for one that the text leaves out, but is no part of
    the document's key: a file may be renamed. `openings` are the messages of a chat, else the turns of a talk, by
    ordinal of the own lines; `days` those of a chat, each with the offset of the line from which it holds.
    """

    document: Document
    lines: tuple[Line, ...]
    layout: Layout
    kind: Kind
    title: str
    number: str
    named_number: str
    date: str
    date_source: DateSource
    attendees: tuple[Attendee, ...]
    openings: tuple[Opening, ...] = ()
    days: tuple[tuple[int, str], ...] = ()


def draft_header(document: Document, words: DocumentWords, names: Names) -> Draft:
    """Read what a document says of itself without looking at others."""
    lines = tuple(mark_registers(split_lines(document)))
    own = own_lines(lines)
    messages = () if document.mail else find_messages(own, names)
    chat = is_chat(messages, own)
    possible = () if chat or document.mail else list_possible(own, names)
    heads = frozenset(one.line for one in messages) if chat else begun_turns(find_talk(possible, names), own)
    layout = lay_out(lines, words, names, mail=document.mail is not None, messages=heads)
    title = bare_subject(document.mail.subject, words) if document.mail else layout.title
    attendees = list_attendees(layout, names)
    listed = {attendee.name for attendee in attendees} | listed_alone(own, names)
    openings = messages if chat else _talk(possible, messages, listed, names)
    kind = _kind(document, own, layout, title, words, openings=openings, chat=chat)
    date, source = date_document(document, kind, own, layout, openings)
    days = find_days(document, own, openings) if kind == "transcript" else ()
    return Draft(
        document,
        lines,
        layout,
        kind,
        title,
        _number(own, layout, words),
        as_written(simplify(document.file.rpartition("/")[2])) if kind in _NUMBERED else "",
        date,
        source,
        attendees,
        openings,
        tuple((own[at].start, day.isoformat()) for at, day in days if day),
    )


def _talk(
    possible: Sequence[Opening], messages: Sequence[Opening], listed: Collection[str], names: Names
) -> tuple[Opening, ...]:
    """Return the turns of a paper that is no chat, in order; minutes may quote a few messages of one."""
    timed = {one.line for one in messages}
    talk = find_talk(possible, names, listed)
    return tuple(sorted((*messages, *(one for one in talk if one.line not in timed)), key=lambda one: one.line))


def _number(lines: Sequence[Line], layout: Layout, words: DocumentWords) -> str:
    if layout.number >= 0:
        return _series(lines, layout.number, words) + as_written(lines[layout.number].text)
    for value in layout.values("number"):
        return as_written(value) or re.sub(r"\s.*", "", value.strip())
    serial = _SERIAL.search(lines[0].text) if lines else None
    return serial.group() if serial else ""


def _series(lines: Sequence[Line], at: int, words: DocumentWords) -> str:
    """Return the series of a bare number, which stands in the line above it: 联席会议纪要 over 〔2024〕1号."""
    number = first_number(lines[at].text)
    above = squeeze(lines[at - 1].text) if at else ""
    bare = number is not None and not number.prefix
    return above if bare and above.endswith(words.series) and len(above) <= _LONGEST_SERIES else ""


def as_written(text: str) -> str:
    """Return the 发文字号 in a text with its own brackets, or ''."""
    number = first_number(text)
    return re.sub(r"\s", "", text[number.start : number.end]) if number else ""


def _kind(
    document: Document,
    lines: Sequence[Line],
    layout: Layout,
    title: str,
    words: DocumentWords,
    *,
    openings: Sequence[Opening],
    chat: bool,
) -> Kind:
    if document.mail:
        return "email"
    stem = simplify(re.sub(r"\.[^.]*$", "", document.file.rpartition("/")[2]))
    kind = words.kind_of_title(title) or words.kind_inside(title)
    if _RETURN.search(squeeze(title)) or re.match(r"(?:答复|回复|复)(?!查|核|习|工|审)", squeeze(title)):
        kind = "reply"
    if chat and (words.kind_of_title(title) is None or any(word in title for word in load_chat_words().chats)):
        return "transcript"
    if kind is None and "函〔" in normalise_number(_number(lines, layout, words)):
        kind = "letter"
    turns = sum(one.line >= layout.body for one in openings)
    if kind is None and layout.values("present") and turns < _TALKING:
        kind = "minutes"
    if kind in _WRITTEN and layout.values("present") and layout.addressee < 0:
        # Minutes may be headed by their first topic: 关于设立分会的申请.
        kind = "minutes"
    kind = kind or words.kind_of_title(stem) or words.kind_inside(stem) or _kind_by_shape(layout, turns, title, words)
    comments = kind == "notice" and layout.addressee >= 0 and squeeze(title).endswith("意见")
    return "reply" if (kind == "letter" or comments) and _answers(lines, layout, title) else kind


def _kind_by_shape(layout: Layout, turns: int, title: str, words: DocumentWords) -> Kind:
    """Tell the kind by what stands in it: turns, attendees, a meeting in the title, an addressee."""
    if turns >= _TALKING:
        return "transcript"
    if layout.values("present") or (layout.addressee < 0 and any(word in title for word in words.meetings)):
        return "minutes"
    return "letter" if layout.addressee >= 0 else "other"


def _answers(lines: Sequence[Line], layout: Layout, title: str) -> bool:
    """Tell whether a 函 replies to one: it confirms receipt at its start and says that it answers."""
    opening = "".join(line.text for line in lines[layout.body : layout.body + 2])[:220]
    return "催" not in title and bool(_RECEIVED.search(opening[:120]) and _REPLYING.search(opening))
