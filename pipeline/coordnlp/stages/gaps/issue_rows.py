"""Rows about disagreements that come back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from coordnlp.ids import gap_id
from coordnlp.records import Gap, GapType, Issue, Party, Quote, Teams
from coordnlp.stages.gaps.sentences import WhyWords
from coordnlp.stages.gaps.severity import rate_severity
from coordnlp.stages.gaps.sources import Sources

_SIDES = ("A", "B")


def issue_rows(sources: Sources) -> Iterator[Gap]:
    """Yield a row for every disagreement that recurs and is not settled."""
    for issue in sources.dossier.issues:
        kind: GapType = "reopened" if issue.status == "reopened" else "recurring"
        if issue.recurring and issue.status != "resolved" and issue.score >= sources.table.type[kind].least:
            yield _row(issue, kind, sources)


def _row(issue: Issue, kind: GapType, sources: Sources) -> Gap:
    """Make the row, with each side's words in order of time."""
    entry, said, reaction = sources.table.type[kind], sources.sentences.type[kind], sources.sentences.reaction
    papers = {one.document for one in issue.occasions}
    waiting = _days(issue.raised_on, sources.dossier.as_of)
    severity, why = rate_severity(
        entry.base,
        sources.table.severity,
        sources.sentences.severity,
        waiting=waiting,
        seen_in=len(papers),
        confidence=issue.score,
    )
    told = sorted(
        (*issue.occasions, *([issue.resolution] if issue.resolution else [])),
        key=lambda one: (one.date, one.document, one.start),
    )
    last = issue.occasions[-1]
    return Gap(
        id=gap_id(kind, issue.id),
        type=kind,
        severity=severity,
        severity_reason=why,
        responsible="AB",
        summary=said.summary.format(quote=issue.label),
        quotes=tuple(Quote(one.document, one.start, one.end) for one in told),
        date=issue.occasions[0].date,
        days_waiting=waiting,
        raised=len(papers),
        reaction=reaction.said.format(date=last.date, party=sources.name(last.party if last.party in _SIDES else "AB")),
        measures=sources.speak_of([one.passage for one in issue.occasions], entry.measures),
        suggestion=said.suggestion,
        confidence=issue.score,
        why=_why(issue, sources.sentences.why, sources.dossier.teams),
        issue=issue.id,
    )


def _days(first: str, last: str) -> int:
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days if first and last else 0


def _why(issue: Issue, words: WhyWords, teams: Teams) -> str:
    """Say on how many occasions who spoke, over how long, what of it was settled, and who gave way."""
    spoke = Counter(words.both if one.party == "AB" else _name(one.party, words, teams) for one in issue.occasions)
    who = words.comma.join(words.spoke.format(party=name, count=count) for name, count in spoke.items())
    days = _days(issue.occasions[0].date, issue.occasions[-1].date)
    dates = words.list.join(sorted({one.date for one in issue.occasions}))
    told = [
        words.occasions.format(count=len(issue.occasions), who=who),
        (words.seen_over if days else words.seen).format(dates=dates, days=days),
    ]
    told += [words.settled.format(date=issue.resolution.date)] if issue.resolution else []
    moved = words.list.join(f"{one.date} {teams.name(one.party)}" for one in issue.positions if one.moved)
    return words.clause.join([*told, *([words.moved.format(who=moved)] if moved else [])])


def _name(party: Party | None, words: WhyWords, teams: Teams) -> str:
    return teams.name(party) or words.unknown
