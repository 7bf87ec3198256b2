"""The table of ask weights: `requests/asks.toml` of the models."""

from __future__ import annotations

from coordnlp.weights import Weights, load_weights


class AskTable(Weights):
    """How much each feature speaks for a sentence making an ask, and the least score for an item."""

    source: str
    threshold: float


def load_ask_table() -> AskTable:
    """Load the weights of asks that ship."""
    return load_weights("asks", AskTable)
