"""What could not be told, and why: doubtful matters, those not due yet, papers that were not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordnlp.records import Life, Request, Verdict
from coordnlp.report.papers.items import item
from coordnlp.report.papers.kinds import CHECKS, of_kinds
from coordnlp.report.papers.parts import Grid, Line, Part
from coordnlp.report.papers.sources import Sources
from coordnlp.report.sheets import sort_skipped

_LONGEST_QUOTE = 80
_LONGEST_REASON = 120
# A leader reads no longer table; the sheet has them all.
_MOST_ROWS = 30


def unsettled_section(sources: Sources) -> Iterator[Part]:
    """Yield the section of what no claim is made of."""
    yield from _cannot_tell(sources)
    yield from _pending(sources)
    yield from _to_check(sources)
    yield from _unread(sources)
    if sources.dossier.notes:
        yield Line("heading2", sources.words.unsettled.notes)
        yield from (Line("body", note) for note in sources.dossier.notes)


def _cannot_tell(sources: Sources) -> Iterator[Part]:
    words, found = sources.words.unsettled, _with_verdict("cannot_tell", sources)
    yield Line("heading2", words.cannot_tell)
    if not found:
        yield Line("body", sources.words.general.none)
        return
    yield Line("body", words.cannot_tell_intro.format(count=len(found)))
    rows = [(*_matter(one, sources), one.date, sources.cut(life.why, _LONGEST_REASON)) for one, life in found]
    yield from _table((words.words, words.responsible, words.date, words.reason), rows, (38, 16, 18, 28), sources)


def _pending(sources: Sources) -> Iterator[Part]:
    words, found = sources.words.unsettled, _with_verdict("pending", sources)
    if found:
        yield Line("heading2", words.pending)
        yield Line("body", words.pending_intro.format(count=len(found)))
        rows = [(*_matter(one, sources), one.date, _due(one, life, sources)) for one, life in found]
        yield from _table((words.words, words.responsible, words.date, words.due), rows, (44, 20, 18, 18), sources)


def _to_check(sources: Sources) -> Iterator[Part]:
    gaps = of_kinds(sources.gaps, CHECKS)
    if gaps:
        yield Line("heading2", sources.words.unsettled.check)
        for gap in gaps:
            yield from item(gap, sources)


def _unread(sources: Sources) -> Iterator[Part]:
    words = sources.words.unsettled
    rows = list(_unread_rows(sources))
    silences = sources.dossier.coverage.silences
    if not rows and not silences:
        return
    yield Line("heading2", words.unread)
    yield Line("body", words.unread_intro, follows=True)
    for one in silences:
        told = {"start": sources.words.day(one.start), "end": sources.words.day(one.end)}
        # The annex begins on a new page: what stands before it should not be a page of two lines.
        yield Line("body", words.silence.format(party=sources.name(one.party), **told), follows=one != silences[-1])
    if rows:
        yield from _table((words.paper, words.reason), rows, (45, 55), sources, sheet="skipped.csv")


def _unread_rows(sources: Sources) -> Iterator[tuple[str, str]]:
    words, labels = sources.words.unsettled, sources.labels
    for one in sort_skipped(sources.dossier.skipped):
        if one.reason != "duplicate":
            detail = sources.cut(one.detail, _LONGEST_REASON)
            yield one.file, words.unread_reason.format(reason=labels.skip_reasons[one.reason], detail=detail)
    for paper in sources.dossier.coverage.unseen:
        if paper.kind in ("registered", "cited"):
            where = sources.where(paper.quote) if paper.quote else ""
            yield paper.name, "\n".join(filter(None, (labels.unseen_kinds[paper.kind].format(name=paper.name), where)))


def _with_verdict(verdict: Verdict, sources: Sources) -> list[tuple[Request, Life]]:
    lives = {life.request: life for life in sources.dossier.lives}
    requests = sorted(sources.dossier.requests, key=lambda one: (one.date, one.id))
    return [(one, lives[one.id]) for one in requests if one.id in lives and lives[one.id].verdict == verdict]


def _matter(request: Request, sources: Sources) -> tuple[str, str]:
    return sources.quote(request, _LONGEST_QUOTE), sources.name(request.responsible)


def _due(request: Request, life: Life, sources: Sources) -> str:
    due = life.due_effective or (request.due.date or request.due.written if request.due else "")
    return sources.cut(due, _LONGEST_QUOTE)


def _table(
    titles: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    shares: tuple[int, ...],
    sources: Sources,
    *,
    sheet: str = "",
) -> Iterator[Part]:
    """Yield a table of the first rows, and where the others are."""
    yield Grid(titles, tuple(rows[:_MOST_ROWS]), shares)
    if len(rows) > _MOST_ROWS:
        file = sheet or f"{sources.labels.files.pending}.csv"
        yield Line("body", sources.words.general.more.format(count=len(rows) - _MOST_ROWS, file=file))
