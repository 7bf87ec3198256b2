"""Dossiers dealt out: each is judged by what was fitted on others, and on all of them but its own part."""

from __future__ import annotations

import pytest

from coordnlp.training.folds import fit_apart


@pytest.mark.parametrize(("count", "folds"), [(24, 6), (5, 6), (7, 3), (2, 1)])
def test_each_is_left_out_once_with_its_part(count: int, folds: int) -> None:
    names = [f"d{at}" for at in range(count)]
    fits: list[tuple[str, ...]] = []

    def fit(learnt: list[str]) -> tuple[str, ...]:
        fits.append(tuple(learnt))
        return tuple(learnt)

    apart = fit_apart(names, folds, fit)
    assert list(apart) == names
    assert len(fits) == min(folds, count)
    for at, name in enumerate(names):
        assert name not in apart[name]
        assert set(apart[name]) == {other for to, other in enumerate(names) if to % folds != at % folds}


def test_one_dossier_alone_is_judged_by_nothing() -> None:
    assert fit_apart(["d"], 6, list) == {"d": []}


def test_no_dossiers_no_fits() -> None:
    assert fit_apart([], 6, list) == {}
