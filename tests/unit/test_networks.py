"""Networks on disk: what is missing, damaged or of another version is told, with what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coordnlp.errors import ModelError
from coordnlp.networks import Network, load_networks, save_networks

FEATURES = {"one": ("a", "b")}


def network(scale: float = 1.0, width: int = 2) -> Network:
    rng = np.random.default_rng(0)
    return Network(
        np.zeros(width), np.full(width, scale), rng.normal(size=(3, width, 4)), rng.normal(size=(3, 4)),
        rng.normal(size=(3, 4)), rng.normal(size=3),
    )  # fmt: skip


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "nets.safetensors"
    save_networks(file, {"one": network()}, FEATURES)
    return file


def test_what_is_read_judges_as_what_was_saved(saved: Path) -> None:
    values = np.array([[0.0, 1.0], [0.5, -2.0]])
    found = load_networks(saved, FEATURES)["one"].probabilities(values)
    assert found == pytest.approx(network().probabilities(values), abs=1e-5)
    assert ((found > 0) & (found < 1)).all()


def test_it_agrees_with_the_library_that_fits_it() -> None:
    from sklearn.neural_network import MLPClassifier

    rng = np.random.default_rng(1)
    values = rng.normal(size=(200, 3))
    net = MLPClassifier((5,), max_iter=30, random_state=0).fit(values, values[:, 0] * values[:, 1] > 0)
    ours = Network(
        np.zeros(3), np.ones(3), net.coefs_[0][None], net.intercepts_[0][None], net.coefs_[1][:, 0][None],
        net.intercepts_[1],
    )  # fmt: skip
    assert ours.probabilities(values) == pytest.approx(net.predict_proba(values)[:, 1])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="缺少模型文件"):
        load_networks(tmp_path / "none.safetensors", FEATURES)


@pytest.mark.parametrize("keep", [0, 1, 40, -1])
def test_a_file_cut_short_is_told(saved: Path, keep: int) -> None:
    saved.write_bytes(saved.read_bytes()[:keep])
    with pytest.raises(ModelError, match="已损坏"):
        load_networks(saved, FEATURES)


@pytest.mark.parametrize("features", [{"one": ("a",)}, {"one": ("b", "a")}, {"one": ("a", "b"), "two": ("a", "b")}])
def test_other_features_are_another_version(saved: Path, features: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ModelError):
        load_networks(saved, features)


@pytest.mark.parametrize("broken", [network(scale=0.0), network(scale=np.nan), network(width=3)])
def test_numbers_that_cannot_be_used_are_told(tmp_path: Path, broken: Network) -> None:
    file = tmp_path / "nets.safetensors"
    save_networks(file, {"one": broken}, FEATURES)
    with pytest.raises(ModelError):
        load_networks(file, FEATURES)
