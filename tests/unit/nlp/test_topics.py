"""How near two texts are in topic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordnlp.features import Topics, topic_features

DOSSIER = ["请贵场提供防火带界线图", "防火带界线图随函附上", "便道塌方两处", "食堂停水三天", "请贵场修便道"] * 3


def near(one: str, other: str) -> float:
    topics = Topics([topic_features(text) for text in DOSSIER])
    weigh = [topics.weigh([topic_features(text)]) for text in (one, other)]
    return float(topics.containment(*weigh)[0, 0])


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("防火带", ["防火", "火带"]),
        ("防火，带", ["防火"]),
        ("12台", ["12"]),
        ("3.5公里", ["公里", "3.5"]),
        ("GB9704", ["GB9704"]),
        ("8台", []),
        ("路", []),
        ("", []),
    ],
)
def test_features_are_pairs_of_characters_and_figures(text: str, features: list[str]) -> None:
    assert topic_features(text) == features


def test_a_text_holds_itself_and_nothing_of_another() -> None:
    assert near("防火带界线图", "防火带界线图") == pytest.approx(1.0)
    assert near("防火带界线图", "便道塌方") == 0.0


def test_the_share_is_of_the_asked_text() -> None:
    long = "请贵场提供防火带界线图并修便道"
    assert near("界线图", long) == pytest.approx(1.0)
    assert 0 < near(long, "界线图") < 0.5


def test_a_text_without_features_is_near_to_nothing() -> None:
    assert near("，", "，") == near("", "便道") == near("便道", "") == 0.0


def test_topics_of_an_empty_dossier_can_be_weighed() -> None:
    topics = Topics([])
    assert topics.containment(topics.weigh([["便道"]]), topics.weigh([["便道"]])).shape == (1, 1)


TEXTS = st.lists(st.text("防火带界线图便道塌方食堂停水12，", max_size=12), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_measures_are_shares(asked: list[str], answers: list[str]) -> None:
    topics = Topics([topic_features(text) for text in DOSSIER])
    weights = [topics.weigh([topic_features(text) for text in texts]) for texts in (asked, answers)]
    for measure in (topics.containment(*weights), topics.rare_overlap(*weights)):
        assert measure.shape == (len(asked), len(answers))
        assert np.all((measure >= 0) & (measure <= 1 + 1e-9))
