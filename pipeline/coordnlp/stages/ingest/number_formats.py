"""Write the numbers of a sheet as its office sees them: dates, times, percentages, 樟委函〔2024〕7号 for a bare 7.

Formats after ECMA-376 part 1, 18.8.30 and 18.8.31. Two things are not as on the screen: a full date is ISO whatever its
format (m月d日 hides the year, m/d/yy is read wrongly), and a number whose format is no plain one comes as it is stored.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm"},
    **{21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"},
    **{41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"},
    # Of Chinese Excel (18.8.30, zh-cn); openpyxl 3.1 reads them as bare numbers: 45356 for 3月5日.
    **{27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒"},
    **{34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月"},
    **{53: "m月d日", 54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日"},
}
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<elapsed>hh?|mm?|ss?)\]|\[\$(?P<sign>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<clock>AM/PM|A/P|上午/下午)|(?P<weekday>aaaa?|dddd?)|(?P<digits>[0#?][0#?,]*(?:\.[0#?,]*)?)|(?P<other>.)",
    re.I | re.S,
)
_EPOCH = datetime.datetime(1899, 12, 30)
_EPOCH_1904 = datetime.datetime(1904, 1, 1)
_LAST_DAY = 2958466  # the day after 9999-12-31
_LEAP_BUG = 60  # Excel counts a 29 February 1900; days before it are one further on
_LONGEST_WHOLE = 21  # digits of a whole number that are written out
_LARGEST = 1e15  # beyond the digits that a sheet keeps


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One section of a format code, taken apart.

    Attributes:
        letters: The date and time letters in their order, in lower case, w for a day of the week; '' for a number.
        elapsed: Hours may exceed 24.
        lead, tail: Literal words around the digits.
        digits: The places, such as `#,##0.00`; '' where the number is written in no plain way.
        percent: How often it is multiplied by a hundred.
    """

    letters: str = ""
    elapsed: bool = False
    lead: str = ""
    tail: str = ""
    digits: str = ""
    percent: int = 0


@dataclass(slots=True)
class _Parts:
    words: list[str] = field(default_factory=lambda: [""])
    digits: list[str] = field(default_factory=list)
    letters: str = ""
    elapsed: bool = False
    odd: bool = False


def built_in_format(number: int) -> str:
    """Return the code of a format that files name by number only; '' for General."""
    return _BUILT_IN.get(number, "")


def show_number(value: float, code: str, *, since_1904: bool = False) -> str:
    """Return a number of a cell as words.

    Args:
        code: Format code of its style, '' for General.
        since_1904: Days are counted from 1904, as old Macs do.
    """
    format_ = _choose_section(value, code)
    if format_.letters:
        return _show_moment(value, format_, since_1904) or _show_plain(value)
    if not format_.digits or abs(value) >= _LARGEST:
        return _show_plain(value)
    sign = "-" if value < 0 and ";" not in code else ""
    return f"{format_.lead}{sign}{_show_digits(abs(value), format_)}{format_.tail}".strip()


def _choose_section(value: float, code: str) -> NumberFormat:
    sections = _split_sections(code)
    index = 1 if value < 0 else 2 if value == 0 else 0
    return _take_apart(sections[index] if index < len(sections) else sections[0])


@lru_cache(maxsize=1024)
def _split_sections(code: str) -> tuple[str, ...]:
    sections = [""]
    for found in _PIECE.finditer(code):
        if found[0] == ";":
            sections.append("")
        else:
            sections[-1] += found[0]
    return tuple(sections)


@lru_cache(maxsize=1024)
def _take_apart(section: str) -> NumberFormat:
    if section.strip().lower() in {"", "general", "@", "g/通用格式", "g/標準"}:
        return NumberFormat()
    parts = _Parts()
    for found in _PIECE.finditer(section):
        _sort_piece(found, parts)
    if parts.letters:
        return NumberFormat(parts.letters, parts.elapsed)
    words = "".join(parts.words)
    if len(parts.digits) != 1 or parts.odd:
        return NumberFormat()
    return NumberFormat("", False, parts.words[0], parts.words[-1], parts.digits[0], words.count("%"))


def _sort_piece(found: re.Match[str], parts: _Parts) -> None:
    literal = found["quoted"] or found["escaped"] or found["sign"]
    other = found["other"] or ""
    if literal:
        parts.words[-1] += literal
    elif found["elapsed"]:
        parts.elapsed = True
        parts.letters += found["elapsed"][0].lower()
    elif found["weekday"]:
        parts.letters += "w"
    elif found["digits"] and not parts.letters:
        parts.digits.append(found["digits"])
        parts.words.append("")
    elif other.lower() in set("ymdhs"):
        parts.letters += other.lower()
    elif other in set("eE/@"):
        parts.odd = True
    else:
        parts.words[-1] += other


def _show_moment(value: float, format_: NumberFormat, since_1904: bool) -> str:
    """Return a date, a time or both; '' for a number that is no day."""
    if not 0 <= value < _LAST_DAY:
        return ""
    if format_.elapsed:
        minutes = round(value * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    days = value + 1 if value < _LEAP_BUG and not since_1904 and value >= 1 else value
    timed = any(letter in format_.letters for letter in "hs")
    seconds = round(days * 86400) if timed else int(days) * 86400
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + datetime.timedelta(seconds=seconds)
    dated = "y" in format_.letters or "d" in format_.letters or not timed
    shown = [_show_day(moment, format_.letters)] if dated else []
    if timed:
        shown.append(f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}")
    return " ".join(shown)


def _show_day(moment: datetime.datetime, letters: str) -> str:
    """Return the date. What shows no day means the month or the year: 完成时限 2024年3月 is not the first of March."""
    if "d" in letters or not ("y" in letters or "m" in letters):
        return moment.date().isoformat()
    return f"{moment.year}年{moment.month}月" if "m" in letters else f"{moment.year}年"


def _show_digits(value: float, format_: NumberFormat) -> str:
    digits = format_.digits.rstrip(",")
    if value == 0 and "0" not in digits:
        return ""
    whole, _, decimals = digits.partition(".")
    places, thousands = len(decimals), len(format_.digits) - len(digits)
    number = Decimal(repr(value)) * Decimal(100) ** format_.percent / Decimal(1000) ** thousands
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    grouped = "," if "," in whole else ""
    text = f"{rounded:{grouped}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") else text
    head, dot, tail = text.rstrip(".").partition(".")
    return f"{head.rjust(whole.count('0'), '0')}{dot}{tail}"


def _show_plain(value: float) -> str:
    """Return a number without a needless .0, and without what binary fractions add."""
    if value == int(value) and abs(value) < 10**_LONGEST_WHOLE:
        return str(int(value))
    return f"{value:.11g}"
