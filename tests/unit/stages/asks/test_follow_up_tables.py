"""Rows of follow-up tables as items: whom they task, by when, and what they do not ask."""

from __future__ import annotations

import datetime as dt

import pytest
from papers import TEAMS, paper

from coordnlp.dates import WorkCalendar, find_cell_due
from coordnlp.names import load_voices
from coordnlp.nlp import load_nlp
from coordnlp.records import Request
from coordnlp.settings import load_settings
from coordnlp.stages.annotations import annotate_passages
from coordnlp.stages.asks import find_requests, load_ask_table
from coordnlp.stages.parse import parse_dossier


def requests(*texts: str) -> list[tuple[Request, str]]:
    documents = [paper(text, f"{at}.txt") for at, text in enumerate(texts)]
    parsed, names = parse_dossier(documents, TEAMS)
    voices = load_voices()
    annotations = annotate_passages(parsed, names, voices, load_nlp(), WorkCalendar())
    found = find_requests(parsed, annotations, names, voices, TEAMS, load_settings(), load_ask_table())
    words = {passage.id: one.words(passage) for one in parsed for passage in one.passages}
    return [(request, words[request.passage]) for request in found]


AGREED = """
青溪镇黑松林场联席会议议定事项清单
2024年4月10日
序号|事项|责任单位|完成时限
1|修复桥头便道并清理边沟|黑松林场|4月底
2|拨付防火经费二十万元|青溪镇人民政府|5月31日
3|核对县界|县林业局|6月
"""
PROGRESS = """
青溪镇黑松林场联席会议议定事项落实情况通报
2024年6月10日
序号|事项|责任单位|完成时限|进展情况
1|修复桥头便道并清理边沟|黑松林场|4月底|正在备料
2|拨付防火经费二十万元|青溪镇人民政府|5月31日|尚未拨付
"""


def test_rows_that_both_agreed_task_the_unit_responsible_by_the_date_of_the_row() -> None:
    found = [(r.kind, r.asked, r.due.date if r.due else "", words) for r, words in requests(AGREED)]
    assert found == [
        ("assignment", "B", "2024-04-30", "修复桥头便道并清理边沟"),
        ("assignment", "A", "2024-05-31", "拨付防火经费二十万元"),
    ]


def test_a_row_that_tells_a_decision_again_is_no_second_item() -> None:
    minutes = """
青溪镇黑松林场联席会议纪要
时间：2024年3月10日
出席：周启山、何映雪、罗建川、田小满
会议议定由黑松林场于4月底前修复桥头便道，并清理边沟。
"""
    found = [words for _, words in requests(minutes, AGREED) if "便道" in words]
    assert found == ["会议议定由黑松林场于4月底前修复桥头便道，并清理边沟。"]


def test_rows_that_say_how_far_a_matter_is_report_on_an_older_one() -> None:
    assert requests(PROGRESS) == []


def test_a_row_of_both_tasks_them_together_and_one_of_each_tasks_each() -> None:
    both = AGREED.replace("黑松林场|4月底", "双方|4月底").replace(
        "拨付防火经费二十万元|青溪镇人民政府", "各派一名联络员|双方"
    )
    assert sorted((r.asked, words) for r, words in requests(both)) == [
        ("A", "各派一名联络员"),
        ("AB", "修复桥头便道并清理边沟"),
        ("B", "各派一名联络员"),
    ]


def test_one_teams_own_list_tasks_nobody() -> None:
    own = AGREED.replace("青溪镇黑松林场联席会议议定事项清单", "黑松林场班子重点工作台账")
    assert requests(own) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3月31日", "2024-03-31"),
        ("2024-03-31", "2024-03-31"),
        ("4月", "2024-04-30"),
        ("3月底前", "2024-03-31"),
        ("1月底", "2025-01-31"),
        ("二季度末", "2024-06-30"),
        ("长期", ""),
        ("立即", ""),
        ("", ""),
    ],
)
def test_a_bare_date_in_a_due_column_is_a_deadline(written: str, expected: str) -> None:
    found = find_cell_due(written, dt.date(2024, 8, 1), calendar=WorkCalendar())
    assert (found.date if found else "") == expected
