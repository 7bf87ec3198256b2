"""Which open requests an unseen paper or a hole in the folder speaks for, and which not."""

from __future__ import annotations

import datetime as dt

import pytest
from papers import TEAMS, paper, read

from coordnlp.names import gather_names
from coordnlp.records import Coverage, Due, Event, EventType, Parsed, Party, Request, Silence, Unseen, UnseenKind
from coordnlp.settings import load_settings
from coordnlp.stages.coverage import doubt_requests, take_stock

ASK = "请贵场于4月20日前提供防火带界线图。"
LETTER = paper(
    f"关于提供防火带界线图的函\n青政函〔2024〕12号\n黑松林场：\n{ASK}\n青溪镇人民政府\n2024年4月1日", "1.txt"
)


@pytest.fixture(scope="module")
def one() -> Parsed:
    return read(LETTER)[0]


def request(one: Parsed, *, kind: str = "request", due: str = "2024-04-20", asked: Party = "B") -> Request:
    start = one.document.text.index(ASK)
    passage = next(passage.id for passage in one.passages if passage.start == start)
    asker: Party = "A" if asked == "B" else "B"
    deadline = Due("4月20日前", due) if due else None
    end = start + len(ASK)
    return Request("Q-1", kind, asker, asked, one.header.id, passage, start, end, "2024-04-01", deadline, 0.9)  # type: ignore[arg-type]


def event(type: EventType, date: str) -> Event:
    return Event("Q-1", type, "D-9", "P-9", 0, 1, date, 0.9)


def unseen(
    name: str = "扫描件003.pdf",
    party: Party | None = None,
    date: str = "2024-05-06",
    *,
    kind: UnseenKind = "skipped",
    title: str | None = None,
) -> Unseen:
    return Unseen(kind, name, party, date, "", name.removesuffix(".pdf") if title is None else title)


def doubt(one: Parsed, *papers: Unseen, events: tuple[Event, ...] = (), silences: tuple[Silence, ...] = ()) -> str:
    coverage = Coverage(unseen=papers, silences=silences)
    found = doubt_requests(
        [request(one)], events, coverage, [one], names=gather_names(TEAMS), teams=TEAMS, settings=load_settings()
    )
    return found.get("Q-1", "")


@pytest.mark.parametrize(
    "paper",
    [
        unseen(),
        unseen(date=""),
        unseen("林函7号.pdf", "B"),
        unseen("林函7号.pdf", "B", "2024-04-01"),
        unseen("关于青政函〔2024〕12号的复函.pdf", "B"),
        unseen("关于防火带界线图的复函.pdf", "B"),
        unseen("林函〔2024〕7号", "B", kind="registered", title="关于防火带界线图的复函"),
        unseen("林函〔2024〕7号", "B", kind="cited", title=""),
        unseen("来函.pdf", "AB"),
        unseen("防汛指挥群聊天截图.jpg"),
    ],
    ids=[
        "scan",
        "undated",
        "of the asked",
        "same day",
        "of the number",
        "of the matter",
        "registered",
        "cited",
        "both",
        "chat",
    ],
)
def test_what_may_be_the_answer_is_named(one: Parsed, paper: Unseen) -> None:
    assert paper.name in doubt(one, paper)


@pytest.mark.parametrize(
    "paper",
    [
        unseen(party="A"),
        unseen(party="X"),
        unseen(date="2024-03-31"),
        unseen("关于青政函〔2024〕8号的复函.pdf", "B"),
        unseen("关于国庆期间职工食堂停业的通知.pdf", "B"),
        unseen("林函〔2024〕7号", "B", kind="registered", title="关于选派篮球比赛裁判的函"),
        unseen("苗木采购协议（双方签字盖章）.pdf"),
    ],
    ids=["of the asker", "of a third", "older", "of another number", "another matter", "registered so", "agreement"],
)
def test_what_cannot_be_the_answer_raises_no_doubt(one: Parsed, paper: Unseen) -> None:
    assert doubt(one, paper) == ""


def test_an_urge_after_an_unseen_paper_shows_that_it_was_no_answer(one: Parsed) -> None:
    assert doubt(one, unseen(), events=(event("urge", "2024-06-01"),)) == ""
    assert doubt(one, unseen(), events=(event("urge", "2024-05-01"),)) != ""


def test_the_paper_that_fits_best_is_named(one: Parsed) -> None:
    found = doubt(one, unseen("扫描件001.pdf"), unseen("关于防火带界线图的复函.pdf", "B", "2024-06-01"))
    assert "界线图" in found


# --- stretches -----------------------------------------------------------------------------------

HOLE = Silence("B", "2024-04-02", "2024-07-10")


def test_a_hole_in_the_folder_over_the_time_to_answer(one: Parsed) -> None:
    found = doubt(one, silences=(HOLE,))
    assert "黑松林场班子" in found
    assert "2024-07-10" in found


@pytest.mark.parametrize(
    ("silence", "events"),
    [
        (Silence("A", "2024-04-02", "2024-07-10"), ()),
        (Silence("B", "2024-01-01", "2024-03-20"), ()),
        (Silence("B", "2024-04-25", "2024-07-10"), ()),
        (HOLE, (event("acknowledgement", "2024-07-11"),)),
        (HOLE, (event("urge", "2024-07-05"),)),
    ],
    ids=["of the asker", "before", "after the due date", "answered later", "urged at its end"],
)
def test_a_hole_elsewhere_or_told_about_raises_no_doubt(
    one: Parsed, silence: Silence, events: tuple[Event, ...]
) -> None:
    assert doubt(one, silences=(silence,), events=events) == ""


def test_an_urge_early_in_the_hole_tells_nothing_of_the_rest(one: Parsed) -> None:
    assert doubt(one, silences=(HOLE,), events=(event("urge", "2024-05-11"),)) != ""


def test_a_reaction_before_the_hole_leaves_the_doubt(one: Parsed) -> None:
    assert doubt(one, silences=(HOLE,), events=(event("acknowledgement", "2024-04-01"),)) != ""


# --- the ledger ----------------------------------------------------------------------------------


def test_months_count_both_sides_also_where_nothing_is_there(one: Parsed) -> None:
    later = paper("关于便道的函\n青溪镇人民政府：\n请修。\n黑松林场\n2024年6月3日", "2.txt")
    parsed = read(LETTER, later)
    stock = take_stock(parsed, [], [], gather_names(TEAMS), load_settings(), as_of=dt.date(2024, 6, 1))
    assert [(month.month, month.party, month.read) for month in stock.months] == [
        ("2024-04", "A", 1),
        ("2024-04", "B", 0),
        ("2024-05", "A", 0),
        ("2024-05", "B", 0),
        ("2024-06", "A", 0),
        ("2024-06", "B", 1),
    ]


def test_an_empty_dossier_has_an_empty_ledger() -> None:
    assert take_stock([], [], [], gather_names(TEAMS), load_settings(), as_of=dt.date(2024, 6, 1)) == Coverage()
