"""The sheets of ways of coordinating: every measure with its status, and the figures behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coordnlp.reasons import is_weighed
from coordnlp.records import Dossier, Indicator, MeasureStatus, Mention
from coordnlp.report.labels import Column, Labels
from coordnlp.report.quotations import Entry, index_documents
from coordnlp.report.sheets import Cells, name_measures, quoted
from coordnlp.stages.indicators import load_indicator_table, load_indicator_words

MEASURE_COLUMNS: tuple[Column, ...] = (
    "dimension",
    "measure",
    "status",
    "confidence",
    "latest",
    "by_party",
    "first",
    "last",
    "chain",
    "why",
    "suggestion",
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
    told = [
        labels.phrases.by_party.format(party=labels.party(side, dossier.teams), state=labels.measure_states[state])
        for side, state in measure.by_party
    ]
    return {
        "marking": dossier.marking,
        "dossier": dossier.name,
        "dimension": measure.dimension,
        "measure": measure.name,
        "status": labels.measure_states[measure.status],
        "confidence": labels.sure(measure.confidence),
        "latest": _step(measure.mentions[-1], entries, labels) if measure.mentions else "",
        "by_party": "\n".join(told),
        "first": min(dates, default=""),
        "last": max(dates, default=""),
        "chain": "\n".join(_step(one, entries, labels) for one in measure.chain),
        "why": labels.phrases.clause_separator.join(_why(measure, labels)),
        "suggestion": "" if measure.status in _WELL else measure.advice,
    }


def _step(mention: Mention, entries: dict[str, Entry], labels: Labels) -> str:
    quote = quoted(mention, entries, labels)
    return labels.phrases.step.format(date=mention.date, step=labels.steps[mention.step], quote=quote)


def _why(measure: MeasureStatus, labels: Labels) -> Iterator[str]:
    """Yield how often papers speak of a measure and how; the weights behind the status are told by `explain`."""
    if measure.mentions:
        counts = Counter(mention.step for mention in measure.mentions)
        phrases = labels.phrases
        steps = (
            phrases.steps.format(step=word, count=counts[step]) for step, word in labels.steps.items() if counts[step]
        )
        yield phrases.said.format(count=len(measure.mentions), steps=phrases.list_separator.join(steps))
    yield from (reason for reason in measure.reasons if not is_weighed(reason))


def indicator_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield a row for every indicator that the papers allow."""
    entries = index_documents(dossier)
    for indicator in dossier.indicators:
        yield _indicator_cells(indicator, dossier, entries, labels)


def name_indicator(indicator: Indicator, dossier: Dossier, labels: Labels) -> str:
    """Return the name of an indicator, with the measure where one of several has a figure of its own."""
    name = load_indicator_words(labels.language).indicator[indicator.code].name
    if len(indicator.measures) == len(load_indicator_table().define(indicator.code).measures):
        return name
    return labels.phrases.of_measures.format(name=name, measures=name_measures(indicator.measures, dossier, labels))


def _indicator_cells(indicator: Indicator, dossier: Dossier, entries: dict[str, Entry], labels: Labels) -> Cells:
    words = load_indicator_words(labels.language).indicator[indicator.code]
    return {
        "marking": dossier.marking,
        "dossier": dossier.name,
        "indicator": name_indicator(indicator, dossier, labels),
        "side": labels.party(indicator.party or "AB", dossier.teams),
        "value": "" if indicator.value is None else f"{indicator.value:g}",
        "unit": words.unit,
        "count": indicator.cases,
        "detail": indicator.words,
        "caution": indicator.caution,
        "measures": name_measures(indicator.measures, dossier, labels),
        "quotes": "\n".join(quoted(one, entries, labels) for one in indicator.quotes),
        "definition": words.definition,
    }
