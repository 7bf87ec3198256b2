"""Sentences by rule."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordnlp.stages.parse.sentences import split_sentences

# `/` marks the borders.
TEXTS = """
便道塌方两处。/请贵场修复。
便道塌方两处！/请贵场修复？/谢谢
真的吗？！/真的。
他说：“便道塌了。”/后来修好了。
他说：“修！”/我说：“好。”
（此件公开发布。）/请周知。
何时能修？……/没有人答。
大家想了想……/还是修吧。
见《便道怎么修？》一文。/请阅。
见《修路！修路！》和《护林？》。/完
便道长3.5公里，造价12.8万元。/请核。
版本为1.2.3。/请核。
经查... 没有这回事。
等等.../还有一件事。
请办两件事：一是修便道；/二是补界桩。
请办两件事：（一）修便道；/（二）补界桩；/（三）清沟。
请办：1.修便道；/2.补界桩。
第一，修便道；/第二，补界桩。
①修便道；/②补界桩。
便道要修；界桩要补。
林场于4月15日前开放水位数据；/镇里于4月底前推送雨量数据。
会议议定：由林场于4月15日前（星期一）修好桥头；/由镇里10日内补齐界桩。
请于4月15日前修复桥头；界桩要补。
4月15日前的雨水多；4月底前的路也湿。
天晴；路干；可开工。
甲方：青溪镇；乙方：黑松林场。
比例为1；2为备用。
请于4月底前修复
　　请贵场修复。
一、便道养护
Please reply!/Thanks.
File a.b.c is read.
"""


@pytest.mark.parametrize("row", TEXTS.strip("\n").splitlines())
def test_sentences_end_where_a_reader_ends_them(row: str) -> None:
    text = row.replace("/", "")
    assert [text[start:end] for start, end in split_sentences(text)] == [part.strip(" 　") for part in row.split("/")]


@pytest.mark.parametrize("text", ["", " ", "　　", "\t"])
def test_nothing_holds_no_sentence(text: str) -> None:
    assert split_sentences(text) == []


CHARACTERS = st.sampled_from("请贵场修复便道。！？!?…；;：，“”‘’《》（）()[]一二三1239.、①② 　\t")
LINES = st.one_of(st.text(CHARACTERS, max_size=40), st.text(max_size=40).map(lambda text: text.replace("\n", "")))


@settings(max_examples=60)
@given(LINES)
def test_sentences_cover_all_that_is_not_blank(text: str) -> None:
    spans = split_sentences(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


@settings(max_examples=60)
@given(LINES)
def test_sentences_are_in_order_and_bare_of_blanks(text: str) -> None:
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        at = end


@settings(max_examples=60)
@given(LINES, LINES)
def test_a_full_stop_parts_what_stands_before_it_from_the_rest(one: str, other: str) -> None:
    first = f"{one.replace('《', '')}便道要修。"
    assert split_sentences(first) == split_sentences(f"{first}请{other}")[: len(split_sentences(first))]


def test_what_nobody_writes_as_one_sentence_is_cut_at_a_comma() -> None:
    text = "请贵场修复便道，" * 1000
    pieces = [text[start:end] for start, end in split_sentences(text)]
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= 2000
    assert all(piece.endswith("，") for piece in pieces)
    assert len(split_sentences("请" * 4500)) == 3


def test_a_hundred_thousand_sentences_in_one_line_take_no_time() -> None:
    start = time.process_time()
    assert len(split_sentences("《通知》请复。" * 100_000)) == 100_000
    assert time.process_time() - start < 5
