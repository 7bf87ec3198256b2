"""Disagreements in a mini-notation: papers in order, each with the number of the issue that it is an occasion of.

0 stands for a paper that is none. Around them stand papers on other matters, as in any office's folder.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from papers import TEAMS, paper

from coordnlp.dates import WorkCalendar
from coordnlp.features.lookup import Lookup, index_dossier
from coordnlp.names import Names, load_voices
from coordnlp.records import Document, Issue, Occasion
from coordnlp.stages.annotations import annotate_passages
from coordnlp.stages.disagreements import find_issues, load_issue_scorer
from coordnlp.stages.disagreements.issues import come_back, tell_status
from coordnlp.stages.disagreements.occasions import find_occasions
from coordnlp.stages.disagreements.pairs import gather
from coordnlp.stages.disagreements.settlements import list_candidates
from coordnlp.stages.parse import parse_dossier

if TYPE_CHECKING:
    from spacy.language import Language

Row = tuple[int | str, str, str]

FEE = "便道养护费应由林场全额承担，贵场要求我镇分担，我镇不能同意。"
FEE_BACK = "便道养护费由我场全额承担，没有依据，我场不能接受。"
LINE = "贵场主张防火带界线以林权证为准，我镇认为不妥，应以土地证为准。"
LINE_BACK = "防火带界线应以林权证为准，贵镇的土地证在后，我场不同意。"

OTHERS = [
    ("A", "请贵场于3月底前报送护林员名单，我镇同意代为体检。"),
    ("B", "护林员名单随函附上，体检费用由贵镇承担，我场没有意见。"),
    ("A", "食堂停水一事，请贵场提出办法，双方商量后再定。"),
    ("B", "食堂的水泵我场已换好，贵镇的意见我场接受，并表示感谢。"),
    ("A", "瞭望塔的避雷针由贵场负责更换，我镇表示感谢。"),
    ("AB", "会议要求两家做好值班，提出各自的值班表。"),
]

GATHERED: dict[str, list[Row]] = {
    "both sides of one question": [(1, "A", FEE), (1, "B", FEE_BACK)],
    "two questions stay two": [(1, "A", FEE), (2, "A", LINE), (1, "B", FEE_BACK), (2, "B", LINE_BACK)],
    "it comes back in minutes": [
        (1, "A", FEE),
        (1, "AB", "便道养护费由谁承担，双方仍各执一词，未能达成一致。"),
    ],
    "minutes that name both positions": [
        (1, "AB", "关于防火带界线，何映雪坚持以土地证为准，罗建川坚持以林权证为准，双方没有谈拢。"),
        (1, "B", LINE_BACK),
    ],
    "one word is enough": [(1, "A", LINE)],
}
NOTHING: dict[str, list[Row]] = {
    "an ask is no disagreement": [(0, "A", "请贵场于4月20日前提供防火带界线图。")],
    "an answer is none": [(0, "B", "防火带界线图随函附上。")],
    "thanks are none": [(0, "A", "感谢贵场长期以来的支持。")],
    "disagreement denied": [(0, "AB", "会议对防火带界线没有分歧，一致通过。")],
    "strangers quarrel": [(0, "X", "县交通局与县水利局对桥涵权属各执一词，互不相让。")],
    "facts": [(0, "A", "便道全长三公里，塌方两处。")],
}


def write(at: int, writer: str, words: str) -> Document:
    day = dt.date(2024, 1, 5) + dt.timedelta(days=14 * at)
    date, file = f"{day.year}年{day.month}月{day.day}日", f"{at}.txt"
    if writer == "AB":
        head = f"青溪镇黑松林场第{at}次联席会议纪要\n时间：{date}\n出席：周启山、何映雪、罗建川\n会议研究了有关工作。"
        return paper(f"{head}\n{words}", file)
    sender = {"A": "青溪镇人民政府", "B": "黑松林场", "X": "县林业局"}[writer]
    to = {"A": "黑松林场", "B": "青溪镇人民政府", "X": "县人民政府"}[writer]
    return paper(f"关于有关工作的函（之{at}）\n{to}：\n{words}\n{sender}\n{date}", file)


def index(nlp: Language, *documents: Document) -> tuple[Lookup, Names]:
    """Return a dossier with papers on other matters around it, judged and indexed."""
    around = [write(20 + at, writer, words) for at, (writer, words) in enumerate(OTHERS)] if documents else []
    parsed, names = parse_dossier([*documents, *around], TEAMS)
    return index_dossier(parsed, annotate_passages(parsed, names, load_voices(), nlp, WorkCalendar())), names


def issues(nlp: Language, *documents: Document) -> tuple[list[Issue], dict[str, str]]:
    """Return the issues of a dossier, and the file of every document id."""
    lookup, names = index(nlp, *documents)
    found = find_issues(lookup, [], [], names, load_issue_scorer())
    return found, files_by_id(lookup)


def files_by_id(lookup: Lookup) -> dict[str, str]:
    return {id: one.header.file for id, one in lookup.documents.items()}


def documents(rows: list[Row]) -> list[Document]:
    return [write(at, writer, words) for at, (_, writer, words) in enumerate(rows)]


@pytest.mark.parametrize("rows", [*GATHERED.values(), *NOTHING.values()], ids=[*GATHERED, *NOTHING])
def test_occasions_of_one_question_are_one_issue(nlp: Language, rows: list[Row]) -> None:
    assert gathered(nlp, rows) == numbered(rows)


def gathered(nlp: Language, rows: list[Row]) -> list[list[str]]:
    """Return the files of each issue that was found."""
    found, files = issues(nlp, *documents(rows))
    return sorted(sorted({files[one.document] for one in issue.occasions}) for issue in found)


def numbered(rows: list[Row]) -> list[list[str]]:
    """Return the files of each number."""
    numbers = sorted({number for number, _, _ in rows if number})
    return sorted(sorted(f"{at}.txt" for at, (one, _, _) in enumerate(rows) if one == number) for number in numbers)


def test_positions_are_told_by_party_and_day(nlp: Language) -> None:
    (issue,), _ = issues(nlp, write(0, "A", FEE), write(1, "B", FEE_BACK))
    assert [(one.party, one.date) for one in issue.occasions] == [("A", "2024-01-05"), ("B", "2024-01-19")]
    assert (issue.status, issue.recurring, issue.resolution) == ("open", True, None)
    assert "养护费" in issue.label


def test_an_issue_of_one_paper_does_not_recur(nlp: Language) -> None:
    (issue,), _ = issues(nlp, write(0, "A", FEE))
    assert not issue.recurring


SETTLED = "经协商，双方一致同意便道养护费由青溪镇和黑松林场各承担一半，此前的争执不再提。"


def test_an_agreement_settles_its_issue_and_no_other(nlp: Language) -> None:
    papers = [write(0, "A", FEE), write(1, "B", FEE_BACK), write(2, "A", LINE), write(3, "AB", SETTLED)]
    found, files = issues(nlp, *papers)
    status = {issue.label[:4]: issue.status for issue in found}
    assert sorted(status.values()) == ["open", "resolved"]
    (settled,) = [issue for issue in found if issue.status == "resolved"]
    assert settled.resolution
    assert files[settled.resolution.document] == "3.txt"


def test_what_comes_up_again_after_the_agreement_is_reopened(nlp: Language) -> None:
    papers = [write(0, "A", FEE), write(1, "B", FEE_BACK), write(2, "AB", SETTLED), write(3, "B", FEE_BACK)]
    (issue,), _ = issues(nlp, *papers)
    assert issue.status == "reopened"


def test_the_order_of_the_files_makes_no_difference(nlp: Language) -> None:
    papers = documents(GATHERED["two questions stay two"])
    assert issues(nlp, *papers)[0] == issues(nlp, *reversed(papers))[0]


def test_an_unrelated_paper_changes_no_issue(nlp: Language) -> None:
    papers = documents(GATHERED["two questions stay two"])
    more = [*papers, write(9, "A", "端午节放假三天，值班电话不变。")]
    told = [
        [(issue.id, issue.status, len(issue.occasions)) for issue in issues(nlp, *some)[0]] for some in (papers, more)
    ]
    assert told[0] == told[1]


def test_no_papers_no_issues(nlp: Language) -> None:
    assert issues(nlp)[0] == []


@pytest.mark.parametrize(
    ("same", "groups"),
    [
        ([[1.0]], [[0]]),
        ([[1.0, 0.9], [0.9, 1.0]], [[0, 1]]),
        ([[1.0, 0.1], [0.1, 1.0]], [[0], [1]]),
        ([[1.0, 0.9, 0.5], [0.9, 1.0, 0.1], [0.5, 0.1, 1.0]], [[0, 1], [2]]),
        ([[1.0, 0.9, 0.5], [0.9, 1.0, 0.4], [0.5, 0.4, 1.0]], [[0, 1, 2]]),
    ],
)
def test_groups_are_joined_by_their_mean(same: list[list[float]], groups: list[list[int]]) -> None:
    assert gather(np.array(same), 0.42) == groups


# --- the ledger ----------------------------------------------------------------------------------

FEE_YIELDED = "便道养护费一事，我场愿意退一步，同意承担四成。"
FEE_NAMED = "便道养护费由谁承担，双方各执一词：青溪镇坚持由林场承担，黑松林场认为应当共担。"


def held(issue: Issue, papers: list[Document], files: dict[str, str]) -> list[tuple[str, str, bool]]:
    """Return the ledger of an issue: party, words, whether it gives way."""
    texts = {one.file: one.text for one in papers}
    return [(one.party, texts[files[one.document]][one.start : one.end], one.moved) for one in issue.positions]


def test_a_position_is_the_words_of_the_party(nlp: Language) -> None:
    papers = [write(0, "A", FEE), write(1, "B", FEE_BACK)]
    (issue,), files = issues(nlp, *papers)
    assert held(issue, papers, files) == [("A", FEE, False), ("B", FEE_BACK, False)]
    assert issue.raised_on == "2024-01-05"


def test_a_record_of_both_is_parted_at_the_names(nlp: Language) -> None:
    papers = [write(0, "A", FEE), write(1, "AB", FEE_NAMED)]
    (issue,), files = issues(nlp, *papers)
    assert held(issue, papers, files)[1:] == [
        ("A", "青溪镇坚持由林场承担", False),
        ("B", "黑松林场认为应当共担", False),
    ]


def test_who_gives_way_is_told(nlp: Language) -> None:
    papers = [write(0, "A", FEE), write(1, "B", FEE_BACK), write(2, "B", FEE_YIELDED)]
    (issue,), files = issues(nlp, *papers)
    moved = [(party, words) for party, words, gives_way in held(issue, papers, files) if gives_way]
    assert moved in ([], [("B", FEE_YIELDED)])
    assert not any(party == "A" for party, _ in moved)


def test_it_waits_since_it_came_up_again(nlp: Language) -> None:
    papers = [write(0, "A", FEE), write(1, "B", FEE_BACK), write(2, "AB", SETTLED), write(3, "B", FEE_BACK)]
    (issue,), _ = issues(nlp, *papers)
    assert issue.raised_on == "2024-02-16"


def test_every_occasion_says_why(nlp: Language) -> None:
    (issue,), _ = issues(nlp, write(0, "A", FEE), write(1, "B", FEE_BACK))
    for one in issue.occasions:
        assert one.reasons[0].startswith("读来像分歧")
        assert "像同一件事" in one.reasons[1]


ONE_PROJECT: list[Row] = [
    (1, "A", "便道的养护费应由林场承担，我镇不能同意分担。"),
    (2, "A", "便道的入口设在哪里，贵场主张设在南坡，我镇不能接受，应设在北坡。"),
    (1, "B", "便道的养护费由我场承担没有依据，我场不能接受。"),
    (2, "B", "便道的入口设在北坡离村太近，我场坚持设在南坡。"),
]
ALIKE: dict[str, list[Row]] = {
    "two questions of one letter": [
        (1, "A", FEE),
        (2, "A", "护林员的工资标准，贵场主张按县里的办，我镇不能接受，应按省里的办。"),
        (1, "B", FEE_BACK),
        (2, "B", "护林员的工资标准只能按县里的办，贵镇的意见我场不同意。"),
    ],
    "same words with a third unit": [
        (1, "A", FEE),
        (0, "X", "便道养护费应由县交通局全额承担，县财政局要求分担，县交通局不能同意。"),
        (1, "B", FEE_BACK),
    ],
    "an agreement on the same matter does not join": [
        (1, "A", FEE),
        (0, "AB", "会议同意便道养护由林场和镇里轮流派工，双方没有异议。"),
        (1, "B", FEE_BACK),
    ],
}


@pytest.mark.parametrize("rows", ALIKE.values(), ids=ALIKE)
def test_what_is_alike_in_words_stays_apart(nlp: Language, rows: list[Row]) -> None:
    assert gathered(nlp, rows) == numbered(rows)


def test_two_questions_on_one_project_stay_two(nlp: Language) -> None:
    assert gathered(nlp, ONE_PROJECT) == numbered(ONE_PROJECT)


def occasion(document: str, score: float, *, day: int = 5, start: int = 0) -> Occasion:
    return Occasion("P-1", document, start, start + 4, f"2024-01-{day:02}", "A", score)


@pytest.mark.parametrize(
    ("scores", "likely"),
    [
        ([("D1", 0.9), ("D2", 0.9)], 0.81),
        ([("D1", 0.9), ("D2", 0.5)], 0.45),
        ([("D1", 0.5), ("D2", 0.5), ("D3", 0.5), ("D4", 0.5)], 0.6875),
        ([("D1", 0.9), ("D1", 0.9)], 0.0),
        ([("D1", 0.2), ("D1", 0.9), ("D2", 1.0)], 0.9),
        ([("D1", 0.9)], 0.0),
    ],
)
def test_an_issue_comes_back_when_two_papers_truly_hold_it(scores: list[tuple[str, float]], likely: float) -> None:
    assert come_back([occasion(document, score) for document, score in scores]) == pytest.approx(likely)


SETTLEMENT = occasion("D3", 0.9, day=20, start=10)


@pytest.mark.parametrize(
    ("later", "status"),
    [
        ([], "resolved"),
        ([occasion("D4", 0.9, day=25)], "reopened"),
        ([occasion("D4", 0.3, day=25)], "resolved"),
        ([occasion("D4", 0.3, day=25), occasion("D4", 0.4, day=25, start=8)], "resolved"),
        ([occasion("D4", 0.3, day=25), occasion("D5", 0.4, day=28)], "reopened"),
        ([occasion("D3", 0.9, day=20, start=50)], "resolved"),
    ],
    ids=[
        "nothing",
        "another quarrel",
        "a doubtful one",
        "two in one paper",
        "two papers",
        "behind it in its own paper",
    ],
)
def test_a_settled_issue_is_reopened_by_a_later_paper_that_surely_quarrels(later: list[Occasion], status: str) -> None:
    assert tell_status([occasion("D1", 0.9), *later], SETTLEMENT) == status


def test_without_a_settlement_an_issue_is_open() -> None:
    assert tell_status([occasion("D1", 0.9)], None) == "open"


HALF = "双方一致认为养护费由一家全额承担都没有依据，商定便道养护费各承担一半，今后不再就此争论。"


def test_what_settles_an_issue_is_no_occasion_of_it(nlp: Language) -> None:
    found, files = issues(nlp, write(0, "A", FEE), write(1, "B", FEE_BACK), write(2, "AB", HALF))
    (issue,) = [one for one in found if "养护费" in one.label]
    assert issue.status == "resolved"
    assert issue.resolution
    assert files[issue.resolution.document] == "2.txt"
    assert [files[one.document] for one in issue.occasions] == ["0.txt", "1.txt"]


SETTLEMENTS = [
    ("AB", "双方在便道养护费上的争议就此平息，自3月起各担一半。"),
    ("AB", "便道养护费由两家各担一半，双方对此已无不同意见。"),
    ("B", "便道养护费由谁承担一节，我场接受贵镇的办法，来函前所提全额承担的主张不再坚持。"),
    ("A", "便道养护费一事，就照贵场所说一家一半，我镇原来的意见收回。"),
]


@pytest.mark.parametrize(("writer", "words"), SETTLEMENTS)
def test_a_quarrel_is_settled_in_many_words(nlp: Language, writer: str, words: str) -> None:
    found, _ = issues(nlp, write(0, "A", FEE), write(1, "B", FEE_BACK), write(2, writer, words))
    assert [one.status for one in found if "养护费" in one.label] == ["resolved"]


NO_SETTLEMENT = [
    "会议同意瞭望塔避雷针由林场更换。",
    "请贵场同意养护费各承担一半为盼。",
    "会议指出，便道养护要抓紧，双方要加强沟通。",
    "便道养护费先由林场垫付，双方各自保留意见，留待下次会议再议。",
    "会议同意成立小组，对便道养护费的分担再作研究。",
    "林业局与交通局对国道养护费的争议已经平息。",
]


@pytest.mark.parametrize("words", NO_SETTLEMENT)
def test_what_settles_nothing_leaves_an_issue_open(nlp: Language, words: str) -> None:
    found, _ = issues(nlp, write(0, "A", FEE), write(1, "B", FEE_BACK), write(2, "AB", words))
    assert {one.status for one in found if "养护费" in one.label} == {"open"}


def values_of_candidates(nlp: Language, later: str, feature: str) -> dict[str, float]:
    """Return by file a feature of what may settle a quarrel of the first paper and of a later one."""
    lookup, _ = index(nlp, write(0, "A", FEE), write(2, "AB", SETTLED), write(4, "B", later))
    table = load_issue_scorer().table
    passages = find_occasions(lookup.parsed, lookup.annotations, table.occasion)
    files = files_by_id(lookup)
    group = [n for n, one in enumerate(passages) if files[one.document] in {"0.txt", "4.txt"}]
    found = list_candidates(passages, [group], lookup, table)
    return {files[one.passage.document]: one.values[feature] for one in found}


@pytest.mark.parametrize(
    ("later", "fineness"),
    [
        ("2月2日会上商定的办法，贵镇现在又要推翻，我场不同意，养护费不能由我场一家承担。", 1.0),
        ("今年2月商定的办法不作数了，养护费由我场一家承担，我场不能同意。", 0.6),
        ("便道养护费由我场一家承担，我场不能接受，去年2月商定的是另一件事。", 0.0),
        ("便道养护费由我场一家承担，没有依据，我场不能接受。", 0.0),
    ],
    ids=["the day", "the month", "another year", "no day"],
)
def test_a_later_quarrel_that_names_the_day_points_at_what_had_settled_it(
    nlp: Language, later: str, fineness: float
) -> None:
    dated = values_of_candidates(nlp, later, "dated_later")
    assert dated["2.txt"] == fineness
    assert not dated.get("4.txt")


BOTH_SETTLED = "经协商，便道养护费由镇和林场各承担一半，防火带界线以双方共同勘定的为准，两家对此一致同意，不再争论。"


def test_one_sentence_settles_two_issues(nlp: Language) -> None:
    quarrels = [write(0, "A", FEE), write(1, "B", FEE_BACK), write(2, "A", LINE), write(3, "B", LINE_BACK)]
    found, _ = issues(nlp, *quarrels, write(4, "AB", BOTH_SETTLED))
    assert [one.status for one in found] == ["resolved", "resolved"]


@pytest.mark.parametrize(
    ("words", "alike"),
    [(BOTH_SETTLED, [True, True]), (SETTLED, [True, False]), ("瞭望塔的避雷针换好了，双方一致同意。", [False, False])],
    ids=["two", "one", "none"],
)
def test_clauses_are_likened_to_issues_one_by_one(nlp: Language, words: str, alike: list[bool]) -> None:
    lookup, _ = index(nlp, write(0, "A", FEE), write(1, "A", LINE), write(2, "AB", words))
    table = load_issue_scorer().table
    passages = find_occasions(lookup.parsed, lookup.annotations, table.occasion)[:2]
    files = files_by_id(lookup)
    found = {
        one.group: one.values["clause_alike"]
        for one in list_candidates(passages, [[0], [1]], lookup, table)
        if files[one.passage.document] == "2.txt" and lookup.documents[one.passage.document].words(one.passage) == words
    }
    assert [found[group] > 0.2 for group in (0, 1)] == alike


@pytest.mark.parametrize(("later", "least", "most"), [(FEE_BACK, 0.5, 1.0), ("食堂停水，已报修。", 0.0, 0.0)])
def test_a_quarrel_in_a_later_paper_speaks_against_what_settles(
    nlp: Language, later: str, least: float, most: float
) -> None:
    assert least <= values_of_candidates(nlp, later, "differs_later")["2.txt"] <= most
