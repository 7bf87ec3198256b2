"""The weights of disagreements: `requests/issues.toml` of the models."""

from __future__ import annotations

from coordnlp.stages.disagreements.features import PAIR, RESOLUTION
from coordnlp.tables import Table
from coordnlp.weights import Weights, load_weights


class PairWeights(Weights):
    """How much each feature speaks for two occasions being of one issue; least mean probability of one issue."""

    features = PAIR

    threshold: float


class ResolutionWeights(Weights):
    """How much each feature speaks for a passage settling an issue, and the least score for it."""

    features = RESOLUTION

    threshold: float


class IssueTable(Table):
    """What disagreements are found, gathered and settled by.

    Attributes:
        occasion: Least probability of the judge for an occasion.
    """

    source: str
    occasion: float
    pair: PairWeights
    resolution: ResolutionWeights


def load_issue_table() -> IssueTable:
    """Load the weights of issues that ship."""
    return load_weights("issues", IssueTable)
