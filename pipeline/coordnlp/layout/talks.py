"""Turns that no time marks: 王局：…, 【王磊】…, **王磊**：…, 主持人（李主任）：…, 问：… 答：….

A head of a field (方案：, 时间：) looks like a name before a colon. People speak more than once, are known or listed,
or stand among others who do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from coordnlp.layout.chat_words import ChatWords, load_chat_words
from coordnlp.layout.lines import Line
from coordnlp.layout.messages import Opening
from coordnlp.layout.tags import Rank, Tag, read_tag
from coordnlp.names import Names

_NO_NAME = r"：:，,。；;！？!?“”、《》"
_COLON = re.compile(rf"^(?P<who>[^\s\d{_NO_NAME}][^{_NO_NAME}]{{0,27}}?)\s*+(?:\*\*)?\s*+[：:](?:\*\*)?\s*")
_BRACKETED = re.compile(rf"^[【\[](?P<who>[^】\]{_NO_NAME}]{{2,20}})[】\]](?![（(])\s*(?=\S|$)")
_HEADING = re.compile(r"【[^【】：:，。]{1,16}】")
_CLOCK = re.compile(r"\d[：:]\d")
_UNIT = re.compile(r"^\D*[\u4e00-\u9fff]{2}\D*$")
_SENTENCE = re.compile(r"[。！？!?；]")
_PEOPLE = ("known", "person", "titled", "nick")
# Shorter names that open one line only are not told from words.
_SURE_LENGTH = 3
# So many turns by others make a stranger's single turn believable.
_AMONG = 2


def list_possible(lines: Sequence[Line], names: Names) -> tuple[Opening, ...]:
    """Return every line that may open an untimed turn, in order; cells and headings open none."""
    table = load_chat_words()
    tags: dict[str, Tag] = {}
    found = [one for at, line in enumerate(lines) if (one := _read_line(line, at, names, table, tags))]
    return tuple(_with_words(found, lines))


def find_talk(found: Sequence[Opening], names: Names, listed: Collection[str] = ()) -> tuple[Opening, ...]:
    """Return those of the possible turns of a document that are turns.

    Args:
        found: As `list_possible` gives them.
        listed: Names on its attendee lists.
    """
    counts = Counter(one.tag.name for one in found)
    ranks = Counter(one.tag.rank for one in found)
    sure = {one.line for one in found if _is_sure(one.tag, counts, ranks, names, listed)}
    recurring = {one.line for one in found if one.tag.rank in _PEOPLE and counts[one.tag.name] > 1}
    either = sure | recurring
    if len({one.tag.name for one in found if one.line in either}) > 1:
        sure = either
    if len(sure) >= _AMONG:
        sure |= {one.line for one in found if _may_be_single(one.tag)}
    return tuple(one for one in found if one.line in sure)


def begun_turns(talk: Sequence[Opening], lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines of a talk at which the head of the paper is surely over: people speak there, or say a sentence.

    镇里：何映雪、杜文清 and 主持人：何映雪 look like turns and are fields of the head.
    """
    firm = {
        one.line
        for one in talk
        if one.tag.rank in _PEOPLE
        or (one.tag.rank in ("role", "number") and _SENTENCE.search(lines[one.line].text[one.begins :]))
        or (one.tag.rank == "number" and one.begins >= len(lines[one.line].text))
    }
    return frozenset(firm) if len(firm) >= _AMONG else frozenset()


def closes_talk(text: str) -> bool:
    """Tell whether a line opens the paper's own words (会议议定：…, 结论：…) or is a heading (【数据】)."""
    if _HEADING.fullmatch(text):
        return True
    head = re.match(r"^[【*]*(?P<head>[\u4e00-\u9fff]{2,8})[】*]*\s*(?:[：:]|$)", text)
    return head is not None and head["head"] in load_chat_words().closings


def _read_line(line: Line, at: int, names: Names, table: ChatWords, tags: dict[str, Tag]) -> Opening | None:
    if line.table or line.kind == "heading":
        return None
    for pattern in (_COLON, _BRACKETED):
        match = pattern.match(line.text)
        if match is None:
            continue
        for who in _without_verb(match["who"], table):
            tag = tags.get(who) or tags.setdefault(who, read_tag(who, names, table))
            if tag.rank != "number" and _CLOCK.search(match.group() + line.text[match.end() : match.end() + 1]):
                continue
            if tag.name and tag.rank not in ("label", "other"):
                return Opening(at, tag, match.end())
    return None


def _with_words(found: Sequence[Opening], lines: Sequence[Line]) -> Iterator[Opening]:
    """Yield the openings that have words, on their line or below; names one below the other are a list of people."""
    alone = {one.line for one in found if one.begins >= len(lines[one.line].text)}
    for one in found:
        listed = one.line + 1 in alone or one.line - 1 in alone or one.line + 1 == len(lines)
        if one.line not in alone or not listed:
            yield one


def _without_verb(who: str, table: ChatWords) -> Iterator[str]:
    """Yield a name as it stands, and without the verb behind it: 王磊（局长）发言, 王磊说."""
    yield who
    verb = max((one for one in table.says if who.endswith(one)), key=len, default="")
    if verb and len(who) > len(verb) + 1:
        yield who[: -len(verb)].strip()


def _is_sure(tag: Tag, counts: Counter[str], ranks: Counter[Rank], names: Names, listed: Collection[str]) -> bool:
    """Tell whether a tag alone, or with its like, names a speaker."""
    match tag.rank:
        case "known" | "unit":
            return True
        case "role" | "number":
            return ranks["role"] + ranks["number"] > 1
        case "person" | "titled" | "nick":
            if tag.name in listed or _UNIT.search(tag.unit):
                return True
            return tag.rank != "person" and (counts[tag.name] > 1 or names.party(tag.name) in ("A", "B"))
        case _:
            return False


def _may_be_single(tag: Tag) -> bool:
    return (tag.rank == "person" and len(tag.name) >= _SURE_LENGTH) or tag.rank in ("titled", "nick")
