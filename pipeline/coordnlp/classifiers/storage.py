"""A model as a folder: `weights.safetensors.gz` for numbers, `model.json.gz` for everything else; never pickle."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coordnlp.errors import ModelError

WEIGHTS, MODEL = "weights.safetensors.gz", "model.json.gz"
# Raised when samples are made or files are kept otherwise: weights of another version would read the wrong features.
FORMAT = 3
_ADVICE = "请重新安装 coordnlp，或在源码目录里运行 coordnlp train 重新训练。"


@dataclass(frozen=True, slots=True)
class Card:
    """Where a model comes from: what it judges, the material it was fitted on, and when by what."""

    name: str
    material: tuple[str, ...]
    coordnlp: str


def write_model(folder: Path, card: Card, about: Mapping[str, Any], tensors: Mapping[str, np.ndarray]) -> None:
    """Write a model into a folder, which is made if need be; the JSON keeps the digest of the numbers."""
    from safetensors.numpy import save

    folder.mkdir(parents=True, exist_ok=True)
    # The library writes the memory of an array as it lies, also of a transposed one.
    data = _pack(save({name: np.ascontiguousarray(one) for name, one in tensors.items()}))
    (folder / WEIGHTS).write_bytes(data)
    told = {"format": FORMAT, **asdict(card), "digest": hashlib.sha256(data).hexdigest(), **about}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    (folder / MODEL).write_bytes(_pack(text.encode() + b"\n"))


def _pack(data: bytes) -> bytes:
    # A vocabulary is then a third, and so are weights, most of which are small; without a time in it the same model is
    # the same file.
    return gzip.compress(data, mtime=0)


def read_model(folder: Path, name: str) -> tuple[Mapping[str, Any], Mapping[str, np.ndarray]]:
    """Read what `write_model` wrote.

    Args:
        name: What it must judge, as its card says.

    Raises:
        ModelError: A file is missing, damaged, of another version, or of another model.
    """
    about = _read_about(folder / MODEL)
    if about.get("format") != FORMAT:
        raise ModelError(f"模型 {folder} 是另一个版本的（{about.get('format')}，本版要 {FORMAT}）。", _ADVICE)
    if about.get("name") != name:
        raise ModelError(f"模型 {folder} 是判断 {about.get('name')} 的，不是判断 {name} 的。", _ADVICE)
    return about, _read_weights(folder / WEIGHTS, str(about.get("digest")))


def incomplete(folder: Path, error: Exception) -> ModelError:
    """Return the error of a model that lacks a part."""
    return ModelError(f"模型 {folder} 不完整（{error}）。", _ADVICE)


def mismatched(folder: Path) -> ModelError:
    """Return the error of a model whose vocabulary and numbers do not go together."""
    return ModelError(f"模型 {folder} 的词表和权重对不上。", _ADVICE)


def _read_about(file: Path) -> Mapping[str, Any]:
    try:
        about = json.loads(_unpack(file, _read(file)))
    except ValueError as error:
        raise _damaged(file) from error
    if not isinstance(about, dict):
        raise _damaged(file)
    return about


def _read_weights(file: Path, digest: str) -> Mapping[str, np.ndarray]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    packed = _read(file)
    if hashlib.sha256(packed).hexdigest() != digest:
        raise ModelError(f"模型文件 {file} 已损坏，或者是另一次训练的。", _ADVICE)
    try:
        tensors: Mapping[str, np.ndarray] = load(_unpack(file, packed))
    except SafetensorError as error:
        raise _damaged(file) from error
    return tensors


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelError(f"缺少模型文件 {file}。", _ADVICE) from error


def _unpack(file: Path, packed: bytes) -> bytes:
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(file) from error


def _damaged(file: Path) -> ModelError:
    return ModelError(f"模型文件 {file} 已损坏。", _ADVICE)
