"""Measures and indicators."""

from __future__ import annotations

from dataclasses import dataclass

from coordnlp.records.documents import Quote
from coordnlp.records.labels import Evidence, MeasureState, Party, Side, Step


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that carries a measure; `party` is its voice, `score` in [0, 1] how surely it carries it."""

    passage: str
    document: str
    start: int
    end: int
    date: str
    party: Party | None
    evidence: Evidence
    step: Step
    score: float


@dataclass(frozen=True, slots=True)
class MeasureStatus:
    """What became of a measure by the as-of date, for the two teams together.

    Attributes:
        name, dimension, advice: Words of the taxonomy, of the dossier's own where it has one.
        confidence: How surely it has this status, in [0, 1]; `reasons` say why, in Chinese.
        mentions: The passages that carry it, in order of time.
        since: The ISO day of the first of the last words that agree with the status, '' where none does.
        by_party: What each team's own words say of it, where it speaks of it at all.
        trained: False for a measure that no model knows.
    """

    code: str
    name: str
    dimension: str
    advice: str
    status: MeasureState
    confidence: float
    reasons: tuple[str, ...]
    mentions: tuple[Mention, ...]
    since: str = ""
    by_party: tuple[tuple[Side, MeasureState], ...] = ()
    trained: bool = True

    @property
    def chain(self) -> tuple[Mention, ...]:
        """The first mention of every step that it has come to, in order of time; of a lapse the last."""
        first: dict[Step, Mention] = {}
        for mention in self.mentions:
            if mention.step == "lapsed" or mention.step not in first:
                first[mention.step] = mention
        return tuple(sorted(first.values(), key=lambda one: (one.date, one.document, one.start)))


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure about how the two teams deal with each other, computed from records.

    Attributes:
        code: Of the table of indicators, `lexicons/indicators.toml`, which defines it.
        party: Whom it is about, for answers the team that was asked; None for both together.
        value: In the unit that the table names; None where nothing tells.
        cases: How many cases it rests on.
        words: What it says, in Chinese.
        quotes: The papers that it is read from, the most telling ones.
        date: The ISO day that it turns on (the first missed meeting, the last sign of a body), '' for none.
        caution: Why it should be read with care, '' where it need not.
        measures: Codes of the measures that it tells about.
        lapsed_since: The ISO day from which by the calendar alone they have lapsed, '' where they have not.
        kept: The papers alone show that they are practised, whatever is said of them.
        values: The single cases behind the value, in order, where it is a middle of many.
    """

    code: str
    party: Party | None
    value: float | None
    cases: int
    words: str
    quotes: tuple[Quote, ...] = ()
    date: str = ""
    caution: str = ""
    measures: tuple[str, ...] = ()
    lapsed_since: str = ""
    kept: bool = False
    values: tuple[float, ...] = ()
