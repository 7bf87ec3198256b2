"""Calendar expressions that are deadlines: 3月15日前, 不迟于周五, 月底, 请于下周一上午交来."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coordnlp.dates.grammar import GAP, Found, cn, find_expressions
from coordnlp.dates.lexicon import either, words
from coordnlp.dates.resolve import Days, resolve

FIRM, MIDDLING, WEAK = 3, 2, 1
_CLAUSE_END = re.compile(r"[,，。;；!！?？\n]")
_SENTENCE_END = re.compile(r"[。!！?？\n]")
_RECENT = datetime.timedelta(days=183)
_DAY = datetime.timedelta(days=1)
_RELATIVE = {"day", "week", "relmonth", "part", "quarter", "season", "year"}
_FLOATING = {"dayonly", "part", "week", "quarter", "relmonth", "season"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible deadline at `[start, end)`; `date` is None if no day follows from the words.

    `strength`: 3 has a deadline form, 2 names the end of a period, 1 only a day to do it on.
    """

    start: int
    end: int
    date: datetime.date | None
    strength: int
    note: str


@dataclass(frozen=True, slots=True)
class Forms:
    """The patterns around an expression that make it a deadline, or keep it from being one."""

    after: re.Pattern[str]
    clock: re.Pattern[str]
    before: re.Pattern[str]
    label: re.Pattern[str]
    weak: re.Pattern[str]
    verbs: re.Pattern[str]
    object_before: re.Pattern[str]
    object_after: re.Pattern[str]
    done: re.Pattern[str]
    balance: re.Pattern[str]
    closing: re.Pattern[str]
    look_back: re.Pattern[str]
    looks_back: re.Pattern[str]
    recurring: re.Pattern[str]


@functools.cache
def forms() -> Forms:
    """Compose the patterns from the table; done once."""
    deadline, objects, back = words().deadline, words().objects, words().look_back
    clock = (
        rf"(?:{GAP}(?:\([^()\n]{{1,8}}\)|{either(words().clock.words)}"
        rf"|(?:\d{{1,2}}|[{cn()}]{{1,3}})(?:[点时]半?(?:\d{{1,2}}分)?|:\d\d)))*{GAP}"
    )
    joint = f"{either(deadline.joints)}?"
    sources = {
        "after": f"{clock}(?!{either(words().not_before.words)}){either(deadline.after)}",
        "clock": clock,
        "before": f"(?P<marker>{either(deadline.before)}){joint}{GAP}$",
        "label": f"{either(deadline.labels)}[:为是定在于到]{{0,3}}{GAP}$",
        "weak": f"{either(deadline.weak)}{GAP}$",
        "verbs": either(deadline.verbs),
        "object_before": f"{either(objects.before)}{GAP}$",
        "object_after": either(objects.after),
        "done": either(objects.done),
        "balance": either(deadline.balance),
        "closing": either(deadline.closing),
        "look_back": f"{either(back.before)}{GAP}$",
        "looks_back": either(back.anywhere),
        "recurring": either(deadline.recurring),
    }
    return Forms(**{name: re.compile(source) for name, source in sources.items()})


@dataclass(frozen=True, slots=True)
class Around:
    """The clause before and after an expression, and the sentence so far."""

    before: str
    after: str
    next_clause: str
    sentence: str


def around(folded: str, start: int, end: int) -> Around:
    """Return what stands around `[start, end)`, up to the borders of clause and sentence."""
    sentence = _SENTENCE_END.split(folded[:start])[-1]
    pieces = _CLAUSE_END.split(folded[end:], maxsplit=2)
    next_clause = pieces[1] if len(pieces) > 1 else ""
    return Around(_CLAUSE_END.split(sentence)[-1], pieces[0], next_clause, sentence)


def calendar_deadlines(folded: str, anchor: datetime.date) -> Iterator[Candidate]:
    """Yield the calendar expressions of folded text that are deadlines, in order."""
    for found in find_expressions(folded):
        days = resolve(found, anchor, "future")
        if days is None:
            continue
        place = around(folded, found.start, found.end)
        candidate = _judge(found, days, place, anchor)
        if candidate and not _looks_back(found, days, place, anchor):
            yield candidate


def _judge(found: Found, days: Days, place: Around, anchor: datetime.date) -> Candidate | None:
    form = forms()
    if form.object_before.search(place.before) or form.recurring.search(place.before):
        return None
    if found.kind in _FLOATING and form.recurring.search(place.sentence):
        return None
    marker, label = form.before.search(place.before), form.label.search(place.before)
    after = form.after.match(place.after)
    if after:
        if form.done.match(place.after, after.end()) and not marker:
            return None
        date = _before(found, days, anchor) if after[0].endswith("前") else days.last
        return Candidate(found.start, found.end + after.end(), date, FIRM, _note(found, days, date, anchor))
    if marker and marker["marker"].startswith("截") and not _closes(place, marker.start()):
        return None
    start = marker.start() if marker else found.start
    start -= len(place.before) - found.start if marker else 0
    end = found.end + _clock_length(place.after)
    strength = FIRM if marker or label else _strength(found, place)
    if not strength or (not marker and form.object_after.match(place.after, end - found.end)):
        return None
    return Candidate(start, end, days.last, strength, _note(found, days, days.last, anchor))


def _clock_length(after: str) -> int:
    match = forms().clock.match(after)
    return len(match[0].rstrip()) if match else 0


def _strength(found: Found, place: Around) -> int:
    """Tell how firm an expression without a deadline word is, 0 if it is none."""
    if _is_edge(found):
        return MIDDLING
    rest = place.after[_clock_length(place.after) :]
    dated = found.kind in _RELATIVE and not (found.kind == "year" and not _is_period_of_year(found))
    if not dated and not forms().weak.search(place.before):
        return 0
    follows = forms().verbs.match(rest) or (not rest and dated)
    return WEAK if follows else 0


def _is_period_of_year(found: Found) -> bool:
    return bool(found.parts.get("quarter") or found.parts.get("half"))


def _is_edge(found: Found) -> bool:
    """Tell whether the expression names the end of a period or a third of a month: 月底, 三季度末, 年内."""
    keys = ("part", "xun", "edge", "edge2", "yearend")
    season = found.parts.get("season")
    return any(found.parts.get(key) for key in keys) or (
        season is not None and season not in words().seasons.halves
    )


def _closes(place: Around, marker: int) -> bool:
    """Tell 报名截至3月15日 (a deadline) from 截至3月15日，尚有… (a balance)."""
    if forms().balance.match(place.after):
        return False
    return bool(forms().closing.search(place.before[:marker])) or (marker > 0 and not place.after)


def _before(found: Found, days: Days, anchor: datetime.date) -> datetime.date:
    """Return the last day that …前 leaves: of a period the day before it begins, of a day itself.

    3月15日前, 月底前, 上旬前 include the day named; 5月前, 下周前, 2025年前 end with the day before.
    """
    whole = days.first < days.last and days.precision != "half" and found.kind not in ("days", "months")
    if not whole or _is_edge(found):
        return days.last
    if days.first - _DAY >= anchor:
        return days.first - _DAY
    if days.has_year:
        return days.last
    later = resolve(found, days.last + _DAY, "future")
    return later.first - _DAY if later else days.last


def _looks_back(found: Found, days: Days, place: Around, anchor: datetime.date) -> bool:
    """Tell whether the text speaks of a deadline or an event that has passed."""
    form = forms()
    if form.look_back.search(place.before):
        return True
    if days.last < anchor and not found.parts.get("year") and found.kind != "iso":
        return True
    if not any(form.looks_back.search(part) for part in (place.before, place.after, place.next_clause)):
        return False
    if days.has_year:
        return days.last < anchor
    previous = resolve(found, anchor - _DAY, "past")
    if previous is None or previous.last >= anchor:
        return False
    gone = anchor - previous.last
    return gone <= _RECENT and gone < days.last - anchor


def _note(found: Found, days: Days, date: datetime.date, anchor: datetime.date) -> str:
    if date < anchor:
        return "所写日期早于发文日，请核对"
    if found.kind in ("iso", "date") and days.has_year and found.parts.get("year", "x"):
        return "按原文日期" if days.first == days.last else "按所写期间的最后一天"
    if found.kind in ("monthday", "days", "months") and not days.has_year:
        far = "，相隔较远，请核对" if date - anchor > _RECENT + _RECENT / 2 else ""
        return f"原文未写年份，按发文日之后的{date.year}年推定{far}"
    return "按发文日推算" if days.first == days.last else "按发文日推算，取所写期间的最后一天"
