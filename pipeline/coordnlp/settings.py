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


class Parties(Table):
    """Confidence in a guessed pair of teams, in [0, 1]: from `accuse` on gaps may be held against somebody."""

    accuse: float
    sure: float
    weak: float


class Doubles(Table):
    """Least shares of common text, in [0, 1], for two files to be one paper, and a draft and its final."""

    same: float
    draft: float


class CoverageRule(Table):
    """When a stretch without a party's papers is a hole in the folder.

    `chance`: its greatest probability; `least_days`: its least length; `longer`: times the party's next longest.
    """

    chance: float
    least_days: int
    longer: float


class Settings(Table):
    """`lexicons/settings.toml`."""

    waiting: Waiting
    thresholds: Thresholds
    parties: Parties
    doubles: Doubles
    coverage: CoverageRule


def load_settings() -> Settings:
    """Load `lexicons/settings.toml`."""
    return load_table("settings", Settings)
