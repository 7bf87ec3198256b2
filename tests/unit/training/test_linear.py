"""The linear classifiers: what dossiers say of a word counts before what sets say."""

from __future__ import annotations

import numpy as np
import pytest

from coordnlp.classifiers import Classifier, Sample
from coordnlp.training.linear import fit_weights
from coordnlp.training.problems import Problem, Recipe

TEXTS = ["请函复", "已收悉", "另议定", "会商过"]


def fit(own: float) -> Classifier:
    """Fit a classifier where three in four rows are of sets, and dossiers differ from them in one."""
    rows = [(text, graded) for graded, count in ((True, 10), (False, 30)) for text in TEXTS for _ in range(count)]
    truth = [text in (("请函复", "另议定") if graded else ("请函复",)) for text, graded in rows]
    count = len(rows)
    problem = Problem(
        ("request",),
        [Sample(text, ()) for text, _ in rows],
        ["a" if graded else "fragments/f" for _, graded in rows],
        np.arange(count),
        np.ones(count),
        np.array(truth, dtype=np.int8)[:, None],
        np.array([graded for _, graded in rows]),
    )
    recipe = Recipe(cost=10.0, own=own, contrast=1.0, balance=0.0, sources=1, blocks={"characters": 1.0})
    return fit_weights(problem, recipe)


def margins(own: float) -> dict[str, float]:
    judge = fit(own)
    told = judge.margins(judge.encode([Sample(text, ()) for text in TEXTS]))[:, 0].tolist()
    return dict(zip(TEXTS, told, strict=True))


def test_where_dossiers_and_sets_differ_dossiers_are_believed() -> None:
    assert margins(own=1.0)["另议定"] > 0 > margins(own=0.0)["另议定"]


@pytest.mark.parametrize("own", [0.0, 1.0])
def test_what_both_say_is_learnt_from_both(own: float) -> None:
    told = margins(own)
    assert told["请函复"] > 0 > told["已收悉"]
    assert told["会商过"] < 0


def test_the_classifier_is_as_small_as_without_weights_of_their_own() -> None:
    assert fit(own=1.0).weights.shape == fit(own=0.0).weights.shape
