"""Time stamps of messages and transcripts, and the day lines that part a chat into days.

A stamp may be no more than a clock, and in a transcript it counts from the start of the recording: only what names a
month and a day is a date. 昨天 and 星期二 are none, since nobody knows when the chat was copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DAY = (
    r"(?:(?P<year>(?:19|20)\d\d|[12]\d(?=[/.-]\d{1,2}[/.-]\d))\s*[-/年.]\s*)?(?P<month>1[0-2]|0?[1-9])\s*[-/月.]\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*+日?"
)
_WEEK = r"[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?"
_HALF = r"(?:上午|下午|晚上|凌晨|中午|早上|傍晚|夜里|[AaPp][Mm])"
_CLOCK = r"(?<![\d:：])\d{1,3}[:：][0-5]\d(?:[:：][0-5]\d(?:[.,]\d{1,3})?)?(?![\d:：])(?:\s*[AaPp]\.?[Mm]\b\.?)?"
_RELATIVE = r"[今昨前][天日]"
# 08:00-18:00 is a shift or a meeting, unless brackets make it the stretch of a recording.
_NO_RANGE = r"(?!\s*(?:[-–—~～至到]|-->)\s*(?:次日|\d))"
_ONE = rf"(?:{_DAY}[\sT,，]*+)?(?:{_WEEK}\s*)?(?:{_RELATIVE}\s*)?(?:{_HALF}\s*)?{_CLOCK}"
_STRETCH = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?\s*[-–—~→>]+\s*\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?"
_STAMP = re.compile(rf"(?P<open>[\[【（(〔]\s*)?(?:{_ONE}{_NO_RANGE}|(?<=[\[（(]){_STRETCH})(?P<close>\s*[\]】）)〕])?")
_DAY_LINE = re.compile(
    rf"^[^\w\u4e00-\u9fff]*+(?:{_DAY}|(?P<year2>(?:19|20)\d\d)\s*年)?\s*+[，,]?\s*+(?:{_WEEK})?\s*+"
    rf"(?:{_RELATIVE}\s*+)?(?:(?:{_HALF})?\s*+{_CLOCK}{_NO_RANGE})?[^\w\u4e00-\u9fff]*+$"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time that stands in a line: half-open offsets with brackets, and the day as far as it is named (else 0)."""

    start: int
    end: int
    year: int = 0
    month: int = 0
    day: int = 0


def find_stamp(text: str, *, within: int = 48) -> Stamp | None:
    """Return the first time stamp that begins within so many characters, or None."""
    match = _STAMP.search(text, 0, len(text))
    if match is None or match.start() > within:
        return None
    opened, closed = bool(match["open"]), bool(match["close"])
    start = match.start() if opened and closed else match.end("open") if opened else match.start()
    end = match.end() if opened == closed else match.start("close") if closed else match.end()
    return Stamp(start, end, _year(match["year"]), int(match["month"] or 0), int(match["day"] or 0))


def read_day_line(text: str) -> Stamp | None:
    """Return the day of a line that holds a day or a clock and nothing else, or None; 周五 alone is an answer."""
    match = _DAY_LINE.match(text) if len(text) <= 60 else None
    if match is None or not re.search(r"\d\s*[月/.:：年-]\s*\d", text):
        return None
    year = _year(match["year"] or match["year2"])
    return Stamp(0, len(text), year, int(match["month"] or 0), int(match["day"] or 0))


def _year(written: str | None) -> int:
    """Return a year of four digits; telephones write 24/3/5."""
    year = int(written or 0)
    return year + 2000 if 0 < year < 100 else year
