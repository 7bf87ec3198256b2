"""The table of claim weights: `requests/claims.toml` of the models."""

from __future__ import annotations

from coordnlp.stages.lives.features import FEATURES
from coordnlp.weights import Weights, load_weights


class ClaimTable(Weights):
    """How much each feature speaks for a request being open, and the least score from which the dashboard says so."""

    features = FEATURES

    source: str
    threshold: float


def load_claim_table() -> ClaimTable:
    """Load the weights of claims that ship."""
    return load_weights("claims", ClaimTable)
