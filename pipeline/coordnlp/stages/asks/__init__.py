"""Find: requests, commitments and assignments between the two parties, one record an ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coordnlp.features import Topics, topic_features
from coordnlp.ids import make_id, normalise
from coordnlp.names import Names, Voices
from coordnlp.reasons import weigh
from coordnlp.records import Annotation, Parsed, Request, Teams
from coordnlp.settings import Settings
from coordnlp.stages.asks.candidates import Candidate, list_candidates
from coordnlp.stages.asks.features import describe, evaluate
from coordnlp.stages.asks.table import AskTable, load_ask_table

__all__ = ["AskTable", "find_requests", "load_ask_table"]


@dataclass(frozen=True, slots=True)
class _Ask:
    """A candidate that scored high enough, with its reasons in words."""

    candidate: Candidate
    score: float
    reasons: tuple[str, ...]


def find_requests(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    names: Names,
    voices: Voices,
    teams: Teams,
    settings: Settings,
    table: AskTable,
) -> list[Request]:
    """Find what each party asked of the other, undertook or was given to do.

    An ask that repeats an earlier one of the same direction is not listed again: with words of urging it is left to
    the linking of urges, without them it is kept in `also` of the first.

    Args:
        parsed: In order of date.

    Returns:
        Requests by (date, document, offset).
    """
    asks = [
        ask
        for one in parsed
        for candidate in list_candidates(one, annotations, names, voices)
        if (ask := _judge(candidate, table))
    ]
    # A chat of months may begin before the papers that stand before its last day.
    return _with_ids(_first_tellings(sorted(asks, key=_day), settings), teams)


def _judge(candidate: Candidate, table: AskTable) -> _Ask | None:
    values = evaluate(candidate.sentence)
    score = table.score(values)
    if score < table.threshold:
        return None
    reasons = tuple(weigh(describe(name, candidate.sentence), share) for name, share in table.telling(values))
    return _Ask(candidate, score, reasons)


def _first_tellings(asks: Sequence[_Ask], settings: Settings) -> list[tuple[_Ask, tuple[str, ...]]]:
    """Keep the first telling of every ask, with the passages that tell it again."""
    if not asks:
        return []
    texts = [topic_features(ask.candidate.sentence.text) for ask in asks]
    topics = Topics(texts)
    weights = topics.weigh(texts)
    near = topics.containment(weights, weights)
    limits = settings.thresholds
    first: list[int] = []
    also: dict[int, list[str]] = {}
    for j, later in enumerate(asks):
        earlier = [i for i in first if _may_repeat(asks[i], later)]
        best = max(earlier, key=lambda i: (min(near[i, j], near[j, i]), -i), default=None)
        urges = later.candidate.sentence.annotation.cue("urge") >= limits.urge
        if best is not None and urges and max(near[j, best], near[best, j]) >= limits.urge_topic:
            continue
        # The row of a table names in few words what a sentence had laid out.
        alike = max if later.candidate.sentence.passage.row else min
        if best is not None and alike(near[best, j], near[j, best]) >= limits.told_again:
            also.setdefault(best, []).append(later.candidate.sentence.passage.id)
            continue
        first.append(j)
    return [(asks[i], tuple(also.get(i, ()))) for i in first]


def _may_repeat(one: _Ask, later: _Ask) -> bool:
    return one.candidate.responsible == later.candidate.responsible and _day(one) <= _day(later)


def _day(ask: _Ask) -> str:
    return ask.candidate.one.day_of(ask.candidate.sentence.passage)


def _with_ids(found: Iterable[tuple[_Ask, tuple[str, ...]]], teams: Teams) -> list[Request]:
    seen: Counter[tuple[str, ...]] = Counter()
    requests = []
    for ask, also in found:
        made = ask.candidate
        # The id of a document is the hash of its key.
        document = made.one.header.id
        quote = normalise(made.sentence.text)
        parts = (made.kind, teams.name(made.asker), teams.name(made.asked), document, quote)
        seen[parts] += 1
        requests.append(_record(ask, make_id("Q", *parts, str(seen[parts])), also))
    return sorted(requests, key=lambda request: (request.date, request.document, request.start, request.id))


def _record(ask: _Ask, identity: str, also: tuple[str, ...]) -> Request:
    made = ask.candidate
    return Request(
        id=identity,
        kind=made.kind,
        asker=made.asker,
        asked=made.asked,
        document=made.one.header.id,
        passage=made.sentence.passage.id,
        start=made.start,
        end=made.end,
        date=_day(ask),
        due=made.due,
        score=round(ask.score, 3),
        reasons=ask.reasons,
        also=also,
    )
