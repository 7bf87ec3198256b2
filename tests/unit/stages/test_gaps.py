"""Rows of the dashboard: severity, summary, ties and papers that are missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import TEAMS, paper, read

from coordnlp.records import (
    Coverage,
    Dossier,
    Due,
    Event,
    Gap,
    GapType,
    Issue,
    IssueStatus,
    Life,
    Mark,
    Occasion,
    Parsed,
    Party,
    Quote,
    Request,
    RequestStatus,
    Tie,
    Unseen,
    UnseenKind,
    Verdict,
)
from coordnlp.stages.gaps import find_gaps
from coordnlp.stages.gaps.sentences import load_gap_words
from coordnlp.stages.gaps.severity import rate_severity
from coordnlp.stages.gaps.table import load_gap_table
from coordnlp.stages.gaps.words import shorten

NOTHING = Coverage()
RULE, WORDS = load_gap_table().severity, load_gap_words("zh").severity
ASK = "请贵场于4月20日前提供防火带界线图。"
LETTER = paper(
    f"关于界线图的函\n青政函〔2024〕12号\n黑松林场：\n{ASK}\n请归还油锯。\n青溪镇人民政府\n2024年4月1日", "1.txt"
)
REPLY = paper("关于界线图的复函\n林函〔2024〕3号\n青溪镇人民政府：\n已办妥。\n黑松林场\n2024年5月6日", "2.txt")


def life(*, status: RequestStatus = "unanswered", verdict: Verdict = "gap") -> Life:
    return Life("Q-1", status, verdict, False, 0, 0, 1, "卷宗里没有找到答复", confidence=0.9)


def ask(one: Parsed, id: str = "Q-1", words: str = ASK, kind: str = "request") -> Request:
    start = one.document.text.index(words)
    due = Due("4月20日前", "2024-04-20")
    place = (one.header.id, "P-1", start, start + len(words), one.header.date)
    return Request(id, kind, "A", "B", *place, due, 0.8, ("请求用语（+2.50）",))  # type: ignore[arg-type]


def event(one: Parsed, type: str, *, score: float = 0.9, request: str = "Q-1") -> Event:
    return Event(request, type, one.header.id, "P-2", 0, 4, one.header.date, score)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def papers() -> list[Parsed]:
    return read(LETTER, REPLY)


def gaps_of(
    papers: Sequence[Parsed] = (),
    requests: Sequence[Request] = (),
    events: Sequence[Event] = (),
    lives: Sequence[Life] = (),
    ties: Sequence[Tie] = (),
    issues: Sequence[Issue] = (),
    coverage: Coverage = NOTHING,
) -> list[Gap]:
    """Return the rows of a dossier with these records, as of 2024-06-30."""
    return find_gaps(
        Dossier(
            name="",
            as_of="2024-06-30",
            teams=TEAMS,
            documents=tuple(one.document for one in papers),
            headers=tuple(one.header for one in papers),
            passages=(),
            annotations=(),
            requests=tuple(requests),
            events=tuple(events),
            ties=tuple(ties),
            lives=tuple(lives),
            issues=tuple(issues),
            gaps=(),
            skipped=(),
            coverage=coverage,
        )
    )


# --- scans ---------------------------------------------------------------------------------------


def scanned(one: Parsed, *labels: str) -> Parsed:
    """Return a paper whose first line stands on page 1 and the rest on page 2, of which some were recognised."""
    marks = (Mark(0, "第1页"), Mark(8, "第2页"))
    return replace(one, document=replace(one.document, marks=marks, scanned=labels))


def test_a_row_that_rests_on_a_scan_is_less_sure_and_says_so(papers: list[Parsed]) -> None:
    plain = only(gaps_of(papers, [ask(papers[0])], lives=[life()]))
    gap = only(gaps_of([scanned(papers[0], "第2页"), papers[1]], [ask(papers[0])], lives=[life()]))
    assert gap.why == f"{plain.why}；“1.txt”识别自扫描件，可能有误认，请核对原件"
    assert (plain.confidence, gap.confidence) == (0.9, 0.81)
    assert gap.id == plain.id


def test_a_reply_that_was_recognised_is_told_too(papers: list[Parsed]) -> None:
    reply = replace(event(papers[1], "acknowledgement"), start=10, end=14)
    found = [papers[0], scanned(papers[1], "第2页")]
    gap = only(gaps_of(found, [ask(papers[0])], [reply], [life(status="acknowledged")]))
    assert "“2.txt”识别自扫描件" in gap.why


def test_a_page_with_letters_of_its_own_is_as_sure_as_ever(papers: list[Parsed]) -> None:
    gap = only(gaps_of([scanned(papers[0], "第1页"), papers[1]], [ask(papers[0])], lives=[life()]))
    assert ("扫描" in gap.why, gap.confidence) == (False, 0.9)


# --- severity ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "severity"),
    [
        ({}, 45),
        ({"waiting": 1}, 46),
        ({"waiting": 7}, 46),
        ({"waiting": 8}, 47),
        ({"waiting": 140}, 65),
        ({"waiting": 1000}, 65),
        ({"waiting": 7, "overdue": 1}, 57),
        ({"waiting": 7, "overdue": 8}, 58),
        ({"waiting": 1000, "overdue": 1000}, 85),
        ({"raised": 2}, 53),
        ({"raised": 3}, 61),
        ({"raised": 9}, 61),
        ({"waiting": 1000, "overdue": 1000, "raised": 9}, 100),
        ({"seen_in": 2}, 45),
        ({"seen_in": 3}, 53),
        ({"seen_in": 9}, 61),
        ({"confidence": 0.5}, 45),
        ({"confidence": 0.49}, 35),
        ({"confidence": 0.0, "waiting": 8}, 37),
    ],
)
def test_severity_is_the_sum_of_its_points(points: dict[str, int], severity: int) -> None:
    assert rate_severity(45, RULE, WORDS, **points)[0] == severity


def test_severity_says_how_it_came_about() -> None:
    assert rate_severity(45, RULE, WORDS, waiting=15, overdue=3, raised=2)[1] == (
        "此类事项45分，已等15天加3分，逾期3天加11分，催过1次加8分"
    )
    assert (
        rate_severity(45, RULE, WORDS, waiting=15, confidence=0.3)[1]
        == "此类事项45分，已等15天加3分，把握不足50%减10分"
    )
    assert rate_severity(45, RULE, WORDS)[1] == "此类事项45分"


@given(st.integers(0, 90), st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 40))
def test_severity_is_bounded_and_its_parts_add_up(base: int, waiting: int, late: int, raised: int) -> None:
    severity, why = rate_severity(base, RULE, WORDS, waiting=waiting, overdue=late, raised=raised)
    assert severity == min(100, sum(int(part) for part in re.findall(r"(\d+)分", why)))
    assert base <= severity <= 100


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 5))
def test_more_waiting_is_never_less_severe(waiting: int, late: int, raised: int) -> None:
    one = rate_severity(45, RULE, WORDS, waiting=waiting, overdue=late, raised=raised)[0]
    assert rate_severity(45, RULE, WORDS, waiting=waiting + 7, overdue=late + 7, raised=raised + 1)[0] >= one


# --- summary -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "short"),
    [
        ("请修便道。", "请修便道。"),
        ("请修\n便 道。", "请修便道。"),
        ("请" * 60, "请" * 60),
        ("请" * 61, "请" * 60 + "…"),
        ("请" * 40 + "，" + "修" * 40, "请" * 40 + "…"),
        ("请" * 30 + "；" + "修" * 10 + "，" + "护" * 40, "请" * 30 + "；" + "修" * 10 + "…"),
        ("请，" + "修" * 80, ("请，" + "修" * 80)[:60] + "…"),
        ("", ""),
        # The numbering of a point is no part of what it asks.
        ("一、请修便道。", "请修便道。"),
        ("（二）请修便道。", "请修便道。"),
        ("3.请修便道。", "请修便道。"),
        ("3.5公里便道塌方。", "3.5公里便道塌方。"),
        ("一百盏灯。", "一百盏灯。"),
    ],
)
def test_a_long_quote_is_cut_at_a_comma(quote: str, short: str) -> None:
    assert shorten(quote) == short


@given(st.text("请修便道，；。 \n", max_size=200))
def test_a_summary_quotes_word_for_word(quote: str) -> None:
    short = shorten(quote)
    assert len(short) <= 61
    assert "".join(quote.split()).startswith(short.removesuffix("…"))


# --- rows ----------------------------------------------------------------------------------------


def only(gaps: list[Gap]) -> Gap:
    (gap,) = gaps
    return gap


@pytest.mark.parametrize(
    ("kind", "status", "type"),
    [
        ("request", "unanswered", "unanswered"),
        ("request", "acknowledged", "acknowledged_only"),
        ("request", "partial", "partly_answered"),
        ("commitment", "unanswered", "commitment_unkept"),
        ("commitment", "partial", "commitment_unkept"),
        ("assignment", "acknowledged", "assignment_undone"),
    ],
)
def test_a_row_has_the_type_of_its_request(papers: list[Parsed], kind: str, status: RequestStatus, type: str) -> None:
    gap = only(gaps_of(papers, [ask(papers[0], kind=kind)], [], [life(status=status)]))
    assert gap.type == type
    assert gap.responsible == ("A" if kind == "commitment" else "B")


def test_a_row_quotes_the_ask_and_what_happened_to_it(papers: list[Parsed]) -> None:
    one = ask(papers[0])
    gap = only(
        gaps_of(
            papers,
            [one],
            [event(papers[1], "acknowledgement")],
            [life(status="acknowledged")],
        )
    )
    assert [(quote.document, quote.start, quote.end) for quote in gap.quotes] == [
        (one.document, one.start, one.end),
        (papers[1].header.id, 0, 4),
    ]
    assert gap.summary == f"黑松林场班子只说已收到或正在办，没有结果：{ASK}"
    assert (gap.reaction, gap.due, gap.request) == ("2024-05-06 收悉／在办", "2024-04-20", "Q-1")
    assert "认作请求的依据：请求用语" in gap.why


@pytest.mark.parametrize("verdict", ["pending", "cannot_tell", "closed"])
def test_only_a_gap_makes_a_row(papers: list[Parsed], verdict: Verdict) -> None:
    assert gaps_of(papers, [ask(papers[0])], [], [life(verdict=verdict)]) == []


def test_a_row_is_as_sure_as_the_life_behind_it_and_tells_why(papers: list[Parsed]) -> None:
    sure = replace(
        life(), confidence=0.87, reasons=("时限已过（+0.51）", "有一处可能就是答复（-0.90）", "提出的一方催过（+0.90）")
    )
    gap = only(gaps_of(papers, [ask(papers[0])], [], [sure]))
    assert gap.confidence == 0.87
    assert gap.why.endswith("未办结的依据：提出的一方催过、时限已过")


def test_the_last_reaction_tells_the_day_that_was_promised(papers: list[Parsed]) -> None:
    promise = replace(event(papers[1], "acknowledgement", score=1.0), until="2024-05-20")
    lives = [life(status="acknowledged")]
    gap = only(gaps_of(papers, [ask(papers[0])], [promise], lives))
    assert gap.reaction.endswith("收悉／在办，说 2024-05-20 前")


def test_the_most_severe_comes_first_and_ids_differ(papers: list[Parsed]) -> None:
    asks = [ask(papers[0]), ask(papers[0], "Q-2", "请归还油锯。")]
    lives = [life(), Life("Q-2", "unanswered", "gap", True, 90, 60, 2, "卷宗里没有找到答复")]
    gaps = gaps_of(papers, asks, [], lives)
    assert [gap.request for gap in gaps] == ["Q-2", "Q-1"]
    assert len({gap.id for gap in gaps}) == 2
    assert gaps_of(papers, asks[::-1], [], lives[::-1]) == gaps


# --- ties ----------------------------------------------------------------------------------------


def tie(one: Parsed, *candidates: str) -> Tie:
    start = one.document.text.index("已办妥")
    return Tie("answer", one.header.id, "P-2", start, start + 4, candidates, "同样对得上几件事项，没有替您猜")


def test_a_tie_of_two_is_a_row_that_shows_both(papers: list[Parsed]) -> None:
    asks = [ask(papers[0]), ask(papers[0], "Q-2", "请归还油锯。")]
    lives = [life(verdict="cannot_tell"), Life("Q-2", "unanswered", "cannot_tell", False, 0, 0, 1, "")]
    gap = only(gaps_of(papers, asks, [], lives, [tie(papers[1], "Q-1", "Q-2")], []))
    assert (gap.type, gap.responsible, gap.request) == ("ambiguous_reply", "B", "")
    assert len(gap.quotes) == 3
    assert "已办妥" in gap.summary


def test_a_doubt_about_one_request_is_no_row(papers: list[Parsed]) -> None:
    lives = [life(verdict="cannot_tell")]
    assert gaps_of(papers, [ask(papers[0])], [], lives, [tie(papers[1], "Q-1")], []) == []


# --- papers that are missing ---------------------------------------------------------------------


def missing(kind: UnseenKind, party: Party | None) -> Unseen:
    return Unseen(kind, "青政函〔2024〕9号", party, "2024-05-20", "青政函〔2024〕9号", "", Quote("D-1", 0, 9))


@pytest.mark.parametrize("kind", ["cited", "registered"])
@pytest.mark.parametrize("party", ["A", "B", "AB"])
def test_a_paper_of_the_two_that_is_named_and_not_there_is_a_row(kind: UnseenKind, party: Party) -> None:
    gap = only(gaps_of(coverage=Coverage(unseen=(missing(kind, party),))))
    assert (gap.type, gap.responsible, gap.date) == ("missing_document", party, "2024-05-20")
    assert "青政函〔2024〕9号" in gap.summary
    assert gap.quotes == (Quote("D-1", 0, 9),)


@pytest.mark.parametrize(("kind", "party"), [("skipped", "B"), ("marked", "B"), ("cited", None), ("registered", "X")])
def test_unread_files_and_papers_of_others_are_no_rows(kind: UnseenKind, party: Party | None) -> None:
    assert gaps_of(coverage=Coverage(unseen=(missing(kind, party),))) == []


# --- disagreements -------------------------------------------------------------------------------


def issue(papers: list[Parsed], status: IssueStatus = "open", *, recurring: bool = True) -> Issue:
    occasions = tuple(
        Occasion(f"P-{at}", one.header.id, 0, 4, f"2024-0{at + 1}-05", "A" if at == 0 else "B", 0.9)
        for at, one in enumerate(papers)
    )
    resolution = replace(occasions[-1], date="2024-03-09") if status != "open" else None
    return Issue("I-1", "养护费由谁承担", occasions, status, recurring, resolution, (), 0.8)


@pytest.mark.parametrize(("status", "type"), [("open", "recurring"), ("reopened", "reopened")])
def test_a_disagreement_that_comes_back_is_a_row(papers: list[Parsed], status: IssueStatus, type: GapType) -> None:
    gap = only(gaps_of(papers, issues=[issue(papers[:2], status)]))
    assert (gap.type, gap.issue, gap.request, gap.responsible) == (type, "I-1", "", "AB")
    assert "养护费由谁承担" in gap.summary
    assert len(gap.quotes) == (2 if status == "open" else 3)
    assert (gap.date, gap.raised, gap.confidence) == ("2024-01-05", 2, 0.8)


def test_a_disagreement_says_who_spoke_how_often_and_how_long(papers: list[Parsed]) -> None:
    gap = only(gaps_of(papers, issues=[issue(papers[:2], "reopened")]))
    first, second = (team.name for team in TEAMS.teams)
    assert f"{first}1处，{second}1处" in gap.why
    assert "前后31天" in gap.why
    assert "2024-03-09 谈妥过" in gap.why


def test_a_disagreement_of_one_day_lasts_no_days(papers: list[Parsed]) -> None:
    one = issue(papers[:2])
    same_day = replace(one, occasions=tuple(replace(each, date="2024-01-05") for each in one.occasions))
    assert "前后" not in only(gaps_of(papers, issues=[same_day])).why


@pytest.mark.parametrize(("status", "recurring"), [("resolved", True), ("open", False), ("resolved", False)])
def test_what_is_settled_or_was_said_once_is_no_row(papers: list[Parsed], status: IssueStatus, recurring: bool) -> None:
    assert gaps_of(papers, issues=[issue(papers[:2], status, recurring=recurring)]) == []
