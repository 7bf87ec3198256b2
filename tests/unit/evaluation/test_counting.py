"""A run laid beside gold: what counts as right, what as wrong, and what counts neither way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from coordnlp.evaluation.alignment import Alignment
from coordnlp.evaluation.counting import count
from coordnlp.evaluation.figures import Detection, Rate
from coordnlp.evaluation.mistakes import list_mistakes
from coordnlp.gold.records import Gold

ASK = "请贵会于3月20日前提供名单。"
DOCUMENTS = [
    {"file": "1.txt", "date": "2024-03-01", "kind": "letter", "number": "甲函〔2024〕1号", "from": "A", "to": "B"},
    {"file": "2.txt", "date": "2024-03-18", "kind": "reply", "from": "B", "to": "A"},
]


def gold(**request: Any) -> Gold:
    one = {
        "id": "R1",
        "kind": "request",
        "from": "A",
        "to": "B",
        "file": "1.txt",
        "quote": ASK,
        "due": "2024-03-20",
        "status": "unanswered",
        "overdue": True,
        "events": [],
    }
    return Gold.model_validate({"as_of": "2024-06-30", "documents": DOCUMENTS, "requests": [one | request]})


def data(*, requests: list[dict[str, Any]], gaps: list[dict[str, Any]], swap: bool = False) -> Mapping[str, Any]:
    side = {"A": "B", "B": "A"} if swap else {"A": "A", "B": "B"}
    documents = [
        {
            "file": one["file"].replace("txt", "docx"),
            "date": one["date"],
            "kind": one["kind"],
            "sender": side[one["from"]],
        }
        for one in DOCUMENTS
    ]
    return {"documents": documents, "passages": [], "requests": requests, "issues": [], "gaps": gaps, "measures": []}


def found(**change: Any) -> dict[str, Any]:
    base = {
        "id": "Q1",
        "kind": "request",
        "from": "A",
        "to": "B",
        "file": "1.docx",
        "text": ASK,
        "due": "2024-03-20",
        "status": "unanswered",
        "overdue": True,
        "events": [],
        "score": 0.9,
    }
    return base | change


def row(kind: str = "unanswered", request: str = "Q1") -> dict[str, Any]:
    return {"type": kind, "request": request, "quotes": [{"file": "1.docx", "text": ASK}], "confidence": 0.5}


def alignment(one: Gold, records: Mapping[str, Any]) -> Alignment:
    return Alignment("试卷", one, records)


def test_a_right_run_makes_no_mistake() -> None:
    one = alignment(gold(), data(requests=[found()], gaps=[row()]))
    counts = count(one)
    assert counts.detections["requests"] == Detection(1, 0, 0)
    assert counts.detections["dashboard"] == Detection(1, 0, 0)
    assert counts.rates["false_accusation"] == Rate(0, 1)
    # The run read no number.
    assert [mistake.kind for mistake in list_mistakes(one)] == ["document_number"]


def test_sides_called_the_other_way_round_are_taken_as_such() -> None:
    counts = count(alignment(gold(), data(requests=[found(**{"from": "B", "to": "A"})], gaps=[], swap=True)))
    assert counts.rates["documents.from"] == Rate(2, 2)
    assert counts.rates["requests.direction"] == Rate(1, 1)


@pytest.mark.parametrize("status", ["answered", "declined", "withdrawn"])
def test_a_row_about_a_closed_request_is_a_false_accusation(status: str) -> None:
    one = alignment(gold(status=status, overdue=False), data(requests=[found()], gaps=[row()]))
    counts = count(one)
    assert counts.rates["false_accusation"] == Rate(1, 1)
    assert counts.detections["dashboard"] == Detection(0, 1, 0)
    assert list_mistakes(one)[0].kind == "false_row"


def test_a_row_about_no_request_at_all_is_one_too() -> None:
    no_ask = found(text="会议室在三楼。", id="Q2")
    counts = count(alignment(gold(), data(requests=[no_ask], gaps=[row(request="Q2")])))
    assert counts.rates["false_accusation"] == Rate(1, 1)
    assert counts.detections["requests"] == Detection(0, 1, 1)


def test_an_item_not_due_yet_counts_neither_way() -> None:
    counts = count(alignment(gold(due="2024-07-31", overdue=False), data(requests=[found()], gaps=[row()])))
    assert counts.detections["dashboard"] == Detection(0, 0, 0)


@pytest.mark.parametrize(
    ("made", "expected", "same"),
    [
        ([("2.docx", "answer")], Detection(1, 0, 0), 1),
        ([("2.docx", "acknowledgement")], Detection(1, 0, 0), 0),
        ([("1.docx", "answer")], Detection(0, 1, 1), 0),
        ([("2.docx", "urge")], Detection(0, 0, 1), 0),
        ([], Detection(0, 0, 1), 0),
    ],
)
def test_links_are_counted_by_document_and_type(made: list[tuple[str, str]], expected: Detection, same: int) -> None:
    events = [{"type": "answer", "file": "2.txt", "quote": "名单附后。"}]
    told = [{"type": kind, "file": file, "text": "名单附后。", "score": 0.5} for file, kind in made]
    counts = count(alignment(gold(events=events, status="answered"), data(requests=[found(events=told)], gaps=[])))
    assert counts.detections["links"] == expected
    assert counts.rates["links.type"].hits == same


def test_mistakes_stand_by_cost_and_then_by_how_sure_the_run_was() -> None:
    more = [found(id="Q2", text="请坐。", score=0.4), found(id="Q3", text="请看大屏幕。", score=0.8)]
    one = alignment(gold(status="answered", overdue=False), data(requests=[found(), *more], gaps=[row()]))
    assert [(m.kind, m.score) for m in list_mistakes(one)][:3] == [
        ("false_row", 0.5),
        ("false_request", 0.8),
        ("false_request", 0.4),
    ]
