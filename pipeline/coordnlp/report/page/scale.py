"""The time axis of the pictures: days to pixels, and the months under them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

LEFT = 12.0
_RIGHT = 24.0
# A year and a half fits the page; what is longer scrolls, what is short is not stretched.
_PAGE = 1150.0
_LEAST_PX, _MOST_PX = 1.6, 5.0


class Tick(NamedTuple):
    """The first day of a month at its place; one that `is_year` tells its year, too."""

    x: float
    year: int
    month: int
    is_year: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from `first` to `last`, `px` pixels a day."""

    first: dt.date
    last: dt.date
    px: float

    @property
    def width(self) -> float:
        """The width of the picture in pixels."""
        return round(LEFT + (self.last - self.first).days * self.px + _RIGHT, 1)

    def x(self, day: str) -> float:
        """Return the place of an ISO day; days outside are drawn at the edge."""
        date = min(max(dt.date.fromisoformat(day), self.first), self.last)
        return round(LEFT + (date - self.first).days * self.px, 1)

    @property
    def ticks(self) -> list[Tick]:
        """The months of the picture; the first one and every January tell the year."""
        ticks: list[Tick] = []
        year, month = self.first.year, self.first.month
        while (day := dt.date(year, month, 1)) <= self.last:
            if day >= self.first or not ticks:
                ticks.append(Tick(self.x(day.isoformat()), year, month, month == 1 or not ticks))
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return ticks


def make_scale(first: str, last: str) -> Scale:
    """Return the scale of a picture from one ISO day to another."""
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    days = max(1, (end - start).days)
    px = min(_MOST_PX, max(_LEAST_PX, _PAGE / days))
    return Scale(start, max(end, start + dt.timedelta(days=1)), px)
