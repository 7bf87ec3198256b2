"""Counts become figures with cases and intervals, pooled over dossiers."""

from __future__ import annotations

import pytest

from coordnlp.evaluation.figures import Counts, Detection, Label, Rate, figures, pool, rate_figure


def test_dossiers_are_pooled_by_their_counts_not_by_their_figures() -> None:
    pooled = pool([Counts({"x": Rate(1, 1)}), Counts({"x": Rate(0, 3)})])
    assert figures(pooled)["x"].value == 0.25


def test_a_detection_gives_precision_recall_and_f1() -> None:
    found = figures(Counts(detections={"r": Detection(3, 1, 2)}))
    assert [found[f"r.{name}"].value for name in ("precision", "recall", "f1")] == [0.75, 0.6, pytest.approx(2 / 3)]
    assert [found[f"r.{name}"].cases for name in ("precision", "recall", "f1")] == [4, 5, 5]


def test_nothing_found_and_nothing_to_find_is_no_crash() -> None:
    found = figures(Counts({"x": Rate(0, 0)}, {"r": Detection(0, 0, 0)}))
    assert found["x"].value is None
    assert found["r.f1"].value == 0.0


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"), [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (5, 10, 0.237, 0.763)]
)
def test_interval_of_a_share_is_wilsons(hits: int, cases: int, low: float, high: float) -> None:
    figure = rate_figure(Rate(hits, cases))
    assert (figure.low, figure.high) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_interval_of_f1_holds_it() -> None:
    figure = figures(Counts(detections={"r": Detection(30, 10, 20)}))["r.f1"]
    assert figure.low is not None
    assert figure.high is not None
    assert figure.value is not None
    assert 0 < figure.low < figure.value < figure.high < 1


def test_macro_f1_counts_only_labels_that_gold_has() -> None:
    labels = {"acts": {"request": Label(1, 0, 1, 0), "urge": Label(0, 1, 0, 0), "refusal": Label(0, 0, 0, 5)}}
    found = figures(Counts({"acts.recall": Rate(1, 2), "acts.precision": Rate(1, 6)}, {}, labels))
    assert found["acts.macro_f1"].value == 0.5
    assert found["acts.macro_f1"].cases == 2
