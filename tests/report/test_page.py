"""`report.html` from hand-made records: what stands in it, and that text of documents stays text."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from handmade import ASK, assessed, dossier, gap, quiet
from lxml import html

from coordnlp.records import Coverage, Dossier, Issue, Month, Occasion, Position, Quote, Silence
from coordnlp.report import write_outputs
from coordnlp.report.labels import load_labels
from coordnlp.report.page import MARK, is_our_page, make_page
from coordnlp.report.page.scale import make_scale
from coordnlp.report.page.words import load_page_words

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u202e\x00{{7*7}}"


def page(one: Dossier) -> str:
    return make_page(one, lambda _: "new", load_labels()).decode()


def tree(one: Dossier) -> html.HtmlElement:
    return html.fromstring(page(one))


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def issue() -> Issue:
    occasion = Occasion("P-1", "D-AAAA", 0, 8, "2024-03-05", "A", 0.9)
    both = Occasion("P-2", "D-BBBB", 3, 7, "2024-03-08", "AB", 0.8)
    ledger = (Position("A", "D-AAAA", 0, 8, "2024-03-05"), Position("B", "D-BBBB", 3, 7, "2024-03-08", moved=True))
    return Issue("I-AAAA", "床位归谁定", (occasion, both), "open", True, None, (), 0.7, ledger)


def disputed() -> Dossier:
    row = gap("G-IIII", "双方反复有分歧")
    row = replace(row, type="recurring", request="", issue="I-AAAA", quotes=(Quote("D-AAAA", 0, 8),), responsible="AB")
    return replace(dossier(gaps=(gap("G-AAAA"), row)), issues=(issue(),))


# --- what stands in it ---------------------------------------------------------------------------


def test_every_row_stands_in_it_with_quote_place_and_confidence() -> None:
    rows = tree(dossier()).xpath("//details[contains(@class, 'row')]")
    (row,) = rows
    assert row.get("id") == "G-AAAA"
    told = text_of(row)
    for words in (
        "未答复",
        "提供三季度床位数据",
        ASK,
        "发文/a.txt 第2行",
        "把握 0.88",
        "已等 40 天",
        "逾期 12 天",
        "再发一函催办",
    ):
        assert words in told


def test_what_happened_later_stands_in_order_of_time_with_its_reasons() -> None:
    row = text_of(tree(dossier()).get_element_by_id("G-AAAA"))
    assert row.index("2024-03-08 收悉") < row.index("2024-04-01 催办")
    assert "来函收悉" in row


def test_the_deadline_is_marked_in_the_quote() -> None:
    assert [one.text for one in tree(dossier()).xpath("//details[@id='G-AAAA']//mark/u")] == ["3月20日前"]


def test_a_quote_stands_in_its_paragraph_and_no_further() -> None:
    mark = tree(dossier()).xpath("//details[@id='G-AAAA']//blockquote")[0]
    assert text_of(mark).startswith(ASK)
    assert "我会将于四月底前" not in text_of(mark)


def test_both_sides_of_a_disagreement_stand_side_by_side() -> None:
    sides = tree(disputed()).xpath("//details[@id='G-IIII']//div[contains(@class, 'side')]")
    assert [side.get("class").split()[1] for side in sides] == ["A", "B"]
    assert "让步" in text_of(sides[1])
    assert "让步" not in text_of(sides[0])


def test_the_ladder_leads_to_the_row_of_what_is_open() -> None:
    found = tree(dossier())
    links = {one.get("href") for one in found.xpath("//svg[contains(@class, 'ladder')]//a")}
    assert links == {"#G-AAAA"}
    titles = [one.text for one in found.xpath("//svg[contains(@class, 'ladder')]//title")]
    assert any("关于提供数据的函" in title for title in titles)


def test_measures_and_figures_stand_in_it() -> None:
    one = replace(
        assessed(dossier()),
        coverage=Coverage(
            months=tuple(Month(f"2024-{month:02}", "B", 1, 0) for month in (3, 4)),
            silences=(Silence("B", "2024-04-01", "2024-04-30"),),
        ),
    )
    told = text_of(tree(one))
    assert "反馈与跟进机制（只见反映问题）" in told
    assert "收到请求3件，有答复或明确回绝的2件" in told
    assert "件数少，只供参考" in told


@pytest.mark.parametrize(
    "one", [quiet(), replace(quiet(), documents=(), headers=(), passages=())], ids=["quiet", "empty"]
)
def test_a_dossier_without_gaps_says_so(one: Dossier) -> None:
    assert "没有缺口" in text_of(tree(one))


def test_a_mark_and_an_unsure_guess_are_told_at_the_top() -> None:
    assert "密级：机密" in text_of(tree(replace(dossier(), marking="机密")).xpath("//header")[0])
    assert "密级" not in text_of(tree(dossier()).xpath("//header")[0])


# --- safe ----------------------------------------------------------------------------------------


def hostile() -> Dossier:
    one = disputed()
    documents = tuple(replace(paper, text=HOSTILE + paper.text[len(HOSTILE) :]) for paper in one.documents)
    rows = tuple(replace(row, summary=HOSTILE, why=HOSTILE, suggestion=HOSTILE) for row in one.gaps)
    headers = tuple(replace(header, title=HOSTILE) for header in one.headers)
    issues = (replace(one.issues[0], label=HOSTILE),)
    return replace(
        one, documents=documents, gaps=rows, headers=headers, issues=issues, notes=(HOSTILE,), marking=HOSTILE
    )


def test_hostile_text_stays_text() -> None:
    found = tree(hostile())
    assert len(found.xpath("//script")) == 1
    assert found.xpath("//img") == []
    assert not any(name.startswith("on") for one in found.iter() for name in one.attrib)
    assert "{{7*7}}" in found.text_content()
    assert "\u202e" not in page(hostile())


def test_nothing_is_fetched_and_script_and_style_are_named_by_hash() -> None:
    source = page(dossier())
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*", source) == []
    assert "url(" not in source
    assert "http:" not in source
    assert "https:" not in source
    policy = html.fromstring(source).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        words = re.search(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert words
        assert b64encode(hashlib.sha256(words[1].encode()).digest()).decode() in policy


def test_a_page_bears_the_mark_of_this_program_and_is_the_same_twice() -> None:
    assert MARK in page(dossier())
    assert page(dossier()) == page(dossier())


def test_five_thousand_rows_are_made_in_reasonable_size() -> None:
    rows = tuple(gap(f"G-{number:04}", f"第{number}件") for number in range(5000))
    source = page(dossier(gaps=rows))
    assert source.count('<details class="row') == 5000
    assert len(source) < 20_000_000


# --- among the outputs ---------------------------------------------------------------------------


def test_a_run_writes_the_page_of_every_dossier_and_names_it_in_its_record(tmp_path: Path) -> None:
    write_outputs(tmp_path, [dossier()], {})
    assert is_our_page(tmp_path / "report.html")
    assert '"report.html"' in (tmp_path / "run.json").read_text("utf-8")
    write_outputs(tmp_path, [dossier("甲"), quiet("乙")], {})
    assert not (tmp_path / "report.html").exists()
    assert is_our_page(tmp_path / "甲/report.html")


def test_a_page_of_somebody_else_is_kept(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("<p>别人的网页</p>", "utf-8")
    written = write_outputs(tmp_path, [dossier()], {})
    assert (tmp_path / "report-旧-1.html").read_text("utf-8") == "<p>别人的网页</p>"
    assert any("report.html" in note for note in written.notes)
    assert not is_our_page(tmp_path / "没有.html")


# --- words and scale -----------------------------------------------------------------------------


def test_words_have_chinese_punctuation() -> None:
    told = load_page_words("zh").words.values()
    assert [text for text in told if re.search(r"[,;:!?()]", re.sub(r"\{\w+\}", "", text))] == []


@pytest.mark.parametrize(
    ("first", "last", "px"),
    [("2024-01-01", "2024-01-01", 5.0), ("2024-01-01", "2024-03-01", 5.0), ("2014-01-01", "2024-01-01", 1150 / 730)],
)
def test_the_axis_is_drawn_neither_too_wide_nor_too_narrow(first: str, last: str, px: float) -> None:
    assert make_scale(first, last).px == px


NAME = load_page_words("zh").name_of


def test_the_axis_names_every_month_once_and_years_at_january() -> None:
    ticks = make_scale("2023-11-15", "2024-02-10").ticks
    assert list(map(NAME, ticks)) == ["2023年11月", "12月", "2024年1月", "2月"]
    assert list(map(NAME, make_scale("2023-11-28", "2024-02-10").ticks)) == [
        "",
        "2023年12月",
        "2024年1月",
        "2月",
    ]
    places = [tick.x for tick in ticks]
    assert places == sorted(places)


def test_names_of_months_leave_each_other_room() -> None:
    scale = make_scale("2023-01-01", "2025-06-30", 840)
    named = [tick for tick in scale.ticks if NAME(tick)]
    assert [NAME(tick) for tick in named if "年" in NAME(tick)] == ["2023年2月", "2024年1月", "2025年1月"]
    for one, other in pairwise(named):
        assert other.x - one.x >= (60 if "年" in NAME(one) else 25)


def test_a_name_that_the_edge_would_cut_is_left_out() -> None:
    ticks = make_scale("2024-01-18", "2025-01-10", 840).ticks
    assert (ticks[-1].year, ticks[-1].month, ticks[-1].has_name) == (2025, 1, False)
    assert make_scale("2024-01-01", "2024-01-02").ticks[0].has_name


def test_months_are_named_in_english() -> None:
    ticks = make_scale("2023-11-15", "2024-02-10").ticks
    assert list(map(load_page_words("en").name_of, ticks)) == ["Nov 2023", "Dec", "Jan 2024", "Feb"]


def test_a_picture_beside_its_labels_is_narrower() -> None:
    assert make_scale("2024-01-01", "2025-06-30", 840).width <= 842 < make_scale("2024-01-01", "2025-06-30").width
