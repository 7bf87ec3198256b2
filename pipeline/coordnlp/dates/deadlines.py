"""Calendar expressions that are deadlines: 3月15日前, 不迟于周五, 月底, 请于下周一上午交来."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from coordnlp.dates.days import Days
from coordnlp.dates.forms import (
    FIRM,
    MIDDLING,
    WEAK,
    Around,
    Candidate,
    around,
    belongs_elsewhere,
    clauses_of,
    forms,
    is_rhythm,
)
from coordnlp.dates.grammar import Found, find_expressions
from coordnlp.dates.lexicon import words
from coordnlp.dates.resolve import resolve

_DAY = datetime.timedelta(days=1)
# A date that passed less than half a year ago and stands beside 至今未 is the one meant, not next year's.
_RECENT = datetime.timedelta(days=183)
_FAR = datetime.timedelta(days=270)
_NEAR = datetime.timedelta(days=90)
_FLOATING = {"dayonly", "part", "week", "quarter", "relmonth", "season"}


def calendar_deadlines(folded: str, anchor: datetime.date) -> Iterator[Candidate]:
    """Yield the calendar expressions of folded text that are deadlines, in order."""
    for found in find_expressions(folded):
        days = resolve(found, anchor, "future")
        if days is None:
            continue
        place = around(folded, found.start, found.end)
        if candidate := _from_then_on(found, days, place, anchor):
            yield candidate
            continue
        if belongs_elsewhere(place) or _recurs(found, place):
            continue
        if _looks_back(found, days, place, anchor) or _balances(found, days, place, anchor):
            continue
        if candidate := _with_form(found, days, place, anchor) or _without_form(found, days, place, anchor):
            yield candidate


def _from_then_on(found: Found, days: Days, place: Around, anchor: datetime.date) -> Candidate | None:
    """Read 请自6月14日起恢复, due on the day from which it holds; never 自6月14日起每周一报送."""
    form = forms()
    begins = form.from_then_on.match(place.after)
    if days.precision != "day" or days.last < anchor or not begins:
        return None
    if form.recurring.match(place.after[begins.end() :].lstrip("于在 ")):
        return None
    before = form.since.search(place.before)
    if not before or not form.pleads.search(place.before[: before.start()]):
        return None
    return Candidate(found.start, found.end, days.last, WEAK, _note(found, days, days.last, anchor))


def _recurs(found: Found, place: Around) -> bool:
    """Tell 每季度沟通一次，于季末前报送: a rhythm said earlier in the sentence."""
    return found.kind in _FLOATING and any(is_rhythm(clause) for clause in clauses_of(place.sentence))


def _balances(found: Found, days: Days, place: Around, anchor: datetime.date) -> bool:
    """Tell 截至8月末持有的数, in a letter of September: a balance of last August, no deadline of next year."""
    marker = forms().marker.search(place.before)
    up_to = marker is not None and marker["marker"].startswith("截")
    return up_to and not found.parts.get("year") and days.last - anchor > _FAR


# --- with a deadline form ------------------------------------------------------------------------


def _with_form(found: Found, days: Days, place: Around, anchor: datetime.date) -> Candidate | None:
    """Read …前, …内, …止 after the expression, or 不迟于…, 截止…, 完成时限：… before it."""
    form = forms()
    marker = form.marker.search(place.before)
    if marker and not _marks_a_deadline(marker, found, days, place, anchor):
        return None
    start = found.start - (len(place.before) - marker.start() if marker else 0)

    def read(end: int, strength: int) -> Candidate:
        return Candidate(start, found.end + end, days.last, strength, _note(found, days, days.last, anchor))

    after = (form.after_period if _is_period(found, days) else form.after).match(place.after)
    if after:
        return _before(found, days, place, anchor, start=start, length=after.end())
    if days.precision == "day" and (event := form.after_meeting.match(place.after)):
        return read(event.end(), FIRM)
    if marker or form.label.search(place.before):
        moved = marker and form.moved.search(marker["marker"])
        return read(_clock_length(place.after), MIDDLING if moved else FIRM)
    if about := form.about.match(place.after):
        note = f"原文为“{about['about']}”，按所写日期计"
        return Candidate(start, found.end + about.end(), days.last, MIDDLING, note)
    return None


def _marks_a_deadline(marker: re.Match[str], found: Found, days: Days, place: Around, anchor: datetime.date) -> bool:
    """Tell 不迟于3月15日, 报名截至3月15日 from 超过3日, 推迟到3月以后 and 将截至3月15日的…."""
    words = marker["marker"]
    if words.startswith("截"):
        return days.last >= anchor and _closes(place, marker.start())
    if found.kind == "dayonly" and "超过" in words:
        return False
    return forms().beyond.match(place.after) is None


def _closes(place: Around, marker: int) -> bool:
    """Tell 报名截至3月15日 (a deadline) from 截至3月15日，尚有… and 将截至3月15日的… (a balance)."""
    form = forms()
    if (place.after and form.balance.match(place.after)) or form.object_before.search(place.before[:marker]):
        return False
    return form.closing.search(place.before[:marker]) is not None or not place.next_clause


def _before(
    found: Found, days: Days, place: Around, anchor: datetime.date, *, start: int, length: int
) -> Candidate | None:
    if forms().done.match(place.after, length):
        return None
    if found.kind == "dayonly" and not _is_day_of_month(place.before, spoken=found.parts.get("mark") == "号"):
        return None
    inclusive = not place.after[:length].endswith("前")
    date = days.last if inclusive else _last_before(found, days, anchor)
    return Candidate(start, found.end + length, date, FIRM, _note(found, days, date, anchor))


def _is_day_of_month(before: str, *, spoken: bool) -> bool:
    """Tell 请于10日前 from 开庭三日前, so many days before an event; 10号前 is the 10th wherever it stands."""
    form = forms()
    if form.event_before.search(before):
        return False
    return spoken or form.day_before.search(before) is not None


def _last_before(found: Found, days: Days, anchor: datetime.date) -> datetime.date:
    """Return the last day that …前 leaves: of a period the day before it begins, of a day itself.

    3月15日前, 月底前, 上旬前 include the day named; 5月前, 下周前, 2025年前 end with the day before.
    """
    if not _is_period(found, days):
        return days.last
    if days.first - _DAY >= anchor:
        return days.first - _DAY
    if days.has_year:
        return days.last
    later = resolve(found, days.last + _DAY, "future")
    return later.first - _DAY if later else days.last


def _is_period(found: Found, days: Days) -> bool:
    """Tell a whole month, quarter, year or week from a day, a span of days or the end of a period."""
    spans = ("days", "months")
    return days.first < days.last and days.precision != "half" and found.kind not in spans and not _is_edge(found)


def _is_edge(found: Found) -> bool:
    """Tell whether the expression names the end of a period or a third of a month: 月底, 三季度末, 年内."""
    season = found.parts.get("season")
    if season is not None:
        return season not in words().seasons.halves
    return any(found.parts.get(key) for key in ("part", "xun", "edge", "edge2", "yearend", "yearstart", "within"))


# --- without one ---------------------------------------------------------------------------------


def _without_form(found: Found, days: Days, place: Around, anchor: datetime.date) -> Candidate | None:
    """Read 月底 and 年内, which are deadlines by themselves, and times to do it in: 请于3月15日报送."""
    length = _clock_length(place.after)
    if forms().object_after.match(place.after, length) or days.last < anchor:
        return None
    strength = _strength(found, days, place, anchor)
    if not strength:
        return None
    return Candidate(found.start, found.end + length, days.last, strength, _note(found, days, days.last, anchor))


def _strength(found: Found, days: Days, place: Around, anchor: datetime.date) -> int:
    form, length = forms(), _clock_length(place.after)
    weak = form.weak.search(place.before) is not None
    if _is_edge(found) and not _is_bare_start(found):
        return MIDDLING if _is_told_to_do(place, length) else 0
    if not place.after[length:].strip():
        return WEAK if _names_time_only(found, place, weak) else 0
    finishes = form.finish.match(place.after, length) is not None
    begins = form.begin.match(place.after, length) is not None
    asked = found.kind == "day" and form.whether.match(place.after, length) is not None
    if days.last == anchor and found.kind == "day":
        handed = asked or form.handing.match(place.after, length) is not None
        return WEAK if handed and _same_day(found, place) else 0
    if found.kind in ("week", "day") or (weak and days.precision == "day"):
        timely = finishes or begins or asked
    elif _is_relative(found) or weak:
        timely = finishes
    else:
        soon = days.precision == "day" and days.last - anchor <= _NEAR
        timely = finishes and soon and "了" not in place.after
    return WEAK if timely else 0


def _is_told_to_do(place: Around, length: int) -> bool:
    """Tell 月底，请报来 from 3月上旬，我关查获…, where a story begins."""
    if place.before.strip() or place.after[length:].strip() or not place.next_clause:
        return True
    form = forms()
    return bool(form.asking.match(place.next_clause) or form.finish.match(place.next_clause))


def _is_bare_start(found: Found) -> bool:
    """Tell 年初, 月初 without a year or month, which mostly look back."""
    return found.parts.get("season") in words().seasons.year_starts or (
        found.kind == "part" and found.parts.get("part") == "初"
    )


def _is_relative(found: Found) -> bool:
    """Tell 下月, 三季度, 明年一季度 from a month or year by its number."""
    if found.kind == "year":
        return bool(found.parts.get("quarter") or found.parts.get("half"))
    return found.kind in ("relmonth", "quarter", "season")


def _same_day(found: Found, place: Around) -> bool:
    """Tell 请当日报送 from 评审当日, a day named elsewhere."""
    if found.parts["word"] not in words().days.same_day:
        return True
    return not place.sentence.strip() or (
        bool(place.before.strip()) and forms().asking_before.search(place.before) is not None
    )


def _names_time_only(found: Found, place: Around, weak: bool) -> bool:
    """Tell whether a time at the end of its clause is when to act: 本周五，请派人来; 交表定在周五."""
    timely = found.kind in ("week", "day", "quarter", "relmonth", "season", "year")
    if not timely or (found.kind == "year" and not _is_relative(found)):
        return weak and found.kind in ("date", "monthday", "iso") and not place.next_clause
    alone = not place.sentence.strip() and not place.next_clause
    return alone or weak or forms().asking.match(place.next_clause) is not None


def _clock_length(after: str) -> int:
    match = forms().clock.match(after)
    return len(match[0].rstrip()) if match else 0


# --- looking back, and how it was read -----------------------------------------------------------


def _looks_back(found: Found, days: Days, place: Around, anchor: datetime.date) -> bool:
    """Tell whether the text speaks of a deadline or an event that has passed."""
    if days.last < anchor and not found.parts.get("year") and found.kind != "iso":
        return True
    clauses = (place.before, place.after, place.next_clause)
    told = any(forms().looks_back.search(clause) for clause in clauses) or forms().retold.search(place.sentence)
    if not told:
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
    if days.has_year and (found.kind == "iso" or found.parts.get("year")):
        return "按原文日期" if days.first == days.last else "按所写期间的最后一天"
    if found.kind in ("monthday", "days", "months") and not days.has_year:
        far = "，相隔较远，请核对" if date - anchor > _FAR else ""
        return f"原文未写年份，按发文日之后推定为{date.year}年{far}"
    return "按发文日推算" if days.first == days.last else "按发文日推算，取所写期间的最后一天"
