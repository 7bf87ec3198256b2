"""The table of link weights: `requests/links.toml` of the models."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from pydantic import model_validator

from coordnlp.records import EventType
from coordnlp.stages.links.features import REACTION, URGE
from coordnlp.stages.links.outcomes import OUTCOME
from coordnlp.tables import Table, load_weights


class LinkWeights(Table):
    """A logistic scorer that people can read: bias, weights, and least scores for a link and a possible one."""

    source: str
    bias: float
    threshold: float
    possible: float
    weight: dict[str, float]

    def shares(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return what each feature adds to the log-odds."""
        return {name: weight * values[name] for name, weight in self.weight.items() if weight and values[name]}


class OutcomeWeights(Table):
    """How much each feature speaks for one type of reaction."""

    bias: float
    weight: dict[str, float]


class LinkTable(Table):
    """Scorers of reactions (answers, receipts, refusals, withdrawals) and of urges, and of what a reaction is."""

    reaction: LinkWeights
    urge: LinkWeights
    outcome: dict[EventType, OutcomeWeights]

    @model_validator(mode="after")
    def _known(self) -> LinkTable:
        _check(self.reaction.weight, REACTION)
        _check(self.urge.weight, URGE)
        for one in self.outcome.values():
            _check(one.weight, OUTCOME)
        return self

    def type_of(self, values: Mapping[str, float]) -> EventType:
        """Return the likeliest type of a reaction with these features; of equal ones the first by name."""
        totals = {
            kind: one.bias + sum(one.weight.get(name, 0.0) * value for name, value in values.items())
            for kind, one in self.outcome.items()
        }
        return max(sorted(totals), key=lambda kind: totals[kind])


def logistic(total: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-total))


def _check(weight: Collection[str], features: Collection[str]) -> None:
    unknown = sorted(set(weight) ^ set(features))
    if unknown:
        raise ValueError(f"unknown or missing feature {unknown[0]}")


def load_link_table() -> LinkTable:
    """Load the weights of links that ship."""
    return load_weights("links", LinkTable)
