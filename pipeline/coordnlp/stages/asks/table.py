"""The table of ask weights: `requests/asks.toml` of the models."""

from __future__ import annotations

import math
from collections.abc import Mapping

from coordnlp.tables import Table, load_weights

# A reason that adds less to the log-odds is not worth a word.
_LEAST_SHARE = 0.1


class AskTable(Table):
    """A logistic scorer that people can read: bias, least score, and a weight a feature.

    Features without a weight count nothing, so that a new cue does no harm before the weights are fitted again.
    """

    source: str
    bias: float
    threshold: float
    accuse: float
    weight: dict[str, float]

    def score(self, values: Mapping[str, float]) -> float:
        """Return the probability that a sentence with these features makes an ask, in (0, 1)."""
        total = self.bias + sum(self.weight.get(name, 0.0) * value for name, value in values.items())
        return 1 / (1 + math.exp(-total))

    def shares(self, values: Mapping[str, float], most: int = 5) -> dict[str, float]:
        """Return the features that speak loudest for the ask, with their shares of the log-odds, loudest first."""
        shares = {name: self.weight.get(name, 0.0) * value for name, value in values.items()}
        telling = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:most]
        return {name: share for name, share in telling if share >= _LEAST_SHARE}


def load_ask_table() -> AskTable:
    """Load the weights of asks that ship."""
    return load_weights("asks", AskTable)
