"""Calendar dates mentioned in running text: 你单位3月5日来函, 去年12月, 上周五."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from coordnlp.dates.days import Precision, Prefer
from coordnlp.dates.grammar import find_expressions
from coordnlp.dates.lexicon import fold, words
from coordnlp.dates.resolve import resolve


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at `[start, end)` of the text.

    Attributes:
        date: The last day meant, which is the day itself at precision `day`.
        first: The first day meant.
        precision: How finely the text says it; a week and a span of days count as `day`.
        has_year: The year is said, or follows from a word such as 今年, 上月, 昨日.
    """

    start: int
    end: int
    date: datetime.date
    first: datetime.date
    precision: Precision
    has_year: bool


def find_dates(text: str, anchor: datetime.date, *, prefer: Prefer = "near") -> list[DateMention]:
    """Find the calendar dates that running text mentions, in order of their place.

    Args:
        anchor: The day that the text was written on; 去年, 上月, 昨日 count from it.
        prefer: Which year a date without one is given: the last before the anchor, the next, or the nearest.

    Returns:
        Mentions that do not overlap. Numbers of documents, spans of years, amounts, versions and times of
        day give none; nor do 当日 and 当天, which point at a day named elsewhere.
    """
    mentions = []
    same_day = words().days.same_day
    for found in find_expressions(fold(text)):
        if found.kind == "dayonly" or (found.kind == "day" and found.parts["word"] in same_day):
            continue
        if (days := resolve(found, anchor, prefer)) is not None:
            mentions.append(DateMention(found.start, found.end, days.last, days.first, days.precision, days.has_year))
    return mentions
