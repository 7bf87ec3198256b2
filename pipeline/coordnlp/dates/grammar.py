"""The patterns of calendar expressions, composed from the table.

A pattern has a kind; `resolve.py` knows what each kind means. All patterns match folded text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coordnlp.dates.lexicon import either, words

GAP = "[ \t]{0,3}"
_GROUP_NAME = re.compile(r"\?P<\w+>")
_TRIGGER = re.compile(r"[年月日号天周期拜季旬节]|\d{4}[-/.]|今晚|今早|明早|明晚|昨晚|[Qq][1-4]")
# 月中 only where 中 ends the word: 3月中国… is none.
_MIDDLE = "中(?=之?前|以前|左右|[,，。;；]|$)"
_QUARTER = "[一二三四1-4]"


@dataclass(frozen=True, slots=True)
class Grammar:
    """`whole` finds an expression of any kind; `kinds` holds the same patterns with their named parts."""

    whole: re.Pattern[str]
    kinds: dict[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar expression in folded text, with its named parts, not yet resolved."""

    start: int
    end: int
    kind: str
    parts: dict[str, str | None]


def find_expressions(folded: str) -> Iterator[Found]:
    """Yield the calendar expressions of folded text, from left to right, not overlapping."""
    if not _TRIGGER.search(folded):
        return
    grammar = load_grammar()
    for match in grammar.whole.finditer(folded):
        kind = match.lastgroup or ""
        detail = grammar.kinds[kind].match(folded, match.start())
        if detail is None or kind == "skip":
            continue
        yield Found(match.start(), match.end(), kind, detail.groupdict())


@functools.cache
def load_grammar() -> Grammar:
    """Compose the patterns from the table; done once."""
    sources = {
        "skip": _skip(),
        "iso": _iso(),
        "days": f"(?:{year()}{GAP})?{month()}月{GAP}{day()}{GAP}[日号]?{_weekday_note()}{_dash()}"
        f"(?:{month('month2')}月)?{GAP}{day('day2')}{GAP}[日号]",
        "months": f"(?:{year()}{GAP})?{month()}月?份?{_dash()}{month('month2')}月份?",
        "date": f"{year()}{GAP}{month()}{GAP}月{_inside_month()}",
        "year": rf"{year()}(?!{GAP}\d{{1,2}}{GAP}月)度?{GAP}{_inside_year()}",
        "monthday": f"{month()}{GAP}月{_inside_month()}",
        "relmonth": f"(?P<rel>{either(words().months.offsets)}){_inside_month()}",
        "part": _part(),
        "quarter": _quarter(),
        "season": f"(?<![0-9{cn()}{words().seasons.not_after}])(?P<season>{_seasons()})",
        "week": _week(),
        "day": _day_word(),
        "dayonly": _day_only(),
    }
    kinds = {kind: re.compile(source) for kind, source in sources.items()}
    whole = "|".join(f"(?P<{kind}>{_GROUP_NAME.sub('?:', source)})" for kind, source in sources.items())
    return Grammar(re.compile(f"(?=[{_first_characters()}])(?:{whole})"), kinds)


def _first_characters() -> str:
    """Return the characters that an expression can begin with: by them most of a text is passed over."""
    table = words()
    groups = [table.years, table.months, table.quarters, table.weeks, table.days]
    first = {word[0] for group in groups for word in group.offsets}
    first |= {word[0] for word in (*table.weeks.names, *table.days.same_day)} | set("年月季第元版QqVv上中下")
    return re.escape("".join(sorted(first))) + cn() + r"\d"


@functools.cache
def cn() -> str:
    """Return the characters of Chinese numerals, for use inside a character class."""
    numerals = words().numerals
    return "".join([*numerals.digits, *numerals.units, *numerals.tens])


def year() -> str:
    """Return the pattern of a year with its 年, or of a word for one: 2024年, 去年."""
    return f"(?:{written_year()}|(?P<relyear>{either(words().years.offsets)}))"


def written_year() -> str:
    """Return the pattern of a written year with its 年: 2024年, 二〇二四年, 24年 before a month."""
    digit = "".join(words().numerals.digits) + "0"
    written = (
        rf"(?<!\d)(?:19|20)\d\d|(?<![{cn()}])[一二][{digit}]{{3}}"
        rf"|(?<![\d.])\d\d(?={GAP}年{GAP}[\d一二三四五六七八九十]{{1,2}}{GAP}月)"
    )
    return f"(?P<year>{written}){GAP}年"


def month(name: str = "month") -> str:
    """Return the pattern of a month's number, without 月."""
    written = "十[一二]?|[一二三四五六七八九]"
    return rf"(?P<{name}>(?<!\d)(?:1[0-2]|0?[1-9])|(?<![{cn()}])(?:{written})|(?<![{cn()}\d])元)"


def day(name: str = "day") -> str:
    """Return the pattern of a day's number, without 日."""
    ones = "[一二三四五六七八九]"
    return rf"(?P<{name}>3[01]|[12]\d|0?[1-9]|三十一?|二十{ones}?|廿{ones}?|十{ones}?|{ones})"


def _dash() -> str:
    return f"{GAP}(?:至|到|-+|~+){GAP}"


def _weekday_note() -> str:
    return r"(?:\([^()\n]{1,6}\))?"


def _inside_month() -> str:
    # 5月20前 lacks its 日, as people write it.
    numbered = f"{GAP}{day()}{GAP}(?:[日号]|(?=之?前|以前))"
    return f"(?:{numbered}|{GAP}份?(?P<part>{_xun()}|[底末初]|{_MIDDLE})|份|(?!度))"


def _inside_year() -> str:
    ends = either([*words().seasons.year_ends, "底", "末", "终"])
    starts = either([*words().seasons.year_starts, "初"])
    return (
        f"(?:的?第?(?P<quarter>{_QUARTER})季度?(?P<edge>[末底初])?|的?(?P<half>[上下]半年)"
        f"|(?P<yearend>{ends})|(?P<yearstart>{starts}))?"
    )


def _xun() -> str:
    """Return the pattern of the ten days of a month that the table knows; 赶上上旬 holds one of them."""
    return either([name for name in words().parts.spans if name.endswith("旬")])


def _part() -> str:
    """Return the pattern of 月底, 中旬, 月内 without a month; not of 3月底, 个月内, 本周内."""
    within = f"(?<![{words().parts.not_after}])(?P<within>月|周|季度)内"
    part = f"月(?P<part>[底末初]|{_MIDDLE})|(?P<xun>{_xun()})"
    return f"(?<![0-9月{cn()}])(?:{part}|{within})"


def _quarter() -> str:
    numbered = rf"(?<!前)第?(?P<quarter>(?<![\d{cn()}]){_QUARTER})季度|(?<![A-Za-z0-9])[Qq](?P<q>[1-4])"
    relative = f"(?P<rel>{either(words().quarters.offsets)})"
    return f"(?:{numbered}|{relative})(?P<edge>[末底初])?|(?P<this>季度?)(?P<edge2>[末底])"


def _seasons() -> str:
    seasons = words().seasons
    return either([*seasons.halves, *seasons.year_ends, *seasons.year_starts, "年内"])


def _week() -> str:
    weeks = words().weeks
    name, rel, days = either(weeks.names), either(weeks.offsets), either(weeks.days)
    follower = f"(?=[{re.escape(weeks.followers)}]|$)"
    return f"(?P<rel>{rel}){name}(?P<weekday>{days})?|(?<![0-9{cn()}每个整])(?:周|星期|礼拜)(?P<bare>{days}){follower}"


def _day_word() -> str:
    group = words().days
    before, after = re.escape(group.not_after), re.escape(group.not_before)
    return f"(?<![{before}])(?P<word>{either([*group.offsets, *group.same_day])})(?![{after}])"


def _day_only() -> str:
    """Return the pattern of 10日 without a month; not of 限3日, 第10日, 〔2024〕12号, 5号楼, 10日内."""
    before, after = rf"[\d月年第限期时〕\]){cn()}.]", "之?以?[内里]|[楼院门线文函起]"
    return f"(?<!{before}){day()}{GAP}(?P<mark>[日号])(?!{after})"


def _iso() -> str:
    parts = [rf"(?:19|20)\d\d{sep}\d{{1,2}}{sep}\d{{1,2}}" for sep in ("-", "/", r"\.")]
    return rf"(?<![0-9A-Za-z.\-/])(?P<iso>{'|'.join(parts)})(?![0-9]|[-/.]\d)日?"


def _skip() -> str:
    """What looks like a date and is none: spans of years, version numbers."""
    years = rf"(?<!\d)(?:19|20)\d\d年?{_dash()}(?:(?:19|20)\d\d|\d\d)年(?!{GAP}[\d一二三四五六七八九十]+{GAP}月)"
    return rf"{years}|(?:版本|版|[Vv])号?:?\d+(?:\.\d+)+"
