"""What the user sees when a run has ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from coordnlp.proposals import summarise_proposal
from coordnlp.records import Dossier, Gap, MeasureState, Party, ReportLanguage, RequestStatus
from coordnlp.report.cells import clean
from coordnlp.report.labels import Labels, load_labels
from coordnlp.report.outputs import Written
from coordnlp.report.sheets import sort_gaps, sort_skipped
from coordnlp.report.terminal_words import TerminalWords, load_terminal_words

if TYPE_CHECKING:
    from rich.console import RenderableType

_ROWS_SHOWN = 10
_SUMMARY_SHOWN = 100


def summarise(dossiers: Sequence[Dossier], written: Written, language: ReportLanguage = "zh") -> RenderableType:
    """Return what a run found and where to look next, for `rich.console.Console.print`."""
    from rich.console import Group

    labels, words = load_labels(language), load_terminal_words(language)
    parts: list[RenderableType] = []
    for dossier in dossiers:
        parts += _dossier_parts(dossier, written.dashboard.name, labels)
    parts += [_text(words.note.format(note=note), "yellow") for note in written.notes]
    folder = written.dashboard.parent
    if any(dossier.gaps for dossier in dossiers):
        book = written.dashboard.with_suffix(".xlsx")
        sheet = str(written.dashboard)
        either = words.either.format(sheet=sheet, book=book.name) if book in written.files else sheet
        parts.append(_text(words.review.format(sheets=either)))
        parts.append(_text(words.explain))
    parts.append(_text(words.elsewhere.format(folder=folder)))
    return Group(*parts)


def _dossier_parts(dossier: Dossier, sheet: str, labels: Labels) -> Iterator[RenderableType]:
    words, (first, second) = load_terminal_words(labels.language), dossier.teams.teams
    title = "" if dossier.name in ("", ".") else words.dossier.format(name=dossier.name)
    yield _text(words.head.format(title=title, first=first.name, second=second.name, day=dossier.as_of), "bold")
    if dossier.proposal:
        yield from (_text(line, "yellow") for line in summarise_proposal(dossier.proposal, labels.language))
    if dossier.marking:
        yield _text(words.marking.format(marking=dossier.marking), "bold red")
    yield _text(_counts(dossier, words, labels))
    if dossier.judged or dossier.conflicts:
        yield _text(_judged_counts(dossier, words))
    yield from (_text(words.conflict.format(line=line), "yellow") for line in dossier.conflicts)
    unread = [_text(words.unread.format(line=line), "yellow") for line in _skipped_lines(dossier, words, labels)]
    yield from unread
    if unread and any(life.verdict == "cannot_tell" for life in dossier.lives):
        yield _text(words.perhaps_unread, "yellow")
    if dossier.requests:
        yield _status_table(dossier, labels)
    if dossier.measures:
        yield _measure_table(dossier, labels)
    for gap in sort_gaps(dossier.gaps)[:_ROWS_SHOWN]:
        yield _text(_who_owes(gap, dossier, words, labels), "bold")
        yield _indented(_cut(clean(gap.summary)))
    if len(dossier.gaps) > _ROWS_SHOWN:
        yield _text(words.more.format(count=len(dossier.gaps) - _ROWS_SHOWN, sheet=sheet))
    yield from (_text(words.remark.format(note=note)) for note in dossier.notes)
    yield _text("")


def _counts(dossier: Dossier, words: TerminalWords, labels: Labels) -> str:
    doubles = sum(one.reason == "duplicate" for one in dossier.skipped)
    counts = words.counts
    told = [
        counts.read.format(count=len(dossier.documents)),
        *([counts.doubles.format(count=doubles)] if doubles else []),
        counts.skipped.format(count=len(dossier.skipped) - doubles),
        counts.requests.format(count=len(dossier.requests)),
        counts.gaps.format(count=len(dossier.gaps)),
    ]
    ambiguous = sum(len(tie.candidates) > 1 for tie in dossier.ties)
    doubted = sum(life.verdict == "cannot_tell" for life in dossier.lives)
    if ambiguous:
        told.append(counts.ambiguous.format(count=ambiguous))
    if doubted:
        told.append(counts.doubted.format(count=doubted, sheet=f"{labels.files.pending}.csv"))
    return words.comma.join(told) + words.stop


def _judged_counts(dossier: Dossier, words: TerminalWords) -> str:
    """Say what people's judgements did to the rows."""
    counts, judged = Counter(one.outcome for one in dossier.judged), words.judged
    parts = [word.format(count=counts[outcome]) for outcome, word in judged.outcomes.items() if counts[outcome]]
    parts += [judged.conflicts.format(count=len(dossier.conflicts))] if dossier.conflicts else []
    return judged.head.format(told=words.comma.join(parts)) + words.stop


def _skipped_lines(dossier: Dossier, words: TerminalWords, labels: Labels) -> Iterator[str]:
    for skipped in sort_skipped([one for one in dossier.skipped if one.reason != "duplicate"]):
        reason = labels.skip_reasons[skipped.reason]
        yield words.skipped.format(file=skipped.file, reason=reason, detail=skipped.detail)


def _status_table(dossier: Dossier, labels: Labels) -> RenderableType:
    counts = Counter(life.status for life in dossier.lives)
    rows = [(labels.statuses[status], str(counts[status])) for status in get_args(RequestStatus) if counts[status]]
    return _table(labels.titles(("status", "count")), rows)


def _measure_table(dossier: Dossier, labels: Labels) -> RenderableType:
    """Return how many measures of each dimension have which status: counts, no index."""
    counts = Counter((one.dimension, one.status) for one in dossier.measures)
    states = [state for state in get_args(MeasureState) if any(one.status == state for one in dossier.measures)]
    rows = [
        (dimension, *(str(counts[dimension, state] or "") for state in states))
        for dimension in dict.fromkeys(one.dimension for one in dossier.measures)
    ]
    titles = (labels.columns["measure"], *(labels.measure_states[state] for state in states))
    return _table(titles, rows)


def _who_owes(gap: Gap, dossier: Dossier, words: TerminalWords, labels: Labels) -> str:
    responsible, owed_to = (labels.party(one, dossier.teams) for one in (gap.responsible, _owed_to(gap)))
    parts = [words.gap.format(severity=labels.severity_word(gap.severity), kind=labels.gap_types[gap.type])]
    if responsible and owed_to:
        parts.append(labels.phrases.owed.format(responsible=responsible, owed_to=owed_to))
    if gap.days_waiting:
        parts.append(labels.phrases.waiting.format(days=gap.days_waiting))
    if gap.days_overdue:
        parts.append(labels.phrases.overdue.format(days=gap.days_overdue))
    return labels.phrases.part_separator.join([*parts, gap.id])


def _owed_to(gap: Gap) -> Party | None:
    return gap.asker if gap.responsible == gap.asked else gap.asked


def _cut(words: str) -> str:
    return words if len(words) <= _SUMMARY_SHOWN else words[: _SUMMARY_SHOWN - 1] + "…"


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Return a table whose columns after the first are numbers."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    for title in titles:
        table.add_column(title, justify="left" if title == titles[0] else "right")
    for row in rows:
        table.add_row(*(_text(cell) for cell in row))
    return table


def _indented(words: str) -> RenderableType:
    from rich.padding import Padding

    return Padding(_text(words), (0, 0, 0, 5))


def _text(words: str, style: str = "") -> RenderableType:
    """Return words as they are: no markup of theirs is obeyed, no control character reaches the terminal."""
    from rich.text import Text

    return Text(clean(words).replace("\n", " "), style=style)
