"""Classifiers on disk: what is saved comes back, and what is broken is said."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from coordnlp.classifiers import Card, Classifier, Sample, learn_blocks, load_classifier, save_classifier
from coordnlp.errors import ModelError

SAMPLES = [Sample("请②于⑤前提供", ("请", "提供")), Sample("请②来", ("请", "来")), Sample("收悉", ("收悉",))]


def classifier() -> Classifier:
    blocks = learn_blocks(SAMPLES, ["a", "b", "a"], {"characters": 1.0, "words": 0.5}, 5)
    width = sum(len(block.vocabulary) for block in blocks)
    one, limit = np.ones(2), {"request": 0.5, "answer": 0.4}
    weights = np.linspace(-1, 1, width * 2, dtype=np.float32).reshape(width, 2)
    return Classifier(("request", "answer"), blocks, weights, 0 * one, one, 0.5 * one, 0 * one, limit, limit)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_classifier(tmp_path, classifier(), Card("acts", ("a",), "0"))
    return tmp_path


def test_a_classifier_comes_back_as_it_was_saved(folder: Path) -> None:
    read, made = load_classifier(folder, "acts"), classifier()
    heard = np.array([[2.0, -1.0], [0.0, 0.5], [-3.0, 3.0]])
    found, expected = (one.probabilities(one.encode(SAMPLES), heard) for one in (read, made))
    assert np.allclose(found, expected, atol=0.01)
    assert read.thresholds == made.thresholds


def test_features_of_one_source_alone_are_not_learned() -> None:
    (block,) = learn_blocks(SAMPLES, ["a", "b", "a"], {"words": 1.0}, 5)
    assert list(block.vocabulary) == ["请"]


def _truncate(folder: Path) -> None:
    file = folder / "weights.safetensors.gz"
    file.write_bytes(file.read_bytes()[:-9])


def _other_version(folder: Path) -> None:
    _change(folder, "format", 99)


def _other_vocabulary(folder: Path) -> None:
    _change(folder, "blocks", [{"name": "characters", "weight": 1, "features": ["请"]}])


def _change(folder: Path, key: str, value: object) -> None:
    file = folder / "model.json.gz"
    file.write_bytes(gzip.compress(json.dumps(json.loads(gzip.decompress(file.read_bytes())) | {key: value}).encode()))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "model.json.gz").unlink(),
        lambda folder: (folder / "weights.safetensors.gz").unlink(),
        lambda folder: (folder / "model.json.gz").write_text("{", "utf-8"),
        lambda folder: (folder / "model.json.gz").write_bytes(gzip.compress(b"{")),
        lambda folder: (folder / "model.json.gz").write_bytes(gzip.compress(b"[]")),
        lambda folder: (folder / "model.json.gz").write_bytes((folder / "model.json.gz").read_bytes()[:-9]),
        _truncate,
        _other_version,
        _other_vocabulary,
    ],
)
def test_a_broken_model_is_one_clear_message(folder: Path, spoil: object) -> None:
    spoil(folder)  # type: ignore[operator]
    with pytest.raises(ModelError) as error:
        load_classifier(folder, "acts")
    assert error.value.exit_code == 4
    assert str(folder) in error.value.message
    assert error.value.advice


def test_a_foreign_model_is_not_taken(folder: Path) -> None:
    with pytest.raises(ModelError, match="acts"):
        load_classifier(folder, "measures")
