"""Small networks as a second opinion: a hidden layer of rectifiers over named features, a few of them averaged.

Source: averaging nets that differ in their first weights after Hansen & Salamon (1990).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from coordnlp.errors import ModelError

_ADVICE = "请重新安装 coordnlp，或在源码目录里运行 coordnlp train 重新训练。"
_FEATURES = "features"


@dataclass(frozen=True)
class Network:
    """k nets of f features and h hidden units each.

    Attributes:
        mean, scale: By which features are brought to mean 0 and deviation 1, of shape (f,).
        hidden, hidden_bias: Of shape (k, f, h) and (k, h).
        out, out_bias: Of shape (k, h) and (k,).
    """

    mean: np.ndarray
    scale: np.ndarray
    hidden: np.ndarray
    hidden_bias: np.ndarray
    out: np.ndarray
    out_bias: np.ndarray

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        """Return the mean probability of n cases with f features, of shape (n,), in (0, 1)."""
        even = (values - self.mean) / self.scale
        units = np.maximum(0.0, even @ self.hidden + self.hidden_bias[:, None, :])
        totals = np.einsum("knh,kh->kn", units, self.out) + self.out_bias[:, None]
        mean: np.ndarray = (1 / (1 + np.exp(-totals))).mean(axis=0)
        return mean

    @property
    def fits(self) -> bool:
        """Tell whether the shapes go together and all numbers are finite."""
        count, size, units = self.hidden.shape if self.hidden.ndim == 3 else (0, 0, 0)
        shapes = [(size,), (size,), (count, size, units), (count, units), (count, units), (count,)]
        arrays = [getattr(self, field.name) for field in fields(self)]
        sound = all(one.shape == shape and np.isfinite(one).all() for one, shape in zip(arrays, shapes, strict=True))
        return bool(count and sound and (self.scale > 0).all())


def save_networks(file: Path, networks: Mapping[str, Network], features: Mapping[str, Sequence[str]]) -> None:
    """Write networks by name into one file, as float32, with the names of their features."""
    from safetensors.numpy import save

    tensors = {
        f"{name}.{field.name}": np.ascontiguousarray(getattr(one, field.name), dtype=np.float32)
        for name, one in networks.items()
        for field in fields(one)
    }
    told = {name: list(some) for name, some in features.items()}
    file.write_bytes(save(tensors, {_FEATURES: json.dumps(told)}))


def load_networks(file: Path, features: Mapping[str, Sequence[str]]) -> dict[str, Network]:
    """Read the networks of a file.

    Args:
        features: By the name of each network the features that it must know, in their order.

    Raises:
        ModelError: The file is missing, damaged, or of a version with other features.
    """
    from safetensors import SafetensorError, safe_open

    if not file.is_file():
        raise ModelError(f"缺少模型文件 {file}。", _ADVICE)
    try:
        with safe_open(str(file), "np") as stored:
            told = json.loads((stored.metadata() or {})[_FEATURES])
            known = {key: stored.get_tensor(key).astype(np.float64) for key in stored.keys()}  # noqa: SIM118
        arrays = {name: {one.name: known[f"{name}.{one.name}"] for one in fields(Network)} for name in features}
        found = {name: Network(**some) for name, some in arrays.items()}
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise ModelError(f"模型文件 {file} 已损坏。", _ADVICE) from error
    sizes = {name: len(some) for name, some in features.items()}
    if told != {name: list(some) for name, some in features.items()} or any(
        not one.fits or one.hidden.shape[1] != sizes[name] for name, one in found.items()
    ):
        raise ModelError(f"模型文件 {file} 是另一个版本的。", _ADVICE)
    return found
