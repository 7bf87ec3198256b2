"""Asks that stand under others: numbered points below a sentence that asks, and rows of follow-up tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coordnlp.features import is_to_the_other
from coordnlp.records import Annotation, Due, Parsed, Passage
from coordnlp.stages.asks.words import load_ask_words
from coordnlp.tables import first_match

# From this probability on, a sentence may be an ask that another sentence dates: less than half, since the day changes
# nothing where it turns out to be none.
_ASKED = 0.25
# A sentence that only wants word back needs one above it that surely asks, or else it may be the ask itself.
_SURELY = 0.5
_LETTERS = ("letter", "petition", "reply", "email", "notice")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_ORDINALS, _RANGE = re.compile(r"[一二三四五六七八九]"), re.compile(r"[至到]")
_FIRST = re.compile(r"前头?([一二两三四五六七八九])")
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
    one: Parsed, annotations: Mapping[str, Annotation], points: Collection[str], again: Collection[str]
) -> tuple[dict[str, Due], frozenset[str]]:
    """Return the deadlines that other sentences of a letter set for its asks, and the sentences that only do that.

    上述材料请于5月25日前反馈 dates all that was asked since the last such sentence, or the points that it names;
    商请事项如下，请于5月25日前函复 what is asked below; 请一并报送 is due with the ask before. An ask with a day of its
    own keeps that.

    Args:
        points: Passages that are asks by where they stand.
        again: Those that tell an older ask again.
    """
    if one.header.kind not in _LETTERS:
        return {}, frozenset()
    asks = [p for p in one.passages if p.zone == "body" and _is_ask(p, annotations, points)]
    sure = {p.id for p in asks if _surely_asks(p, annotations, points)}
    found, dating = _dated_elsewhere(one, annotations, asks, sure=sure, again=again)
    before: Due | None = None
    for ask in (p for p in asks if p.id not in dating):
        own = _day(ask, annotations) or found.get(ask.id)
        if before and not own and first_match(load_ask_words().along, one.words(ask)):
            found[ask.id] = own = before
        before = own
    return found, dating


def told_again(one: Parsed) -> frozenset[str]:
    """Return the passages that tell an older ask again which was not met: they urge, and ask nothing new."""
    words = load_ask_words()
    behind = {now.id: one.words(later) for now, later in pairwise(one.passages) if now.block == later.block}
    return frozenset(p.id for p in one.passages if words.tells_again(one.words(p), behind.get(p.id, "")))


def _surely_asks(passage: Passage, annotations: Mapping[str, Annotation], points: Collection[str]) -> bool:
    return passage.id in points or annotations[passage.id].score("request") >= _SURELY


def _is_ask(passage: Passage, annotations: Mapping[str, Annotation], points: Collection[str]) -> bool:
    return passage.id in points or annotations[passage.id].score("request") >= _ASKED


def _day(passage: Passage, annotations: Mapping[str, Annotation]) -> Due | None:
    """Return the deadline of a passage where a day follows from its words: 尽快 leaves it to another sentence."""
    due = annotations[passage.id].due
    return due if due and due.date else None


def _dated_elsewhere(
    one: Parsed,
    annotations: Mapping[str, Annotation],
    asks: Sequence[Passage],
    *,
    sure: Collection[str],
    again: Collection[str],
) -> tuple[dict[str, Due], frozenset[str]]:
    """Return by ask the deadline that another sentence sets for it, and those sentences.

    One that points at what is above (以上三项请于…) dates the asks since the last such one, those that it counts if it
    does; where none stands there (现将几件事函告如下，其中第三项以…为限), or one points at what is below, those below.
    One that wants nothing but word back (处理情况请于…前反馈) dates what is above; behind an urge it is part of it.
    """
    words = load_ask_words()
    found: dict[str, Due] = {}
    dating: set[str] = set()
    last, urged = -1, False
    for passage in one.passages:
        text = one.words(passage)
        urged = urged or passage.id in again
        due = _day(passage, annotations) if passage.zone == "body" else None
        closes = first_match(words.closes, text) if due else None
        opens = first_match(words.opens, text) if due else None
        if not due or not (closes or opens or words.wants_word_only(text, due.written)):
            continue
        others = [p for p in asks if p.party == passage.party and p.id not in dating | {passage.id}]
        above = [p for p in others if last < p.start < passage.start]
        if not (closes or opens):
            meant = above if any(p.id in sure for p in above) else []
        elif closes and above and not opens:
            meant = above
        else:
            meant = [p for p in others if p.start > passage.start]
        if not meant:
            dating |= {passage.id} if urged and not (closes or opens) else set()
            continue
        named = _named_points("".join(part or "" for part in closes.groups())) if closes else ()
        for ask in meant:
            if not _day(ask, annotations) and (not named or ask.item in named):
                found.setdefault(ask.id, due)
        dating.add(passage.id)
        last = passage.start
    return found, frozenset(dating)


def _named_points(items: str) -> Sequence[int]:
    """Return the points that a closing sentence names by number, () where it names none: 第一至三项, （一）（三）项."""
    # From ten on a number has more than one character: then all points above are meant.
    inner = re.findall(r"[（(]([一二三四五六七八九])[）)]", items)
    numbers = [_NUMERALS[word] for word in inner or _ORDINALS.findall(items.rstrip("两几项条点件"))]
    if first := _FIRST.match(items):
        return range(1, _NUMERALS[first[1]] + 1)
    if not numbers or not (inner or re.search("[第、至到]", items)) or "十" in items:
        return ()
    return range(numbers[0], numbers[-1] + 1) if _RANGE.search(items) else numbers


def opens_list(text: str, annotation: Annotation) -> bool:
    """Tell whether a sentence announces points that ask; it is no ask of its own."""
    words = load_ask_words()
    return bool(
        first_match(words.leads, text) or (annotation.cue("request") > 0 and first_match(words.announces, text))
    )


def listed_points(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, Lead]:
    """Return the passages that are asks by where they stand or by what they call themselves.

    "商请贵场支持以下两件事：" makes asks of the next two points, whatever their words. So are changes of a draft and,
    in a letter to the other side, what says that it asks (现商请…) and what 妥否，请函复 is about: a petition to a
    third body asks nothing of who gets a copy.
    """
    words = load_ask_words()
    passages = [passage for passage in one.passages if passage.zone == "body"]
    written = one.header.kind in _LETTERS
    to_other = written and is_to_the_other(one.header)
    asking = (*(words.changes if written else ()), *(words.performs if to_other else ()))
    points = {
        passage.id: Lead(annotations[passage.id].due) for passage in passages if first_match(asking, one.words(passage))
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
    return points | (_proposals(one, annotations, passages, points) if to_other else {})


def _proposals(
    one: Parsed, annotations: Mapping[str, Annotation], passages: Sequence[Passage], points: Collection[str]
) -> dict[str, Lead]:
    """Return the sentence that 妥否，请于9月15日前函复 asks about, where nothing above it asks by itself."""
    words = load_ask_words()
    found: dict[str, Lead] = {}
    for at, passage in enumerate(passages):
        if not first_match(words.whether, one.words(passage)):
            continue
        above = [former for former in passages[:at] if former.party == passage.party and not former.label]
        proposed = [former for former in above if first_match(words.proposes, one.words(former))]
        if proposed and not any(_surely_asks(former, annotations, points) for former in above):
            last = max(proposed, key=lambda former: (annotations[former.id].score("request"), former.start))
            found[last.id] = Lead(annotations[passage.id].due)
    return found


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
