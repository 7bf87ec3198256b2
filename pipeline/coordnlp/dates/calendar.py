"""Working days and public holidays of mainland China.

2004–2026 are those of the State Council's yearly notices, as the library chinesecalendar has them. Beyond,
Monday to Friday are taken for working days, the festivals themselves excepted: an estimate, and said so.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from coordnlp.dates.lexicon import words

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The calendar that deadlines in working days are counted by."""

    def knows(self, year: int) -> bool:
        """Tell whether the year's holidays are known; if not, its working days are an estimate."""
        return year in _known_years()

    def is_workday(self, day: datetime.date) -> bool:
        """Tell whether `day` is worked; a Saturday worked in exchange (调休) is."""
        if day in _official_holidays():
            return False
        if day in _official_workdays():
            return True
        if self.knows(day.year):
            return day.weekday() < 5
        return day.weekday() < 5 and day not in _festivals(day.year).values()

    def add_workdays(self, day: datetime.date, n: int) -> datetime.date:
        """Return the n-th working day after `day`; `day` itself for n = 0."""
        while n > 0:
            day += _DAY
            n -= self.is_workday(day)
        return day

    def holiday_start(self, name: str, year: int) -> datetime.date | None:
        """Return the first day off of the festival that falls in `year`; it may lie in the year before.

        Args:
            name: 元旦, 春节, 清明, 劳动节, 端午, 中秋 or 国庆.

        Returns:
            None if the name is unknown or the lunar date of that year is not in the table.
        """
        return self._edge(name, year, -_DAY)

    def holiday_end(self, name: str, year: int) -> datetime.date | None:
        """Return the last day off of the festival that falls in `year`, or None as `holiday_start` does."""
        return self._edge(name, year, _DAY)

    def _edge(self, name: str, year: int, step: datetime.timedelta) -> datetime.date | None:
        day = _festivals(year).get(name)
        while day is not None and day + step in _official_holidays():
            day += step
        return day


@functools.cache
def _festivals(year: int) -> Mapping[str, datetime.date]:
    holidays = words().holidays
    days = {name: datetime.date(year, *month_day) for name, month_day in holidays.fixed.items()}
    for name, dates in holidays.moving.items():
        if day := next((one for one in dates if one.year == year), None):
            days[name] = day
    return days


@functools.cache
def _official_holidays() -> frozenset[datetime.date]:
    from chinese_calendar import constants  # read at first use: most documents count no working days

    return frozenset(constants.holidays)


@functools.cache
def _official_workdays() -> frozenset[datetime.date]:
    from chinese_calendar import constants

    return frozenset(constants.workdays)


@functools.cache
def _known_years() -> range:
    days = _official_holidays()
    return range(min(days).year, max(days).year + 1)
