"""Traditional lines, and these only, come in simplified characters too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.scripts import simplify, simplify_all

TRADITIONAL = {
    "請貴單位於3月5日前函覆。": "请贵单位于3月5日前函复。",
    "臺灣、台灣、裏面、裡面、為此、爲此": "台湾、台湾、里面、里面、为此、为此",
    "衞生署、説明、羣眾、綫路、麪": "卫生署、说明、群众、线路、面",
    "接著說，著名的事": "接着说，著名的事",
    "皇后鎮後面": "皇后镇后面",
    "覆蓋面積與答覆": "覆盖面积与答复",
    "經辦「名單」，並附『清冊』": "经办“名单”，并附‘清册’",
    "會議紀錄由資訊科負責，軟體另議": "会议纪录由资讯科负责，软体另议",
    "巴士站的質素": "巴士站的质素",
}


@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_lines(text: str) -> None:
    assert simplify(text) == TRADITIONAL[text]


@pytest.mark.parametrize(
    "text",
    [
        "破坏土地的事，请于3月5日前说明。",
        "皇后、里长、面粉、干部、松林、云里、只有一只",
        "李昇、朱喆、堃哥、赵陞",
        "请转李昇慶同志。",
        "征求意见，乾隆年间，著名",
        "「名单」请报来",
        "2024年3月5日",
        "Please reply.",
        "",
    ],
)
def test_simplified_lines_stay(text: str) -> None:
    assert simplify(text) == text


def test_lines_are_judged_one_by_one() -> None:
    text = "请转交下面这位：\n陳慶明主任\n破坏土地的事，请他说明。"
    assert simplify(text) == "请转交下面这位：\n陈庆明主任\n破坏土地的事，请他说明。"


def test_lines_that_tell_nothing_go_with_the_most() -> None:
    assert simplify("請於月底前報來。\n里乾街\n會議紀要") == "请于月底前报来。\n里干街\n会议纪要"
    assert simplify("请于月底前报来，逾期不候。\n里乾街\n會") == "请于月底前报来，逾期不候。\n里乾街\n会"


def test_texts_that_belong_together_decide_together() -> None:
    assert simplify_all(["石乾明", "葉國華", "總務處"]) == ["石干明", "叶国华", "总务处"]
    assert simplify_all(["石乾明", "叶国华", "总务处"]) == ["石乾明", "叶国华", "总务处"]
    assert simplify_all([]) == []


@given(st.lists(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)) | st.text(), max_size=5))
def test_lengths_hold(texts: list[str]) -> None:
    plain = simplify_all(texts)
    assert [len(text) for text in plain] == [len(text) for text in texts]
    assert ["\n" in text for text in plain] == ["\n" in text for text in texts]


def test_what_is_simplified_stays_so() -> None:
    for text in TRADITIONAL.values():
        assert simplify(text) == text
