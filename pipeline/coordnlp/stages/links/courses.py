"""What else a folder holds on a request, around a passage and in the papers before and behind it.

What was pressed for later was hardly given before, and what comes after an answer is seldom the next one: so what a
reaction is hangs on the course of its request, beside its own words.

Source: stacked generalisation (Wolpert 1992), with the scores of the other pairs of a request as features.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features import even_odds
from coordnlp.stages.links.pair import Pair

# So many turns or paragraphs before, what a passage answers in talk may stand.
_CLOSE = 2

COURSE: tuple[str, ...] = (
    "urged_later",
    "urged_above",
    "urged_just_above",
    "urged_earlier",
    "reacted_earlier",
    "reacted_later",
    "reacted_above",
    "reacted_below",
)
"""Names of the features of a course: the likeliest urge and the likeliest other reaction in papers of a later and of
an earlier day, and above and below in the same paper."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A passage that may bear on a request.

    Attributes:
        step: Its turn in talk, elsewhere its paragraph.
        score: Probability that it does.
    """

    request: str
    date: str
    paper: str
    start: int
    step: int
    score: float


def saying(pair: Pair, score: float) -> Saying:
    """Return a pair as a step in the course of its request."""
    passage = pair.passage
    step = passage.block if passage.turn is None else passage.turn
    return Saying(pair.request.id, pair.date, pair.header.id, passage.start, step, score)


def follow_courses(reactions: Sequence[Saying], urges: Iterable[Saying]) -> np.ndarray:
    """Return the features `COURSE` of n possible reactions.

    Args:
        reactions: All of a folder.
        urges: All possible urges of the folder.

    Returns:
        Float array of shape (n, 8): probabilities on the scale of `even_odds`, -1.0 where there is none.
    """
    urged = _by_request(urges)
    reacted = _by_request(reactions)
    rows = [_around(one, reacted[one.request], urged.get(one.request, _NOTHING)) for one in reactions]
    return even_odds(np.array(rows).reshape(-1, len(COURSE)))


@dataclass(frozen=True)
class _Course:
    """The sayings on one request by paper, and the best score of each day."""

    by_paper: Mapping[str, Sequence[Saying]]
    by_day: Mapping[str, float]

    def best(self, *, before: str = "", after: str = "") -> float:
        """Return the best score of a day before or after one."""
        days = ((day, score) for day, score in self.by_day.items())
        return max((score for day, score in days if (day < before if before else day > after)), default=0.0)


_NOTHING = _Course({}, {})


def _by_request(sayings: Iterable[Saying]) -> dict[str, _Course]:
    grouped: dict[str, list[Saying]] = defaultdict(list)
    for one in sayings:
        grouped[one.request].append(one)
    return {request: _course(some) for request, some in grouped.items()}


def _course(sayings: Sequence[Saying]) -> _Course:
    papers: dict[str, list[Saying]] = defaultdict(list)
    days: dict[str, float] = {}
    for one in sayings:
        papers[one.paper].append(one)
        days[one.date] = max(days.get(one.date, 0.0), one.score)
    return _Course(papers, days)


def _around(one: Saying, reacted: _Course, urged: _Course) -> list[float]:
    above = [other for other in urged.by_paper.get(one.paper, ()) if other.start < one.start]
    near = [other for other in above if one.step - other.step <= _CLOSE]
    beside = reacted.by_paper[one.paper]
    return [
        urged.best(after=one.date),
        _best(above),
        _best(near),
        urged.best(before=one.date),
        reacted.best(before=one.date),
        reacted.best(after=one.date),
        _best(other for other in beside if other.start < one.start),
        _best(other for other in beside if other.start > one.start),
    ]


def _best(sayings: Iterable[Saying]) -> float:
    return max((one.score for one in sayings), default=0.0)
