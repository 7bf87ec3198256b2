"""The deadline that an asking sentence sets.

A date alone is no deadline: it needs a form such as …前, …内, …底, 不迟于…, and must not be the date of a
thing (3月5日会议, 2023年度考勤表) or of the past (已于3月5日). Candidates come from three finders: calendar
expressions, durations and holidays; the firmest wins, then the first.
"""

from __future__ import annotations

import datetime
import functools
import re

from coordnlp.dates.calendar import WorkCalendar
from coordnlp.dates.deadlines import calendar_deadlines
from coordnlp.dates.feasts import holiday_deadlines
from coordnlp.dates.forms import Candidate, forms
from coordnlp.dates.grammar import cn
from coordnlp.dates.lexicon import either, fold, words
from coordnlp.dates.spans import duration_deadlines
from coordnlp.records import Due

_QUOTED = re.compile('["“][^"”]*["”]')


def find_due(
    text: str, anchor: datetime.date, *, receipt: datetime.date | None = None, calendar: WorkCalendar
) -> Due | None:
    """Return the deadline that an asking sentence sets, or None if it sets none.

    Args:
        text: One sentence, or a few.
        anchor: The day that the document was written on.
        receipt: The day that it was received, where known; "收到本函后…" counts from it.
        calendar: Counts working days and knows when holidays begin.

    Returns:
        A `Due` with an ISO date; with date '' if the words name a time that no day follows from (尽快,
        自验收合格之日起10日内) and nothing firmer stands beside them. `note` says in Chinese how it was read.

    Source:
        标注说明第3、5、6节; periods count from the next day (《民法典》第二百零一条).
    """
    if not _may_hold_deadline().search(text):
        return None
    folded = _without_wordings(fold(text))
    candidates = [*calendar_deadlines(folded, anchor)]
    taken = [(candidate.start, candidate.end) for candidate in candidates]
    others = [
        *duration_deadlines(folded, anchor, receipt, calendar),
        *holiday_deadlines(folded, anchor, calendar),
    ]
    candidates += [one for one in others if not any(a < one.end and one.start < b for a, b in taken)]
    if best := _firmest(candidates, folded):
        return Due(text[best.start : best.end], best.date.isoformat() if best.date else "", best.note)
    if vague := _vague().search(folded):
        return Due(text[vague.start() : vague.end()], "", f"“{vague[0]}”没有写明日期")
    return None


def _without_wordings(folded: str) -> str:
    """Blank out what a draft is to say, 将“7日内”修改为“14日内”, at the same length."""
    if not _amends().search(folded):
        return folded
    return _QUOTED.sub(lambda match: "＊" * len(match[0]), folded)


@functools.cache
def _amends() -> re.Pattern[str]:
    return re.compile(f'{either(words().deadline.amends)}["“]')


# A day without a year in a follow-up table may be past: of two years the one nearer to the table counts.
_HALF_YEAR = datetime.timedelta(days=183)


def find_cell_due(text: str, anchor: datetime.date, *, calendar: WorkCalendar) -> Due | None:
    """Return the deadline in a cell of a 完成时限 column, where a bare date is one: 3月31日, 2024-03-31, 4月.

    Args:
        text: The words of the cell.
        anchor: The day of the table.
        calendar: See `find_due`.
    """
    bare = text.strip("。；; \n")
    for form in (bare, f"{bare}底" if bare.endswith("月") else f"{bare}前"):
        found = find_due(form, anchor, calendar=calendar)
        if found and found.date:
            if datetime.date.fromisoformat(found.date) - anchor > _HALF_YEAR and not re.search(r"\d{4}|明年", bare):
                found = find_due(form, anchor - _HALF_YEAR, calendar=calendar) or found
            return Due(bare, found.date, found.note)
    return find_due(bare, anchor, calendar=calendar)


def _firmest(candidates: list[Candidate], folded: str) -> Candidate | None:
    """Return the candidate with a day before one without, then the strongest, one in a clause that asks, the first.

    Of 附属用房于9月20日前移交，请于7月8日前函复 the second is what is asked.
    """

    def rank(one: Candidate) -> tuple[bool, int, bool, int]:
        return one.date is None, -one.strength, not forms().pleads.search(_clause(folded, one)), one.start

    return min(candidates, key=rank, default=None)


def _clause(folded: str, one: Candidate) -> str:
    start = max(folded.rfind(mark, 0, one.start) for mark in ",，。;；:：")
    return folded[start + 1 : one.end]


@functools.cache
def _may_hold_deadline() -> re.Pattern[str]:
    """Return a cheap pattern that every deadline matches, so that most sentences cost one search."""
    names = either([*words().holidays.names, *words().holidays.any, *words().clock.today])
    return re.compile(
        "[日号號月年周週天旬季]|星期|礼拜|禮拜|小时|小時|钟头|[0-9０-９][-/.．／]|[Tt][+＋]|[QqＱ][1-4]|[点點时時:：][^,，。]{0,3}前|[今明][早晚]"
        rf"|{names}|{either([*words().vague.words, *words().vague.unknown])}"
    )


@functools.cache
def _vague() -> re.Pattern[str]:
    vague = [*words().vague.words, *words().vague.unknown]
    first = "".join(sorted({word[0] for word in vague}))
    return re.compile(rf"(?=[{first}])(?<![\d{cn()}{words().vague.not_after}]){either(vague)}(?!期)")
