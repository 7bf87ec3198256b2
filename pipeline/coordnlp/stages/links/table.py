"""The table of link weights: `requests/links.toml` of the models."""

from __future__ import annotations

from collections.abc import Mapping

from coordnlp.records import EventType
from coordnlp.stages.links.features import REACTION, URGE
from coordnlp.stages.links.outcomes import OUTCOME
from coordnlp.tables import Table
from coordnlp.weights import Weights, load_weights


class LinkWeights(Weights):
    """A scorer of links, with the least score for a link and for a possible one."""

    threshold: float
    possible: float


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


def load_link_table() -> LinkTable:
    """Load the weights of links that ship."""
    return load_weights("links", LinkTable)
