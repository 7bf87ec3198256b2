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

    `chance`: its greatest probability; `least_days`: its least length; `longer`: times the party's next longest;
    `ended_days`: so long after its last paper a folder has ended, and the stretch since counts as well.
    """

    chance: float
    least_days: int
    longer: float
    ended_days: int


class Mixture(Table):
    """Share in [0, 1] of a user's own encoder in the similarity of two texts; characters have the rest."""

    encoder: float


class Scans(Table):
    """Limits of recognising scans, a file, and what comes of words that were recognised.

    `pages`, `pixels` (of a picture), `seconds`: more is left unread and told. `weak`: score in [0, 1] below which words
    are flagged. `trust`: what the confidence of a row is multiplied by that rests on recognised words.
    """

    pages: int
    pixels: int
    seconds: int
    weak: float
    trust: float


class Settings(Table):
    """`lexicons/settings.toml`."""

    waiting: Waiting
    thresholds: Thresholds
    parties: Parties
    doubles: Doubles
    coverage: CoverageRule
    similarity: Mixture
    scans: Scans


def load_settings() -> Settings:
    """Load `lexicons/settings.toml`."""
    return load_table("settings", Settings)
