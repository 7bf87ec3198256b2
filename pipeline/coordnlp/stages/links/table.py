"""The table of link weights: `lexicons/links.toml`."""

from __future__ import annotations

from pydantic import field_validator

from coordnlp.stages.links.features import FEATURES
from coordnlp.tables import Table, load_table


class LinkWeights(Table):
    """A logistic scorer that people can read: bias, weights, and least scores for a link and a possible one."""

    source: str
    bias: float
    threshold: float
    possible: float
    weight: dict[str, float]

    @field_validator("weight")
    @classmethod
    def _known(cls, weight: dict[str, float]) -> dict[str, float]:
        unknown = sorted(set(weight) - set(FEATURES))
        if unknown:
            raise ValueError(f"unknown feature {unknown[0]}")
        return weight


class LinkTable(Table):
    """Scorers of reactions (answers, receipts, refusals, withdrawals) and of urges."""

    reaction: LinkWeights
    urge: LinkWeights


def load_link_table() -> LinkTable:
    """Load `lexicons/links.toml`."""
    return load_table("links", LinkTable)
