"""Indicators: figures about how the two teams deal with each other. One function an entry of the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from coordnlp.names import Names
from coordnlp.records import Annotation, Event, Indicator, Issue, Life, Parsed, ReportLanguage, Request, Teams
from coordnlp.stages.indicators.answers import answer_days, answered_share, reply_channels
from coordnlp.stages.indicators.bodies import group_active
from coordnlp.stages.indicators.consulting import consulted
from coordnlp.stages.indicators.evidence import Evidence
from coordnlp.stages.indicators.follow_up import items_kept
from coordnlp.stages.indicators.joint_events import joint_events
from coordnlp.stages.indicators.liaison import liaison_changes
from coordnlp.stages.indicators.meetings import meeting_rhythm, principals_present
from coordnlp.stages.indicators.settling import legacy_open, settling_days
from coordnlp.stages.indicators.table import IndicatorTable, load_indicator_table
from coordnlp.stages.indicators.wording import IndicatorWords, load_indicator_words

__all__ = [
    "INDICATORS",
    "IndicatorTable",
    "IndicatorWords",
    "compute_indicators",
    "load_indicator_table",
    "load_indicator_words",
]

INDICATORS: Mapping[str, Callable[[Evidence], Iterator[Indicator]]] = {
    "meeting_rhythm": meeting_rhythm,
    "answer_days": answer_days,
    "answered_share": answered_share,
    "principals_present": principals_present,
    "liaison_changes": liaison_changes,
    "group_active": group_active,
    "consulted": consulted,
    "reply_channels": reply_channels,
    "joint_events": joint_events,
    "settling_days": settling_days,
    "legacy_open": legacy_open,
    "items_kept": items_kept,
}
"""The function of each entry of the table."""


def compute_indicators(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    requests: Sequence[Request],
    events: Sequence[Event],
    lives: Sequence[Life],
    issues: Sequence[Issue],
    *,
    teams: Teams,
    names: Names,
    as_of: dt.date,
    language: ReportLanguage = "zh",
) -> list[Indicator]:
    """Compute every indicator that the records of a dossier allow, in the order of the table.

    Args:
        parsed: In order of date, none later than the as-of date.
    """
    table, words = load_indicator_table(), load_indicator_words(language)
    evidence = Evidence(parsed, annotations, requests, events, lives, issues, teams, names, as_of, table, words)
    return [
        one if one.measures else replace(one, measures=definition.measures)
        for definition in table.indicator
        for one in INDICATORS[definition.code](evidence)
    ]
