"""Link features: one small function each, with values in [0, 1]."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coordnlp.records import Annotation, Header, Passage, Request

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[—–-]|\s*年度)")
_REACTIONS = ("answer", "partial_answer", "acknowledgement", "refusal", "withdrawal")


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and a later passage that may be about it.

    Attributes:
        cites: Citation features between the two documents.
        topic: Share of the ask that stands in the passage; `nearby`: in its paragraph or point.
        turns: Number of turns between ask and passage within one talk, -1 elsewhere.
        status_list: The passage stands in a list of how decisions were carried out.
    """

    request: Request
    asked_text: str
    header: Header
    passage: Passage
    text: str
    annotation: Annotation
    cites: Mapping[str, float]
    topic: float
    nearby: float
    turns: int
    status_list: bool


def shares_topic(pair: Pair) -> float:
    """所谈内容重合：来文所问的话，有多少在这一句里出现（按本卷宗里少见的字词加权）。"""
    return pair.topic


def shares_topic_nearby(pair: Pair) -> float:
    """同一段里所谈内容重合。"""
    return pair.nearby


def reacts(pair: Pair) -> float:
    """这一句有答复、办理、正在办或拒绝的用语。"""
    return max(pair.annotation.score(label) for label in _REACTIONS)


def reports_status(pair: Pair) -> float:
    """这一句在“议定事项落实情况”一类的清单里。"""
    return float(pair.status_list)


def answers_in_turn(pair: Pair) -> float:
    """紧接在提问之后的发言；隔得越远越弱。"""
    return max(0.0, 1.0 - 0.34 * (pair.turns - 1)) if pair.turns >= 1 else 0.0


def other_year(pair: Pair) -> float:
    """双方都写明年度，而年度不同。"""
    asked, found = set(_YEAR.findall(pair.asked_text)), set(_YEAR.findall(pair.text))
    return float(bool(asked and found) and not asked & found)


def far_in_time(pair: Pair) -> float:
    """相隔日数，一年以上记为 1。"""
    if not (pair.request.date and pair.header.date):
        return 0.0
    days = (dt.date.fromisoformat(pair.header.date) - dt.date.fromisoformat(pair.request.date)).days
    return min(1.0, max(0.0, days / 365))


FEATURES: Mapping[str, Callable[[Pair], float]] = {
    function.__name__: function
    for function in (
        shares_topic,
        shares_topic_nearby,
        reacts,
        reports_status,
        answers_in_turn,
        other_year,
        far_in_time,
    )
}


def evaluate(pair: Pair) -> dict[str, float]:
    """Return the value of every feature that is not zero, rounded to 3 decimals."""
    values = {**pair.cites, **{name: function(pair) for name, function in FEATURES.items()}}
    return {name: round(value, 3) for name, value in values.items() if value}
