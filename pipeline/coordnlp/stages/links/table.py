"""What links are scored by: the weights of `requests/links.toml`, and the networks of `requests/links.safetensors`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from coordnlp.networks import Network, load_networks
from coordnlp.records import EventType
from coordnlp.resources import models_folder
from coordnlp.stages.links.features import REACTION, URGE
from coordnlp.stages.links.outcomes import OUTCOME
from coordnlp.stages.links.rivals import NAMES, compare_with_rivals
from coordnlp.tables import Table
from coordnlp.weights import FOLDER, Weights, load_weights, share_out

LinkKind = Literal["reaction", "urge"]
Key = tuple[str, str, str]
Scores = tuple[np.ndarray, np.ndarray]
NETWORKS = "links.safetensors"


class LinkWeights(Weights):
    """A scorer of links, with the least score for a link and for a possible one."""

    threshold: float
    possible: float

    def totals(self, values: np.ndarray) -> np.ndarray:
        """Return the log-odds of n pairs by f features in order, of shape (n,)."""
        totals: np.ndarray = values @ np.array([self.weight[name] for name in self.features or self.weight]) + self.bias
        return totals


class ReactionWeights(LinkWeights):
    """How much each feature speaks for a passage reacting to a request."""

    features = REACTION


class UrgeWeights(LinkWeights):
    """How much each feature speaks for a passage urging a request."""

    features = URGE


class OutcomeWeights(Weights):
    """How much each feature speaks for one type of reaction."""

    features = OUTCOME


class LinkTable(Table):
    """Scorers of reactions (answers, receipts, refusals, withdrawals) and of urges, and of what a reaction is."""

    source: str
    reaction: ReactionWeights
    urge: UrgeWeights
    outcome: dict[EventType, OutcomeWeights]

    def type_of(self, values: Mapping[str, float]) -> EventType:
        """Return the likeliest type of a reaction with these features; of equal ones the first by name."""
        return max(sorted(self.outcome), key=lambda kind: self.outcome[kind].total(values))

    def shares(self, values: Mapping[str, float]) -> dict[EventType, float]:
        """Return how likely a reaction with these features is of each type."""
        return share_out({kind: weights.total(values) for kind, weights in self.outcome.items()})


@dataclass(frozen=True)
class Linking:
    """What links are told by: a first round by readable weights, a second one that looks at the rivals.

    Attributes:
        reaction, urge: Of `REACTION` or `URGE` and then `rivals.NAMES`.
    """

    table: LinkTable
    reaction: Network
    urge: Network

    def score(self, kind: LinkKind, values: Sequence[Sequence[float]], keys: Sequence[Key]) -> Scores:
        """Score n pairs of one dossier.

        Args:
            kind: What they may be.
            values: Of the features of the kind, in order.
            keys: Of each pair the ids of its request, paper and passage.

        Returns:
            Two arrays of shape (n,): log-odds of the first round, probabilities of the second.
        """
        if not keys:
            return np.empty(0), np.empty(0)
        part, network = (self.table.reaction, self.reaction) if kind == "reaction" else (self.table.urge, self.urge)
        return score_pairs(part, network, values, keys)


def score_pairs(part: LinkWeights, network: Network, values: Sequence[Sequence[float]], keys: Sequence[Key]) -> Scores:
    """Score pairs by weights, then by a network that also sees how each stands among its rivals."""
    matrix = np.array(values)
    first = part.totals(matrix)
    rivals = compare_with_rivals(1 / (1 + np.exp(-first)), keys)
    return first, network.probabilities(np.hstack([matrix, rivals]))


def network_features() -> dict[str, tuple[str, ...]]:
    """Return what each network knows of a pair, in order."""
    return {"reaction": (*REACTION, *NAMES), "urge": (*URGE, *NAMES)}


def load_linking() -> Linking:
    """Load what links are told by as it ships.

    Raises:
        TableError: The weights are missing or broken.
        ModelError: The networks are.
    """
    networks = load_networks(models_folder() / FOLDER / NETWORKS, network_features())
    return Linking(load_weights("links", LinkTable), networks["reaction"], networks["urge"])
