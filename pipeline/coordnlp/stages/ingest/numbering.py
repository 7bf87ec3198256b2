"""Rebuild the automatic numbers of a Word document: 一、 （一） 1. （1） ① and the like.

Word stores no numbers, only the list and level of each paragraph; what the reader sees is counted here, after
ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_DIGITS = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_COUNTING = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
# First and last number, and the sign of the first; the signs stand in a row in Unicode.
_ENCLOSED = {
    "decimalEnclosedCircle": ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")),
    "decimalEnclosedCircleChinese": ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")),
    "decimalEnclosedParen": ((1, 20, "⑴"),),
    "decimalEnclosedFullstop": ((1, 20, "⒈"),),
    "ideographEnclosedCircle": ((1, 10, "㊀"),),
}
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` such as `（%1）`; `restart`: the level that resets it, None any higher."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as paragraphs name it; lists with one `abstract` go on counting from each other."""

    abstract: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Counters:
    """Where each list has come to while a document is read from top to bottom."""

    lists: Mapping[str, NumberedList]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def next_label(self, list_id: str, level: int) -> str:
        """Count one paragraph and return its label; '' for bullets, for no number and for unknown lists."""
        numbered = self.lists.get(list_id)
        if numbered is None or level not in numbered.levels:
            return ""
        count = self.counts.setdefault(numbered.abstract, {})
        if list_id not in self.seen:
            self.seen.add(list_id)
            for restarted in numbered.restarts:
                count.pop(restarted, None)
        start = numbered.restarts.get(level, numbered.levels[level].start)
        count[level] = count[level] + 1 if level in count else start
        for deeper in [key for key in count if key > level]:
            if _is_reset(numbered.levels.get(deeper), level):
                del count[deeper]
        return _format_label(numbered.levels, level, count)


def _is_reset(deeper: Level | None, level: int) -> bool:
    return deeper is None or deeper.restart is None or (deeper.restart > 0 and level < deeper.restart)


def _format_label(levels: Mapping[int, Level], level: int, count: Mapping[int, int]) -> str:
    own = levels[level]
    if own.format == "bullet":
        return ""

    def fill(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        part = levels.get(index, Level())
        number = count.get(index, part.start)
        return format_number(number, "decimal" if own.legal and index < level else part.format)

    return _PLACEHOLDER.sub(fill, own.text).strip()


def format_number(number: int, format_: str) -> str:
    """Write a number in one of Word's formats; unknown ones come out decimal.

    Args:
        format_: A name of ST_NumberFormat, such as `chineseCounting`.
    """
    if format_ in _COUNTING:
        return count_in_chinese(number)
    if format_ in _ENCLOSED:
        return _enclose(number, _ENCLOSED[format_])
    return _format_sign(number, format_)


def _format_sign(number: int, format_: str) -> str:
    text = str(number)
    match format_:
        case "none":
            text = ""
        case "decimalZero":
            text = f"{number:02d}"
        case "decimalFullWidth" | "decimalFullWidth2":
            text = text.translate(_FULL_WIDTH)
        case "upperLetter" | "lowerLetter":
            text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "upperRoman" | "lowerRoman":
            text = _format_roman(number)
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            text = count_in_chinese(number).translate(_LEGAL)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            text = "".join(_DIGITS[int(digit)] for digit in text)
        case "ideographTraditional":
            text = _STEMS[(number - 1) % 10]
        case "ideographZodiac":
            text = _BRANCHES[(number - 1) % 12]
    return text.upper() if format_.startswith("upper") else text


def _enclose(number: int, ranges: tuple[tuple[int, int, str], ...]) -> str:
    return next(
        (chr(ord(sign) + number - first) for first, last, sign in ranges if first <= number <= last),
        str(number),
    )


def count_in_chinese(number: int) -> str:
    """Return 一, 十, 十一, 二十, 一百零一 … for 1 to 9999; other numbers stay decimal."""
    if number == 0:
        return "〇"
    if not 0 < number < 10000:
        return str(number)
    parts: list[str] = []
    gap = False
    digits = str(number)
    for index, digit in enumerate(digits):
        if digit == "0":
            gap = True
            continue
        if gap and parts:
            parts.append("零")
        gap = False
        parts.append(_DIGITS[int(digit)] + _PLACES[len(digits) - index - 1])
    words = "".join(parts)
    return words[1:] if 10 <= number < 20 else words


def _format_roman(number: int) -> str:
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
    return words
