"""Papers known but unseen: from unread files, registers and citations, one record a paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from papers import TEAMS, paper

from coordnlp.records import Document, Skipped, SkipReason, Unseen
from coordnlp.stages.coverage.unseen import find_unseen
from coordnlp.stages.parse import parse_dossier
from coordnlp.stages.registers import read_registers

LETTER = paper("关于界线图的函\n青政函〔2024〕12号\n黑松林场：\n请提供。\n青溪镇人民政府\n2024年4月1日", "1.txt")
REPLY = paper("关于界线图的复函\n林函〔2024〕3号\n青溪镇人民政府：\n已办妥。\n黑松林场\n2024年5月6日", "2.txt")


def unseen(*papers: Document, skipped: tuple[Skipped, ...] = ()) -> list[Unseen]:
    parsed, names = parse_dossier([LETTER, REPLY, *papers], TEAMS)
    return find_unseen(parsed, skipped, read_registers(parsed, names, "A"), names)


def told(one: Unseen) -> str:
    return f"{one.kind} {one.party or '-'} {one.date or '-'} {one.name}"


def citing(words: str) -> Document:
    return paper(f"关于便道的函\n青溪镇人民政府：\n{words}\n黑松林场\n2024年5月20日", "3.txt")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("贵镇青政函〔2024〕9号收悉。", "cited A 2024-05-20 青政函〔2024〕9号"),
        ("我场林函〔2024〕1号已有说明。", "cited B 2024-05-20 林函〔2024〕1号"),
        ("贵镇青政函〔2024〕9号收悉。\n对青政函〔2024〕9号答复如下。", "cited A 2024-05-20 青政函〔2024〕9号"),
    ],
)
def test_a_cited_number_of_the_two_that_is_not_there(words: str, expected: str) -> None:
    assert [told(one) for one in unseen(citing(words))] == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "贵镇青政函〔2024〕12号收悉。",
        "贵镇青政函[2024]12号收悉。",
        "林函（2024）3号已有说明。",
        "县政发〔2024〕8号已有规定。",
        "来函收悉。",
    ],
    ids=["there", "there in other brackets", "own", "of a third body", "no number"],
)
def test_papers_that_are_there_or_of_others_are_not_missed(words: str) -> None:
    assert unseen(citing(words)) == []


@pytest.mark.parametrize(
    ("file", "reason", "expected"),
    [
        ("收文/林函〔2024〕7号 复函.pdf", "no_text", "skipped B - 收文/林函〔2024〕7号 复函.pdf"),
        ("黑松林场来函.jpg", "unsupported", "skipped B - 黑松林场来函.jpg"),
        ("扫描件003.pdf", "no_text", "skipped - - 扫描件003.pdf"),
        ("密件.docx", "marked", "marked - - 密件.docx"),
    ],
)
def test_an_unread_file_is_whose_its_name_tells(file: str, reason: SkipReason, expected: str) -> None:
    number = "林函〔2024〕7号" if "7号" in file else ""
    assert [told(one) for one in unseen(skipped=(Skipped(file, reason, "", number),))] == [expected]


@pytest.mark.parametrize("reason", ["duplicate", "temporary", "empty"])
def test_a_double_or_an_empty_file_hides_nothing(reason: SkipReason) -> None:
    assert unseen(skipped=(Skipped("林函.pdf", reason, ""),)) == []


def test_a_page_that_was_not_read_is_by_whom_its_paper_is() -> None:
    scan = replace(
        paper("关于便道的函\n青溪镇人民政府：\n见附件。\n黑松林场\n2024年5月20日", "3.pdf"), unread=("第2页",)
    )
    (one,) = unseen(scan)
    assert told(one) == "skipped B 2024-05-20 3.pdf 第2页"
    assert one.title == "关于便道的函"


def test_a_page_that_was_recognised_is_not_missed() -> None:
    assert unseen(replace(paper("关于便道的函\n见附件。", "3.pdf"), scanned=("第1页",))) == []


REGISTER = paper(
    "2024年收文登记簿\n序号|收文日期|来文单位|来文字号|文件标题\n"
    "1|2024-05-07|黑松林场|林函〔2024〕3号|关于界线图的复函\n"
    "2|2024-05-12|黑松林场|林函〔2024〕7号|关于便道的复函\n"
    "3|2024-05-15|黑松林场||关于界线图的复函\n"
    "4|2024-05-16|县林业局|县林发〔2024〕8号|防火通知\n",
    "登记簿.txt",
)


def test_a_register_tells_of_the_papers_that_are_not_there() -> None:
    assert [told(one) for one in unseen(REGISTER)] == [
        "registered B 2024-05-12 林函〔2024〕7号",
        "registered X 2024-05-16 县林发〔2024〕8号",
    ]


def test_a_paper_known_from_a_scan_a_register_and_a_citation_is_one() -> None:
    scan = Skipped("收文/林函〔2024〕7号.pdf", "no_text", "", "林函〔2024〕7号")
    found = unseen(REGISTER, citing("我场林函〔2024〕7号已经答复。"), skipped=(scan,))
    (one,) = [paper for paper in found if paper.number == "林函〔2024〕7号"]
    assert (one.kind, one.party, one.date, one.title) == ("skipped", "B", "2024-05-12", "关于便道的复函")


SCANNED = paper(
    "2024年收文登记簿\n序号|收文日期|来文单位|来文字号|文件标题\n"
    "1|2024-05-12|黑松林场|林函〔2024〕7号|关于便道的复函\n"
    "2|2024-05-16|黑松林场|林函〔2024〕8号|关于苗木的函\n"
    "3|2024-05-16|黑松林场|林函〔2024〕9号|关于界桩的函\n",
    "登记簿.txt",
)


@pytest.mark.parametrize(
    ("file", "number", "date", "expected"),
    [
        ("林函7号.pdf", "林函7号", "", "林函〔2024〕7号"),
        ("IMG_20240512_1510.jpg", "", "2024-05-12", "林函〔2024〕7号"),
        ("扫描件_20240512.pdf", "", "2024-05-12", "林函〔2024〕7号"),
        ("IMG_20240516_1510.jpg", "", "2024-05-16", ""),
        ("IMG_20240513_1510.jpg", "", "2024-05-13", ""),
        ("职工体检名单_20240512.pdf", "", "2024-05-12", ""),
    ],
    ids=["short number", "photo of the day", "scan of the day", "two that day", "another day", "named otherwise"],
)
def test_a_scan_is_the_registered_paper_that_it_must_be(file: str, number: str, date: str, expected: str) -> None:
    found = unseen(SCANNED, skipped=(Skipped(file, "no_text", "", number, date),))
    (one,) = [paper for paper in found if paper.kind == "skipped"]
    assert one.number == (expected or number)
    assert len(found) == (3 if expected else 4)


def test_a_scan_beside_letters_of_one_party_is_that_party_s() -> None:
    mine = [paper(LETTER.text, "发文/1.txt"), paper(LETTER.text.replace("12号", "13号"), "发文/2.txt")]
    theirs = [paper(REPLY.text, "收文/1.txt"), paper(REPLY.text.replace("3号", "4号"), "收文/2.txt")]
    parsed, names = parse_dossier([*mine, *theirs], TEAMS)
    scans = [Skipped(f"{folder}/IMG_1.jpg", "unsupported", "") for folder in ("发文", "收文", "其他")]
    found = {one.name[:2]: one.party for one in find_unseen(parsed, scans, [], names)}
    assert found == {"发文": "A", "收文": "B", "其他": None}


def test_a_scan_in_a_folder_of_both_or_of_one_letter_is_anybody_s() -> None:
    mine, theirs = paper(LETTER.text, "往来/1.txt"), paper(REPLY.text, "往来/2.txt")
    alone = paper(REPLY.text.replace("3号", "4号"), "收文/1.txt")
    parsed, names = parse_dossier([mine, theirs, alone], TEAMS)
    scans = [Skipped(f"{folder}/IMG_1.jpg", "unsupported", "") for folder in ("往来", "收文")]
    assert [one.party for one in find_unseen(parsed, scans, [], names)] == [None, None]
