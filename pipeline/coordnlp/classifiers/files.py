"""Linear classifiers and convolutions on disk: weights as whole numbers or float16, vocabularies as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from coordnlp.classifiers.blocks import Block
from coordnlp.classifiers.convolution import Convolution, Filters, Layer, number_rows
from coordnlp.classifiers.linear import Classifier, is_sound
from coordnlp.classifiers.storage import Card, incomplete, mismatched, read_model, write_model

_CALIBRATION = "bias", "slope", "second", "offset"
_LAYERS = "fact_layer", "hidden", "out"
# A label's weights as so many steps to either side of 0: half the size, and a margin is off by some .03.
_STEPS, _SMALLEST = 127, 1e-6


def save_classifier(folder: Path, classifier: Classifier, card: Card) -> None:
    """Write a classifier into a folder, which is made if need be."""
    scale = np.maximum(np.abs(classifier.weights).max(axis=0, initial=0.0), _SMALLEST) / _STEPS
    tensors = {
        "weights": np.round(classifier.weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        **{name: getattr(classifier, name).astype(np.float32) for name in _CALIBRATION},
        **{f"rarity.{block.name}": block.rarity.astype(np.float16) for block in classifier.blocks},
    }
    about = {
        "labels": classifier.labels,
        "thresholds": dict(classifier.thresholds),
        "unsure": dict(classifier.unsure),
        "blocks": [{"name": b.name, "weight": b.weight, "features": list(b.vocabulary)} for b in classifier.blocks],
    }
    write_model(folder, card, about, tensors)


def load_classifier(folder: Path, name: str) -> Classifier:
    """Read a classifier.

    Args:
        name: What it must judge, as its card says.

    Raises:
        ModelError: A file is missing, damaged, of another version, or of another model.
    """
    about, tensors = read_model(folder, name)
    try:
        classifier = _assemble_classifier(about, tensors)
        sound = is_sound(classifier)
    except (KeyError, TypeError, ValueError) as error:
        raise incomplete(folder, error) from error
    if not sound:
        raise mismatched(folder)
    return classifier


def _assemble_classifier(about: Mapping[str, Any], tensors: Mapping[str, np.ndarray]) -> Classifier:
    blocks = tuple(
        Block(
            one["name"],
            float(one["weight"]),
            {feature: at for at, feature in enumerate(one["features"])},
            tensors[f"rarity.{one['name']}"].astype(np.float64),
        )
        for one in about["blocks"]
    )
    return Classifier(
        labels=tuple(about["labels"]),
        blocks=blocks,
        weights=tensors["weights"].astype(np.float32) * tensors["scale"],
        thresholds=about["thresholds"],
        unsure=about["unsure"],
        **{name: tensors[name] for name in _CALIBRATION},
    )


def save_convolution(folder: Path, convolution: Convolution, card: Card) -> None:
    """Write a convolution into a folder, which is made if need be."""
    parts: dict[str, np.ndarray] = {
        "characters": convolution.character_vectors,
        "pairs": convolution.pair_vectors,
    }
    layers = {name: getattr(convolution, name) for name in _LAYERS}
    own = {f"own.{at}": filters for at, filters in enumerate(convolution.own)}
    for name, part in {**layers, **own, "before": convolution.before}.items():
        parts |= {f"{name}.weights": part.weights, f"{name}.bias": part.bias}
    about = {
        "labels": convolution.labels,
        "characters": "".join(convolution.characters),
        "pairs": "".join(convolution.pairs),
        "facts": convolution.facts,
        "widths": len(convolution.own),
    }
    write_model(folder, card, about, {name: one.astype(np.float16) for name, one in parts.items()})


def load_convolution(folder: Path, name: str) -> Convolution:
    """Read a convolution.

    Args:
        name: As its card says.

    Raises:
        ModelError: A file is missing, damaged, of another version, or of another model.
    """
    about, tensors = read_model(folder, name)
    try:
        convolution = _assemble_convolution(about, {name: one.astype(np.float64) for name, one in tensors.items()})
        sound = convolution.fits
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise incomplete(folder, error) from error
    if not sound:
        raise mismatched(folder)
    return convolution


def _assemble_convolution(about: Mapping[str, Any], tensors: Mapping[str, np.ndarray]) -> Convolution:
    pairs = about["pairs"]
    layers = {name: Layer(tensors[f"{name}.weights"], tensors[f"{name}.bias"]) for name in _LAYERS}
    names = [*(f"own.{at}" for at in range(about["widths"])), "before"]
    *own, before = (Filters(tensors[f"{name}.weights"], tensors[f"{name}.bias"]) for name in names)
    return Convolution(
        labels=tuple(about["labels"]),
        characters=number_rows(about["characters"]),
        pairs=number_rows([pairs[at : at + 2] for at in range(0, len(pairs), 2)]),
        facts=tuple(about["facts"]),
        character_vectors=tensors["characters"],
        pair_vectors=tensors["pairs"],
        own=tuple(own),
        before=before,
        **layers,
    )
