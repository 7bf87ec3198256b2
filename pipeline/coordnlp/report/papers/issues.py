"""Disagreements that come back: both sides' words side by side, in order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coordnlp.records import Gap, Issue, Position
from coordnlp.report.papers.items import closing, finding
from coordnlp.report.papers.kinds import ISSUES, of_kinds
from coordnlp.report.papers.parts import Grid, Line, Part
from coordnlp.report.papers.sources import Sources

_LONGEST_POSITION = 150


def issue_section(sources: Sources) -> Iterator[Part]:
    """Yield the section of disagreements."""
    issues = {issue.id: issue for issue in sources.dossier.issues}
    gaps = of_kinds(sources.gaps, ISSUES)
    for gap in gaps:
        yield from _issue(gap, issues.get(gap.issue), sources)
    if not gaps:
        yield Line("body", sources.words.general.none)
    told = {gap.issue for gap in gaps}
    left = Counter(issue.status == "resolved" for issue in issues.values() if issue.id not in told)
    for template, count in ((sources.words.issues.others, left[False]), (sources.words.issues.resolved, left[True])):
        if count:
            yield Line("body", template.format(count=count))


def _issue(gap: Gap, issue: Issue | None, sources: Sources) -> Iterator[Part]:
    claim, date = sources.words.claims[gap.type], sources.words.day(gap.date)
    yield Line("heading3", sources.words.issues.title.format(claim=claim, date=date))
    history = _history(issue, sources) if issue else ()
    yield Line("body", sources.sentences((*history, finding(gap, sources), *closing(gap, sources))))
    if issue:
        yield from _positions(issue, sources)


def _history(issue: Issue, sources: Sources) -> Iterator[str]:
    words, day = sources.words.issues, sources.words.day
    first, last = issue.occasions[0].date, issue.occasions[-1].date
    papers = len({one.document for one in issue.occasions})
    yield words.span.format(first=day(first), last=day(last), count=papers)
    if issue.resolution:
        quote = sources.quote(issue.resolution, _LONGEST_POSITION)
        yield words.settled.format(date=day(issue.resolution.date), quote=quote)


def _positions(issue: Issue, sources: Sources) -> Iterator[Part]:
    """Yield the words of both, a column a team in the order of the teams, a row a paper."""
    words, teams = sources.words.issues, sources.dossier.teams.teams
    spoke = {one.party for one in issue.positions}
    if spoke:
        rows = [
            (one.date, *(_said(one, sources) if one.party == team.id else "" for team in teams))
            for one in issue.positions
        ]
        yield Line("caption", words.table)
        yield Grid((words.date, *(team.name for team in teams)), tuple(rows), (18, 41, 41))
    for team in teams:
        if team.id not in spoke:
            yield Line("body", words.silent.format(party=team.name))


def _said(position: Position, sources: Sources) -> str:
    moved = f"\n{sources.words.issues.moved}" if position.moved else ""
    return sources.quote(position, _LONGEST_POSITION) + moved
