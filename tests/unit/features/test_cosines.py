"""Texts are near by the features that they share, the rare ones most."""

from __future__ import annotations

import numpy as np
import pytest

from coordnlp.features import Cosines

DOSSIER = [["搬迁", "房屋"], ["搬迁", "房间"], ["费用", "房屋"], ["费用", "车辆"], ["费用", "水利"], []]


def near(one: list[str], other: list[str]) -> float:
    cosines = Cosines(DOSSIER)
    return float(cosines.between(cosines.read([one]), cosines.read([other]))[0, 0])


def test_the_same_concepts_are_as_near_as_can_be() -> None:
    assert near(["搬迁", "房屋"], ["房屋", "搬迁"]) == pytest.approx(1)


@pytest.mark.parametrize(("one", "other"), [(["搬迁"], ["费用"]), ([], ["费用"]), ([], []), (["没见过"], ["没见过"])])
def test_what_shares_nothing_known_is_not_near(one: list[str], other: list[str]) -> None:
    assert near(one, other) == 0


def test_a_rare_concept_tells_more_than_a_common_one() -> None:
    assert near(["搬迁", "费用"], ["搬迁"]) > near(["搬迁", "费用"], ["费用"])


def test_a_dossier_without_concepts_is_no_error() -> None:
    cosines = Cosines([[], []])
    assert cosines.among([["费用"], []]).tolist() == [[0, 0], [0, 0]]


def test_nearness_is_symmetric_and_in_bounds() -> None:
    found = Cosines(DOSSIER).among(DOSSIER)
    assert np.allclose(found, found.T)
    assert found.min() >= 0
    assert found.max() <= 1
