"""Asks that stand under others: numbered points below a sentence that asks, and rows of follow-up tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordnlp.records import Annotation, Due, Parsed, Passage

_OPENS_LIST = re.compile(r"(?:以下|下列|如下|下面)[^。]{0,16}[：:。]$|[：:]$")
# 为此，商请贵中心： and 请贵场支持以下两件事： lead to asks, whatever the words of the points;
# 现将有关情况函告如下： and 一并函告或商请： do not.
_ASKS = re.compile(
    r"(?<![或])(?:商请|函请|恳请|提请|敬请|烦请|拜托|请|提出以下建议|建议)(?!示)[^，。；：:]{0,12}"
    r"(?:(?:以下|下列|如下)[^，。；：:]{0,8})?[：:]$"
)
_COUNT = re.compile(r"(?:以下|下列|如下|这|有|另有)?([一二两三四五六七八九])(?:个方面|件事|项|点|个问题|条|桩|事)")
_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
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


def opens_list(text: str, annotation: Annotation) -> bool:
    """Tell whether a sentence announces points that ask; it is no ask of its own."""
    return bool(_ASKS.search(text)) or (bool(_OPENS_LIST.search(text)) and annotation.cue("request") > 0)


def listed_points(one: Parsed, annotations: Mapping[str, Annotation]) -> dict[str, Lead]:
    """Return the numbered points that stand under a sentence that asks, one passage a point.

    "商请贵场支持以下两件事：" makes asks of the next two points, whatever their words.
    """
    points: dict[str, Lead] = {}
    passages = [passage for passage in one.passages if passage.zone == "body"]
    for at, passage in enumerate(passages):
        annotation = annotations[passage.id]
        text = one.words(passage)
        if not _ASKS.search(text):
            continue
        count = _COUNT.search(text)
        limit = _NUMERALS[count.group(1)] if count else 9
        following = passages[at + 1 :]
        for item in sorted({later.item for later in following if later.item > passage.item})[:limit]:
            first = _ask_of_point([later for later in following if later.item == item], annotations)
            if first:
                points[first.id] = Lead(annotation.due)
    return points


def _ask_of_point(inside: Sequence[Passage], annotations: Mapping[str, Annotation]) -> Passage | None:
    """Return the sentence of a point that asks most, the first of equal ones; what follows its paragraph is no part."""
    heads = 0
    while heads < len(inside) and inside[heads].label:
        heads += 1
    body = [one for one in inside[heads:] if one.block == inside[heads].block]
    return max(body, key=lambda one: (annotations[one.id].score("request"), -one.start), default=None)
