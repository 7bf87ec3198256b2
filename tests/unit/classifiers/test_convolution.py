"""The convolution as it is read: what its filters see, and files that are not one."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coordnlp.classifiers import Card, Convolution, Sample, load_convolution, save_convolution
from coordnlp.classifiers.convolution import Filters, Layer
from coordnlp.errors import ModelError


def convolution() -> Convolution:
    """Return a network whose one filter answers to 请 with 办 right behind it, and to nothing else."""
    vectors = np.zeros((4, 2))
    vectors[2], vectors[3] = [1, 0], [0, 1]
    weights = np.zeros((3, 2, 1))
    weights[1, 0], weights[2, 1] = 1, 1
    nothing = Filters(np.zeros((1, 2, 1)), np.zeros(1))
    return Convolution(
        labels=("request",),
        characters={"请": 2, "办": 3},
        pairs={"请办": 2},
        facts=("发言",),
        character_vectors=vectors,
        pair_vectors=np.zeros((3, 2)),
        own=(Filters(weights, np.array([-1.5])),),
        before=nothing,
        fact_layer=Layer(np.zeros((1, 1)), np.zeros(1)),
        hidden=Layer(np.zeros((7, 1)), np.zeros(1)),
        out=Layer(np.array([[0.0], [2.0]]), np.zeros(1)),
    )


def test_a_filter_sees_characters_in_their_order_wherever_they_stand() -> None:
    texts = ["请办", "今请办了", "办请", "请了办", "", "办"]
    margins = convolution().margins([Sample(text, ()) for text in texts])
    assert margins[:, 0].tolist() == [1, 1, 0, 0, 0, 0]


def test_nothing_is_said_of_no_passages() -> None:
    assert convolution().margins([]).shape == (0, 1)


def test_a_passage_of_twenty_thousand_characters_is_read_from_its_beginning() -> None:
    margins = convolution().margins([Sample("请办" + "。" * 20000, ()), Sample("。" * 20000 + "请办", ())])
    assert margins[:, 0].tolist() == [1, 0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_convolution(tmp_path, convolution(), Card("convolution", ("a",), "0"))
    return tmp_path


def test_it_comes_back_as_it_was_saved(folder: Path) -> None:
    samples = [Sample("今请办了", ()), Sample("办", ())]
    assert np.array_equal(load_convolution(folder, "convolution").margins(samples), convolution().margins(samples))


def _change(folder: Path, key: str, value: object) -> None:
    file = folder / "model.json.gz"
    file.write_bytes(gzip.compress(json.dumps(json.loads(gzip.decompress(file.read_bytes())) | {key: value}).encode()))


def _fewer_characters(folder: Path) -> None:
    _change(folder, "characters", "请")


def _no_filters(folder: Path) -> None:
    _change(folder, "widths", 0)


def _another_shape(folder: Path) -> None:
    save_convolution(
        folder,
        replace(convolution(), out=Layer(np.zeros((9, 1)), np.zeros(1))),
        Card("convolution", ("a",), "0"),
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "model.json.gz").unlink(),
        lambda folder: (folder / "weights.safetensors.gz").write_bytes(b""),
        _fewer_characters,
        _no_filters,
        _another_shape,
    ],
)
def test_a_broken_network_is_one_clear_message(folder: Path, spoil: Callable[[Path], object]) -> None:
    spoil(folder)
    with pytest.raises(ModelError) as error:
        load_convolution(folder, "convolution")
    assert error.value.exit_code == 4
    assert str(folder) in error.value.message
    assert error.value.advice
