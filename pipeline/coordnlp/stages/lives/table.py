"""The table of claim weights: `requests/claims.toml` of the models."""

from __future__ import annotations

from coordnlp.records import RequestStatus
from coordnlp.stages.lives.features import FEATURES
from coordnlp.weights import Weights, load_weights


class ClaimTable(Weights):
    """How much each feature speaks for a request being open, and the least score from which the dashboard says so.

    Attributes:
        accusing: How much surer it must be that nothing came at all: a false "you never answered" costs most.
    """

    features = FEATURES

    source: str
    threshold: float
    accusing: float

    def least(self, status: RequestStatus) -> float:
        """Return the least score for saying that a request has this status and is open."""
        return self.threshold + self.accusing if status == "unanswered" else self.threshold


def load_claim_table() -> ClaimTable:
    """Load the weights of claims that ship."""
    return load_weights("claims", ClaimTable)
