"""Dates as mail programs write them into mails: Chinese, ISO, English, with or without a time."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})"
_WEEKDAY = r"(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?)"
_ZONE = r"(?:(?:gmt|utc)?\s?[+-]\d{1,2}:?(?:\d{2})?|z\b|gmt|utc|cst)"
_DATES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<!\d){_YEAR}\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*{_DAY}(?!\d)\s*日?",
        rf"(?:{_WEEKDAY},?\s*)?(?<!\d){_DAY}(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"(?:{_WEEKDAY},?\s*)?\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"(?<![\d/])(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_YEAR}(?!\d)",
    )
)
# Blanks stand in many places and are nowhere given back (*+): shared out in all ways, a line of them took years.
_TIME = re.compile(
    rf"(?:[\s,，、]|t(?![a-z]))*+(?:[(（]?{_WEEKDAY}[)）]?)?[\s,，、]*+(?P<before>{_ZONE})?[\s,，]*+(?:\bat\b)?\s*+"
    r"(?P<half>上午|下午|中午|晚上|晚间|晚|傍晚|凌晨|早上|清晨|早|am\b|pm\b)?\s*+"
    r"(?P<hour>\d{1,2})\s*[:：时時点]\s*(?P<minute>\d{2})(?:\s*[:：分]\s*(?P<second>\d{2})(?:\.\d+)?\s*秒?|\s*分)?\s*+"
    rf"(?P<late>[ap]\.?m\b\.?)?\s*[(（]?(?P<after>{_ZONE})?[)）]?",
    re.I,
)
_WEEKDAY_ONLY = re.compile(rf"[\s,，]*[(（]?{_WEEKDAY}[)）]?", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AFTERNOON = frozenset({"下午", "晚上", "晚间", "晚", "傍晚", "pm"})
_MORNING = frozenset({"上午", "凌晨", "早上", "清晨", "早", "am"})
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
"""A mail program writes local time; so does CST, which in these mails is China Standard Time."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: half-open offsets, and ISO with time and offset where a time is told."""

    start: int
    end: int
    iso: str


def find_mail_date(text: str) -> FoundDate | None:
    """Return the first date with a year in a text, None if there is none that can be told.

    3/5/2024 is read only where the order of day and month is beyond doubt.
    """
    places = [found for pattern in _DATES if (found := pattern.search(text))]
    for found in sorted(places, key=lambda found: (found.start(), -found.end())):
        day = _read_day(found)
        if day is not None:
            return _with_time(text, found, day)
    return None


def _with_time(text: str, found: re.Match[str], day: datetime.date) -> FoundDate:
    time = _TIME.match(text, found.end())
    moment = _read_time(day, time) if time else None
    if time is None or moment is None:
        rest = _WEEKDAY_ONLY.match(text, found.end())
        return FoundDate(found.start(), rest.end() if rest else found.end(), day.isoformat())
    return FoundDate(found.start(), time.end(), moment.isoformat())


def _read_day(found: re.Match[str]) -> datetime.date | None:
    parts = found.groupdict()
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (first, second) if first <= 12 else (second, first)
    else:
        name = parts.get("name")
        month = _MONTHS.index(name.lower()) + 1 if name else int(parts["month"])
        day = int(parts["day"])
    try:
        return datetime.date(int(parts["year"]), month, day)
    except ValueError:
        return None


def _read_time(day: datetime.date, found: re.Match[str]) -> datetime.datetime | None:
    hour = int(found["hour"])
    half = (found["half"] or found["late"] or "").lower().replace(".", "")
    if (half in _AFTERNOON and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    try:
        time = datetime.time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    return datetime.datetime.combine(day, time, _read_zone(found["after"] or found["before"] or ""))


def _read_zone(name: str) -> datetime.timezone:
    if offset := _OFFSET.search(name):
        sign = -1 if offset["sign"] == "-" else 1
        delta = datetime.timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return datetime.timezone(sign * delta) if delta < datetime.timedelta(hours=24) else _CHINA
    return datetime.UTC if name.lower() in {"z", "gmt", "utc"} else _CHINA
