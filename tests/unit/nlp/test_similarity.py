"""Similarity: one measure for all stages, by characters, with an encoder mixed in where the user has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from coordnlp.features import Similarity

ASK = "机房温控数据请你们给一份"
REPLY = "贵方所要的空调运行记录附后"
OTHER = "食堂的桌椅已经搬走"
DOSSIER = [
    ASK,
    REPLY,
    OTHER,
    "请贵局提供东港路泵站的竣工图纸",
    "东港路泵站竣工图纸一套随函送上",
    "请贵局派员参加联席会议",
    "联席会议定于十五日召开",
    "垃圾清运费由双方各半承担",
    "南码头的灯还没有装",
]


class Told:
    """An encoder that says by itself how near texts are: a text's own direction, and a share of a common one."""

    name = "told"

    def __init__(self, pairs: Mapping[str, str], common: float = 0.0) -> None:
        self._pairs, self._common = pairs, common
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        vectors = np.zeros((len(texts), len(DOSSIER) + 1))
        for row, text in zip(vectors, texts, strict=True):
            at = DOSSIER.index(self._pairs.get(text, text))
            row[at], row[-1] = np.sqrt(1 - self._common), np.sqrt(self._common)
        return vectors


def near(similarity: Similarity, one: str, other: str) -> float:
    return float(similarity.between(similarity.read([one]), similarity.read([other]))[0, 0])


def test_a_text_is_like_itself_and_what_shares_more_is_nearer() -> None:
    similarity = Similarity(DOSSIER)
    ask, reply = DOSSIER[3], DOSSIER[4]
    assert near(similarity, ask, ask) == pytest.approx(1.0)
    assert near(similarity, ask, reply) > near(similarity, ASK, reply) >= 0.0
    assert near(similarity, ask, reply) == pytest.approx(near(similarity, reply, ask))


@pytest.mark.parametrize("text", ["", "，。", "ok", "🙂"])
def test_what_holds_nothing_to_compare_is_like_nothing(text: str) -> None:
    assert near(Similarity(DOSSIER), text, ASK) == 0.0


def test_dates_make_no_likeness() -> None:
    assert near(Similarity(DOSSIER), "2024年3月5日", "2024年3月5日") == 0.0


def test_a_dossier_without_words_compares_nothing() -> None:
    assert near(Similarity([]), ASK, ASK) == 0.0
    assert near(Similarity(["", "。"]), ASK, ASK) == 0.0


def test_an_encoder_brings_near_what_shares_no_word() -> None:
    assert near(Similarity(DOSSIER), ASK, REPLY) < 0.05
    mixed = Similarity(DOSSIER, Told({REPLY: ASK}), 0.3)
    assert near(mixed, ASK, REPLY) > near(mixed, ASK, OTHER) + 0.05


def test_the_share_of_an_encoder_is_kept() -> None:
    encoder = Told({REPLY: ASK})
    little, much = (near(Similarity(DOSSIER, encoder, share), ASK, REPLY) for share in (0.1, 0.5))
    assert much == pytest.approx(5 * little, rel=0.3)
    assert near(Similarity(DOSSIER, encoder, 0.0), ASK, REPLY) == near(Similarity(DOSSIER), ASK, REPLY)


def test_the_scale_of_an_encoder_does_not_matter() -> None:
    """Unrelated sentences have cosine 0 with one model, .7 with another; what they tell is the same."""
    one, other = (Similarity(DOSSIER, Told({REPLY: ASK}, common), 0.3) for common in (0.0, 0.7))
    for text in DOSSIER:
        assert near(one, ASK, text) == pytest.approx(near(other, ASK, text), abs=1e-6)


def test_an_encoder_that_tells_nothing_apart_changes_nothing() -> None:
    same = Similarity(DOSSIER, Told(dict.fromkeys(DOSSIER, ASK)), 0.5)
    assert near(same, ASK, REPLY) == near(Similarity(DOSSIER), ASK, REPLY)


def test_a_text_is_encoded_once() -> None:
    encoder = Told({})
    similarity = Similarity(DOSSIER, encoder, 0.3)
    for _ in range(2):
        near(similarity, ASK, REPLY)
    assert sorted(encoder.encoded) == sorted(DOSSIER)
