"""The table of this stage: `lexicons/parties.toml`."""

from __future__ import annotations

import re
from functools import cached_property

from coordnlp.tables import Table, TriedPattern, load_table


class Units(Table):
    """What names of units look like."""

    endings: tuple[str, ...]
    openings: tuple[str, ...]
    legal: tuple[str, ...]
    bodies: tuple[str, ...]
    departments: tuple[str, ...]
    no_departments: tuple[str, ...]
    dress: tuple[str, ...]
    collective: tuple[str, ...]
    joint: tuple[str, ...]
    joined: tuple[str, ...]
    superior: tuple[str, ...]
    boards: tuple[str, ...]
    posts: tuple[str, ...]
    called: tuple[str, ...]
    also_names: tuple[str, ...]
    gives: tuple[str, ...]
    came: tuple[str, ...]
    root_tails: tuple[str, ...]
    text_tails: tuple[str, ...]
    no_roots: tuple[str, ...]
    generic: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    teams: tuple[str, ...]
    party: tuple[str, ...]
    government: tuple[str, ...]
    places: tuple[str, ...]
    short: dict[str, str]


class Places(Table):
    """Where papers name units and people."""

    own_people: tuple[str, ...]
    present: tuple[str, ...]
    meeting: tuple[str, ...]
    behind: tuple[str, ...]
    internal: tuple[str, ...]
    sent: tuple[str, ...]
    received: tuple[str, ...]
    public_domains: tuple[str, ...]
    common_labels: tuple[str, ...]


class Scores(Table):
    """How strongly findings speak for two names being one unit, in [0, 1]."""

    defined: float
    same_body: float
    same_core: float
    other_body: float
    office: float
    tail: float
    contained: float
    abbreviated: float
    loosely: float
    root_end: float
    root: float
    people: float
    letterhead: float
    number: float
    domain: float
    merge: float
    margin: float


class BondWeights(Table):
    """Weight of a paper for the pair that it passes between."""

    letter: float
    vertical: float
    meeting: float
    mail: float
    chat: float


class Confidence(Table):
    """What lowers the confidence in a pair, each a factor in [0, 1]; `half` counts documents."""

    half: float
    rival_free: float
    rival_equal: float
    one_sided: float
    met_only: float
    unresolved: float
    nameless: float


class PartyWords(Table):
    """`lexicons/parties.toml`; the last of the `bodies` of a unit speaks for the unit as well."""

    source: str
    units: Units
    places: Places
    scores: Scores
    bonds: BondWeights
    confidence: Confidence
    passing: tuple[TriedPattern, ...]
    bodies: tuple[TriedPattern, ...]

    @cached_property
    def own_people(self) -> re.Pattern[str]:
        """Match `签发：冯岱`; group `value` is what follows the label."""
        words = "|".join(sorted(self.places.own_people, key=lambda word: (-len(word), word)))
        return re.compile(rf"(?:{words})\s*[：:]\s*(?P<value>[^：:；;。，,）)]{{2,20}})")


def load_party_words() -> PartyWords:
    """Load `lexicons/parties.toml`."""
    return load_table("parties", PartyWords)
