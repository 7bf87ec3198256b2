from __future__ import annotations

import pytest

from coordnlp.judgements import load_review_words
from coordnlp.judgements.table import ReviewWords
from coordnlp.tables import parse_table


@pytest.mark.parametrize(
    ("verdict", "decision"),
    [
        ("确认", "confirmed"),
        (" 误报 ", "mistaken"),
        ("误报（对方已当面答复）", "mistaken"),
        ("误报。", "mistaken"),
        ("確認", "confirmed"),
        ("确认误报", "mistaken"),
        ("已解决", "resolved"),
        ("暂缓", "deferred"),
        ("", "none"),
        ("不是误报", "none"),
        ("误报还是确认？", "none"),
        ("请转科长", "none"),
        ("合并到", "none"),
        ("合并到…", "none"),
    ],
)
def test_what_a_verdict_means(verdict: str, decision: str) -> None:
    assert load_review_words().decide(verdict) == (decision, "")


@pytest.mark.parametrize(
    "verdict", ["合并到 G-ABCDFGHI", "合并到G-ABCDFGHI", "合并到：ｇ-abcdfghi", "并入G-ABCDFGHI。", "合併到 G-ABCDFGHI"]
)
def test_a_row_to_join(verdict: str) -> None:
    assert load_review_words().decide(verdict) == ("merged", "G-ABCDFGHI")


def test_offers_are_what_a_reviewer_may_choose() -> None:
    assert load_review_words().offers("zh") == ("确认", "误报", "已解决", "暂缓", "合并到")


def test_words_for_answers() -> None:
    answered = load_review_words().answered
    for text in answered.examples:
        assert answered.regex.search(text), text
    for text in answered.counter:
        assert not answered.regex.search(text), text


def test_one_word_for_two_decisions_is_refused() -> None:
    words = load_review_words().model_dump()
    words["decision"][1]["words"] = ["确认"]
    with pytest.raises(ValueError, match="写了两次"):
        ReviewWords.model_validate(words)
    with pytest.raises(Exception, match="reviews"):
        parse_table("lexicons/reviews.toml", 'source = "x"', ReviewWords)
