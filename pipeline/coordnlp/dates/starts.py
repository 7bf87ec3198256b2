"""From when a length of time runs: 收到本函之日起, 自3月1日起, 会后, 验收合格后."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass

from coordnlp.dates.grammar import find_expressions
from coordnlp.dates.lexicon import either, words
from coordnlp.dates.resolve import resolve


@dataclass(frozen=True, slots=True)
class Start:
    """Where a length of time begins.

    `day` is None if no day is known; `length` counts the characters before the length of time that say it.
    """

    day: datetime.date | None
    length: int
    note: str


@dataclass(frozen=True, slots=True)
class Patterns:
    """What may stand before a length of time and say when it begins; each ends where that begins."""

    receipt: re.Pattern[str]
    issue: re.Pattern[str]
    now: re.Pattern[str]
    own: re.Pattern[str]
    dated: re.Pattern[str]
    event: re.Pattern[str]


@functools.cache
def _patterns() -> Patterns:
    starts = words().starts
    papers, since = either(starts.papers), "(?:起算|起计算|算起|起|之后|以后|后|开始)"
    tail = f"(?:之日|当日|当天|次日|之时)?{since}?"
    # 收到本函后，请贵单位在10日内…: the asked party may stand between.
    bridge = r"(?:的|内|[,，]?[^,，。;；]{0,12}?[在于])?[,，]?$"
    own = either(starts.own)
    return Patterns(
        receipt=re.compile(
            rf"[自从在于]?(?:{either(starts.receive)}(?:《[^》]*》)?{papers}?|{either(starts.take)}{papers}"
            rf"|{papers}{either(starts.reach)})(?!的?[^,，。;；后起日]{{1,10}}(?:后|起|之日)){tail}{bridge}"
        ),
        issue=re.compile(
            rf"(?:[自从]?{papers}{either(starts.issue)}|(?:(?<=[,，请于在])|^|自|从){either(starts.issue_alone)}){tail}{bridge}"
        ),
        now=re.compile(f"{either(starts.now)}{bridge}"),
        own=re.compile(f"{own}[^,，。;；]{{0,6}}后[,，]?[请在于]{{0,2}}$|{own}后$"),
        dated=re.compile(f"(?:之日|当日|次日)?{since}[,，]?的?$"),
        event=re.compile(
            rf"(?P<event>[^,，。;；]*?)(?:之日{since}?|{since}|结束|后的|的)(?:[,，][^,，。;；]{{0,12}}[在于])?[,，]?$"
        ),
    )


def find_start(before: str, anchor: datetime.date, receipt: datetime.date | None) -> Start:
    """Find from when a length of time runs.

    Args:
        before: The sentence up to the length of time.
        anchor: The day of the document, from which it runs if nothing else is said.
        receipt: The day of receipt, where known.
    """
    patterns = _patterns()
    if found := patterns.receipt.search(before):
        return Start(receipt or anchor, len(found[0]), "收函日" if receipt else "发文日（收函日不详）")
    if found := patterns.issue.search(before) or patterns.now.search(before):
        return Start(anchor, len(found[0]), "发文日")
    if patterns.own.search(before):
        return Start(anchor, 0, "发文日")
    if found := patterns.dated.search(before):
        for mention in find_expressions(before):
            days = resolve(mention, anchor, "near")
            if mention.end == found.start() and days is not None:
                return Start(days.last, len(before) - mention.start, days.last.isoformat())
    if found := patterns.event.search(before):
        return Start(None, len(found[0]), "")
    return Start(anchor, 0, "发文日")
