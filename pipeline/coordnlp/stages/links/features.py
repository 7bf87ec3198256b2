"""Link features: one small function each, with values in [0, 1] (or [-1, 0] where they speak against).

The docstring of a function is what `coordnlp explain` says of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coordnlp.records import Annotation, Header, Passage, Request

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[—–-]|\s*年度)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and a later passage that may be about it.

    Attributes:
        cites: Citation features between the two documents.
        topic: Share of the ask that stands in the passage, in [0, 1]; `nearby`: in its paragraph, row or turn.
        rare: Rare character pairs shared by the two, in [0, 1]; `rare_nearby`: by the ask and the paragraph.
        words: Share of the ask's content words that stand in the passage; `words_nearby`: in its paragraph.
        rare_words: Rare content words shared by the ask and the paragraph, in [0, 1].
        leads: How near the passage comes to the best of its document for this request, in [0, 1].
        owns: How near the request comes to the best of all requests for this passage, in [0, 1].
        asks: Number of requests that the asking document makes.
        turns: Number of turns between ask and passage within one talk, -1 elsewhere.
        same_point: Ask and passage stand under points of the same number in letter and reply.
        status_list: The passage stands in a list of how decisions were carried out.
        by_responsible: It is the voice of the party that must act, or names that party in both sides' voice.
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
    rare: float
    rare_nearby: float
    words: float
    words_nearby: float
    rare_words: float
    leads: float
    owns: float
    asks: int
    turns: int
    same_point: bool
    status_list: bool
    by_responsible: bool


def shares_topic(pair: Pair) -> float:
    """所问的话有多少在这一句里出现（少见的字词分量重）"""
    return pair.topic


def shares_topic_nearby(pair: Pair) -> float:
    """所问的话有多少在同一段里出现"""
    return pair.nearby


def shares_rare_pairs(pair: Pair) -> float:
    """有共同的少见字眼"""
    return pair.rare


def shares_rare_pairs_nearby(pair: Pair) -> float:
    """同一段里有共同的少见字眼"""
    return pair.rare_nearby


def shares_words(pair: Pair) -> float:
    """所问的词有多少在这一句里出现"""
    return pair.words


def shares_words_nearby(pair: Pair) -> float:
    """所问的词有多少在同一段里出现"""
    return pair.words_nearby


def shares_rare_terms(pair: Pair) -> float:
    """同一段里有共同的少见词"""
    return pair.rare_words


def leads_in_document(pair: Pair) -> float:
    """是这份文件里与此事最接近的一句"""
    return pair.leads


def owned_by_request(pair: Pair) -> float:
    """这一句与别的事项都没有与此事接近"""
    return pair.owns


def by_responsible(pair: Pair) -> float:
    """出自应办的一方，或写明是它办的"""
    return float(pair.by_responsible)


def answers_words(pair: Pair) -> float:
    """有答复或办成的用语"""
    return max(pair.annotation.cue("answer"), pair.annotation.cue("partial_answer"))


def receipt_words(pair: Pair) -> float:
    """有收悉、正在办的用语"""
    return pair.annotation.cue("acknowledgement")


def refusal_words(pair: Pair) -> float:
    """有拒绝或撤回的用语"""
    return max(pair.annotation.cue("refusal"), pair.annotation.cue("withdrawal"))


def asks_itself(pair: Pair) -> float:
    """这一句自己在提要求"""
    return pair.annotation.cue("request")


def urge_words(pair: Pair) -> float:
    """有催办的用语"""
    return pair.annotation.cue("urge")


def reports_status(pair: Pair) -> float:
    """在“议定事项落实情况”一类的清单里"""
    return float(pair.status_list)


def answers_in_turn(pair: Pair) -> float:
    """紧接在提问之后的发言"""
    return {1: 1.0, 2: 0.4, 3: 0.15}.get(pair.turns, 0.0)


def same_point(pair: Pair) -> float:
    """来文与复文的条目序号相同"""
    return float(pair.same_point)


def replies_to_it(pair: Pair) -> float:
    """引用了来文，或是它的回复"""
    return max(pair.cites.values(), default=0.0)


def settles_cited(pair: Pair) -> float:
    """引用了来文，有答复用语，而来文问的事不多"""
    outcome = max(answers_words(pair), refusal_words(pair))
    return replies_to_it(pair) * outcome / pair.asks


def other_year(pair: Pair) -> float:
    """双方都写明年度，而年度不同"""
    asked, found = set(_YEAR.findall(pair.asked_text)), set(_YEAR.findall(pair.text))
    return float(bool(asked and found) and not asked & found)


def far_in_time(pair: Pair) -> float:
    """相隔很久（一年记为 1）"""
    days = (dt.date.fromisoformat(pair.header.date) - dt.date.fromisoformat(pair.request.date)).days
    return min(1.0, max(0.0, days / 365))


FEATURES: Mapping[str, Callable[[Pair], float]] = {
    function.__name__: function
    for function in (
        shares_topic,
        shares_topic_nearby,
        shares_rare_pairs,
        shares_rare_pairs_nearby,
        shares_words,
        shares_words_nearby,
        shares_rare_terms,
        leads_in_document,
        owned_by_request,
        by_responsible,
        answers_words,
        receipt_words,
        refusal_words,
        asks_itself,
        urge_words,
        reports_status,
        answers_in_turn,
        same_point,
        replies_to_it,
        settles_cited,
        other_year,
        far_in_time,
    )
}


def evaluate(pair: Pair) -> dict[str, float]:
    """Return the value of every feature, rounded to 3 decimals."""
    return {name: round(function(pair), 3) for name, function in FEATURES.items()}


def describe(name: str) -> str:
    """Return what a feature is called in front of users."""
    return (FEATURES[name].__doc__ or name).strip()
