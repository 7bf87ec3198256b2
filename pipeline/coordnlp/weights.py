"""Logistic scorers that people can read: tables of weights in `requests/` of the models, fitted by `coordnlp train`."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import ClassVar, TypeVar

import numpy as np
from pydantic import field_validator

from coordnlp.errors import TableError
from coordnlp.resources import models_folder
from coordnlp.tables import Table, parse_table

K = TypeVar("K")
FOLDER = "requests"
# So many features are told as reasons, and none that adds less to the log-odds.
_REASONS = 6
_LEAST_SHARE = 0.1


class Weights(Table):
    """A bias and a weight a feature; features without a weight count nothing.

    Attributes:
        features: The names that a table must hold, all of them; None for any.
    """

    features: ClassVar[Collection[str] | None] = None

    bias: float
    weight: dict[str, float]

    @field_validator("weight")
    @classmethod
    def _known(cls, weight: dict[str, float]) -> dict[str, float]:
        differ = sorted(set(weight) ^ set(cls.features)) if cls.features is not None else []
        if differ:
            raise ValueError(f"unknown or missing feature {differ[0]}")
        return weight

    def total(self, values: Mapping[str, float]) -> float:
        """Return the log-odds of a case with these features."""
        return self.bias + sum(self.weight.get(name, 0.0) * value for name, value in values.items())

    def score(self, values: Mapping[str, float]) -> float:
        """Return the probability of a case with these features, in (0, 1)."""
        return 1 / (1 + math.exp(-self.total(values)))

    def telling(self, values: Mapping[str, float]) -> list[tuple[str, float]]:
        """Return the features that tell most, either way, with what they add to the log-odds, the weightiest first."""
        shares = {name: self.weight.get(name, 0.0) * value for name, value in values.items()}
        order = sorted(shares.items(), key=lambda item: (-abs(item[1]), item[0]))[:_REASONS]
        return [(name, share) for name, share in order if abs(share) >= _LEAST_SHARE]


def share_out(totals: Mapping[K, float]) -> dict[K, float]:
    """Return how likely each of several is by its log-odds; they add up to 1."""
    values = np.array(list(totals.values()))
    odds = np.exp(values - values.max())
    return dict(zip(totals, (odds / odds.sum()).tolist(), strict=True))


T = TypeVar("T", bound=Table)


def load_weights(name: str, schema: type[T]) -> T:
    """Load the fitted table `requests/NAME.toml` of the models that ship.

    Raises:
        TableError: The file is missing, is not TOML, or does not fit the schema.
    """
    file = models_folder() / FOLDER / f"{name}.toml"
    try:
        return parse_table(f"{FOLDER}/{name}.toml", file.read_text("utf-8"), schema)
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"权重表 {file} 读不出来。", "请重新安装 coordnlp。") from error
