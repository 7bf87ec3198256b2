"""Rows about ways of coordinating that have lapsed, are only complained of, or that one side does not keep to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from coordnlp.ids import make_id
from coordnlp.reasons import tell_plainly
from coordnlp.records import Gap, GapType, Indicator, MeasureState, MeasureStatus, Mention, Quote, Side
from coordnlp.stages.gaps.sentences import WhyWords
from coordnlp.stages.gaps.severity import rate_severity
from coordnlp.stages.gaps.sources import Sources
from coordnlp.stages.gaps.words import shorten

_TYPES: Mapping[MeasureState, GapType] = {"lapsed": "measure_lapsed", "lacking": "measure_lacking"}
# One complaint may be a slip; from so many papers on it is a way of acting.
_LEAST_COMPLAINTS = 2
_ONE_SIDED = 0.6


def measure_rows(sources: Sources) -> Iterator[Gap]:
    """Yield a row for every measure that has surely lapsed or is surely complained of."""
    for measure in sources.dossier.measures:
        kind = _TYPES.get(measure.status)
        told = _telling(measure)
        if kind and told and measure.confidence >= sources.table.type[kind].least:
            yield _row(measure, kind, told, sources)


def _telling(measure: MeasureStatus) -> list[Mention]:
    """Return the words that a row rests on, the last ones first; of a lapse those that say so before complaints."""
    lacking = [one for one in measure.mentions if one.evidence == "lacking"]
    latest = (lacking or list(measure.mentions))[::-1]
    return sorted(latest, key=lambda one: measure.status == "lapsed" and one.step != "lapsed")


def _row(measure: MeasureStatus, kind: GapType, told: Sequence[Mention], sources: Sources) -> Gap:
    entry, said, dossier = sources.table.type[kind], sources.sentences.type[kind], sources.dossier
    since = measure.since or told[0].date
    waiting = (dt.date.fromisoformat(dossier.as_of) - dt.date.fromisoformat(since)).days
    papers = len({one.document for one in told})
    severity, why = rate_severity(
        entry.base,
        sources.table.severity,
        sources.sentences.severity,
        waiting=waiting,
        seen_in=papers,
        confidence=measure.confidence,
    )
    quote = sources.words(_quote(told[0]))
    names = {"name": measure.name, "quote": shorten(quote), "advice": measure.advice}
    return Gap(
        id=make_id("G", kind, measure.code, *sorted(team.name for team in dossier.teams.teams)),
        type=kind,
        severity=severity,
        severity_reason=why,
        responsible="AB",
        summary=said.summary.format(**names),
        quotes=tuple(dict.fromkeys(_quote(one) for one in (*measure.chain, *told))),
        date=since,
        days_waiting=waiting,
        raised=papers,
        reaction=sources.sentences.reaction.none,
        measures=(measure.code,),
        suggestion=said.suggestion.format(**names),
        confidence=measure.confidence,
        why=_why(measure, sources.sentences.why),
        measure=measure.code,
    )


def _quote(mention: Mention) -> Quote:
    return Quote(mention.document, mention.start, mention.end)


def _why(measure: MeasureStatus, words: WhyWords) -> str:
    """Say which steps a measure went through when, and what its state rests on."""
    steps = (words.step.format(date=one.date, step=words.steps[one.step]) for one in measure.chain)
    state = words.state.format(reasons=words.list.join(tell_plainly(measure.reasons)))
    return words.clause.join([words.comma.join(steps), state])


# --- one side alone ------------------------------------------------------------------------------


def one_sided_rows(sources: Sources) -> Iterator[Gap]:
    """Yield a row for a team that the other says in several papers to have decided without asking."""
    for one in sources.dossier.indicators:
        complaints = one.cases - int(one.value or 0)
        if one.code == "consulted" and one.party in ("A", "B") and complaints >= _LEAST_COMPLAINTS:
            yield _one_sided(one, one.party, complaints, sources)


def _one_sided(indicator: Indicator, side: Side, complaints: int, sources: Sources) -> Gap:
    entry, said = sources.table.type["one_sided"], sources.sentences.type["one_sided"]
    teams = sources.dossier.teams
    other: Side = "B" if side == "A" else "A"
    last = indicator.quotes[complaints - 1]
    names = {
        "responsible": teams.name(side),
        "other": teams.name(other),
        "count": str(complaints),
        "quote": shorten(sources.words(last)),
    }
    severity, why = rate_severity(
        entry.base, sources.table.severity, sources.sentences.severity, seen_in=complaints, confidence=_ONE_SIDED
    )
    return Gap(
        id=make_id("G", "one_sided", teams.name(side), teams.name(other)),
        type="one_sided",
        severity=severity,
        severity_reason=why,
        responsible=side,
        summary=said.summary.format(**names),
        quotes=indicator.quotes[:complaints],
        date=sources.headers[indicator.quotes[0].document].date,
        raised=complaints,
        reaction=sources.sentences.reaction.none,
        measures=entry.measures,
        suggestion=said.suggestion.format(**names),
        confidence=_ONE_SIDED,
        why=indicator.words,
        measure="joint_decisions",
    )
