"""The report 协调缺口分析报告 for leaders: eight sections and the evidence of every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coordnlp.records import Gap, GapType
from coordnlp.report.papers.advice import advice_section
from coordnlp.report.papers.heads import marking, title_lines
from coordnlp.report.papers.issues import issue_section
from coordnlp.report.papers.items import grouped_items
from coordnlp.report.papers.kinds import PROMISES, REQUESTS, of_kinds
from coordnlp.report.papers.measures import indicator_section, measure_section
from coordnlp.report.papers.numbering import numbered
from coordnlp.report.papers.overview import overview
from coordnlp.report.papers.parts import Grid, Line, NewPage, Paper, Part
from coordnlp.report.papers.sources import Sources
from coordnlp.report.papers.unsettled import unsettled_section

_LONGEST_QUOTE = 400


def report_paper(sources: Sources) -> Paper:
    """Write the report of a dossier."""
    words, dossier = sources.words, sources.dossier
    first, second = dossier.teams.teams
    head = [
        *marking(sources),
        *title_lines(first.name, words.report.second.format(second=second.name)),
        Line("title", words.report.title),
        Line("subtitle", words.report.as_of.format(day=words.day(dossier.as_of))),
    ]
    parts = (*head, *numbered(_sections(sources), words), *_annex(sources))
    return Paper(words.report.title, dossier.as_of, parts)


def _sections(sources: Sources) -> Iterator[Part]:
    report, items = sources.words.report, sources.words.items
    sections: tuple[tuple[str, Iterable[Part]], ...] = (
        (report.basis, overview(sources)),
        (report.requests, _owed(REQUESTS, sources, owed_by=items.owed_by, owed_by_both=items.owed_by_both)),
        (report.promises, _owed(PROMISES, sources, owed_by=items.promised_by, owed_by_both=items.promised_by_both)),
        (report.issues, issue_section(sources)),
        (report.measures, measure_section(sources)),
        (report.indicators, indicator_section(sources)),
        (report.advice, advice_section(sources)),
        (report.unsettled, unsettled_section(sources)),
    )
    for title, parts in sections:
        yield Line("heading1", title)
        yield from parts


def _owed(types: tuple[GapType, ...], sources: Sources, *, owed_by: str, owed_by_both: str) -> Iterator[Part]:
    return grouped_items(of_kinds(sources.gaps, types), sources, owed_by=owed_by, owed_by_both=owed_by_both)


def _annex(sources: Sources) -> Iterator[Part]:
    words = sources.words.annex
    yield NewPage()
    yield Line("heading1", sources.words.report.annex)
    if not sources.gaps:
        yield Line("body", sources.words.general.none)
        return
    yield Line("body", words.intro)
    rows = tuple(_evidence(gap, sources) for gap in sources.gaps)
    yield Grid((words.number, words.row, words.quotes, words.sure), rows, (8, 22, 54, 16))


def _evidence(gap: Gap, sources: Sources) -> tuple[str, ...]:
    """Return the row of a gap: its number in the annex, what it is, its words with their places, how sure it is."""
    row = [sources.words.claims[gap.type], sources.name(gap.responsible), gap.id]
    quotes = [sources.quote(quote, _LONGEST_QUOTE) for quote in gap.quotes]
    quotes = quotes or [sources.cut(gap.summary, _LONGEST_QUOTE)]
    return str(sources.numbers[gap.id]), "\n".join(row), "\n".join(quotes), sources.labels.sure(gap.confidence)
