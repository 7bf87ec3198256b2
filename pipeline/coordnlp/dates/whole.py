"""Strings that are one date: signature lines and names of files."""

from __future__ import annotations

import datetime
import functools
import re

from coordnlp.dates.grammar import GAP, day, month, written_year
from coordnlp.dates.lexicon import either, fold, words
from coordnlp.dates.numerals import read_number

_SEPARATED = r"(?P<y2>(?:19|20)\d\d) ?(?P<sep>[-/.]) ?(?P<m2>\d{1,2}) ?(?P=sep) ?(?P<d2>\d{1,2})"
# 27-01-2021: day and month can be told apart where one of them is above twelve.
_YEAR_LAST = r"(?<![\d.])(?P<first>\d{1,2})([-._/])(?P<second>\d{1,2})\2(?P<last>(?:19|20)\d\d)(?!\d)"
_IN_NAME = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]"),
    re.compile(r"(?<![\d.])((?:19|20)\d\d)([-._/ ])(\d{1,2})\2(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),
)


def read_date(text: str) -> datetime.date | None:
    """Return the date that the whole string writes, as a signature line does, or None.

    Year, month and day must all be there. Brackets around it, 公元, a weekday, a time of day and 印发 are
    passed over; anything else, or a day that does not exist, gives None.
    """
    folded = fold(text).strip()
    match = _line().fullmatch(folded)
    if match is None:
        whole = re.fullmatch(_YEAR_LAST, folded)
        return _year_last(whole) if whole else None
    if match["y2"]:
        return _date(match["y2"], match["m2"], match["d2"])
    return _date(match["year"], match["month"], match["day"])


def file_name_date(name: str) -> datetime.date | None:
    """Return the date in the name of a file, or None where it has none or several different ones.

    Names with a year of two digits (24.03.05), without a day (2024-03), or whose day may be their month (03-02-2021)
    are ambiguous and give None.
    """
    folded = fold(name)
    dates = {found for pattern in _IN_NAME for match in pattern.finditer(folded) if (found := _of(match))}
    dates |= {found for match in re.finditer(_YEAR_LAST, folded) if (found := _year_last(match))}
    chinese = re.finditer(_ymd(), folded)
    dates |= {found for m in chinese if (found := _date(m["year"], m["month"], m["day"]))}
    return dates.pop() if len(dates) == 1 else None


def _year_last(match: re.Match[str]) -> datetime.date | None:
    first, second = int(match["first"]), int(match["second"])
    if (first > 12) == (second > 12):
        return _date(match["last"], match["first"], match["second"]) if first == second else None
    day_, month_ = (first, second) if first > 12 else (second, first)
    return _date(match["last"], str(month_), str(day_))


def _of(match: re.Match[str]) -> datetime.date | None:
    groups = match.groups()
    return _date(groups[0], groups[-2], groups[-1])


def _date(year_: str | None, month_: str | None, day_: str | None) -> datetime.date | None:
    numbers = [1 if text == "元" else read_number(text or "") for text in (year_, month_, day_)]
    if None in numbers:
        return None
    y, m, d = (number or 0 for number in numbers)
    try:
        return datetime.date(y + 2000 if y < 100 else y, m, d)
    except ValueError:
        return None


@functools.cache
def _ymd() -> str:
    return f"{written_year()}{GAP}{month()}{GAP}月{GAP}{day()}{GAP}[日号]"


@functools.cache
def _line() -> re.Pattern[str]:
    weekday = rf"{either(words().weeks.names)}{GAP}{either(words().weeks.days)}"
    hour = r"\d{1,2}(?::\d\d(?::\d\d)?|[时点]半?(?:\d{1,2}分)?)"
    clock = rf"(?:{either(words().clock.words)}|[ \t]|时间:?|{hour})*"
    tail = rf"(?:{GAP}(?:\({GAP}{weekday}{GAP}\)|{weekday}))?{clock}(?:{GAP}(?:印发|印制|印|发布))?"
    core = f"(?:{_ymd()}|{_SEPARATED})"
    return re.compile(rf"[\[(\u3010]?{GAP}(?:日期:|公元)?{GAP}{core}{tail}{GAP}[\])\u3011]?[。.]?")
