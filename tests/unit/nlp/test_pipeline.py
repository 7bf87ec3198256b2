"""The pipeline over jieba: terms and acts of passages, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coordnlp.nlp import Context, analyse, load_nlp
from coordnlp.nlp.terms import load_term_words, pick_terms

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_nlp()


def test_passages_come_back_in_order(nlp: Language) -> None:
    texts = ["请贵场提供界线图。", "", "便道全长三公里。", "请贵场提供界线图。"]
    found = list(analyse(nlp, ((text, Context(text.replace("贵场", "<O>"))) for text in texts)))
    assert len(found) == len(texts)
    assert found[0] == found[3]
    assert found[1].cues == found[1].terms == ()
    assert [one.cues[0].label for one in found if one.cues] == ["request", "request"]


def test_terms_come_from_the_words_and_acts_from_the_role_text(nlp: Language) -> None:
    (found,) = analyse(nlp, [("界桩塌方", Context("请<O>提供"))])
    assert (found.terms, found.cues[0].label) == (("界桩", "塌方"), "request")


def test_two_pipelines_agree(nlp: Language) -> None:
    passages = [("请贵场于3月5日前提供界线图。", Context("请<O>于<D>前提供界线图。"))]
    assert list(analyse(nlp, passages)) == list(analyse(load_nlp(), passages))


@pytest.mark.parametrize(
    ("tokens", "terms"),
    [
        (["提供", "界线图", "的", "函"], ["界线图"]),
        (["12", "台", "风机", "3月", "15"], ["风机"]),
        (["，", "。", "《", "》"], []),
        (["GB/T", "9704", "DN800"], ["GB/T", "DN800"]),
        (["我们", "双方", "关于"], []),
        (["路", "桥"], []),
        ([], []),
    ],
)
def test_terms_are_what_a_passage_is_about(tokens: list[str], terms: list[str]) -> None:
    assert list(pick_terms(tokens, frozenset(load_term_words().stop))) == terms
