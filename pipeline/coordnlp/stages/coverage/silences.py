"""Stretches in which a party seems not to have written, and more likely its papers are not in the folder."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coordnlp.records import Parsed, Side, Silence, Unseen
from coordnlp.settings import CoverageRule

_SIDES: tuple[Side, ...] = ("A", "B")
# A rate cannot be told from fewer papers.
_LEAST_PAPERS = 4
_DAY = dt.timedelta(days=1)


def find_silences(
    parsed: Sequence[Parsed], unseen: Sequence[Unseen], rule: CoverageRule, *, until: dt.date | None = None
) -> Iterator[Silence]:
    """Yield the stretches without a paper of a party that are too long for chance.

    A party's own papers are taken to come at a steady rate (Poisson): a stretch of t days without one has the
    probability exp(-rate * t), with the rate of the rest of the dossier, which runs from its first paper to its last.
    Parties write by fits and starts, so a stretch must also be longer than the party's other stretches. A folder that
    ends long before the day on which it is looked at ends with one: what came later is not in it.

    Args:
        until: The day on which the folder is looked at; None takes the day of the last paper.
    """
    days = sorted(dt.date.fromisoformat(one.header.date) for one in parsed if one.header.date)
    if not days:
        return
    last = days[-1]
    span = days[0], until if until and (until - last).days >= rule.ended_days else last
    for side in _SIDES:
        own = {one.header.date for one in parsed if one.header.sender == side and one.header.date}
        own |= {one.date for one in unseen if one.party == side and one.date and one.kind != "cited"}
        papers = sorted(map(dt.date.fromisoformat, own))
        if len(papers) >= _LEAST_PAPERS:
            yield from _silences(side, papers, span, rule)
        elif len(days) >= _LEAST_PAPERS:
            # The pauses of so few papers tell nothing; that nobody's came any more does.
            yield from (one for one in _silences(side, days, span, rule) if one.end == span[1].isoformat())


def _silences(
    side: Side, papers: Sequence[dt.date], span: tuple[dt.date, dt.date], rule: CoverageRule
) -> Iterator[Silence]:
    whole = (span[1] - span[0]).days
    stretches = list(pairwise([span[0] - _DAY, *papers, span[1] + _DAY]))
    lengths = [(after - before).days - 1 for before, after in stretches]
    for at, (before, after) in enumerate(stretches):
        length, elsewhere = lengths[at], whole - lengths[at]
        usual = max(lengths[:at] + lengths[at + 1 :])
        if length < rule.least_days or elsewhere <= 0 or length < rule.longer * usual:
            continue
        if math.exp(-len(papers) / elsewhere * length) <= rule.chance:
            yield Silence(side, (before + _DAY).isoformat(), (after - _DAY).isoformat())
