"""The words of measures: `lexicons/measures.toml`."""

from __future__ import annotations

from functools import cache

from coordnlp.tables import Table, TriedPattern, load_table


class _Coverage(Table):
    papers: int
    pace: float
    missing: float
    empty: float
    deviations: float


class _Doubt(Table):
    least: float


class _Well(Table):
    rate: float


class MeasureWords(Table):
    """What passages say of a measure beyond its evidence.

    Attributes:
        lapses: Something that ran or stood has stopped.
        rates: So many came in and so many were met, in two groups.
        institutes, promises: How far a planned measure has come.
    """

    source: str
    coverage: _Coverage
    doubt: _Doubt
    well: _Well
    lapses: tuple[TriedPattern, ...]
    rates: tuple[TriedPattern, ...]
    institutes: tuple[TriedPattern, ...]
    promises: tuple[TriedPattern, ...]

    def tells_lapse(self, text: str) -> bool:
        """Tell whether a text says that something has stopped or gone empty."""
        return any(one.regex.search(text) for one in self.lapses)

    def rate(self, text: str) -> float | None:
        """Return the share met in time that a text tells, None where it tells none."""
        for one in self.rates:
            if (match := one.regex.search(text)) and int(match[1]) >= int(match[2]):
                return int(match[2]) / max(1, int(match[1]))
        return None


@cache
def load_measure_words() -> MeasureWords:
    """Load `lexicons/measures.toml`."""
    return load_table("measures", MeasureWords)
