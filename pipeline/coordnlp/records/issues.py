"""Disagreements."""

from __future__ import annotations

from dataclasses import dataclass

from coordnlp.records.labels import IssueStatus, Party, Side


@dataclass(frozen=True, slots=True)
class Occasion:
    """A passage in which the difference between the parties on a question shows.

    `party` takes the position, `AB` where the text records that the two differ; `score` says how surely it is one.
    """

    passage: str
    document: str
    start: int
    end: int
    date: str
    party: Party | None
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What a party holds on an issue in one paper, in its own words or as the paper tells them.

    `moved` is True where the words give way to the other side.
    """

    party: Side
    document: str
    start: int
    end: int
    date: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """The occasions of one question, in order of time, with what became of it.

    Attributes:
        label: The words of its most typical occasion, cut short.
        recurring: It shows in papers of at least two days, more likely than not: its occasions are judgements.
        resolution: Where it was settled; an issue is `reopened` when an occasion follows.
        requests: The requests that its occasions ask for or react to.
        score: How surely its occasions belong together and are ones, in [0, 1].
        positions: The ledger: for each party and paper one stance, in order of time.
        measures: Codes of the measures that its occasions speak of, the most frequent first.
        near: Issues that may be the same question and were not joined, each with the mean probability that they are.
    """

    id: str
    label: str
    occasions: tuple[Occasion, ...]
    status: IssueStatus
    recurring: bool
    resolution: Occasion | None
    requests: tuple[str, ...]
    score: float
    positions: tuple[Position, ...] = ()
    measures: tuple[str, ...] = ()
    near: tuple[tuple[str, float], ...] = ()

    @property
    def raised_on(self) -> str:
        """The ISO day since which it waits to be settled: of its first occasion, or of the first after a settlement."""
        settled = self.resolution.date if self.resolution else ""
        return next((one.date for one in self.occasions if one.date > settled), self.occasions[0].date)
