"""One row of the dashboard as a paper tells it: a heading, what is known, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from coordnlp.records import Gap, Side
from coordnlp.report.papers.parts import Line, Part, width
from coordnlp.report.papers.sources import Sources
from coordnlp.report.words import load_words

# A heading with its number, claim and marks fits a line of 28 characters.
_TITLE_ROOM = 19
_LEAST_TITLE = 6
_LONGEST_QUOTE = 150


def grouped_items(gaps: Sequence[Gap], sources: Sources, *, owed_by: str, owed_by_both: str) -> Iterator[Part]:
    """Yield items under a heading for each team, in the order of the teams, even where a team has none.

    Args:
        owed_by, owed_by_both: Templates of the headings.
    """
    for team in sources.dossier.teams.teams:
        yield Line("heading2", owed_by.format(party=team.name))
        yield from _items([gap for gap in gaps if gap.responsible == team.id], sources)
    both = [gap for gap in gaps if gap.responsible == "AB"]
    others = [gap for gap in gaps if gap.responsible not in ("A", "B", "AB")]
    for title, rest in ((owed_by_both, both), (sources.words.items.owed_by_others, others)):
        if rest:
            yield Line("heading2", title)
            yield from _items(rest, sources)


def _items(gaps: Sequence[Gap], sources: Sources) -> Iterator[Part]:
    for gap in gaps:
        yield from item(gap, sources)
    if not gaps:
        yield Line("body", sources.words.general.none)


def item(gap: Gap, sources: Sources) -> Iterator[Part]:
    """Yield the heading of a row, what is known of it, and the words that it starts from."""
    yield Line("heading3", item_title(gap, sources))
    yield Line("body", sources.sentences((*_history(gap, sources), *_judged(gap, sources))))
    if gap.quotes:
        quote = sources.quote(gap.quotes[0], _LONGEST_QUOTE)
        yield Line("body", sources.words.items.original.format(quote=quote))


def item_title(gap: Gap, sources: Sources) -> str:
    """Return what a row claims, with the first of its words."""
    claim = sources.words.claims[gap.type]
    room = max(_TITLE_ROOM - ceil(width(claim)), _LEAST_TITLE)
    quote = sources.text(gap.quotes[0], room) if gap.quotes else sources.cut(gap.summary, room)
    return sources.words.items.title.format(claim=claim, quote=quote)


def finding(gap: Gap, sources: Sources) -> str:
    """Return what the papers show, as a sentence that blames nobody."""
    other: Side = "B" if gap.responsible == "A" else "A"
    names = {"responsible": sources.name(gap.responsible), "other": sources.name(other), "count": gap.raised}
    return sources.words.findings[gap.type].format(**names)


def _judged(gap: Gap, sources: Sources) -> Iterator[str]:
    yield finding(gap, sources)
    yield from closing(gap, sources)


def closing(gap: Gap, sources: Sources) -> Iterator[str]:
    """Yield how pressing and how sure a row is, and where its evidence stands."""
    words = sources.words.items
    yield words.severity.format(word=sources.labels.severity_word(gap.severity))
    yield sources.sure(gap.confidence)
    yield words.evidence.format(number=sources.numbers[gap.id])


def _history(gap: Gap, sources: Sources) -> Iterator[str]:
    words = sources.words.items
    if not gap.request:
        return
    told = {"commitment_unkept": words.promised, "assignment_undone": words.decided}.get(gap.type, words.asked)
    yield told.format(
        asker=sources.name(gap.asker),
        asked=sources.name(gap.asked),
        responsible=sources.name(gap.responsible),
        date=sources.words.day(gap.date),
    )
    if gap.raised > 1:
        yield words.raised.format(count=gap.raised)
    yield _time(gap, sources)
    yield from _last_event(gap, sources)


def _time(gap: Gap, sources: Sources) -> str:
    words, due = sources.words.items, sources.words.day(gap.due)
    if not gap.due:
        return words.waiting.format(days=gap.days_waiting)
    return words.overdue.format(due=due, days=gap.days_overdue) if gap.days_overdue else words.due.format(due=due)


def _last_event(gap: Gap, sources: Sources) -> Iterable[str]:
    events = [one for one in sources.dossier.events if one.request == gap.request]
    if not events:
        return
    last, words = max(events, key=lambda one: (one.date, one.document, one.start)), sources.words
    told = {"date": words.day(last.date), "event": load_words(sources.labels.language).events[last.type]}
    if last.until and last.type in ("acknowledgement", "partial_answer", "extension"):
        yield words.items.event_until.format(**told, until=words.day(last.until))
    else:
        yield words.items.event.format(**told)
