"""The convolution: what it learns is what is read from disk, and order of words tells it something."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coordnlp.classifiers import Card, Convolution, Sample, load_convolution, save_convolution
from coordnlp.training.problems import ConvolutionRecipe, Problem

pytestmark = pytest.mark.train

RECIPE = ConvolutionRecipe(
    contrast=1.0,
    vector=12,
    pairs=40,
    least=1,
    widths=(1, 3),
    filters=10,
    before=4,
    facts=2,
    units=8,
    vector_dropout=0.0,
    dropout=0.0,
    rounds=30,
    batch=8,
    rate=0.02,
    decay=0.0,
)
ASKED = ["请②回①", "今请②回①", "请②回①吧", "再请②回①"]
TOLD = ["请①回②", "今请①回②", "请①回②吧", "再请①回②"]


def problem(truth: np.ndarray, before: str = "来函收悉") -> Problem:
    samples = [Sample(text, ("请", "回"), before=before, facts={"复函": 1.0}) for text in [*ASKED, *TOLD] * 8]
    count = len(samples)
    return Problem(
        ("request", "told"), samples, ["a"] * count, np.arange(count), np.ones(count), truth, np.ones(count, bool)
    )


@pytest.fixture(scope="module")
def fitted() -> Convolution:
    from coordnlp.training.convolution import fit_convolution

    asked = np.array([1] * len(ASKED) + [0] * len(TOLD))
    return fit_convolution(problem(np.tile(np.column_stack([asked, 1 - asked]), (8, 1))), RECIPE)


def test_it_learns_where_nothing_stands_before_any_passage() -> None:
    from coordnlp.training.convolution import fit_convolution

    asked = np.array([1] * len(ASKED) + [0] * len(TOLD))
    alone = fit_convolution(problem(np.tile(np.column_stack([asked, 1 - asked]), (8, 1)), before=""), RECIPE)
    (margins,) = alone.margins([Sample("请②回①", ())])
    assert margins[0] > 1 > -1 > margins[1]


def test_the_same_characters_in_another_order_say_something_else(fitted: Convolution) -> None:
    asked, told = fitted.margins([Sample("请②回①", ()), Sample("请①回②", ())])
    assert asked[0] > 1 > -1 > told[0]
    assert told[1] > 1 > -1 > asked[1]


def test_what_is_saved_comes_back_to_the_last_digit(fitted: Convolution, tmp_path: Path) -> None:
    save_convolution(tmp_path, fitted, Card("convolution", ("a",), "0"))
    samples = [
        Sample("请②回①", (), before="来函收悉"),
        Sample("", ()),
        Sample("😀", (), heading="一、请②", facts={"复函": 1}),
    ]
    assert np.array_equal(load_convolution(tmp_path, "convolution").margins(samples), fitted.margins(samples))


def test_what_stands_beside_a_passage_changes_nothing(fitted: Convolution) -> None:
    alone = fitted.margins([Sample("请②回①", ())])
    among = fitted.margins([Sample("请②回①", ()), *(Sample("收悉。" * n, ()) for n in range(90))])
    assert np.allclose(alone, among[:1], atol=1e-12)


def test_nobody_s_answer_weighs_nothing() -> None:
    """A label that nobody knows of any row stays where it began, and the other is learnt."""
    from coordnlp.training.convolution import fit_convolution

    asked = np.array([1] * len(ASKED) + [0] * len(TOLD))
    truth = np.tile(np.column_stack([asked, np.full(len(asked), -1)]), (8, 1))
    asked_, told = fit_convolution(problem(truth), RECIPE).margins([Sample("请②回①", ()), Sample("请①回②", ())])
    assert asked_[0] > told[0] + 2
    assert abs(asked_[1] - told[1]) < 1
