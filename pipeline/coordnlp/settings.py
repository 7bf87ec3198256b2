"""Settings of a run: waiting times and thresholds, each with where the number comes from."""

from __future__ import annotations

from coordnlp.tables import Table, load_table


class Waiting(Table):
    """Default waiting times in calendar days, for requests without a due date."""

    answer_days: int
    acknowledge_days: int


class Thresholds(Table):
    """Least scores, in [0, 1], for a passage to become an item or an event."""

    urge: float
    told_again: float
    urge_topic: float
    margin: float


class Settings(Table):
    """`lexicons/settings.toml`."""

    waiting: Waiting
    thresholds: Thresholds


def load_settings() -> Settings:
    """Load `lexicons/settings.toml`."""
    return load_table("settings", Settings)
