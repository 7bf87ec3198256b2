"""Joint events: research, projects, training, visits, exchanges and shared activities that papers report."""

from __future__ import annotations

from collections.abc import Iterator

from coordnlp.records import Indicator
from coordnlp.stages.indicators.evidence import Evidence, quote


def joint_events(evidence: Evidence) -> Iterator[Indicator]:
    """Yield for each kind in how many papers such a thing is reported as done or going on, and when last."""
    definition = next(one for one in evidence.table.indicator if one.code == "joint_events")
    for code in definition.measures:
        papers = {
            one.header.id: (one.header.date, quote(passage))
            for one, passage, score in evidence.carrying(code)
            if score.evidence == "practised" and passage.zone == "body"
        }
        if papers:
            dates = sorted(date for date, _ in papers.values())
            quotes = tuple(words for _, words in sorted(papers.values(), key=lambda one: one[0]))
            said = evidence.words.said
            told = said.events.format(count=len(papers), dates=said.list.join(dict.fromkeys(dates)))
            count = float(len(papers))
            yield Indicator("joint_events", None, count, len(papers), told, quotes, dates[-1], measures=(code,))
