"""The sheets of ways of coordinating: every measure with its status, and the figures behind them."""

from __future__ import annotations

from collections.abc import Iterator

from coordnlp.records import Dossier, Indicator, MeasureStatus
from coordnlp.report.labels import Column, Labels
from coordnlp.report.quotations import Entry, index_documents
from coordnlp.report.sheets import Cells, quoted
from coordnlp.stages.indicators import load_indicator_table

MEASURE_COLUMNS: tuple[Column, ...] = (
    "dimension",
    "measure",
    "status",
    "by_party",
    "first",
    "last",
    "chain",
    "quotes",
    "suggestion",
    "confidence",
    "why",
)
INDICATOR_COLUMNS: tuple[Column, ...] = (
    "indicator",
    "side",
    "value",
    "unit",
    "count",
    "detail",
    "caution",
    "measures",
    "quotes",
    "definition",
)
# What helps is only said where something is missing.
_WELL = ("practised", "cannot_tell")


def measure_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield a row for every measure, in the order of the taxonomy."""
    entries = index_documents(dossier)
    for measure in dossier.measures:
        yield _measure_cells(measure, dossier, entries, labels)


def _measure_cells(measure: MeasureStatus, dossier: Dossier, entries: dict[str, Entry], labels: Labels) -> Cells:
    dates = [mention.date for mention in measure.mentions]
    steps = [labels.phrases.step.format(date=one.date, step=labels.steps[one.step]) for one in measure.chain]
    told = [
        labels.phrases.by_party.format(party=dossier.teams.name(side), state=labels.measure_states[state])
        for side, state in measure.by_party
    ]
    return {
        "marking": dossier.marking,
        "dossier": dossier.name,
        "dimension": measure.dimension,
        "measure": measure.name,
        "status": labels.measure_states[measure.status],
        "by_party": "\n".join(told),
        "first": min(dates, default=""),
        "last": max(dates, default=""),
        "chain": "\n".join(steps),
        "quotes": "\n".join(quoted(one, entries, labels) for one in measure.chain),
        "suggestion": "" if measure.status in _WELL else measure.advice,
        "confidence": measure.confidence,
        "why": "；".join(measure.reasons),
    }


def indicator_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield a row for every indicator that the papers allow."""
    entries = index_documents(dossier)
    for indicator in dossier.indicators:
        yield _indicator_cells(indicator, dossier, entries, labels)


def _indicator_cells(indicator: Indicator, dossier: Dossier, entries: dict[str, Entry], labels: Labels) -> Cells:
    definition = load_indicator_table().define(indicator.code)
    names = {one.code: one.name for one in dossier.measures}
    return {
        "marking": dossier.marking,
        "dossier": dossier.name,
        "indicator": definition.name,
        "side": dossier.teams.name(indicator.party or "AB"),
        "value": "" if indicator.value is None else f"{indicator.value:g}",
        "unit": definition.unit,
        "count": indicator.cases,
        "detail": indicator.words,
        "caution": indicator.caution,
        "measures": labels.phrases.list_separator.join(names.get(code, code) for code in indicator.measures),
        "quotes": "\n".join(quoted(one, entries, labels) for one in indicator.quotes),
        "definition": definition.definition,
    }
