"""What disagreements are told by: the weights of `requests/issues.toml`, and the network of `issues.safetensors`."""

from __future__ import annotations

from dataclasses import dataclass

from coordnlp.networks import Network, load_networks
from coordnlp.resources import models_folder
from coordnlp.stages.disagreements.company import NAMES
from coordnlp.stages.disagreements.features import PAIR, RESOLUTION
from coordnlp.tables import Table
from coordnlp.weights import FOLDER, Weights, load_weights

NETWORKS = "issues.safetensors"
COMPANY = "company"
COMPANY_FEATURES: tuple[str, ...] = (*PAIR, *NAMES)
"""What the network knows of two occasions, in order."""


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


@dataclass(frozen=True)
class IssueScorer:
    """What disagreements are told by.

    Attributes:
        company: Pairs occasions once more, by `COMPANY_FEATURES`.
    """

    table: IssueTable
    company: Network


def load_issue_scorer() -> IssueScorer:
    """Load what disagreements are told by as it ships.

    Raises:
        TableError: The weights are missing or broken.
        ModelError: The network is.
    """
    networks = load_networks(models_folder() / FOLDER / NETWORKS, {COMPANY: COMPANY_FEATURES})
    return IssueScorer(load_weights("issues", IssueTable), networks[COMPANY])
