"""Features of a claim that a request is open: one small function each, with values in [0, 1].

The docstring of a function is what users are told of it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coordnlp.features import scaled_odds
from coordnlp.records import Event, Request, RequestStatus

REACTIONS = ("answer", "partial_answer", "acknowledgement", "refusal", "withdrawal")


@dataclass(frozen=True, slots=True)
class Case:
    """An open request with all that speaks for and against its being open.

    Attributes:
        kind: Of the paper that asks.
        events: In order of time.
        doubt: Score of the best passage that may be a reaction but was not linked, in [0, 1].
        closing: How likely some paper ended it, all that was or may be linked taken together, in [0, 1].
        chances: In how many later papers the party that must act speaks.
        replies: How many papers of that party cite the one that asks.
        others, settled: Other asks of the same paper, and how many of them something came of.
    """

    request: Request
    status: RequestStatus
    kind: str
    events: Sequence[Event]
    doubt: float
    closing: float
    chances: int
    replies: int
    others: int
    settled: int
    as_of: dt.date

    @property
    def reactions(self) -> list[Event]:
        """What came of it: answers, receipts, refusals."""
        return [event for event in self.events if event.type in REACTIONS]


def is_surely_an_ask(case: Case) -> float:
    """确实是请求、承诺或任务的把握"""
    return scaled_odds(case.request.score)


def is_an_assignment(case: Case) -> float:
    """是双方议定的任务"""
    return float(case.request.kind == "assignment")


def is_partly_done(case: Case) -> float:
    """只办了一部分"""
    return float(case.status == "partial")


def was_urged(case: Case) -> float:
    """提出的一方催过"""
    return float(any(event.type == "urge" for event in case.events))


def was_urged_last(case: Case) -> float:
    """催过以后再没有下文"""
    return float(bool(case.events) and case.events[-1].type == "urge")


def reacted_surely(case: Case) -> float:
    """已有的回应确实说的是此事"""
    return scaled_odds(case.reactions[-1].score) if case.reactions else 0.0


def reacted_often(case: Case) -> float:
    """回应过几次"""
    return min(1.0, len(case.reactions) / 3)


def may_have_been_answered(case: Case) -> float:
    """有一处可能就是答复"""
    return scaled_odds(case.doubt)


def may_have_been_closed(case: Case) -> float:
    """各处的回应合起来看，可能已经办结"""
    return case.closing


def has_a_due_date(case: Case) -> float:
    """写明了时限"""
    return float(bool(case.request.due and case.request.due.date))


def is_overdue(case: Case) -> float:
    """时限已过"""
    due = case.request.due
    return float(bool(due and due.date and due.date < case.as_of.isoformat()))


def had_chances(case: Case) -> float:
    """之后应办的一方还多次行文、发言"""
    return min(1.0, math.log1p(case.chances) / 4)


def paper_was_replied_to(case: Case) -> float:
    """应办的一方回过这份来文"""
    return min(1.0, case.replies / 2)


def others_were_settled(case: Case) -> float:
    """同一份文件里的别的事项有了回应"""
    return case.settled / case.others if case.others else 0.0


def stands_among_others(case: Case) -> float:
    """同一份文件里还有别的事项"""
    return min(1.0, case.others / 5)


def was_said_in_talk(case: Case) -> float:
    """是谈话里说的"""
    return float(case.kind == "transcript")


def stands_in_minutes(case: Case) -> float:
    """写在纪要里"""
    return float(case.kind == "minutes")


FEATURES: Mapping[str, Callable[[Case], float]] = {
    function.__name__: function
    for function in (
        is_surely_an_ask,
        is_an_assignment,
        is_partly_done,
        was_urged,
        was_urged_last,
        reacted_surely,
        reacted_often,
        may_have_been_answered,
        may_have_been_closed,
        has_a_due_date,
        is_overdue,
        had_chances,
        paper_was_replied_to,
        others_were_settled,
        stands_among_others,
        was_said_in_talk,
        stands_in_minutes,
    )
}


def evaluate(case: Case) -> dict[str, float]:
    """Return the value of every feature, rounded to 3 decimals."""
    return {name: round(function(case), 3) for name, function in FEATURES.items()}


def describe(name: str) -> str:
    """Return what a feature is called in front of users."""
    return (FEATURES[name].__doc__ or name).strip()
