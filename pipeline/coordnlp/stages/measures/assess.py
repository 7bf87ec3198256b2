"""The status of every measure, for the two teams together and as each tells it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coordnlp.reasons import weigh
from coordnlp.records import (
    Annotation,
    Coverage,
    Evidence,
    Indicator,
    MeasureState,
    MeasureStatus,
    Mention,
    Parsed,
    Side,
    Step,
)
from coordnlp.stages.measures.features import FEATURES, describe
from coordnlp.stages.measures.sayings import Saying, list_sayings
from coordnlp.stages.measures.table import StatusTable
from coordnlp.stages.measures.words import load_measure_words
from coordnlp.taxonomy import Measure, Taxonomy

_REASONS = 3
# How sure a lapse is that nobody speaks of: the papers of the meetings may just not be in the folder.
_BY_CALENDAR = 0.5
_UNSURE = "没有哪句话确实说到它，只有一句像是"
_LAST_WORD = "几种状态都有可能，照最后的话"
_SIDES: tuple[Side, ...] = ("A", "B")


def assess_measures(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    indicators: Sequence[Indicator],
    coverage: Coverage,
    taxonomy: Taxonomy,
    table: StatusTable,
) -> list[MeasureStatus]:
    """Tell for every measure of the taxonomy whether it is practised, only promised, lapsed, complained of, or unseen.

    Args:
        parsed: In order of date, none later than the as-of date.

    Returns:
        One record a measure, in the order of the taxonomy.
    """
    sayings = list_sayings(parsed, annotations)
    patchy = _is_patchy(coverage)
    telling = {code: one for one in indicators if one.lapsed_since or one.kept for code in one.measures}
    found = [
        _assess(measure, taxonomy.dimension_name(measure), sayings.get(measure.code, []), table, patchy=patchy)
        for measure in taxonomy.measure
    ]
    return [_by_calendar(one, telling[one.code]) if one.code in telling else one for one in found]


def _by_calendar(found: MeasureStatus, indicator: Indicator) -> MeasureStatus:
    """Return the status of a measure that has lapsed by the calendar, whatever was said of it while it ran, or that was
    promised and has been kept since.
    """
    if found.status in ("practised", "promised") and indicator.lapsed_since:
        reason = f"{indicator.lapsed_since} 起按约定应有的没有见到，也没有文书说开过"
        since, reasons = indicator.lapsed_since, (reason, *found.reasons)
        return replace(found, status="lapsed", confidence=_BY_CALENDAR, reasons=reasons, since=since)
    if found.status == "promised" and indicator.kept:
        reasons = (indicator.words, *found.reasons)
        return replace(found, status="practised", confidence=_BY_CALENDAR, reasons=reasons, since="")
    return found


def _assess(
    measure: Measure, dimension: str, sayings: Sequence[Saying], table: StatusTable, *, patchy: bool
) -> MeasureStatus:
    values = describe(sayings)
    chances = table.probabilities(measure.code, values)
    found = [one for one in sayings if one.found.level == "found"]
    # What no passage speaks of, be it from afar, can be nothing else; what one does speak of has been seen.
    status: MeasureState = _likeliest(chances, seen=bool(found)) if sayings else "unseen"
    unsure = bool(found) and chances[status] < load_measure_words().doubt.least
    if unsure:
        status = _last_word(found[-1])
    shown = [] if status == "unseen" else found or _border_case(sayings)
    mentions = tuple(map(_mention, shown))
    reasons = _reasons(table, status, values)
    return MeasureStatus(
        code=measure.code,
        name=measure.name,
        dimension=dimension,
        advice=measure.advice,
        status="cannot_tell" if status == "unseen" and patchy else status,
        confidence=round(chances[status], 3),
        reasons=(*([_LAST_WORD] if unsure else []), *([] if found or not shown else [_UNSURE]), *reasons),
        mentions=mentions,
        since=_since(status, mentions),
        by_party=tuple(_by_party(measure.code, found, table)),
        trained=all(one.found.trained for one in sayings),
    )


def _likeliest(chances: Mapping[MeasureState, float], *, seen: bool) -> MeasureState:
    return max((one for one in chances if not (seen and one == "unseen")), key=lambda one: chances[one])


def _last_word(saying: Saying) -> MeasureState:
    """Return the status that a saying alone would tell."""
    match saying.found.evidence:
        case "practised":
            return "practised"
        case "planned":
            return "promised"
        case "lacking":
            return "lapsed" if load_measure_words().tells_lapse(saying.text) else "lacking"


def _border_case(sayings: Sequence[Saying]) -> list[Saying]:
    """Return the likeliest saying of those that are none for sure: what is told without a finding shows it."""
    return sorted(sayings, key=lambda one: (-one.found.score, one.one.header.date, one.passage.start))[:1]


def _reasons(table: StatusTable, status: MeasureState, values: Mapping[str, float]) -> list[str]:
    told = table.status[status].telling(values)[:_REASONS]
    return [weigh(FEATURES[name], share) for name, share in told]


def _by_party(code: str, found: Sequence[Saying], table: StatusTable) -> list[tuple[Side, MeasureState]]:
    """Return what each team says of a measure: the status by its own words alone, where there are any."""
    told: list[tuple[Side, MeasureState]] = []
    for side in _SIDES:
        own = [one for one in found if one.passage.party == side]
        if own:
            chances = table.probabilities(code, describe(own))
            told.append((side, _likeliest(chances, seen=True)))
    return told


_TELLS: Mapping[MeasureState, Evidence] = {
    "practised": "practised",
    "promised": "planned",
    "lapsed": "lacking",
    "lacking": "lacking",
}


def _since(status: MeasureState, mentions: Sequence[Mention]) -> str:
    """Return the day of the first mention after which every one but plans agrees with the status."""
    evidence = _TELLS.get(status)
    against = [one.date for one in mentions if one.evidence not in (evidence, "planned")]
    last = max(against, default="")
    agreeing = [one.date for one in mentions if one.evidence == evidence]
    return min((date for date in agreeing if date > last), default=max(agreeing, default=""))


def _is_patchy(coverage: Coverage) -> bool:
    """Tell whether the folder holds so little of what there was that what does not show says nothing."""
    rule = load_measure_words().coverage
    read, missing = sum(month.read for month in coverage.months), len(coverage.unseen)
    months = len({month.month for month in coverage.months})
    empty = months - len({month.month for month in coverage.months if month.read})
    if read < rule.papers or read < rule.pace * months or missing > rule.missing * (read + missing):
        return True
    by_chance = math.exp(-read / months)
    spread = math.sqrt(months * by_chance * (1 - by_chance))
    return empty > max(rule.empty * months, by_chance * months + rule.deviations * spread)


# --- mentions ------------------------------------------------------------------------------------


def _mention(saying: Saying) -> Mention:
    passage = saying.passage
    place = (passage.id, passage.document, passage.start, passage.end)
    date = saying.one.header.date
    return Mention(*place, date, passage.party, saying.found.evidence, _step(saying), saying.found.score)


def _step(saying: Saying) -> Step:
    """Return how far the measure has come where a passage speaks of it."""
    words = load_measure_words()
    match saying.found.evidence:
        case "practised":
            return "practised"
        case "lacking":
            return "lapsed" if words.tells_lapse(saying.text) else "complained"
        case "planned":
            if any(one.regex.search(saying.text) for one in words.institutes):
                return "instituted"
            agreed = saying.passage.party == "AB" or any(one.regex.search(saying.text) for one in words.promises)
            return "promised" if agreed else "proposed"
