"""What became of a request: statuses by the annotation guide, and who may be held to what."""

from __future__ import annotations

import datetime as dt
import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.records import Due, Event, EventType, Life, Request, Tie
from coordnlp.settings import load_settings
from coordnlp.stages.lives import OPEN, ClaimTable, settle_requests, status_of
from coordnlp.stages.lives.features import FEATURES

AS_OF = dt.date(2024, 6, 1)
# A sure ask alone makes a claim; a passage that may be its answer takes it back, and so do several that may have been.
CLAIMS = ClaimTable(
    source="by hand",
    bias=-10.5,
    threshold=0.65,
    accusing=0.1,
    weight=dict.fromkeys(FEATURES, 0.0)
    | {"is_surely_an_ask": 20.0, "may_have_been_answered": -8.0, "may_have_been_closed": -8.0},
)
CODES: dict[str, EventType] = {
    "A": "answer",
    "P": "partial_answer",
    "R": "acknowledgement",
    "N": "refusal",
    "W": "withdrawal",
    "U": "urge",
    "E": "extension",
    "C": "clarification",
    "F": "forwarded",
}


def events(codes: str, request: str = "Q-1") -> list[Event]:
    """Return events in order of time, one a letter."""
    return [
        Event(request, CODES[code], f"D-{at}", f"P-{at}", 0, 4, f"2024-05-{at + 1:02}", 0.9)
        for at, code in enumerate(codes)
    ]


def request(*, due: str | None = None, date: str = "2024-04-01", sure: bool = True, kind: str = "request") -> Request:
    deadline = None if due is None else Due("限期", due)
    return Request("Q-1", kind, "A", "B", "D-0", "P-0", 0, 9, date, deadline, 0.9 if sure else 0.3)  # type: ignore[arg-type]


def settle(
    one: Request | None = None,
    codes: str = "",
    *,
    ties: tuple[Tie, ...] = (),
    blind: str = "",
    as_of: dt.date = AS_OF,
    closing: float = 0.0,
) -> Life:
    one = one or request()
    return settle_all([one], events(codes), ties, {one.id: blind} if blind else {}, as_of, {one.id: closing})[0]


def settle_all(
    requests: list[Request],
    found: list[Event],
    ties: tuple[Tie, ...] = (),
    doubts: dict[str, str] | None = None,
    as_of: dt.date = AS_OF,
    closings: dict[str, float] | None = None,
) -> list[Life]:
    return settle_requests([], requests, found, ties, closings or {}, doubts or {}, as_of, load_settings(), CLAIMS)


STATUSES = """
-     unanswered
R     acknowledged
P     partial
A     answered
N     declined
W     withdrawn
RA    answered
RP    partial
RN    declined
PA    answered
AP    partial
NA    answered
AN    declined
PP    partial
RR    acknowledged
AR    answered
PR    partial
NR    declined
WR    withdrawn
RARA  answered
U     unanswered
UU    unanswered
RU    acknowledged
AU    answered
URU   acknowledged
E     unanswered
C     unanswered
F     unanswered
RECF  acknowledged
AECFU answered
UW    withdrawn
RUPUA answered
PW    withdrawn
"""


@pytest.mark.parametrize("row", STATUSES.strip().splitlines())
def test_the_last_event_decides(row: str) -> None:
    codes, status = row.split()
    assert status_of(events(codes.strip("-"))) == status


@pytest.mark.parametrize("codes", ["RA", "AR", "RPA", "UAR"])
def test_the_order_of_time_counts_and_not_that_of_the_list(codes: str) -> None:
    assert {status_of(order) for order in permutations(events(codes))} == {status_of(events(codes))}


@given(st.text("APRNWUECF", max_size=8))
def test_receipts_and_urges_at_the_end_change_nothing_firm(codes: str) -> None:
    before = status_of(events(codes))
    after = status_of(events(codes + "RUECF"))
    assert after == (before if before != "unanswered" else "acknowledged")


TIE = Tie("answer", "D-9", "P-9", 0, 4, ("Q-1", "Q-2"), "同样对得上几件事项，没有替您猜")


@pytest.mark.parametrize(
    ("one", "codes", "options", "verdict"),
    [
        # Open, and the time is over.
        (request(), "", {}, "gap"),
        (request(), "R", {}, "gap"),
        (request(), "P", {}, "gap"),
        (request(due="2024-05-31"), "", {}, "gap"),
        (request(due=""), "", {}, "gap"),
        (request(kind="commitment"), "", {}, "gap"),
        (request(kind="assignment"), "U", {}, "gap"),
        # Settled.
        (request(), "A", {}, "closed"),
        (request(), "N", {}, "closed"),
        (request(), "W", {}, "closed"),
        (request(due="2024-05-01"), "RA", {}, "closed"),
        (request(sure=False), "A", {"blind": "坏.pdf", "ties": (TIE,)}, "closed"),
        (request(date=""), "A", {}, "closed"),
        # There is still time.
        (request(due="2024-06-01"), "", {}, "pending"),
        (request(due="2024-12-31"), "R", {}, "pending"),
        (request(date="2024-05-20"), "", {}, "pending"),
        (request(date="2024-05-12"), "", {}, "pending"),
        (request(date="2024-05-11"), "", {}, "gap"),
        (request(date="2024-05-30", due="2024-05-31"), "", {}, "gap"),
        (request(date="2024-05-20", sure=False), "", {"blind": "坏.pdf"}, "pending"),
        # Nobody may be held to it.
        (request(), "", {"blind": "坏.pdf"}, "cannot_tell"),
        (request(), "R", {"blind": "坏.pdf"}, "cannot_tell"),
        (request(), "", {"ties": (TIE,)}, "cannot_tell"),
        (request(sure=False), "", {}, "cannot_tell"),
        (request(sure=False), "P", {}, "cannot_tell"),
        (request(date=""), "", {}, "cannot_tell"),
        (request(date="", due="2024-05-01"), "", {}, "cannot_tell"),
        (request(), "R", {"ties": (TIE,)}, "cannot_tell"),
        # A tied urge is no answer, and another's tie is none of its own.
        (request(), "", {"ties": (Tie("urge", "D-9", "P-9", 0, 4, ("Q-1", "Q-2"), "…"),)}, "gap"),
        (request(), "", {"ties": (Tie("answer", "D-9", "P-9", 0, 4, ("Q-2", "Q-3"), "…"),)}, "gap"),
    ],
)
def test_who_may_be_held_to_a_request(one: Request, codes: str, options: dict[str, object], verdict: str) -> None:
    life = settle(one, codes, **options)  # type: ignore[arg-type]
    assert life.verdict == verdict
    assert life.why


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"blind": "来文/坏.pdf"}, "来文/坏.pdf"),
        ({"ties": (TIE,)}, "同样对得上几件事项"),
        ({"one": request(due="2024-07-01")}, "2024-07-01"),
        ({"one": request(date="2024-05-20")}, "21 天"),
        ({"one": request(date="")}, "没有日期"),
        ({}, "没有找到答复"),
    ],
)
def test_the_verdict_says_why(options: dict[str, object], told: str) -> None:
    assert told in settle(**options).why  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "codes", "overdue", "waiting", "late"),
    [
        (request(), "", False, 61, 0),
        (request(due="2024-05-22"), "", True, 61, 10),
        (request(due="2024-05-31"), "P", True, 61, 1),
        (request(due="2024-06-01"), "", False, 61, 0),
        (request(due="2024-05-22"), "A", False, 0, 0),
        (request(due="2024-05-22"), "N", False, 0, 0),
        (request(due=""), "R", False, 61, 0),
        (request(date="", due="2024-05-22"), "", True, 0, 10),
    ],
)
def test_days_are_counted_for_open_requests(one: Request, codes: str, overdue: bool, waiting: int, late: int) -> None:
    life = settle(one, codes)
    assert (life.overdue, life.days_waiting, life.days_overdue) == (overdue, waiting, late)


@pytest.mark.parametrize(("codes", "raised"), [("", 1), ("U", 2), ("RUU", 3), ("A", 1), ("ECF", 1)])
def test_urges_are_counted(codes: str, raised: int) -> None:
    assert settle(codes=codes).raised == raised


def test_events_of_other_requests_are_others_business() -> None:
    one, other = request(), Request("Q-2", "request", "B", "A", "D-0", "P-5", 20, 30, "2024-04-01", None, 0.9)
    lives = settle_all([one, other], events("A", "Q-2"), doubts={"Q-2": "坏.pdf"})
    assert [(life.request, life.status, life.verdict) for life in lives] == [
        ("Q-1", "unanswered", "gap"),
        ("Q-2", "answered", "closed"),
    ]


@given(st.text("APRNWUECF", max_size=6), st.integers(0, 400), st.booleans(), st.booleans())
def test_only_open_requests_are_gaps_and_doubt_never_makes_one(codes: str, days: int, sure: bool, blind: bool) -> None:
    as_of = dt.date(2024, 4, 1) + dt.timedelta(days)
    life = settle(request(sure=sure), codes, blind="坏.pdf" if blind else "", as_of=as_of)
    assert (life.status in OPEN) == (life.verdict != "closed")
    if life.verdict == "gap":
        assert sure
        assert not blind


def side(type: EventType, date: str, until: str = "") -> Event:
    return Event("Q-1", type, "D-5", "P-5", 0, 4, date, 0.9, until=until)


def test_an_extension_moves_the_time_that_counts_and_not_the_date_that_was_set() -> None:
    one = request(due="2024-05-20")
    (life,) = settle_all([one], [side("acknowledgement", "2024-05-18"), side("extension", "2024-05-18", "2024-06-15")])
    assert (life.status, life.verdict, life.due_effective) == ("acknowledged", "pending", "2024-06-15")
    assert (life.overdue, life.days_overdue) == (True, 12)
    (late,) = settle_all([one], [side("extension", "2024-05-18", "2024-05-25")])
    assert late.verdict == "gap"


@pytest.mark.parametrize(("until", "verdict"), [("", "pending"), ("2024-04-20", "gap")])
def test_the_clock_rests_while_the_asker_owes_an_explanation(until: str, verdict: str) -> None:
    (life,) = settle_all([request()], [side("clarification", "2024-04-10", until)])
    assert (life.status, life.verdict) == ("unanswered", verdict)


def test_a_hand_over_to_others_settles_nothing() -> None:
    (life,) = settle_all([request()], [side("forwarded", "2024-04-10")])
    assert (life.status, life.verdict, life.raised) == ("unanswered", "gap", 1)


@pytest.mark.parametrize(
    ("one", "codes", "told"),
    [
        (request(), "", True),
        (request(due="2024-12-31"), "", True),
        (request(date="2024-05-25", due="2024-12-31"), "", False),
        (request(), "R", False),
        (request(), "P", False),
        (request(), "A", False),
    ],
)
def test_a_second_clock_runs_for_the_receipt(one: Request, codes: str, told: bool) -> None:
    assert ("也没有收悉" in settle(one, codes).why) == told


def test_every_reason_for_doubt_is_told() -> None:
    life = settle(request(sure=False), blind="文件读不出来：坏.pdf", ties=(TIE,))
    assert life.verdict == "cannot_tell"
    assert life.why.startswith("文件读不出来：坏.pdf；把握不足（")
    assert "；有一处同样对得上几件事项" in life.why
    assert "；" not in settle(request(), blind="文件读不出来：坏.pdf").why


@pytest.mark.parametrize(
    ("closing", "verdict"), [(0.0, "gap"), (0.1, "gap"), (0.5, "cannot_tell"), (0.9, "cannot_tell")]
)
@pytest.mark.parametrize("codes", ["", "R", "P"])
def test_nobody_is_held_to_what_may_have_been_ended(codes: str, closing: float, verdict: str) -> None:
    life = settle(codes=codes, closing=closing)
    assert life.verdict == verdict
    assert (any("可能已经办结" in reason for reason in life.reasons)) == (closing > 0)


def test_what_may_have_been_ended_opens_and_closes_nothing() -> None:
    assert settle(codes="A", closing=0.0).verdict == "closed"
    assert settle(closing=0.99).status == "unanswered"


@pytest.mark.parametrize(
    ("score", "codes", "verdict"), [(0.66, "", "cannot_tell"), (0.66, "P", "gap"), (0.9, "", "gap")]
)
def test_that_nothing_came_at_all_must_be_surer(score: float, codes: str, verdict: str) -> None:
    bias = math.log(score / (1 - score))
    claims = CLAIMS.model_copy(update={"bias": bias, "weight": dict.fromkeys(FEATURES, 0.0)})
    (life,) = settle_requests([], [request()], events(codes), (), {}, {}, AS_OF, load_settings(), claims)
    assert (life.confidence, life.verdict) == (pytest.approx(score), verdict)
