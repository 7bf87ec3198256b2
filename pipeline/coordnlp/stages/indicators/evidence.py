"""What indicators are computed from: the records of a dossier, with the look-ups that several of them need."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coordnlp.names import Names
from coordnlp.records import (
    Annotation,
    Event,
    Header,
    Issue,
    Life,
    MeasureScore,
    Parsed,
    Passage,
    Quote,
    Request,
    Teams,
)
from coordnlp.stages.indicators.table import IndicatorTable
from coordnlp.stages.indicators.wording import IndicatorWords


@dataclass(frozen=True)
class Evidence:
    """The records of a dossier, papers in order of date, none later than the as-of date."""

    parsed: Sequence[Parsed]
    annotations: Mapping[str, Annotation]
    requests: Sequence[Request]
    events: Sequence[Event]
    lives: Sequence[Life]
    issues: Sequence[Issue]
    teams: Teams
    names: Names
    as_of: dt.date
    table: IndicatorTable
    words: IndicatorWords

    def caution(self, cases: int) -> str:
        """Return why a figure that rests on so many cases should be read with care, '' where it need not."""
        return self.words.few if cases < self.table.few else ""

    @cached_property
    def headers(self) -> Mapping[str, Header]:
        """Headers by document id."""
        return {one.header.id: one.header for one in self.parsed}

    @cached_property
    def life_of(self) -> Mapping[str, Life]:
        """Lives by request id."""
        return {life.request: life for life in self.lives}

    @cached_property
    def events_of(self) -> Mapping[str, Sequence[Event]]:
        """Events by request id, in order of time."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in sorted(self.events, key=lambda one: (one.date, one.document, one.start)):
            found[event.request].append(event)
        return found

    def carrying(self, code: str) -> Iterator[tuple[Parsed, Passage, MeasureScore]]:
        """Yield the passages that carry a measure, in order of time; contact lines below a letter among them."""
        for one in self.parsed:
            for passage in one.passages:
                for found in self.annotations[passage.id].measures:
                    if found.code == code and found.level == "found" and one.header.date:
                        yield one, passage, found

    def days_to(self, date: str) -> int:
        """Return the calendar days from an ISO day to the as-of date."""
        return (self.as_of - dt.date.fromisoformat(date)).days


def quote(passage: Passage) -> Quote:
    """Return the words of a passage as a quote."""
    return Quote(passage.document, passage.start, passage.end)
