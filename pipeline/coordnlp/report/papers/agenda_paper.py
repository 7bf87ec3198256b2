"""会前清单: a page for each party of what the next joint meeting should settle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from coordnlp.records import Gap, Issue, Side
from coordnlp.report.papers.heads import marking, title_lines
from coordnlp.report.papers.kinds import CHECKS, ISSUES, MEASURES, PROMISES, REQUESTS, of_kinds
from coordnlp.report.papers.layout import PaperLayout, load_paper_layout
from coordnlp.report.papers.numbering import numbered
from coordnlp.report.papers.parts import Line, NewPage, Paper, Part, width
from coordnlp.report.papers.sources import Sources

# With what is known of it, an item takes two lines of 35 characters.
_LONGEST_WORDS = 42
_LONGEST_POSITION = 20
_POINTS_A_MILLIMETRE = 72 / 25.4


@dataclass(slots=True)
class _Section:
    """What one heading has to tell, and how many of the items find room on the page."""

    title: str
    items: list[Line]
    shown: int = field(default=0)


def agenda_paper(sources: Sources) -> Paper:
    """Write the list of a dossier."""
    parts: list[Part] = []
    for team in sources.dossier.teams.teams:
        parts += [NewPage(), *_page(team.id, sources)]
    return Paper(sources.words.agenda.title, sources.dossier.as_of, tuple(parts[1:]))


def _page(side: Side, sources: Sources) -> Iterator[Part]:
    words = sources.words.agenda
    head = [
        *marking(sources),
        *title_lines(words.owner.format(party=sources.name(side)), words.title),
        Line("subtitle", words.as_of.format(day=sources.words.day(sources.dossier.as_of))),
    ]
    note, sections = Line("note", words.note), _sections(side, sources)
    # Of headings and empty sections the room is taken before any item's.
    nothing = [line for one in sections for line in _lines(one, sources)]
    _fit(sections, [*head, *nothing, note], load_paper_layout())
    yield from head
    yield from numbered((line for one in sections for line in _lines(one, sources)), sources.words)
    yield note


def _sections(side: Side, sources: Sources) -> list[_Section]:
    words = sources.words.agenda
    other: Side = "B" if side == "A" else "A"
    owed = of_kinds(sources.gaps, (*REQUESTS, *PROMISES))
    issues, measures, check = (of_kinds(sources.gaps, kinds) for kinds in (ISSUES, MEASURES, CHECKS))
    told = [
        (words.owes, [gap for gap in owed if gap.responsible in (side, "AB")]),
        (words.waits.format(other=sources.name(other)), [gap for gap in owed if gap.responsible == other]),
        (words.issues, issues),
        (words.measures, measures),
        *([(words.check, check)] if check else []),
    ]
    return [_Section(title, [_item(gap, side, sources) for gap in gaps]) for title, gaps in told]


def _lines(section: _Section, sources: Sources) -> Iterator[Line]:
    words, shown, count = sources.words.agenda, section.shown, len(section.items)
    title = section.title if shown == count else words.some.format(title=section.title, shown=shown, count=count)
    yield Line("heading1", title)
    yield from section.items[:shown]
    if not count:
        yield Line("item", words.none)


# --- items ---------------------------------------------------------------------------------------


def _item(gap: Gap, side: Side, sources: Sources) -> Line:
    words = sources.words.agenda
    details = sources.words.general.comma.join(
        [*_details(gap, sources), words.number.format(number=sources.numbers[gap.id])]
    )
    return Line("item", words.item.format(text=words.detail.format(words=_matter(gap, side, sources), details=details)))


def _matter(gap: Gap, side: Side, sources: Sources) -> str:
    """Return what an item is about: the name of a measure, the last words of both on an issue, else its first words."""
    names = {one.code: one.name for one in sources.dossier.measures}
    if gap.type in MEASURES and gap.measure in names:
        return names[gap.measure]
    issue = next((one for one in sources.dossier.issues if one.id == gap.issue), None)
    if issue and issue.positions:
        return sources.words.agenda.sides.join(_positions(issue, side, sources))
    return sources.text(gap.quotes[0], _LONGEST_WORDS) if gap.quotes else sources.cut(gap.summary, _LONGEST_WORDS)


def _positions(issue: Issue, side: Side, sources: Sources) -> Iterator[str]:
    """Yield the last words of both on an issue, those of the page's party first."""
    words, last = sources.words.agenda, {one.party: one for one in issue.positions}
    for party in sorted(last, key=lambda one: one != side):
        template = words.ours if party == side else words.theirs
        yield template.format(words=sources.text(last[party], _LONGEST_POSITION))


def _details(gap: Gap, sources: Sources) -> Iterator[str]:
    words = sources.words.agenda
    if not gap.request:
        yield from [sources.words.claims[gap.type]] if not gap.issue else []
        yield from [words.since.format(date=gap.date)] if gap.date else []
        return
    yield words.date.format(date=gap.date)
    if gap.days_overdue:
        yield words.overdue.format(days=gap.days_overdue)
    else:
        yield words.due.format(due=gap.due) if gap.due else words.waiting.format(days=gap.days_waiting)


# --- one page ------------------------------------------------------------------------------------


def _fit(sections: Sequence[_Section], fixed: Sequence[Line], layout: PaperLayout) -> None:
    """Set how many items each section shows, so that all stands on one page: one each in turn, the first ones first.

    Args:
        fixed: Lines that stand on the page in any case.
    """
    left = layout.page.text_height * _POINTS_A_MILLIMETRE - sum(_height(line, layout) for line in fixed)
    open_ones = list(sections)
    while open_ones:
        for section in list(open_ones):
            upcoming = section.items[section.shown : section.shown + 1]
            height = sum(_height(line, layout) for line in upcoming)
            if upcoming and height <= left:
                section.shown += 1
                left -= height
            else:
                open_ones.remove(section)


def _height(line: Line, layout: PaperLayout) -> float:
    """Return the height of a paragraph in points, rather too much than too little."""
    entry = layout.entry(line.style)
    # One character a line may be lost where no line may begin with a punctuation mark.
    room = layout.page.text_width * _POINTS_A_MILLIMETRE / entry.size - max(entry.hanging, entry.first) - 1
    return entry.before + entry.after + entry.line * max(1, ceil(width(line.text) / room))
