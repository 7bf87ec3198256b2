"""The second look at acts: what stands around a passage, and what it was linked to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from coordnlp.nlp import JUDGED_ACTS
from coordnlp.records import ActScore, Annotation, Bearing, Document, Header, Parsed, Passage, Request
from coordnlp.stages.surroundings import ActLook, ActTable, load_act_look, look_again
from coordnlp.stages.surroundings.features import NAMES, describe_surroundings

HEADER = Header("D-1", "1.txt", "reply", "", "", "2024-01-05", "header", "A", ("B",), (), (), (), (0, 0))


def passage(at: int, **known: Any) -> Passage:
    return replace(Passage(f"P-{at}", "D-1", 10 * at, 10 * at + 8, "body", "A", "B", 0), **known)


def features(
    passages: Sequence[Passage],
    scores: np.ndarray | None = None,
    *,
    asking: frozenset[str] = frozenset(),
    bearings: dict[str, Bearing] | None = None,
    header: Header = HEADER,
) -> list[dict[str, float]]:
    scores = np.full((len(passages), len(JUDGED_ACTS)), 0.5) if scores is None else scores
    rows = describe_surroundings(passages, header, scores, asking, bearings or {})
    return [dict(zip(NAMES, row, strict=True)) for row in rows.tolist()]


def requesting(*probabilities: float) -> np.ndarray:
    """Scores of passages that read like requests so far, and like nothing else."""
    scores = np.full((len(probabilities), len(JUDGED_ACTS)), 0.001)
    scores[:, JUDGED_ACTS.index("request")] = probabilities
    return scores


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_every_passage_has_every_feature_in_bounds(count: int) -> None:
    dealt = np.random.default_rng(count)
    passages = [passage(at, block=at % 3, party=str(dealt.choice(["A", "B", "AB"])), turn=at) for at in range(count)]
    rows = describe_surroundings(passages, HEADER, dealt.random((count, len(JUDGED_ACTS))), frozenset(["P-0"]), {})
    assert rows.shape == (count, len(NAMES))
    assert (np.abs(rows) <= 1).all()


def test_neighbours_are_those_of_the_same_paper_in_order() -> None:
    one, two, three = features([passage(0), passage(1), passage(2)], requesting(0.9, 0.5, 0.1))
    assert one["after_request"] == two["own_request"] == three["before_request"] == pytest.approx(0)
    assert one["second_after_request"] == three["own_request"] < 0
    assert three["second_before_request"] == one["own_request"] > 0
    # Where the paper ends there is nothing.
    assert one["before_request"] == one["second_before_request"] == three["after_request"] == 0


def test_around_is_the_best_of_the_others_of_the_paragraph() -> None:
    best, second, other, alone = features(
        [passage(0), passage(1), passage(2, block=1), passage(3, block=2)], requesting(0.9, 0.8, 0.7, 0.6)
    )[:4]
    assert best["around_request"] == second["own_request"]
    assert second["around_request"] == best["own_request"]
    assert other["around_request"] == alone["around_request"] == 0


def test_equal_ones_are_around_each_other() -> None:
    one, two = features([passage(0), passage(1)], requesting(0.9, 0.9))
    assert one["around_request"] == two["around_request"] == one["own_request"]


def test_a_change_of_voice_is_seen_from_both_sides() -> None:
    one, two, three = features([passage(0), passage(1, party="B"), passage(2, party="B")])
    assert (one["new_voice"], one["voice_ends"]) == (0, 1)
    assert (two["new_voice"], two["voice_ends"]) == (1, 0)
    assert (three["new_voice"], three["voice_ends"]) == (0, 0)
    assert (one["of_sender"], two["of_sender"]) == (1, 0)


def test_which_team_is_called_a_makes_no_difference() -> None:
    swap = {"A": "B", "B": "A"}
    passages = [passage(0), passage(1, party="B"), passage(2, party="AB")]
    swapped = [replace(one, party=swap.get(str(one.party), one.party)) for one in passages]  # type: ignore[arg-type]
    assert features(passages) == features(swapped, header=replace(HEADER, sender="B"))


def test_links_are_told() -> None:
    bearing = Bearing(0.8, 1.5, 0.1, {"answer": 0.75, "refusal": 0.25})
    linked, asks, plain = features(
        [passage(0), passage(1), passage(2)], asking=frozenset(["P-1"]), bearings={"P-0": bearing}
    )
    assert (linked["reacts_by_answer"], linked["reacts_by_refusal"]) == pytest.approx((0.6, 0.2))
    assert linked["reactions"] == 0.5
    assert (asks["asks"], linked["asks"]) == (1, 0)
    assert plain["reacts"] == plain["urges"] == -1 < linked["urges"] < linked["reacts"]


# --- judging -------------------------------------------------------------------------------------


def parsed(*passages: Passage) -> Parsed:
    return Parsed(Document("1.txt", "txt", "", "x" * 200, (), ()), HEADER, passages)


def annotation(one: Passage, **scores: float) -> Annotation:
    acts = tuple(ActScore(act, scores.get(act, 0.01), level="low") for act in JUDGED_ACTS)
    return Annotation(one.id, (), (), acts=acts)


def test_a_sentence_that_fits_an_ask_reads_more_like_its_answer() -> None:
    one = passage(0)
    plain = {one.id: annotation(one, answer=0.2)}
    linked = {one.id: Bearing(0.95, 0.95, 0.0, {"answer": 0.95})}
    alone = look_again([parsed(one)], plain, [], {}, load_act_look())[one.id]
    fits = look_again([parsed(one)], plain, [], linked, load_act_look())[one.id]
    assert fits.score("answer") > alone.score("answer") + 0.1


def test_what_was_found_to_ask_reads_more_like_a_request() -> None:
    one = passage(0)
    ask = Request("R-1", "request", "A", "B", "D-1", one.id, 0, 8, "2024-01-05", None, 0.9)
    plain = {one.id: annotation(one, request=0.4)}
    told = [
        look_again([parsed(one)], plain, some, {}, load_act_look())[one.id].score("request") for some in ([], [ask])
    ]
    assert told[0] < told[1]


class Says:
    """A network that says the same of everything."""

    def __init__(self, probability: float) -> None:
        self.probability = probability

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        return np.full(len(values), self.probability)


@pytest.mark.parametrize(
    ("first", "second", "score", "told"),
    [
        (1.0, 0.9, 0.95, ""),
        (0.5, 0.5, 0.5, ""),
        (0.1, 0.9, 0.5, "更像（+2.20）"),
        (1.0, 0.4, 0.7, "不那么像（-3.75）"),
        (0.1, 0.1, 0.1, ""),
    ],
    ids=["both are sure", "both doubt", "the second raises it", "the second doubts it", "a low one"],
)
def test_the_second_look_is_told_where_it_moves_a_judgement(
    first: float, second: float, score: float, told: str
) -> None:
    one = passage(0)
    look = ActLook(
        ActTable(source="x", found=dict.fromkeys(JUDGED_ACTS, 0.4)), dict.fromkeys(JUDGED_ACTS, cast(Any, Says(second)))
    )
    found = look_again([parsed(one)], {one.id: annotation(one, request=first)}, [], {}, look)[one.id]
    (request,) = [act for act in found.acts if act.label == "request"]
    assert request.score == pytest.approx(score)
    assert [reason.removeprefix("连前后文和来往看") for reason in request.reasons] == ([told] if told else [])


def test_without_a_judge_nothing_changes() -> None:
    one = passage(0)
    bare = {one.id: Annotation(one.id, (), ())}
    assert look_again([parsed(one)], bare, [], {}, load_act_look()) == bare


def test_order_and_everything_but_acts_stay() -> None:
    passages = [passage(0), passage(1)]
    first = {one.id: replace(annotation(one), terms=("便道",)) for one in reversed(passages)}
    again = look_again([parsed(*passages)], first, [], {}, load_act_look())
    assert list(again) == list(first)
    assert all(one.terms == ("便道",) for one in again.values())
    assert [act.label for act in again["P-0"].acts] == list(JUDGED_ACTS)


@pytest.mark.parametrize(
    ("probability", "level"), [(0.5, "found"), (0.4, "found"), (0.39, "unsure"), (0.2, "unsure"), (0.19, "low")]
)
def test_a_border_case_has_half_the_probability_of_a_finding(probability: float, level: str) -> None:
    table = ActTable(source="x", found=dict.fromkeys(JUDGED_ACTS, 0.4))
    assert table.level("request", probability) == level


@pytest.mark.parametrize("known", [JUDGED_ACTS[1:], (*JUDGED_ACTS, "withdrawal")])
def test_a_table_has_a_threshold_for_each_act_and_no_other(known: Sequence[str]) -> None:
    with pytest.raises(ValueError, match="unknown or missing act"):
        ActTable(source="x", found=dict.fromkeys(known, 0.4))
