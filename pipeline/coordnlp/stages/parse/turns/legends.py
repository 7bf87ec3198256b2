"""Legends: lines in which a document says itself who its speakers are.

说话人1：王磊（区住建局）, 甲方：青溪镇人民政府, 主持人：何映雪, 阿芳＝方惠芳, 方惠芳（阿芳） in a list of attendees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coordnlp.layout.chat_words import ChatWords, load_chat_words
from coordnlp.layout.drafts import Draft
from coordnlp.layout.lines import Line, own_lines
from coordnlp.layout.tags import Tag, read_tag
from coordnlp.names import Names
from coordnlp.records import Party, Side
from coordnlp.stages.parse.turns.sides import side_of_tag, side_of_unit

_ENTRY = re.compile(
    r"^(?P<label>[^：:=＝→，。（）()]{1,16}?)\s*(?P<sign>[：:=＝→]|[-—]+>|—+|为|即|是)\s*(?P<value>[^。；;！？!?，,]{2,30})$"
)
_PIECE = re.compile(r"[，,；;。]")
_NOTE = re.compile(r"^[（(]?\s*+(?:注|说明|备注)?\s*+[：:]?\s*+")
_TWO_NAMES = re.compile(r"(?P<one>[\u4e00-\u9fffA-Za-z]{2,8})[（(](?P<two>[^（()）]{1,10})[）)]")
_NAMED = ("known", "person", "titled", "nick")
# 问 and 答 part a record; a word behind them is said.
_SPOKEN = ("问", "答", "提问", "回答", "众人", "全体")
_EQUALS = "=＝→"


@dataclass(frozen=True, slots=True)
class Legend:
    """Who a speaker's tag stands for in one document; `side` is None where only the name is told."""

    label: str
    name: str
    side: Side | None
    why: str


def find_legends(draft: Draft, names: Names) -> tuple[dict[str, Legend], frozenset[int]]:
    """Return the legends of a document by the speaker's tag, and the starts of lines that hold nothing else."""
    table = load_chat_words()
    lines = own_lines(draft.lines)
    opened = {one.line: one.tag for one in draft.openings}
    labels = {tag.name for tag in opened.values()}
    found: dict[str, Legend] = {}
    taken: set[int] = set()
    talking = False
    for ordinal, line in enumerate(lines):
        legends = [] if line.table else list(_read_line(line, labels, names, table, talking=talking))
        for legend in legends:
            found.setdefault(legend.label, legend)
        if legends:
            taken.add(line.start)
        talking = talking or (ordinal in opened and not legends)
    for legend in _attendees(draft, labels, names, table):
        found.setdefault(legend.label, legend)
    return found, frozenset(taken)


def base_of(name: str) -> str:
    """Return what a legend calls a part: 甲方代表 → 甲方, 会议主持 → 主持人."""
    bare = name.removesuffix("代表")
    return "主持人" if bare in ("主持", "会议主持", "主持调解") else bare


def _read_line(line: Line, labels: set[str], names: Names, table: ChatWords, *, talking: bool) -> Iterator[Legend]:
    whole = _ENTRY.match(line.text.strip("，,；;。 "))
    if whole and (legend := _entry(whole, labels, names, table, talking=talking)):
        yield legend
        return
    pieces = [_balanced(piece) for piece in _PIECE.split(_NOTE.sub("", line.text))]
    entries = [match for piece in pieces if table.number.match(piece) and (match := _ENTRY.match(piece))]
    if len(entries) > 1:
        yield from (one for match in entries if (one := _entry(match, labels, names, table, talking=False)))


def _balanced(piece: str) -> str:
    """Return a piece of a note without the bracket that closes the note."""
    bare = piece.strip()
    return (
        bare[:-1]
        if bare.endswith(("）", ")")) and len(re.findall("[（(]", bare)) < len(re.findall("[）)]", bare))
        else bare
    )


def _entry(match: re.Match[str], labels: set[str], names: Names, table: ChatWords, *, talking: bool) -> Legend | None:
    label, value = read_tag(match["label"], names, table), match["value"]
    name = base_of(label.name)
    spoken = {base_of(one) for one in labels}
    if name not in spoken or label.rank in ("known", "unit") or label.name in _SPOKEN:
        return None
    if label.rank in ("person", "titled") and match["sign"] not in _EQUALS:
        return None
    bracketed = "（" in value or "(" in value
    if talking and not bracketed and match["sign"] not in _EQUALS:
        return None
    return _legend(name, value, names, table)


def _legend(label: str, value: str, names: Names, table: ChatWords) -> Legend | None:
    tag = read_tag(value, names, table)
    side, _ = side_of_tag(tag, names)
    if tag.rank in _NAMED:
        return Legend(label, tag.name, side, f"文中注明{label}是{value}")
    unit = side_of_unit(value, names)
    return Legend(label, label, unit, f"文中注明{label}是{value}") if unit and tag.rank in ("unit", "other") else None


def _attendees(draft: Draft, labels: set[str], names: Names, table: ChatWords) -> Iterator[Legend]:
    """Yield nicknames that a list of attendees explains: 方惠芳（阿芳）, 阿芳（方惠芳）."""
    sides = {one.name: one.party for one in draft.attendees}
    for group in ("present", "in_attendance"):
        for value in draft.layout.values(group):
            for match in _TWO_NAMES.finditer(value):
                one, two = (read_tag(match[key], names, table) for key in ("one", "two"))
                nick, full = (one, two) if one.name in labels and two.rank in ("known", "person") else (two, one)
                if nick.name in labels and nick.name != full.name and full.rank in ("known", "person"):
                    yield Legend(nick.name, full.name, _listed_side(full, sides, names), "参会名单注明")


def _listed_side(full: Tag, sides: Mapping[str, Party], names: Names) -> Side | None:
    side, _ = side_of_tag(full, names)
    listed = sides.get(full.name)
    return side or ("A" if listed == "A" else "B" if listed == "B" else None)
