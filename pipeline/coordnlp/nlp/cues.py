"""Cues of speech acts: the table `lexicons/acts.toml`, and how its cues add up to a score."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import field_validator

from coordnlp.records import Act, ActScore
from coordnlp.tables import Table, TriedPattern, load_table

# Opens the reason that names a veto.
AGAINST = "但："


class Cue(TriedPattern):
    """A pattern on role text that speaks for an act, or as a veto against it."""

    act: Act
    weight: float

    @field_validator("weight")
    @classmethod
    def _is_share(cls, weight: float) -> float:
        if not 0 < weight < 1:
            raise ValueError("weight must lie between 0 and 1")
        return weight


class ActCues(Table):
    """`lexicons/acts.toml`."""

    cue: tuple[Cue, ...]
    veto: tuple[Cue, ...]


def load_cues() -> ActCues:
    """Load `lexicons/acts.toml`."""
    return load_table("acts", ActCues)


def score_acts(role_text: str, cues: ActCues) -> Iterator[ActScore]:
    """Yield the acts that cues speak for, with scores in (0, 1] and the names of the cues as reasons.

    Cues of one act add up as independent evidence, 1 - (1-a)(1-b); each veto multiplies the sum by its weight.
    """
    against: dict[Act, float] = {}
    vetoed: dict[Act, list[str]] = {}
    missing: dict[Act, float] = {}
    reasons: dict[Act, list[str]] = {}
    for cue in cues.cue:
        if cue.regex.search(role_text):
            missing[cue.act] = missing.get(cue.act, 1.0) * (1 - cue.weight)
            reasons.setdefault(cue.act, []).append(cue.name)
    for veto in cues.veto:
        if veto.act in missing and veto.regex.search(role_text):
            against[veto.act] = against.get(veto.act, 1.0) * veto.weight
            vetoed.setdefault(veto.act, []).append(AGAINST + veto.name)
    for act, rest in missing.items():
        score = (1 - rest) * against.get(act, 1.0)
        yield ActScore(act, round(score, 3), (*reasons[act], *vetoed.get(act, ())))
