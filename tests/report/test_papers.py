"""The papers opened again as a word processor would: what stands in them, and how they are set."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from typing import get_args

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Mm, Pt
from docx.table import Table
from handmade import ASK, FEEDBACK, TEAMS, assessed, document, dossier, gap, header, quiet

from coordnlp.errors import TableError
from coordnlp.records import (
    Coverage,
    Dossier,
    Gap,
    GapType,
    Issue,
    Occasion,
    Position,
    Quote,
    Silence,
    Skipped,
    TeamsProposal,
    Unseen,
)
from coordnlp.report.labels import load_labels
from coordnlp.report.papers import write_papers
from coordnlp.report.papers.kinds import CHECKS, ISSUES, MEASURES, PROMISES, REQUESTS
from coordnlp.report.papers.layout import PaperLayout
from coordnlp.report.papers.words import PaperWords, load_paper_words
from coordnlp.tables import parse_table

SECTIONS = [
    "一、基本情况",
    "二、待答复和办理的请求",
    "三、承诺和议定事项",
    "四、反复出现的分歧",
    "五、协调措施",
    "六、往来情况的数字",
    "七、改进建议",
    "八、没有下结论的事项及原因",
    "附件：原文依据",
]
# A report that counts and quotes blames nobody.
BLAMING = ("拒不", "推诿", "推脱", "敷衍", "拖延", "不作为", "失职", "无故", "迟迟", "责任不落实", "严重")
OURS, THEIRS = "这项费用应由两家平摊。", "费用谁受益谁承担，这是我会的意见。"
AGREED = "双方同意先各付一半。"
LACKING = load_labels().measure_states["lacking"]
DISPUTE = f"会议记录\n{OURS}\n{THEIRS}\n{AGREED}\n"


def papers(one: Dossier) -> tuple[WordDocument, WordDocument]:
    made = write_papers(one, load_labels())
    return docx.Document(io.BytesIO(made["report.docx"])), docx.Document(io.BytesIO(made["agenda.docx"]))


def report(one: Dossier) -> WordDocument:
    return papers(one)[0]


def agenda(one: Dossier) -> WordDocument:
    return papers(one)[1]


def headings(paper: WordDocument, level: int) -> list[str]:
    return [one.text for one in paper.paragraphs if one.style and one.style.name == f"Heading {level}"]


def section(paper: WordDocument, title: str) -> list[str]:
    """Return the paragraphs under a first-level heading."""
    found: list[str] = []
    inside = False
    for one in paper.paragraphs:
        if one.style and one.style.name == "Heading 1":
            inside = one.text == title
        elif inside:
            found.append(one.text)
    assert found or title in headings(paper, 1)
    return found


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_of(paper: WordDocument, *titles: str) -> list[list[str]]:
    """Return the rows under the table head with these titles."""
    return next(rows[1:] for rows in map(cells, paper.tables) if rows[0] == list(titles))


def annex(paper: WordDocument) -> list[list[str]]:
    return table_of(paper, "序号", "事项", "原文和出处", "把握")


def text_of(paper: WordDocument) -> str:
    rows = (cell for table in paper.tables for row in cells(table) for cell in row)
    return "\n".join([*(one.text for one in paper.paragraphs), *rows])


def quote(words: str) -> tuple[int, int]:
    return DISPUTE.index(words), DISPUTE.index(words) + len(words)


def disputed(one: Dossier, *, resolved: bool = False, positions: bool = True) -> Dossier:
    """Return the dossier with a disagreement in which both took a position, each in its own words."""
    ours, theirs, agreed = (
        Occasion("P-9", "D-CCCC", *quote(words), "2024-04-01", party, 0.8)  # type: ignore[arg-type]
        for words, party in ((OURS, "A"), (THEIRS, "B"), (AGREED, "AB"))
    )
    held = (
        Position("A", "D-CCCC", *quote(OURS), "2024-04-01"),
        Position("B", "D-CCCC", *quote(THEIRS), "2024-05-06", moved=True),
    )
    issue = Issue(
        id="I-AAAA",
        label="费用怎么分担",
        occasions=(ours, replace(theirs, date="2024-05-06")),
        status="reopened" if resolved else "open",
        recurring=True,
        resolution=replace(agreed, date="2024-04-20") if resolved else None,
        requests=(),
        score=0.61,
        positions=held if positions else (),
    )
    row = replace(
        gap("G-IIII"),
        type="reopened" if resolved else "recurring",
        responsible="AB",
        asker=None,
        asked=None,
        quotes=(Quote("D-CCCC", *quote(OURS)), Quote("D-CCCC", *quote(THEIRS))),
        date="2024-04-01",
        request="",
        issue="I-AAAA",
    )
    return replace(
        one,
        documents=(*one.documents, document("会议/c.txt", DISPUTE)),
        headers=(*one.headers, header("D-CCCC", "会议/c.txt", "2024-05-06", sender="AB")),
        issues=(issue,),
        gaps=(*one.gaps, row),
    )


def every_kind() -> Dossier:
    """A dossier with a row of every kind."""
    kinds = (
        ("acknowledged_only", "A"),
        ("partly_answered", "B"),
        ("commitment_unkept", "A"),
        ("assignment_undone", "AB"),
        ("measure_lapsed", "AB"),
        ("measure_lacking", "AB"),
        ("one_sided", "B"),
        ("missing_document", "A"),
        ("ambiguous_reply", "X"),
    )
    rows = [
        replace(gap(f"G-{number:04}", severity=50 - number), type=kind, responsible=party, request="")  # type: ignore[arg-type]
        for number, (kind, party) in enumerate(kinds)
    ]
    one = disputed(assessed(dossier()), resolved=True)
    return replace(one, gaps=(*one.gaps, *rows, replace(gap("G-OTHR"), responsible=None)))


def empty() -> Dossier:
    return Dossier("空", "2024-06-30", TEAMS, (), (), (), (), (), (), (), (), (), (), ())


# --- the report ----------------------------------------------------------------------------------


def test_the_sections_stand_in_order_under_real_headings() -> None:
    paper = report(every_kind())
    assert headings(paper, 1) == SECTIONS
    titles = [one.text for one in paper.paragraphs if one.style and one.style.name == "Title"]
    assert titles == ["临港区总工会与港务集团工会", "协调缺口分析报告"]


def test_two_long_names_are_parted_between_lines_of_the_title() -> None:
    first, second = (replace(team, name=team.name + "直属机关党委") for team in TEAMS.teams)
    paper = report(replace(dossier(), teams=replace(TEAMS, teams=(first, second))))
    assert [one.text for one in paper.paragraphs][:3] == [first.name, f"与{second.name}", "协调缺口分析报告"]


def test_a_request_tells_what_was_seen_how_sure_it_is_and_where_it_stands() -> None:
    told = section(report(dossier()), "二、待答复和办理的请求")
    assert told == [
        "（一）临港区总工会应答复、应办理的",
        "卷宗中未见此类事项。",
        "（二）港务集团工会应答复、应办理的",
        "1.尚未见到答复：“请贵会于3月20日前提供三……”",
        "临港区总工会于2024年3月5日向港务集团工会提出。前后提出2次。时限为2024年3月20日，已过时限12天。"
        "最近一次有关记载是2024年4月1日的催办。截至统计日，卷宗里尚未见到港务集团工会的答复。"
        "紧要程度高。把握高（0.88）。原文依据见附件第1条。",
        f"原文：“{ASK}”（发文/a.txt，第2行）",
    ]


def test_without_a_time_limit_the_days_are_told_and_no_limit() -> None:
    told = "".join(section(report(dossier(gaps=(replace(gap("G-AAAA"), due="", days_overdue=0),))), SECTIONS[1]))
    assert "没有写明时限，至今40天。" in told
    assert "时限为" not in told


def test_a_promised_day_stays_with_the_last_event() -> None:
    one = dossier()
    late = replace(one.events[1], date="2024-05-01", until="2024-05-20")
    told = "".join(section(report(replace(one, events=(one.events[0], late))), SECTIONS[1]))
    assert "最近一次有关记载是2024年5月1日的收悉，说2024年5月20日前办理。" in told


def test_every_row_stands_in_the_annex_with_words_place_and_confidence() -> None:
    one = every_kind()
    rows = annex(report(one))
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(one.gaps) + 1)]
    assert {row[1].split("\n")[-1] for row in rows} == {gap.id for gap in one.gaps}
    for row in rows:
        assert re.search(r"“.+”（.+，第\d+行）", row[2])
        assert re.fullmatch(r"(高|中|低，请核对)（0\.\d\d）", row[3])


def test_every_row_but_those_of_measures_has_a_heading_and_says_how_sure_it_is() -> None:
    one = every_kind()
    paper = report(one)
    items = headings(paper, 3)
    assert len(items) == len([gap for gap in one.gaps if not gap.type.startswith("measure_")])
    texts = [one.text for one in paper.paragraphs]
    for title in items:
        assert "把握" in texts[texts.index(title) + 1]


def test_both_teams_are_named_evenly_and_in_the_same_order() -> None:
    names = [team.name for team in TEAMS.teams]
    for one in (dossier(), quiet(), every_kind(), empty()):
        paper = report(one)
        owed = [title for title in headings(paper, 2) if "应答复、应办理的" in title or "承诺和应落实的" in title]
        assert [next(name for name in names if name in title) for title in owed] == names * 2
        assert cells(paper.tables[0])[0][:3] == ["情况", *names]


def test_the_other_side_of_the_reader_changes_nothing() -> None:
    flipped = replace(every_kind(), teams=replace(TEAMS, ours="B"))
    assert write_papers(every_kind(), load_labels()) == write_papers(flipped, load_labels())


def test_both_positions_stand_side_by_side_in_their_own_words() -> None:
    paper = report(disputed(dossier()))
    assert table_of(paper, "日期", "临港区总工会", "港务集团工会") == [
        ["2024-04-01", f"“{OURS}”（会议/c.txt，第2行）", ""],
        ["2024-05-06", "", f"“{THEIRS}”（会议/c.txt，第3行）\n（这一处有所松动）"],
    ]
    (title, *_) = section(paper, "四、反复出现的分歧")
    assert title == "1.尚未谈妥的分歧（2024年4月1日起）"
    assert not any(words[:4] in title for words in (OURS, THEIRS))


def test_a_settlement_is_quoted_before_the_disagreement_that_came_back() -> None:
    told = section(report(disputed(dossier(), resolved=True)), "四、反复出现的分歧")
    assert f"2024年4月20日曾经谈妥：“{AGREED}”（会议/c.txt，第4行）" in told[1]


def test_a_side_without_words_of_its_own_is_not_passed_over() -> None:
    one = disputed(dossier())
    (issue,) = one.issues
    told = section(report(replace(one, issues=(replace(issue, positions=issue.positions[:1]),))), SECTIONS[3])
    assert "港务集团工会就此的说法，卷宗里没有单独的记载。" in told
    assert not any(line.startswith("临港区总工会就此") for line in told)


def test_a_quarrel_of_one_paper_is_counted_and_no_row() -> None:
    one = disputed(dossier())
    (issue,) = one.issues
    told = section(report(replace(one, issues=(replace(issue, recurring=False),), gaps=())), SECTIONS[3])
    assert told == ["卷宗中未见此类事项。", "另有1处不同意见，或只在一份文书里出现，或把握不足，没有列入。"]


def test_a_settled_disagreement_is_counted_and_not_listed() -> None:
    one = disputed(dossier())
    (issue,) = one.issues
    told = section(report(replace(one, issues=(replace(issue, status="resolved"),), gaps=())), SECTIONS[3])
    assert told == ["卷宗中未见此类事项。", "另有1项分歧，文书里说已经谈妥，没有列入。"]


def test_measures_are_told_by_status_with_words_and_advice() -> None:
    paper = report(assessed(dossier()))
    assert table_of(paper, "情况", "措施") == [[LACKING, "反馈与跟进机制"]]
    (row,) = table_of(paper, "措施", "情况", "起自", "文书里的话", "把握")
    assert row[:3] == ["反馈与跟进机制", f"{LACKING}\n港务集团工会：{LACKING}", "2024-03-08"]
    assert row[3:] == ["“来函收悉”（收文/b.txt，第2行）", "中（0.70）"]
    advice = section(paper, "七、改进建议")
    assert "1.再发一函催办（附件第1条）" in advice
    assert f"1.反馈与跟进机制。约定答复时限。目前情况：{LACKING}。涉及附件第1条。" in advice


@pytest.mark.parametrize(
    ("at", "told"),
    [("0", "1"), ("01", "1、2"), ("012", "1至3"), ("01245689", "1至3、5至7、9、10"), ("0246", "1、3、5、7")],
)
def test_rows_that_follow_each_other_are_told_as_a_range(at: str, told: str) -> None:
    rows = [
        replace(gap(f"G-{number}", severity=90 - number), suggestion="甲" if str(number) in at else "乙")
        for number in range(10)
    ]
    assert f"1.甲（附件第{told}条）" in section(report(dossier(gaps=tuple(rows))), "七、改进建议")


def test_what_is_practised_needs_no_advice() -> None:
    one = assessed(quiet())
    paper = report(replace(one, measures=(replace(FEEDBACK, status="practised"),)))
    assert section(paper, "七、改进建议") == ["没有需要特别提出的建议。"]
    assert table_of(paper, "情况", "措施") == [[load_labels().measure_states["practised"], "反馈与跟进机制"]]


def test_figures_carry_their_caution() -> None:
    (row,) = table_of(report(assessed(dossier())), "指标", "哪一方", "数值", "说明")
    told = "收到请求3件，有答复或明确回绝的2件（件数少，只供参考）"
    assert row == ["答复率", "港务集团工会", "66.7%", told]


def test_what_could_not_be_told_stands_with_its_reason() -> None:
    silence = Silence("B", "2024-04-01", "2024-05-30")
    unseen = Unseen("cited", "港工函〔2024〕3号", "B", "2024-04-02", quote=Quote("D-AAAA", 0, 4))
    copy = Skipped("副本.pdf", "duplicate", "与 a 相同")
    one = replace(dossier(), coverage=Coverage(unseen=(unseen,), silences=(silence,)), notes=("工作日为推算",))
    paper = report(replace(one, skipped=(*one.skipped, copy)))
    told = section(paper, SECTIONS[7])
    assert "港务集团工会在2024年4月1日至2024年5月30日没有来文，可能没有收全。" in told
    assert told[-1] == "工作日为推算"
    doubtful = table_of(paper, "事项原话", "应办方", "提出日期", "原因")
    assert doubtful == [[f"“{ASK}”（发文/a.txt，第2行）", "港务集团工会", "2024-03-05", "有文件没有读"]]
    pending = table_of(paper, "事项原话", "应办方", "提出日期", "时限")
    assert pending[0][-1] == "四月底前"
    assert table_of(paper, "文书", "原因") == [
        ["坏.pdf", "文件损坏：请重新导出。"],
        ["港工函〔2024〕3号", "被引用：港工函〔2024〕3号\n发文/a.txt，第1行"],
    ]
    assert "副本.pdf" not in text_of(paper)


def test_a_long_list_of_doubts_is_cut_and_says_where_the_rest_is() -> None:
    one = dossier()
    doubtful = [replace(one.requests[0], id=f"Q-{number:04}") for number in range(45)]
    lives = [replace(one.lives[2], request=request.id) for request in doubtful]
    paper = report(replace(one, requests=tuple(doubtful), lives=tuple(lives), gaps=()))
    assert len(table_of(paper, "事项原话", "应办方", "提出日期", "原因")) == 30
    assert "其余15件见 待观察.csv。" in section(paper, SECTIONS[7])


def test_guessed_teams_are_told_and_when_unsure_nobody_is_listed() -> None:
    unsure = replace(dossier(gaps=()), proposal=TeamsProposal(TEAMS, 0.4))
    sure = replace(dossier(), proposal=TeamsProposal(TEAMS, 0.9))
    assert "因为把握不足，本报告没有列任何一方的事项；请先核对双方名单。" in section(report(unsure), SECTIONS[0])
    assert not any("把握不足" in line for line in section(report(sure), SECTIONS[0]))
    assert any("0.90" in line for line in section(report(sure), SECTIONS[0]))
    assert not any("推测" in line for line in section(report(dossier()), SECTIONS[0]))


def test_the_rows_are_counted_by_kind() -> None:
    one = every_kind()
    told = section(report(one), SECTIONS[0])[3]
    assert told == (
        f"本报告共列{len(one.gaps)}条：待答复和办理的请求4条、承诺和议定事项2条、反复出现的分歧1条、协调措施3条、"
        "需要核对的2条。其中紧要程度高的3条。"
    )
    assert not any("本报告共列" in line for line in section(report(quiet()), SECTIONS[0]))


def test_every_kind_of_row_has_a_section_and_none_two() -> None:
    kinds = [*REQUESTS, *PROMISES, *ISSUES, *MEASURES, *CHECKS]
    assert sorted(kinds) == sorted(get_args(GapType))


def test_counts_are_told_by_side() -> None:
    rows = table_of(report(dossier()), "情况", "临港区总工会", "港务集团工会")
    assert rows == [
        ["应答复、应办理的", "0", "3"],
        ["已有结果的", "0", "0"],
        ["尚未见到结果的", "0", "1"],
        ["还没有到期的", "0", "1"],
        ["依现有文书无法判断的", "0", "1"],
    ]


@pytest.mark.parametrize("one", [empty(), quiet(), dossier(gaps=())], ids=["empty", "quiet", "no rows"])
def test_where_nothing_is_open_the_papers_say_so(one: Dossier) -> None:
    paper, list_ = papers(one)
    assert headings(paper, 1) == SECTIONS
    assert section(paper, "附件：原文依据") == ["卷宗中未见此类事项。"]
    assert headings(paper, 3) == []
    assert [one.text for one in list_.paragraphs if one.text == "卷宗中未见。"] == ["卷宗中未见。"] * 8


def test_an_undated_paper_is_counted_and_gives_no_period() -> None:
    one = dossier()
    told = section(report(replace(one, headers=tuple(replace(each, date="") for each in one.headers))), SECTIONS[0])
    assert told[1] == (
        "共读到文书2份，按2024年6月30日的情况统计。其中临港区总工会发出的1份、港务集团工会发出的0份、"
        "其他单位和分不清的1份。"
    )


def test_a_row_without_quotes_still_stands_in_the_annex() -> None:
    bare = replace(gap("G-AAAA", summary="缺复函"), quotes=(), asker=None, asked=None, responsible=None)
    one = replace(dossier(gaps=(bare,)))
    assert annex(report(one))[0][2] == "缺复函"
    assert "（三）责任方不明的" in headings(report(one), 2)


def test_nobody_is_blamed() -> None:
    both = "\n".join(map(text_of, papers(every_kind())))
    assert [word for word in BLAMING if word in both] == []


# --- 密级 ----------------------------------------------------------------------------------------


def test_the_marking_stands_at_the_top_of_the_report_and_of_every_list() -> None:
    paper, list_ = papers(replace(dossier(), marking="秘密"))
    assert paper.paragraphs[0].text == "秘密"
    assert [one.text for one in list_.paragraphs].count("秘密") == 2
    assert list_.paragraphs[0].text == "秘密"


def test_without_a_marking_nothing_stands_above_the_title() -> None:
    for paper in papers(dossier()):
        style = paper.paragraphs[0].style
        assert style
        assert style.name == "Title"


# --- the list before a meeting -------------------------------------------------------------------


def pages(paper: WordDocument) -> Iterator[list[str]]:
    """Yield the paragraphs of each page, which begins with a title."""
    page: list[str] = []
    for one in paper.paragraphs:
        if one.style and one.style.name == "Title" and page:
            yield page
            page = []
        page.append(one.text)
    yield page


def test_each_party_has_a_page_with_what_it_owes_and_what_it_waits_for() -> None:
    ours, theirs = pages(agenda(dossier()))
    item = f"□ {ASK}（2024-03-05提出，过时限12天，附件第1条）"
    assert ours[0] == "临港区总工会会前清单"
    assert theirs[0] == "港务集团工会会前清单"
    assert ours[2:6] == ["一、本方待办理的", "卷宗中未见。", "二、等港务集团工会办理的", item]
    assert theirs[2:6] == ["一、本方待办理的", item, "二、等临港区总工会办理的", "卷宗中未见。"]


def test_what_both_owe_is_owed_by_each() -> None:
    both = replace(gap("G-AAAA"), type="assignment_undone", responsible="AB")
    for page in pages(agenda(dossier(gaps=(both,)))):
        assert page[3].startswith("□ ")
        assert page[5] == "卷宗中未见。"


def test_on_each_page_its_own_words_on_a_disagreement_stand_first() -> None:
    ours, theirs = pages(agenda(disputed(dossier())))
    assert any(line.startswith(f"□ 本方：“{OURS}”；对方：“") for line in ours)
    assert any(line.startswith("□ 本方：“费用谁受益谁承担") and OURS in line for line in theirs)


def test_a_measure_is_named_and_a_doubtful_reply_is_to_be_checked() -> None:
    ours, theirs = pages(agenda(every_kind()))
    for page in (ours, theirs):
        assert "五、需要一起核对的" in page
        assert any("对应哪一件待核对" in line for line in page)


def test_the_gravest_come_first_and_what_finds_no_room_is_counted() -> None:
    rows = tuple(gap(f"G-{number:04}", severity=99 - number) for number in range(40))
    _, theirs = pages(agenda(dossier(gaps=rows)))
    shown = [line for line in theirs if line.startswith("□")]
    assert 5 <= len(shown) < 40
    assert theirs[2] == f"一、本方待办理的（列{len(shown)}件，共40件）"
    assert [re.search(r"附件第(\d+)条", line)[1] for line in shown] == [str(n + 1) for n in range(len(shown))]  # type: ignore[index]


def test_a_full_section_leaves_room_for_the_others() -> None:
    owed = tuple(gap(f"G-{number:04}") for number in range(60))
    one = disputed(dossier(gaps=owed))
    for page in pages(agenda(one)):
        assert any("本方：" in line for line in page)


# --- how they are set ----------------------------------------------------------------------------


def test_the_page_is_that_of_the_standard() -> None:
    for paper in papers(dossier()):
        (page,) = paper.sections
        told = (page.page_width, page.page_height, page.top_margin, page.bottom_margin, page.left_margin)
        for length, millimetres in zip((*told, page.right_margin), (210, 297, 37, 35, 28, 26), strict=True):
            assert length is not None
            assert abs(length - Mm(millimetres)) < Mm(0.1)
        assert paper.settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize(
    ("name", "font", "size", "line"),
    [
        ("Title", "方正小标宋简体", 22, 35),
        ("Normal", "仿宋", 16, 28),
        ("Heading 1", "黑体", 16, 28),
        ("Heading 2", "楷体", 16, 28),
        ("Heading 3", "仿宋", 16, 28),
    ],
)
def test_styles_are_those_of_the_standard(name: str, font: str, size: int, line: int) -> None:
    style = report(dossier()).styles[name]
    assert f'w:eastAsia="{font}"' in style.element.xml
    assert style.font.size == Pt(size)  # type: ignore[attr-defined]
    assert style.paragraph_format.line_spacing == Pt(line)  # type: ignore[attr-defined]


def test_the_page_number_stands_at_the_outer_foot() -> None:
    (page,) = report(dossier()).sections
    for footer, align in ((page.footer, "right"), (page.even_page_footer, "left")):
        xml = footer.paragraphs[0]._p.xml
        assert "PAGE" in xml
        assert f'w:jc w:val="{align}"' in xml
        assert footer.paragraphs[0].text.startswith("— ")


def test_tables_fit_the_page_and_repeat_their_heads() -> None:
    paper = report(every_kind())
    (page,) = paper.sections
    assert page.page_width
    assert page.left_margin
    assert page.right_margin
    assert len(paper.tables) >= 6
    for table in paper.tables:
        assert (
            sum(column.width or 0 for column in table.columns) <= page.page_width - page.left_margin - page.right_margin
        )
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert not any("w:tblHeader" in row._tr.xml for row in table.rows[1:])


def test_a_heading_is_kept_with_what_follows() -> None:
    styles = report(dossier()).styles
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "表头文字"):
        assert styles[name].paragraph_format.keep_with_next  # type: ignore[attr-defined]


# Children in the order that the schema has them in (ISO/IEC 29500-1): Word calls another order a damaged file.
ORDER = {
    "pPr": "pStyle keepNext pageBreakBefore widowControl spacing ind jc outlineLvl",
    "rPr": "rFonts b sz szCs lang",
    "trPr": "cantSplit tblHeader",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar",
    "tbl": "tblPr tblGrid tr",
    "style": "name qFormat pPr rPr tblPr",
    "sectPr": "footerReference pgSz pgMar",
    "settings": "evenAndOddHeaders characterSpacingControl compat themeFontLang",
    "font": "altName charset family",
    "styles": "docDefaults style",
}


def test_elements_stand_in_the_order_of_the_schema() -> None:
    seen = set()
    for content in write_papers(replace(every_kind(), marking="秘密"), load_labels()).values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            roots = [
                ET.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.startswith("word/") and "rels" not in name
            ]
        for element in (each for root in roots for each in root.iter()):
            name = element.tag.partition("}")[2]
            if name in ORDER:
                places = [ORDER[name].split().index(child.tag.partition("}")[2]) for child in element]
                assert places == sorted(places), ET.tostring(element)[:300]
                seen.add(name)
    assert seen == ORDER.keys()


# --- same input, same bytes ----------------------------------------------------------------------


def test_the_same_dossier_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_papers(every_kind(), load_labels())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write_papers(every_kind(), load_labels()) == first
    for content in first.values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_the_papers_bear_the_day_of_the_dossier() -> None:
    properties = report(dossier()).core_properties
    assert properties.created
    assert properties.created.date().isoformat() == "2024-06-30"
    assert properties.author == "coordnlp"
    assert properties.title == "协调缺口分析报告"


# --- hostile text --------------------------------------------------------------------------------

HOSTILE = (
    '=1+1<w:p/></w:t><!--]]>&amp;"\x00\x08\x1b\ufffe\ud800\u202e倒过来\u2066{asker}{0}%s'
    "{ HYPERLINK http://x.example }😀\r\n下一行\u2028\v\t完"
)


def hostile() -> Dossier:
    """A dossier whose words, names, places and advice are all hostile."""
    base = disputed(assessed(dossier()))
    documents = tuple(
        replace(one, file=f"{HOSTILE}/{one.file}", text=f"{HOSTILE}{one.text}{'长' * 50_000}") for one in base.documents
    )
    files = {old.file: new.file for old, new in zip(base.documents, documents, strict=True)}
    first, second = (replace(team, name=team.name + HOSTILE) for team in TEAMS.teams)
    bad = replace(
        gap("G-BBBB", summary=HOSTILE),
        quotes=(Quote("D-AAAA", 0, 40_000),),
        suggestion=HOSTILE,
        due=HOSTILE,
        reaction=HOSTILE,
    )
    return replace(
        base,
        teams=replace(TEAMS, teams=(first, second)),
        documents=documents,
        headers=tuple(replace(one, file=files[one.file]) for one in base.headers),
        gaps=(*base.gaps, bad, replace(bad, id="G-CCCC", quotes=())),
        skipped=(Skipped(HOSTILE, "damaged", HOSTILE * 500),),
        measures=(replace(FEEDBACK, name=HOSTILE, advice=HOSTILE),),
        notes=(HOSTILE,),
        marking=HOSTILE,
    )


def test_hostile_text_stays_text() -> None:
    for paper in papers(hostile()):
        told = text_of(paper)
        assert "=1+1<w:p/></w:t><!--]]>&amp;" in told
        assert "{asker}{0}%s" in told
        assert not set(told) & set("\x00\x08\x1b\ufffe\ud800\u202e\u2066\u2028\v\t\r")
        xml = paper.element.xml
        assert "fldSimple" not in xml
        assert "hyperlink" not in xml
        assert xml.count("<w:body") == 1


def test_hostile_text_changes_no_structure() -> None:
    plain, bad = report(disputed(assessed(dossier()))), report(hostile())
    assert headings(bad, 1) == headings(plain, 1)
    assert {one.style.name for one in bad.paragraphs if one.style} >= {
        one.style.name for one in plain.paragraphs if one.style
    }


def test_very_long_quotes_are_cut() -> None:
    long = next(row for row in annex(report(hostile())) if row[1].endswith("G-BBBB"))
    assert "……”" in long[2]
    assert len(long[2]) < 1_000


def test_a_thousand_rows_are_written_whole() -> None:
    rows = tuple(gap(f"G-{number:04}") for number in range(1_000))
    assert len(report_rows(rows)) == 1_000


def report_rows(rows: tuple[Gap, ...]) -> set[str]:
    """Return the ids in the annex, read from the XML: python-docx takes long over a thousand rows."""
    content = write_papers(dossier(gaps=rows), load_labels())["report.docx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return set(re.findall(r"G-\d{4}", archive.read("word/document.xml").decode()))


# --- the words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "100")],
)
def test_headings_count_as_offices_do(number: int, numeral: str) -> None:
    assert load_paper_words().numeral(number) == numeral


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2024-03-05", "2024年3月5日"), ("", "日期不明"), ("月底", "月底"), ("2024-13-01", "2024-13-01")],
)
def test_days_are_written_out(written: str, shown: str) -> None:
    assert load_paper_words().day(written) == shown


def test_second_and_third_level_numbers_begin_again() -> None:
    rows = tuple(replace(gap(f"G-{number}"), responsible=side) for number, side in enumerate("AABB"))  # type: ignore[arg-type]
    paper = report(dossier(gaps=rows))
    assert [title[:2] for title in headings(paper, 3)] == ["1.", "2.", "1.", "2."]
    assert [title[:3] for title in headings(paper, 2)][:4] == ["（一）", "（二）", "（一）", "（二）"]


TABLE = (resources.files("coordnlp") / "lexicons" / "papers.toml").read_text("utf-8")
LAYOUT = (resources.files("coordnlp") / "lexicons" / "paper_layout.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('due = "时限为{due}。"', 'due = "时限为{days}。"', "items.due.*days"),
        ('raised = "前后提出{count}次。"', 'raised = "前后提出{count:>9}次。"', "items.raised.*count"),
        ('waiting = "没有写明时限，至今{days}天。"', 'waiting = "{days.__class__}"', "items.waiting"),
        ('as_of = "（截至{day}）"', 'as_of = "（截至{day）"', "report.as_of"),
        ('reopened = "谈妥后又起的分歧"\n', "", "reopened"),
        ('numerals = "一二三四五六七八九十"', 'numerals = "一二三"', "numerals"),
        ('none = "卷宗中未见此类事项。"', 'none = ""', "general.none"),
    ],
)
def test_a_template_that_would_fail_in_a_run_fails_on_load(old: str, new: str, named: str) -> None:
    assert old in TABLE
    with pytest.raises(TableError, match=named):
        parse_table("lexicons/papers.toml", TABLE.replace(old, new, 1), PaperWords)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('name = "caption"', 'name = "cell"', "style"),
        ('name = "caption"', 'name = "legend"', "style"),
        ('font = "宋体"\nsize = 14', 'font = "幼圆"\nsize = 14', "幼圆"),
        ("width = 210", "width = 0", "page.width"),
    ],
)
def test_a_broken_layout_fails_on_load(old: str, new: str, named: str) -> None:
    assert old in LAYOUT
    with pytest.raises(TableError, match=named):
        parse_table("lexicons/paper_layout.toml", LAYOUT.replace(old, new, 1), PaperLayout)
