"""The table of link features: `lexicons/links.toml`."""

from __future__ import annotations

from coordnlp.tables import Table, load_table


class _Feature(Table):
    weight: float
    words: str


class _Threshold(Table):
    reply: float
    elsewhere: float


class LinkTable(Table):
    """Weights and words of the link features, and the least scores for a link."""

    bias: float
    feature: dict[str, _Feature]
    threshold: _Threshold


def load_link_table() -> LinkTable:
    """Load `lexicons/links.toml`."""
    return load_table("links", LinkTable)
