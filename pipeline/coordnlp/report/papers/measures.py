"""Ways of coordinating: what is practised and what is not, and the figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from coordnlp.records import Gap, Indicator, MeasureState, MeasureStatus
from coordnlp.report.measure_sheets import name_indicator
from coordnlp.report.papers.items import item
from coordnlp.report.papers.kinds import LAPSES, of_kinds
from coordnlp.report.papers.parts import Grid, Line, Part
from coordnlp.report.papers.sources import Sources
from coordnlp.stages.indicators import load_indicator_words

ATTENTION: tuple[MeasureState, ...] = ("lapsed", "lacking", "contested", "promised")
_LONGEST_QUOTE = 100


def measure_section(sources: Sources) -> Iterator[Part]:
    """Yield the section of measures: all by status, those to look at with words, and what one side alone decided."""
    words, measures = sources.words.measures, sources.dossier.measures
    if measures:
        yield Line("body", words.counts.format(count=len(measures), states=_counts(sources)))
        yield Line("caption", words.table)
        yield _states(sources)
    attention = [one for state in ATTENTION for one in measures if one.status == state]
    if attention:
        yield Line("caption", words.attention)
        yield _to_look_at(attention, sources)
    one_sided = of_kinds(sources.gaps, ("one_sided",))
    if one_sided:
        yield Line("heading2", words.one_sided)
        for gap in one_sided:
            yield from item(gap, sources)
    if not measures and not one_sided:
        yield Line("body", sources.words.general.none)


def _by_state(sources: Sources) -> dict[MeasureState, list[MeasureStatus]]:
    measures = sources.dossier.measures
    groups = {state: [one for one in measures if one.status == state] for state in get_args(MeasureState)}
    return {state: group for state, group in groups.items() if group}


def _counts(sources: Sources) -> str:
    states = sources.labels.measure_states
    told = [
        sources.words.measures.count.format(state=states[state], count=len(group))
        for state, group in _by_state(sources).items()
    ]
    return sources.words.general.comma.join(told)


def _states(sources: Sources) -> Grid:
    words, states, separator = sources.words.measures, sources.labels.measure_states, sources.words.general.list
    rows = [(states[state], separator.join(one.name for one in group)) for state, group in _by_state(sources).items()]
    return Grid((words.state, words.names), tuple(rows), (18, 82))


def _to_look_at(measures: list[MeasureStatus], sources: Sources) -> Grid:
    words = sources.words.measures
    gaps = {gap.measure: gap for gap in of_kinds(sources.gaps, LAPSES)}
    rows = [_measure_row(one, gaps.get(one.code), sources) for one in measures]
    return Grid((words.measure, words.state, words.since, words.quote, words.sure), tuple(rows), (14, 22, 18, 29, 17))


def _measure_row(measure: MeasureStatus, gap: Gap | None, sources: Sources) -> tuple[str, ...]:
    words, states, teams = sources.words.measures, sources.labels.measure_states, sources.dossier.teams
    told = [
        sources.labels.phrases.by_party.format(party=teams.name(side), state=states[state])
        for side, state in measure.by_party
    ]
    number = [words.number.format(number=sources.numbers[gap.id])] if gap else []
    return (
        measure.name,
        "\n".join([states[measure.status], *told]),
        measure.since,
        sources.quote(measure.mentions[-1], _LONGEST_QUOTE) if measure.mentions else "",
        "\n".join([sources.labels.sure(measure.confidence), *number]),
    )


# --- figures -------------------------------------------------------------------------------------


def indicator_section(sources: Sources) -> Iterator[Part]:
    """Yield the section of figures."""
    words, indicators = sources.words.indicators, sources.dossier.indicators
    if not indicators:
        yield Line("body", sources.words.general.none)
        return
    yield Line("body", words.intro)
    yield Line("caption", words.table)
    rows = tuple(_indicator_row(one, sources) for one in indicators)
    yield Grid((words.indicator, words.side, words.value, words.detail), rows, (20, 22, 18, 40))


def _indicator_row(indicator: Indicator, sources: Sources) -> tuple[str, ...]:
    words, units = sources.words.indicators, load_indicator_words(sources.labels.language).indicator
    value = words.unknown
    if indicator.value is not None:
        value = words.figure.format(value=f"{indicator.value:g}", unit=units[indicator.code].unit)
    detail = indicator.words
    if indicator.caution:
        detail = words.detail_with_caution.format(detail=detail, caution=indicator.caution)
    return (
        name_indicator(indicator, sources.dossier, sources.labels),
        sources.name(indicator.party or "AB"),
        value,
        detail,
    )
