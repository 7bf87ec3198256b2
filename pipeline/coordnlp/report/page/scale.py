"""The time axis of the pictures: days to pixels, and the months under them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

LEFT = 12.0
_RIGHT = 24.0
PAGE = 1150.0
"""The width of the page in pixels."""

# Two years fit the width; what is longer scrolls, what is short is not stretched.
_MOST_DAYS, _MOST_PX = 730, 5.0
# A name takes so many pixels: of a month, of a month with its year.
_ROOM, _YEAR_ROOM = 28.0, 64.0


class Tick(NamedTuple):
    """The first day of a month at its place: whether it has room for its name, and whether that tells the year too."""

    x: float
    year: int
    month: int
    is_year: bool
    has_name: bool


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
        """The months of the picture; the first one that has room and every January tell the year."""
        months: list[tuple[int, int]] = []
        year, month = self.first.year, self.first.month
        while dt.date(year, month, 1) <= self.last:
            months.append((year, month))
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        places = [self.x(dt.date(year, month, 1).isoformat()) for year, month in months]
        # A first month of a few days leaves no room for its name.
        cramped = len(places) > 1 and places[1] - places[0] < _YEAR_ROOM
        named = 1 if cramped else 0
        ticks, free = [], 0.0
        for at, (x, (year, month)) in enumerate(zip(places, months, strict=True)):
            is_year = at == named or month == 1
            room = _YEAR_ROOM if is_year else _ROOM
            # A picture of a day or two is narrower than any name.
            fits = x + room <= self.width or at == 0
            has_name = at >= named and (is_year or x >= free) and fits
            free = x + room if has_name else free
            ticks.append(Tick(x, year, month, is_year, has_name))
        return ticks


def make_scale(first: str, last: str, width: float = PAGE) -> Scale:
    """Return the scale of a picture from one ISO day to another, `width` pixels wide if that is neither too wide nor
    too narrow.
    """
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    days = max(1, (end - start).days)
    px = min(_MOST_PX, max(width / _MOST_DAYS, (width - LEFT - _RIGHT) / days))
    return Scale(start, max(end, start + dt.timedelta(days=1)), px)
