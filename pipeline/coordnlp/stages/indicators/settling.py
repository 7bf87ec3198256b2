"""Settling: how long disagreements take, and which old matters are still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from statistics import median

from coordnlp.records import Indicator, Issue, Parsed, Passage, Quote
from coordnlp.stages.indicators.evidence import Evidence, quote


def settling_days(evidence: Evidence) -> Iterator[Indicator]:
    """Yield the days from the first occasion of a disagreement to its settlement."""
    settled = [one for one in evidence.issues if one.status == "resolved" and one.resolution]
    if not evidence.issues:
        return
    days = sorted(_days(one) for one in settled)
    left = [one for one in evidence.issues if one.status != "resolved"]
    said = evidence.words.said
    words = said.settled.format(count=len(evidence.issues), settled=len(settled), left=len(left))
    words += said.settled_in.format(days=said.list.join(said.days.format(count=one) for one in days)) if days else ""
    places = [one.resolution for one in settled if one.resolution] or [one.occasions[0] for one in left]
    yield Indicator(
        code="settling_days",
        party=None,
        value=float(median(days)) if days else None,
        cases=len(settled),
        words=words,
        quotes=tuple(Quote(one.document, one.start, one.end) for one in places),
        caution=evidence.caution(len(settled)),
    )


def _days(issue: Issue) -> int:
    end = issue.resolution.date if issue.resolution else issue.occasions[0].date
    return (dt.date.fromisoformat(end) - dt.date.fromisoformat(issue.occasions[0].date)).days


def legacy_open(evidence: Evidence) -> Iterator[Indicator]:
    """Yield how many papers say that old matters are still open, and what the last one says.

    Papers, not matters: words about old matters share too little to tell which are the same.
    """
    last: dict[str, tuple[Parsed, Passage, bool]] = {}
    for one, passage, score in evidence.carrying("legacy_issues"):
        if passage.zone == "body":
            last[one.header.id] = (one, passage, score.evidence != "practised")
    if not last:
        return
    told = list(last.values())
    opened = [(one, passage) for one, passage, is_open in told if is_open]
    newest, newest_passage, newest_open = told[-1]
    said = evidence.words.said
    template = said.legacy_open if newest_open else said.legacy_settled
    words = template.format(count=len(told), opened=len(opened), date=newest.header.date)
    quotes = tuple(dict.fromkeys([quote(newest_passage), *(quote(passage) for _, passage in opened)]))
    yield Indicator("legacy_open", None, float(len(opened)), len(told), words, quotes, newest.header.date)
