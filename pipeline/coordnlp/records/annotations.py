"""What was found in one passage."""

from __future__ import annotations

from dataclasses import dataclass

from coordnlp.records.labels import Act, Evidence, Level


@dataclass(frozen=True, slots=True)
class ActScore:
    """A speech act that a passage performs, with a score in [0, 1] and what speaks for it, in words.

    `level` says what the score is good for: `found` is a finding, `unsure` a border case that is shown and nothing
    rests on, `low` neither.
    """

    label: Act
    score: float
    reasons: tuple[str, ...] = ()
    level: Level = "found"


@dataclass(frozen=True, slots=True)
class MeasureScore:
    """A measure that a passage carries, with a calibrated score in [0, 1], and what the passage says of it.

    `trained` is False for a measure that no model knows, one of the user's own: it is found by its words alone.
    """

    code: str
    score: float
    evidence: Evidence
    evidence_score: float
    reasons: tuple[str, ...] = ()
    level: Level = "found"
    trained: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """A due date: `written` as it stands in the text, `date` ISO or '' for vague ones, `note` how it was read."""

    written: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What was found in one passage.

    Attributes:
        cues: Speech acts that cues speak for, with the sum of their weights.
        terms: Its content words in order.
        due: The deadline it sets.
        acts: Every speech act that the trained judge knows, with its calibrated score; () without a model.
        measures: Measures from `unsure` upward.
        settles: How likely the passage ends a difference between the two teams, in [0, 1]; 0.0 without a model.
        matter: Concepts of its words that tell what it is about, in order (`lexicons/concepts.toml`).
    """

    passage: str
    cues: tuple[ActScore, ...]
    terms: tuple[str, ...]
    due: Due | None = None
    acts: tuple[ActScore, ...] = ()
    measures: tuple[MeasureScore, ...] = ()
    settles: float = 0.0
    matter: tuple[str, ...] = ()

    def cue(self, label: Act) -> float:
        """Return the score of an act by cues, 0.0 when none speaks for it."""
        return next((act.score for act in self.cues if act.label == label), 0.0)

    def reasons(self, label: Act) -> tuple[str, ...]:
        """Return the cues that speak for an act, () when there is none."""
        return next((act.reasons for act in self.cues if act.label == label), ())

    def score(self, label: Act) -> float:
        """Return the judge's probability of an act, 0.0 for one that it does not know."""
        return next((act.score for act in self.acts if act.label == label), 0.0)
