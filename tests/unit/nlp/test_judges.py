"""The trained judges on passages of every sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coordnlp.nlp import Context, analyse, load_nlp
from coordnlp.taxonomy import Measure, load_taxonomy

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_nlp()


def acts(nlp: Language, text: str, role_text: str) -> set[str]:
    (found,) = analyse(nlp, [(text, Context(role_text))])
    return {act.label for act in found.acts if act.level == "found"}


def measures(nlp: Language, text: str) -> dict[str, str]:
    (found,) = analyse(nlp, [(text, Context(text))])
    return {one.code: one.evidence for one in found.measures if one.level == "found"}


def test_plain_acts(nlp: Language) -> None:
    assert "request" in acts(nlp, "请贵方于3月5日前提供名单。", "请<O>于<D>前提供名单。")
    assert acts(nlp, "便道全长三公里。", "便道全长三公里。") == set()


def test_plain_measures(nlp: Language) -> None:
    assert "regular_meetings" in measures(nlp, "双方商定，联席会议每季度召开一次，由两家轮流主办。")
    assert measures(nlp, "便道全长三公里。") == {}


@pytest.mark.parametrize("text", ["会议结论：", "会议结论:", "结论", "分歧与协商：", "联席会议"])
def test_what_only_names_a_matter_carries_no_measure(nlp: Language, text: str) -> None:
    assert measures(nlp, text) == {}


def test_short_words_that_are_said_may_carry_one(nlp: Language) -> None:
    words = "每季度碰头"
    said, written = analyse(nlp, [(words, Context(words, facts={"发言": 1.0})), (words, Context(words))])
    assert [one.code for one in said.measures] == ["regular_meetings"]
    assert not written.measures


def test_what_is_found_has_reasons(nlp: Language) -> None:
    (found,) = analyse(nlp, [("联席会议每季度召开一次。", Context("联席会议每季度召开一次。"))])
    assert all(one.reasons for one in found.measures if one.level == "found")


@pytest.mark.parametrize(
    "text", ["", "。", "是", "😀😀", "Please send us the list.", "長" * 20_000, "會議決定，雙方輪流主辦。", "\u3000 \t"]
)
def test_odd_passages_crash_nothing(nlp: Language, text: str) -> None:
    (found,) = analyse(nlp, [(text, Context(text))])
    assert all(0 <= act.score <= 1 for act in found.acts)
    if len(text) < 3 or text.isascii():
        assert [act for act in found.acts if act.level == "found"] == []
        assert [one for one in found.measures if one.level == "found"] == []


def test_without_models_nothing_is_judged() -> None:
    (found,) = analyse(load_nlp(judging=False), [("请提供名单。", Context("请提供名单。"))])
    assert (found.acts, found.measures) == ((), ())


def test_a_measure_of_the_users_own_says_that_it_is_untrained() -> None:
    own = Measure(code="drills", name="应急演练", definition="一起演练", cues=("应急演练", "拉练"))
    shipped = load_taxonomy()
    taxonomy = shipped.model_copy(update={"measure": (*shipped.measure, own)})
    nlp = load_nlp(taxonomy)
    (found,) = analyse(nlp, [("两家做了应急演练，拉练三公里。", Context("两家做了应急演练，拉练三公里。"))])
    assert [(one.code, one.trained) for one in found.measures if one.code == "drills"] == [("drills", False)]
