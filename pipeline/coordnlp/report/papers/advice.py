"""What would help: with single matters, and measure by measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from coordnlp.records import MeasureStatus
from coordnlp.report.papers.kinds import LAPSES
from coordnlp.report.papers.measures import ATTENTION
from coordnlp.report.papers.parts import Line, Part
from coordnlp.report.papers.sources import Sources


def advice_section(sources: Sources) -> Iterator[Part]:
    """Yield the section of advice; what answers most rows stands first."""
    matters, measures = list(_matters(sources)), list(_measures(sources))
    if not matters and not measures:
        yield Line("body", sources.words.advice.none)
        return
    yield Line("body", sources.words.advice.intro)
    for title, lines in ((sources.words.advice.matters, matters), (sources.words.advice.measures, measures)):
        if lines:
            yield Line("heading2", title)
            yield from lines


def _matters(sources: Sources) -> Iterator[Part]:
    """Yield each suggestion once, with the rows that it is for; those of measures are the taxonomy's advice."""
    rows: dict[str, list[int]] = {}
    for gap in sources.gaps:
        if gap.suggestion and gap.type not in LAPSES:
            rows.setdefault(gap.suggestion, []).append(sources.numbers[gap.id])
    for number, (suggestion, numbers) in enumerate(rows.items(), start=1):
        told = {"number": number, "suggestion": suggestion, "numbers": _listed(numbers, sources)}
        yield Line("body", sources.words.advice.matter.format(**told))


def _measures(sources: Sources) -> Iterator[Part]:
    words, measures = sources.words.advice, sources.dossier.measures
    rows = {one.code: [sources.numbers[gap.id] for gap in sources.gaps if one.code in gap.measures] for one in measures}
    helpful = [one for one in measures if _would_help(one, rows[one.code])]
    for number, one in enumerate(sorted(helpful, key=lambda one: -len(rows[one.code])), start=1):
        told = [words.advice.format(advice=one.advice, state=sources.labels.measure_states[one.status])]
        told += [words.rows.format(numbers=_listed(rows[one.code], sources))] if rows[one.code] else []
        yield Line("body", sources.sentences(told), lead=words.lead.format(number=number, name=one.name))


def _would_help(measure: MeasureStatus, rows: list[int]) -> bool:
    """Tell whether a measure is worth advising: it is not practised, and is in trouble or answers rows."""
    return bool(measure.advice) and measure.status != "practised" and (bool(rows) or measure.status in ATTENTION)


def _listed(numbers: Sequence[int], sources: Sources) -> str:
    """Return ascending numbers as people list them: 1至3、7、8."""
    general = sources.words.general
    told: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        first, *rest = [str(number) for _, number in run]
        told += [general.range.format(first=first, last=rest[-1])] if len(rest) > 1 else [first, *rest]
    return general.list.join(told)
