"""Classifiers on disk: `weights.safetensors` for numbers, `model.json` for everything else; never pickle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coordnlp.classifiers.blocks import Block
from coordnlp.classifiers.linear import Classifier, is_sound
from coordnlp.errors import ModelError

WEIGHTS, MODEL = "weights.safetensors", "model.json"
# Raised when samples are made otherwise: weights of another version would read the wrong features.
FORMAT = 1
_ADVICE = "请重新安装 coordnlp，或在源码目录里运行 coordnlp train 重新训练。"


@dataclass(frozen=True, slots=True)
class Card:
    """Where a classifier comes from: what it judges, the material it was fitted on, and when by what."""

    name: str
    material: tuple[str, ...]
    coordnlp: str


def save_classifier(folder: Path, classifier: Classifier, card: Card) -> None:
    """Write a classifier into a folder, which is made if need be; weights as float16."""
    from safetensors.numpy import save

    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, np.ndarray] = {
        "weights": classifier.weights.astype(np.float16),
        "bias": classifier.bias.astype(np.float32),
        "slope": classifier.slope.astype(np.float32),
        "offset": classifier.offset.astype(np.float32),
        **{f"rarity.{block.name}": block.rarity.astype(np.float16) for block in classifier.blocks},
    }
    data = save(tensors)
    (folder / WEIGHTS).write_bytes(data)
    about = {
        "format": FORMAT,
        **asdict(card),
        "digest": hashlib.sha256(data).hexdigest(),
        "labels": classifier.labels,
        "thresholds": dict(classifier.thresholds),
        "unsure": dict(classifier.unsure),
        "blocks": [{"name": b.name, "weight": b.weight, "features": list(b.vocabulary)} for b in classifier.blocks],
    }
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    (folder / MODEL).write_text(text + "\n", "utf-8")


def load_classifier(folder: Path, name: str) -> Classifier:
    """Read a classifier.

    Args:
        name: What it must judge, as its card says.

    Raises:
        ModelError: A file is missing, damaged, of another version, or of another model.
    """
    about = _read_model(folder / MODEL)
    if about.get("format") != FORMAT:
        raise ModelError(f"模型 {folder} 是另一个版本的（{about.get('format')}，本版要 {FORMAT}）。", _ADVICE)
    if about.get("name") != name:
        raise ModelError(f"模型 {folder} 是判断 {about.get('name')} 的，不是判断 {name} 的。", _ADVICE)
    tensors = _read_weights(folder / WEIGHTS, str(about.get("digest")))
    try:
        classifier = _assemble(about, tensors)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"模型 {folder} 不完整（{error}）。", _ADVICE) from error
    if not is_sound(classifier):
        raise ModelError(f"模型 {folder} 的词表和权重对不上。", _ADVICE)
    return classifier


def _read_model(file: Path) -> Mapping[str, Any]:
    try:
        about = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ModelError(f"缺少模型文件 {file}。", _ADVICE) from error
    except ValueError as error:
        raise ModelError(f"模型文件 {file} 已损坏。", _ADVICE) from error
    if not isinstance(about, dict):
        raise ModelError(f"模型文件 {file} 已损坏。", _ADVICE)
    return about


def _read_weights(file: Path, digest: str) -> Mapping[str, np.ndarray]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        data = file.read_bytes()
    except OSError as error:
        raise ModelError(f"缺少模型文件 {file}。", _ADVICE) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise ModelError(f"模型文件 {file} 已损坏，或者是另一次训练的。", _ADVICE)
    try:
        tensors: Mapping[str, np.ndarray] = load(data)
    except SafetensorError as error:
        raise ModelError(f"模型文件 {file} 已损坏。", _ADVICE) from error
    return tensors


def _assemble(about: Mapping[str, Any], tensors: Mapping[str, np.ndarray]) -> Classifier:
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
        weights=tensors["weights"].astype(np.float32),
        bias=tensors["bias"],
        slope=tensors["slope"],
        offset=tensors["offset"],
        thresholds=about["thresholds"],
        unsure=about["unsure"],
    )
