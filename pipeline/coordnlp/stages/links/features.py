"""Link features: one small function each, with values in [0, 1].

The docstring of a function is what `coordnlp explain` says of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from coordnlp.stages.links.pair import Pair

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[—–-]|\s*年度)")


# --- the matter ----------------------------------------------------------------------------------


def shares_topic(pair: Pair) -> float:
    """所问的话有多少在这一句里出现（少见的字词分量重）"""
    return pair.topic


def shares_topic_nearby(pair: Pair) -> float:
    """所问的话有多少在同一段里出现"""
    return pair.nearby


def shares_topic_before(pair: Pair) -> float:
    """所问的话有多少在前面的发言里出现"""
    return pair.before


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


def is_alike(pair: Pair) -> float:
    """与所问的话相像"""
    return pair.alike


def is_alike_nearby(pair: Pair) -> float:
    """同一段与所问的话相像"""
    return pair.alike_nearby


def means_alike(pair: Pair) -> float:
    """说的是同一类事"""
    return pair.meaning


def means_alike_nearby(pair: Pair) -> float:
    """同一段说的是同一类事"""
    return pair.meaning_nearby


def most_alike_in_document(pair: Pair) -> float:
    """是这份文件里与所问最相像的一句"""
    return pair.alike_leads


def most_alike_of_requests(pair: Pair) -> float:
    """这一句与别的事项都没有与此事相像"""
    return pair.alike_owns


def other_year(pair: Pair) -> float:
    """双方都写明年度，而年度不同"""
    asked, found = set(_YEAR.findall(pair.asked_text)), set(_YEAR.findall(pair.text))
    return float(bool(asked and found) and not asked & found)


# --- the place -----------------------------------------------------------------------------------


def by_responsible(pair: Pair) -> float:
    """出自应办的一方，或写明是它办的"""
    return float(pair.by_responsible)


def by_asker(pair: Pair) -> float:
    """是提出的一方自己说的"""
    return float(pair.by_asker)


def same_paper(pair: Pair) -> float:
    """就在提出此事的文件里"""
    return float(pair.header.id == pair.request.document)


def answers_in_turn(pair: Pair) -> float:
    """紧接在提问之后的发言"""
    return {1: 1.0, 2: 0.4, 3: 0.15}.get(pair.turns, 0.0)


def same_point(pair: Pair) -> float:
    """来文与复文的条目序号相同"""
    return float(pair.same_point)


def replies_to_it(pair: Pair) -> float:
    """引用了来文，或是它的回复"""
    return max(pair.cites.values(), default=0.0)


def reports_status(pair: Pair) -> float:
    """在“议定事项落实情况”一类的清单里"""
    return float(pair.status_list)


def far_in_time(pair: Pair) -> float:
    """相隔很久（一年记为 1）"""
    days = (dt.date.fromisoformat(pair.date) - dt.date.fromisoformat(pair.request.date)).days
    return min(1.0, max(0.0, days / 365))


# --- what it does --------------------------------------------------------------------------------


def reacts(pair: Pair) -> float:
    """读来像答复、收悉或拒绝"""
    return pair.reading.reacts


def reacts_nearby(pair: Pair) -> float:
    """同一段里读来像答复、收悉或拒绝"""
    return pair.reading.reacts_nearby


def answers_nearby(pair: Pair) -> float:
    """同一段里读来像答复"""
    return pair.reading.nearby["answer"]


def in_work_nearby(pair: Pair) -> float:
    """同一段里读来像收悉、正在办"""
    return pair.reading.nearby["acknowledgement"]


def asks_itself(pair: Pair) -> float:
    """这一句自己在提要求"""
    return pair.reading.own["request"]


def urges(pair: Pair) -> float:
    """读来像催办"""
    return pair.reading.own["urge"]


def urges_nearby(pair: Pair) -> float:
    """同一段里读来像催办"""
    return pair.reading.nearby["urge"]


def drops_it(pair: Pair) -> float:
    """有不用再办、撤回的用语"""
    return pair.reading.drops


# --- both at once: neither counts much alone -----------------------------------------------------


def reacts_on_topic(pair: Pair) -> float:
    """像答复，又有所问的话"""
    return pair.reading.reacts * pair.topic


def reacts_on_words(pair: Pair) -> float:
    """像答复，又有所问的词"""
    return pair.reading.reacts * pair.words


def reacts_on_meaning(pair: Pair) -> float:
    """像答复，说的又是同一类事"""
    return pair.reading.reacts * pair.meaning


def reacts_on_meaning_nearby(pair: Pair) -> float:
    """像答复，同一段说的又是同一类事"""
    return pair.reading.reacts * pair.meaning_nearby


def reacts_on_rare_pairs(pair: Pair) -> float:
    """像答复，又有共同的少见字眼"""
    return pair.reading.reacts * pair.rare


def reacts_and_leads(pair: Pair) -> float:
    """像答复，又是这份文件里与此事最接近的一句"""
    return pair.reading.reacts * pair.leads


def reacts_and_is_owned(pair: Pair) -> float:
    """像答复，又与别的事项都没有这样接近"""
    return pair.reading.reacts * pair.owns


def reacts_after_question(pair: Pair) -> float:
    """像答复，前面的发言又在说此事"""
    return pair.reading.reacts * pair.before


def reacts_and_cites(pair: Pair) -> float:
    """像答复，又引用了来文"""
    return pair.reading.reacts * replies_to_it(pair)


def asker_reacts(pair: Pair) -> float:
    """提出的一方自己说已收到、已办"""
    return pair.by_asker * pair.reading.reacts


def asker_asks(pair: Pair) -> float:
    """提出的一方又在提要求"""
    return pair.by_asker * pair.reading.own["request"]


def asker_urges(pair: Pair) -> float:
    """提出的一方在催办"""
    return pair.by_asker * pair.reading.own["urge"]


def urges_on_topic(pair: Pair) -> float:
    """像催办，又有所问的话"""
    return pair.reading.nearby["urge"] * pair.topic


def urges_on_words(pair: Pair) -> float:
    """像催办，又有所问的词"""
    return pair.reading.nearby["urge"] * pair.words


def urges_on_meaning(pair: Pair) -> float:
    """像催办，说的又是同一类事"""
    return pair.reading.nearby["urge"] * pair.meaning


def urges_on_rare_pairs(pair: Pair) -> float:
    """像催办，又有共同的少见字眼"""
    return pair.reading.nearby["urge"] * pair.rare


def urges_and_leads(pair: Pair) -> float:
    """像催办，又是这份文件里与此事最接近的一句"""
    return pair.reading.nearby["urge"] * pair.leads


def urges_and_is_owned(pair: Pair) -> float:
    """像催办，又与别的事项都没有这样接近"""
    return pair.reading.nearby["urge"] * pair.owns


Feature = Callable[[Pair], float]
_MATTER: tuple[Feature, ...] = (
    shares_topic,
    shares_topic_nearby,
    shares_rare_pairs,
    shares_rare_pairs_nearby,
    shares_words,
    shares_words_nearby,
    shares_rare_terms,
    leads_in_document,
    owned_by_request,
    is_alike,
    is_alike_nearby,
    means_alike,
    means_alike_nearby,
    most_alike_in_document,
    most_alike_of_requests,
    other_year,
)
_PLACE: tuple[Feature, ...] = (by_asker, same_paper, replies_to_it, reports_status, far_in_time)


def _by_name(*functions: Feature) -> Mapping[str, Feature]:
    return {function.__name__: function for function in functions}


REACTION: Mapping[str, Feature] = _by_name(
    *_MATTER,
    *_PLACE,
    shares_topic_before,
    by_responsible,
    answers_in_turn,
    same_point,
    reacts,
    reacts_nearby,
    answers_nearby,
    in_work_nearby,
    asks_itself,
    urges,
    drops_it,
    reacts_on_topic,
    reacts_on_words,
    reacts_on_meaning,
    reacts_on_meaning_nearby,
    reacts_on_rare_pairs,
    reacts_and_leads,
    reacts_and_is_owned,
    reacts_after_question,
    reacts_and_cites,
    asker_reacts,
    asker_asks,
    asker_urges,
)
"""Features of an answer, a receipt, a refusal or a withdrawal."""
URGE: Mapping[str, Feature] = _by_name(
    *_MATTER,
    *_PLACE,
    reacts,
    asks_itself,
    urges,
    urges_nearby,
    urges_on_topic,
    urges_on_words,
    urges_on_meaning,
    urges_on_rare_pairs,
    urges_and_leads,
    urges_and_is_owned,
)
"""Features of an urge."""


def key_of(pair: Pair) -> tuple[str, str, str]:
    """Return what a pair competes by: the ids of its request, paper and passage."""
    return pair.request.id, pair.header.id, pair.passage.id


def evaluate(pair: Pair, features: Mapping[str, Feature]) -> dict[str, float]:
    """Return the value of every feature, rounded to 3 decimals."""
    return {name: round(function(pair), 3) for name, function in features.items()}


def describe(name: str) -> str:
    """Return what a feature is called in front of users."""
    return ((REACTION.get(name) or URGE[name]).__doc__ or name).strip()
