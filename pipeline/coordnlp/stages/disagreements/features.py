"""How near passages are as words on one question, a matrix a feature, and what marks a settlement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np

from coordnlp.features import Citations, Topics, share_of_best, topic_features
from coordnlp.features.lookup import Lookup
from coordnlp.records import Passage
from coordnlp.stages.disagreements.words import load_disagreement_words

PAIR: Mapping[str, str] = {
    "own_topic": "两句话有共同的字眼",
    "own_words": "两句话有共同的词",
    "nearby_topic": "所在的两段有共同的字眼",
    "nearby_words": "所在的两段有共同的词",
    "nearby_words_both_ways": "所在的两段互相都有对方的词",
    "rare_pairs": "所在的两段有共同的少见字眼",
    "rare_terms": "所在的两段有共同的少见词",
    "same_paper": "在同一份文件里",
    "close_in_paper": "在同一份文件里相隔不远",
    "beside": "在同一份文件里相邻",
    "same_point": "在同一条目里",
    "cites": "一份文件引用另一份",
    "apart_in_time": "相隔很久（一年记为 1）",
    "across_topic": "不在同一份文件里，而有共同的字眼",
    "across_rare_pairs": "不在同一份文件里，而有共同的少见字眼",
    "across_rare_terms": "不在同一份文件里，而有共同的少见词",
    "within_topic": "在同一份文件里，又有共同的字眼",
    "nearest_of_both": "互为最接近的一句",
    "nearest_of_one": "是另一句最接近的一句",
    "alike": "两句话相像",
    "alike_nearby": "所在的两段相像",
    "across_alike": "不在同一份文件里，而所在的两段相像",
    "most_alike_of_both": "互为最相像的一句",
    "most_alike_of_one": "是另一句最相像的一句",
    "same_meaning": "两句话说的是同一类事",
    "same_meaning_nearby": "所在的两段说的是同一类事",
    "across_meaning": "不在同一份文件里，而所在的两段说的是同一类事",
}
"""Features of two occasions, with the words that users see; all in [0, 1]."""

RESOLUTION: Mapping[str, str] = {
    "agrees": "读来像一致",
    "answers": "读来像答复",
    "disagrees": "读来像分歧",
    "settles": "读来像了结了分歧",
    "ends": "说不再争",
    "reaches": "说谈拢了",
    "accepts": "说认了、让一步",
    "of_both": "是双方共同的话",
    "still_differs": "同一句里也有分歧",
    "differs_here": "同一句里也有这一分歧",
    "near": "与这一分歧最接近的两处相近",
    "near_all": "与这一分歧的各处都相近",
    "agrees_and_near": "像一致，又与这一分歧相近",
    "settles_and_near": "像了结了分歧，又与这一分歧相近",
    "nearest_for_issue": "是最接近这一分歧的",
    "nearest_issue": "最接近的就是这一分歧",
    "nearest_of_both": "与这一分歧互为最接近的",
    "clause_alike": "有一小句与这一分歧相像",
    "clause_most_alike": "有一小句与这一分歧互为最相像的",
    "same_paper": "同一份文件里还有这一分歧",
    "beside": "紧挨着这一分歧",
    "just_behind": "紧跟在这一分歧后面",
    "goes_on": "同一份文件里后面还在争",
    "differs_later": "后来的文件里还在争",
    "dated_later": "后来的争执提到这一天",
}
"""Features of a passage that may settle an issue, with the words that users see; all in [0, 1]."""


def measure_pairs(passages: Sequence[Passage], lookup: Lookup) -> dict[str, np.ndarray]:
    """Return the features of `PAIR` for all pairs of n passages, each a symmetric array of shape (n, n)."""
    matter = load_disagreement_words().matter
    every = [(one, passage) for one in lookup.parsed for passage in one.passages]
    pairs = Topics([topic_features(matter(one.words(passage))) for one, passage in every])
    terms = Topics([lookup.annotations[passage.id].terms for _, passage in every])
    words = [matter(lookup.documents[passage.document].words(passage)) for passage in passages]
    words_nearby = [matter(lookup.nearby(passage)) for passage in passages]
    own, near = (pairs.weigh(list(map(topic_features, texts))) for texts in (words, words_nearby))
    alike, alike_nearby = (lookup.similarity.among(texts) for texts in (words, words_nearby))
    matters = [lookup.annotations[passage.id].matter for passage in passages]
    meaning, meaning_nearby = (
        lookup.meanings.among(some) for some in (matters, list(map(lookup.matter_nearby, passages)))
    )
    own_terms = terms.weigh([lookup.annotations[passage.id].terms for passage in passages])
    near_terms = terms.weigh([lookup.terms_nearby(passage) for passage in passages])
    own_topic, nearby_topic = _either(pairs.containment(own, own)), _either(pairs.containment(near, near))
    rare_pairs, rare_terms = pairs.rare_overlap(near, near), terms.rare_overlap(near_terms, near_terms)
    words_near = terms.containment(near_terms, near_terms)
    same = _same([passage.document for passage in passages])
    blocks = np.array([passage.block for passage in passages])
    close = same / (1.0 + np.abs(blocks[:, None] - blocks[None, :]))
    rank = _share_of_nearest(nearby_topic + rare_pairs + own_topic)
    alike_rank = _share_of_nearest(alike + alike_nearby)
    return {
        "own_topic": own_topic,
        "own_words": _either(terms.containment(own_terms, own_terms)),
        "nearby_topic": nearby_topic,
        "nearby_words": _either(words_near),
        "nearby_words_both_ways": np.minimum(words_near, words_near.T),
        "rare_pairs": rare_pairs,
        "rare_terms": rare_terms,
        "same_paper": same,
        "close_in_paper": close,
        "beside": (close >= 0.5).astype(float),
        "same_point": same * _same([f"{passage.item}" if passage.item else passage.id for passage in passages]),
        "cites": _cites(passages, lookup),
        "apart_in_time": _apart(passages, lookup),
        "across_topic": (1 - same) * nearby_topic,
        "across_rare_pairs": (1 - same) * rare_pairs,
        "across_rare_terms": (1 - same) * rare_terms,
        "within_topic": same * nearby_topic,
        "nearest_of_both": np.minimum(rank, rank.T),
        "nearest_of_one": np.maximum(rank, rank.T),
        "alike": alike,
        "alike_nearby": alike_nearby,
        "across_alike": (1 - same) * alike_nearby,
        "most_alike_of_both": np.minimum(alike_rank, alike_rank.T),
        "most_alike_of_one": np.maximum(alike_rank, alike_rank.T),
        "same_meaning": meaning,
        "same_meaning_nearby": meaning_nearby,
        "across_meaning": (1 - same) * meaning_nearby,
    }


def _share_of_nearest(strength: np.ndarray) -> np.ndarray:
    """Return how near each other passage comes to the nearest one of a passage; rows are passages."""
    others = strength - np.diag(np.diag(strength))
    return share_of_best(others, axis=1)


def _either(matrix: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.maximum(matrix, matrix.T)
    return found


def _same(keys: Sequence[str]) -> np.ndarray:
    names = np.array(keys)
    same: np.ndarray = (names[:, None] == names[None, :]).astype(float)
    return same


def _cites(passages: Sequence[Passage], lookup: Lookup) -> np.ndarray:
    citations = Citations(lookup.parsed)
    ids = [passage.document for passage in passages]
    cited = {id: set(citations.of(lookup.documents[id].header)) for id in set(ids)}
    return np.array([[float(one in cited[other] or other in cited[one]) for other in ids] for one in ids])


def _apart(passages: Sequence[Passage], lookup: Lookup) -> np.ndarray:
    dates = [lookup.documents[passage.document].header.date for passage in passages]
    days = np.array([dt.date.fromisoformat(date).toordinal() if date else 0 for date in dates])
    apart: np.ndarray = np.minimum(1.0, np.abs(days[:, None] - days[None, :]) / 365)
    return apart
