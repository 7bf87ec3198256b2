"""Which papers bear a 密级 mark, and what is held back with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from papers import MANAGER, MAYOR, mail, paper

from coordnlp.records import Document
from coordnlp.stages.markings import find_markings, highest_level, hold_back
from coordnlp.stages.markings.table import load_marking_words

BODY = """\
青溪镇人民政府
青政函〔2024〕3号
关于报送防汛预案的函
黑松林场：
请于4月10日前报送防汛预案。
青溪镇人民政府
2024年3月5日
"""

MARKED = {
    "秘密★1年": "秘密★1年",
    "机密★10年": "机密★10年",
    "绝密": "绝密",
    "秘密": "秘密",
    "机　密": "机密",
    "秘 密 ★ 1 年": "秘密★1年",
    "秘密★1年　　特急": "秘密★1年",
    "000012　秘密★1年": "秘密★1年",
    "份号：000012\n机密★3年\n特急": "机密★3年",
    "份号：000012  机密★长期  加急": "机密★长期",
    "密级：秘密": "秘密",
    "密级:机密★3年": "机密★3年",
    "密 级：秘密　保密期限：3年": "秘密",
    "密级：秘密（3年）": "秘密",
    "密级：秘密级": "秘密级",
    "密级　机密": "机密",
    "密级：内部": "内部",
    "紧急程度：特急　密级：机密": "机密",
    "秘密3年": "秘密3年",
    "秘密 五年": "秘密五年",
    "机密★2029年3月5日解密": "机密★2029年3月5日解密",
    "内部★": "内部★",
    "内部★1年": "内部★1年",
    "核心商密★长期": "核心商密★长期",
    "普通商密▲3年": "普通商密▲3年",
    "工作秘密★": "工作秘密★",
    "（秘密）": "秘密",
    "【机密】": "机密",
    "密级：□绝密 □机密 ☑秘密": "秘密",
    "密级：绝密□ 机密√ 秘密□": "机密",
    "密级 | 机密 | 份数 | 2": "机密",
    "密级|秘密★1年": "秘密★1年",
    "青溪镇人民政府文件\n秘密★1年": "秘密★1年",
}
PLAIN = [
    "密级：无",
    "密级：公开",
    "密级：普通",
    "密级：—",
    "密级：",
    "密级：不涉密",
    "密级：内部公开",
    "密级：□绝密 □机密 □秘密",
    "密级：绝密/机密/秘密（请选择）",
    "密级 | 份数 | 备注",
    "商业秘密",
    "内部",
    "内部资料　注意保存",
    "内部刊物 2024年第3期",
    "特急",
    "保密要求",
    "此件不涉密",
    "秘密★1年（已解密）",
    "关于保守国家秘密的通知",
    "关于加强商业秘密保护工作的函",
    "关于涉密文件清退情况的函",
    "关于机密级计算机报废的请示",
    "上海机密科技有限公司",
    "绝密电码研究会",
    "《秘密》课题组",
    "二、秘密",
    "机密文件柜采购清单",
    "序号 | 文号 | 密级\n1 | 青委发〔2024〕1号 | 秘密\n2 | 青委发〔2024〕2号 | 机密",
    "秘密战线历史陈列馆",
    "解密时间：2024年",
]


def marks(text: str, file: str = "函.txt") -> str:
    return find_markings([paper(text, file)]).get(file, "")


@pytest.mark.parametrize("line", MARKED)
def test_a_mark_in_the_head_is_found(line: str) -> None:
    assert marks(f"{line}\n{BODY}") == MARKED[line]


@pytest.mark.parametrize("line", PLAIN)
def test_other_words_are_no_mark(line: str) -> None:
    assert marks(f"{line}\n{BODY}") == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "各单位要严格保守秘密，严禁外传。",
        "你单位秘密★1年文件三份请于月底前退回。",
        "密级：秘密的文件一律当面交接。",
        "下列文件定为机密：",
        "秘密",
    ],
)
def test_words_of_the_letter_itself_are_no_mark(sentence: str) -> None:
    assert marks(BODY.replace("请于4月10日前报送防汛预案。", f"请于4月10日前报送防汛预案。\n{sentence}")) == ""


def test_a_mark_below_the_head_belongs_to_what_is_enclosed() -> None:
    assert marks(f"{BODY}附件\n秘密★1年\n") == ""


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("防汛预案（秘密）.docx", "秘密"),
        ("【机密】防汛预案.docx", "机密"),
        ("(秘密★3年)预案.pdf", "秘密★3年"),
        ("预案 秘密★1年.pdf", "秘密★1年"),
        ("关于保守秘密的通知.docx", ""),
        ("（商业秘密）价格表.docx", ""),
        ("（内部）通讯录.docx", ""),
        ("（秘密，已解密）预案.docx", ""),
        ("秘密.docx", ""),
        ("（保密协议）林场.docx", ""),
    ],
)
def test_the_name_of_a_file_may_bear_the_mark(name: str, mark: str) -> None:
    assert marks(BODY, f"收文/{name}") == mark


@pytest.mark.parametrize(
    ("subject", "mark"),
    [
        ("[秘密] 防汛预案", "秘密"),
        ("回复：【机密】防汛预案", "机密"),
        ("秘密★1年 防汛预案", "秘密★1年"),
        ("关于商业秘密的事", ""),
        ("一个小秘密", ""),
        ("[重要] 保密协议", ""),
    ],
)
def test_the_subject_of_a_mail_may_bear_the_mark(subject: str, mark: str) -> None:
    assert find_markings([mail("请查收。", "1.eml", subject=subject)]).get("1.eml", "") == mark


def test_a_mail_that_quotes_a_marked_one_carries_its_words() -> None:
    quoted = mail("收到。\n> 主题：[秘密] 防汛预案\n> 请报送。\n", "2.eml", sender=MANAGER, to=[MAYOR], subject="回复")
    plain = mail("收到。\n> 主题：商业秘密\n> 请报送。\n", "3.eml", sender=MANAGER, to=[MAYOR], subject="回复")
    assert find_markings([quoted, plain]) == {"2.eml": "秘密"}


# --- what is held back ---------------------------------------------------------------------------


def held(*documents: Document, markings: dict[str, str]) -> dict[str, str]:
    kept, skipped, highest = hold_back(documents, markings, include_marked=False)
    assert sorted(one.file for one in (*kept, *skipped)) == sorted(one.file for one in documents)
    assert highest == ""
    assert all(one.reason == "marked" for one in skipped)
    return {one.file: one.detail for one in skipped}


def test_a_marked_paper_is_held_back_with_number_and_date() -> None:
    text = f"秘密★1年\n{BODY}"
    kept, skipped, _ = hold_back(
        [paper(text, "a.txt"), paper(BODY, "b.txt")], {"a.txt": "秘密★1年"}, include_marked=False
    )
    assert [one.file for one in kept] == ["b.txt"]
    (one,) = skipped
    assert (one.file, one.number, one.date) == ("a.txt", "青政函〔2024〕3号", "2024-03-05")
    assert one.detail == "标有“秘密★1年”，没有分析；确需分析请加 --include-marked。"


def test_what_a_marked_mail_carries_is_held_back_with_it() -> None:
    letter, quote = (replace(paper(BODY, f"1.eml/{name}"), parent="1.eml") for name in ("函.docx", "引文1"))
    other = replace(paper(BODY, "2.eml/函.docx"), parent="2.eml")
    found = held(mail("请查收。", "1.eml"), letter, quote, other, markings={"1.eml": "机密"})
    assert sorted(found) == ["1.eml", "1.eml/函.docx", "1.eml/引文1"]
    assert found["1.eml/函.docx"] == "随标有“机密”的“1.eml”一起，没有分析；确需分析请加 --include-marked。"


def test_a_mark_on_any_copy_counts() -> None:
    letter = replace(paper(BODY, "函.docx"), also=("函.pdf", "重打.txt"))
    assert list(held(letter, markings={"函.pdf": "秘密"})) == ["函.docx"]


def test_a_paper_that_lies_in_the_folder_openly_is_no_secret() -> None:
    letter = replace(paper(BODY, "1.eml/函.docx"), parent="1.eml", also=("函.pdf",))
    assert held(letter, markings={"1.eml": "机密"}) == {}
    assert list(held(replace(letter, also=("2.eml/函.pdf",)), markings={"1.eml": "机密", "2.eml": "秘密"})) == [
        letter.file
    ]


def test_nothing_is_held_back_where_the_office_asks_for_it() -> None:
    documents = [paper(BODY, name) for name in ("a.txt", "b.txt", "c.txt")]
    kept, skipped, highest = hold_back(documents, {"a.txt": "秘密★1年", "b.txt": "机密"}, include_marked=True)
    assert (len(kept), skipped, highest) == (3, [], "机密")


def test_without_a_mark_there_is_none() -> None:
    assert hold_back([paper(BODY)], {}, include_marked=True)[2] == ""


@pytest.mark.parametrize(
    ("marks", "level"),
    [
        ([], ""),
        (["内部★", "秘密★1年"], "秘密"),
        (["秘密", "绝密★长期", "机密"], "绝密"),
        (["普通商密", "工作秘密★"], "普通商密"),
    ],
)
def test_the_highest_level_is_told(marks: list[str], level: str) -> None:
    assert highest_level(marks) == level


def test_a_line_of_digits_takes_no_time() -> None:
    """It took hours: the digits of a 份号 could be parted in 2^n ways."""
    line = load_marking_words().line
    assert line.fullmatch("1" * 60) is None
    assert line.fullmatch("1" * 50 + "机密★1年") is not None
    assert line.fullmatch("000001 特急 机密★10年（加急）") is not None
