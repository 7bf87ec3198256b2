"""Asks that stand under others: numbered points below a sentence that asks, and rows of follow-up tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coordnlp.records import Annotation, Due, Parsed, Passage
from coordnlp.stages.asks.words import first_match, load_ask_words

# From this probability on, a sentence is taken for an ask that a sentence below may date.
_ASKED = 0.5
_LETTERS = ("letter", "petition", "reply", "email", "notice")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_ORDINALS, _RANGE = re.compile(r"[一二三四五六七八九]"), re.compile(r"[至到]")
# Columns of follow-up tables that say what is to be done.
_MATTERS = ("matter", "title")


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence under which numbered points stand as asks; its due date holds for all of them."""

    due: Due | None


def agreed_rows(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, Lead]:
    """Return the matters of follow-up tables that both sides agreed on, each with the deadline of its row.

    A row that says how far a matter is reports on one decided before: it is left to linking.
    """
    dues = {p.block: annotations[p.id].due for p in one.passages if p.column == "due"}
    told = {p.block for p in one.passages if p.column == "progress"}
    return {
        passage.id: Lead(dues.get(passage.block))
        for passage in one.passages
        if passage.column in _MATTERS and passage.owner and passage.party == "AB" and passage.block not in told
    }


def dated_around(
    one: Parsed, annotations: Mapping[str, Annotation], points: Collection[str]
) -> tuple[dict[str, Due], frozenset[str]]:
    """Return the deadlines that other sentences of a letter set for its asks, and the sentences that only do that.

    上述材料请于5月25日前反馈 dates all that was asked since the last such sentence, or the points that it names;
    商请事项如下，请于5月25日前函复 what is asked below; 请一并报送 is due with the ask before. An ask with a day of its
    own keeps that.

    Args:
        points: Passages that are asks by where they stand.
    """
    if one.header.kind not in _LETTERS:
        return {}, frozenset()
    words = load_ask_words()
    asks = [p for p in one.passages if p.zone == "body" and _is_ask(p, annotations, points)]
    from_above, opening = _dated_from_above(one, annotations, asks)
    found, closing = _dated_from_below(one, annotations, asks)
    found = from_above | found
    before: Due | None = None
    for ask in (p for p in asks if p.id not in opening | closing):
        own = _day(ask, annotations) or found.get(ask.id)
        if before and not own and first_match(words.along, one.words(ask)):
            found[ask.id] = own = before
        before = own
    return found, opening | closing


def _is_ask(passage: Passage, annotations: Mapping[str, Annotation], points: Collection[str]) -> bool:
    return passage.id in points or annotations[passage.id].score("request") >= _ASKED


def _day(passage: Passage, annotations: Mapping[str, Annotation]) -> Due | None:
    """Return the deadline of a passage where a day follows from its words: 尽快 leaves it to another sentence."""
    due = annotations[passage.id].due
    return due if due and due.date else None


_Dated = tuple[dict[str, Due], frozenset[str]]


def _dated_from_above(one: Parsed, annotations: Mapping[str, Annotation], asks: Sequence[Passage]) -> _Dated:
    for opening in one.passages:
        due = _day(opening, annotations) if opening.zone == "body" else None
        if due and first_match(load_ask_words().opens, one.words(opening)):
            below = [p for p in asks if p.start > opening.start and p.party == opening.party]
            return {p.id: due for p in below if not _day(p, annotations)}, frozenset({opening.id} if below else ())
    return {}, frozenset()


def _dated_from_below(one: Parsed, annotations: Mapping[str, Annotation], asks: Sequence[Passage]) -> _Dated:
    found: dict[str, Due] = {}
    closing: set[str] = set()
    above: list[Passage] = []
    for passage in one.passages:
        due = _day(passage, annotations)
        close = first_match(load_ask_words().closes, one.words(passage)) if passage.zone == "body" and due else None
        if not close or not due or not any(p in asks for p in above):
            above.append(passage)
            continue
        named = _named_points("".join(part or "" for part in close.groups()))
        meant = [p for p in above if p.party == passage.party and (not named or p.item in named)]
        found |= {p.id: due for p in meant if not _day(p, annotations)}
        closing.add(passage.id)
        above = []
    return found, frozenset(closing)


def _named_points(items: str) -> Sequence[int]:
    """Return the points that a closing sentence names by number, () where it names none: 第一至三项, （一）（三）项."""
    # From ten on a number has more than one character: then all points above are meant.
    inner = re.findall(r"[（(]([一二三四五六七八九])[）)]", items)
    numbers = [_NUMERALS[word] for word in inner or _ORDINALS.findall(items.rstrip("两几项条点件"))]
    if items.startswith("前") and (count := first_match(load_ask_words().counts, items)):
        return range(1, _NUMERALS[count.group(1)] + 1)
    if not numbers or not ("第" in items or inner) or "十" in items:
        return ()
    return range(numbers[0], numbers[-1] + 1) if _RANGE.search(items) else numbers


def opens_list(text: str, annotation: Annotation) -> bool:
    """Tell whether a sentence announces points that ask; it is no ask of its own."""
    words = load_ask_words()
    return bool(
        first_match(words.leads, text) or (annotation.cue("request") > 0 and first_match(words.announces, text))
    )


def listed_points(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, Lead]:
    """Return the numbered points that stand under a sentence that asks, one passage a point, and changes of a draft.

    "商请贵场支持以下两件事：" makes asks of the next two points, whatever their words.
    """
    words = load_ask_words()
    passages = [passage for passage in one.passages if passage.zone == "body"]
    points = {
        passage.id: Lead(annotations[passage.id].due)
        for passage in passages
        if one.header.kind in _LETTERS and first_match(words.changes, one.words(passage))
    }
    for at, passage in enumerate(passages):
        annotation = annotations[passage.id]
        text = one.words(passage)
        if not first_match((*words.leads, *(words.heads if passage.label else ())), text):
            continue
        count = first_match(words.counts, text)
        limit = _NUMERALS[count.group(1)] if count else 9
        for inside in _points_below(one, passage, passages[at + 1 :])[:limit]:
            first = _ask_of_point(inside, annotations)
            if first:
                points[first.id] = Lead(annotation.due)
    return points


def _points_below(one: Parsed, lead: Passage, following: Sequence[Passage]) -> list[list[Passage]]:
    """Return the passages of each point that a sentence leads to: those within its own point, or the next ones."""
    within = [later for later in following if later.item == lead.item]
    inner = load_ask_words().inner
    starts = [at for at, later in enumerate(within) if first_match(inner, one.words(later))] if lead.item else []
    if starts:
        return [list(within[start:end]) for start, end in pairwise([*starts, len(within)])]
    items = sorted({later.item for later in following if later.item > lead.item})
    return [[later for later in following if later.item == item] for item in items]


def _ask_of_point(inside: Sequence[Passage], annotations: Mapping[str, Annotation]) -> Passage | None:
    """Return the sentence of a point that asks most, the first of equal ones; what follows its paragraph is no part."""
    heads = 0
    while heads < len(inside) and inside[heads].label:
        heads += 1
    body = [one for one in inside[heads:] if one.block == inside[heads].block]
    return max(body, key=lambda one: (annotations[one.id].score("request"), -one.start), default=None)
