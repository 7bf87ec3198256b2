"""Issues: the occasions of one question gathered, and what became of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coordnlp.features.lookup import Lookup
from coordnlp.ids import make_id, normalise
from coordnlp.names import Names
from coordnlp.records import Event, Issue, IssueStatus, Occasion, Passage, Request
from coordnlp.stages.disagreements.occasions import find_occasions, in_any_paper, surest_by_paper
from coordnlp.stages.disagreements.pairs import Pairs, gather, pair_passages
from coordnlp.stages.disagreements.positions import list_positions
from coordnlp.stages.disagreements.settlements import Settlement, find_settlements, list_candidates
from coordnlp.stages.disagreements.table import IssueScorer

_LONGEST_LABEL = 40
_LONGEST_QUOTE = 16
# Two issues whose occasions are on one question with this share of the probability that joins are a border case.
_NEAR = 0.8
# From this probability on that the two differ in at least two papers, an issue has come back: .7 costs 2 of 100 of them
# (mostly settled ones, which have few papers) and is right somewhat more often.
_RECURRING = 0.4
# From this probability on that they differ in a paper behind the settlement, it is open again.
_REOPENED = 0.5


def find_issues(
    lookup: Lookup, requests: Sequence[Request], events: Iterable[Event], names: Names, scorer: IssueScorer
) -> list[Issue]:
    """Find what the two parties disagree about: one issue a question, with its occasions and its settlement.

    Occasions are gathered by average linkage over learned probabilities that two of them are of one question: by
    themselves, and by the others that each is near to.

    Returns:
        Issues by the date of their first occasion.
    """
    table = scorer.table
    passages = find_occasions(lookup.parsed, lookup.annotations, table.occasion)
    if not passages:
        return []
    pairs = pair_passages(passages, lookup, table.pair, scorer.company)
    groups = gather(pairs.same, table.pair.threshold)
    candidates = list_candidates(passages, groups, lookup, table)
    settled = find_settlements(candidates, table)
    make = _Maker(passages, pairs, lookup, names, _requests_by_passage(requests, events))
    issues = [make.issue(group, settled.get(at)) for at, group in enumerate(groups)]
    near = _border_cases(groups, issues, pairs)
    return sorted(
        (replace(issue, near=near[issue.id]) for issue in issues),
        key=lambda issue: (issue.occasions[0].date, issue.id),
    )


def _requests_by_passage(requests: Sequence[Request], events: Iterable[Event]) -> Mapping[str, frozenset[str]]:
    """Return by passage the requests that it asks for or that it is an event of."""
    found: dict[str, set[str]] = defaultdict(set)
    for request in requests:
        found[request.passage].add(request.id)
    for event in events:
        found[event.passage].add(event.request)
    return {passage: frozenset(ids) for passage, ids in found.items()}


def _border_cases(
    groups: Sequence[Sequence[int]], issues: Sequence[Issue], pairs: Pairs
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return by issue those that came near to being joined with it, the nearest first."""
    near: dict[str, list[tuple[str, float]]] = {issue.id: [] for issue in issues}
    for at, group in enumerate(groups):
        for to in range(at):
            mean = pairs.mean(group, groups[to])
            if mean >= _NEAR * pairs.weights.threshold:
                near[issues[at].id].append((issues[to].id, round(mean, 3)))
                near[issues[to].id].append((issues[at].id, round(mean, 3)))
    return {id: tuple(sorted(some, key=lambda one: (-one[1], one[0]))) for id, some in near.items()}


@dataclass(frozen=True)
class _Maker:
    """Makes the record of an issue from a group of passages."""

    passages: Sequence[Passage]
    pairs: Pairs
    lookup: Lookup
    names: Names
    about: Mapping[str, frozenset[str]]

    def issue(self, group: Sequence[int], settled: Settlement | None) -> Issue:
        # What settles an issue is no occasion of it.
        group = [n for n in group if settled is None or self.passages[n].id != settled.passage.id]
        order = sorted(group, key=lambda n: self.lookup.place(self.passages[n]))
        occasions = tuple(self._occasion(n, group) for n in order)
        scores = np.array([one.score for one in occasions])
        same = self.pairs.same[np.ix_(order, order)]
        typical = order[int(np.argmax(np.round(same.mean(axis=1) * scores, 6)))]
        resolution = self._resolution(settled) if settled else None
        passages = [self.passages[n] for n in order]
        ends = [*passages, *([settled.passage] if settled else [])]
        return Issue(
            id=make_id("I", self.lookup.documents[passages[0].document].header.id, normalise(self._words(passages[0]))),
            label=_shorten(self._words(self.passages[typical]), _LONGEST_LABEL),
            occasions=occasions,
            status=tell_status(occasions, resolution),
            recurring=len({one.date for one in occasions}) > 1 and come_back(occasions) >= _RECURRING,
            resolution=resolution,
            requests=tuple(sorted({id for passage in passages for id in self.about.get(passage.id, ())})),
            score=round(float(scores.mean() * same.mean()), 3),
            positions=tuple(list_positions(ends, self.lookup, self.names)),
            measures=tuple(self._measures(passages)),
        )

    def _words(self, passage: Passage) -> str:
        return self.lookup.documents[passage.document].words(passage)

    def _date(self, passage: Passage) -> str:
        return self.lookup.documents[passage.document].header.date

    def _occasion(self, n: int, group: Sequence[int]) -> Occasion:
        passage = self.passages[n]
        score = self.lookup.annotations[passage.id].score("disagreement")
        return _record(passage, self._date(passage), score, tuple(self._why(n, group, score)))

    def _why(self, n: int, group: Sequence[int], score: float) -> Iterator[str]:
        """Yield why a passage is an occasion, and what binds it to the nearest other one of its issue."""
        yield f"读来像分歧 {score:.2f}"
        others = [other for other in group if other != n]
        if others:
            nearest = max(others, key=lambda other: (round(float(self.pairs.same[n, other]), 6), -other))
            passage = self.passages[nearest]
            quote = _shorten(self._words(passage), _LONGEST_QUOTE)
            yield f"与 {self._date(passage)} 的“{quote}”像同一件事 {self.pairs.same[n, nearest]:.2f}"
            yield from self.pairs.reasons(n, nearest)

    def _resolution(self, settled: Settlement) -> Occasion:
        return _record(settled.passage, self._date(settled.passage), settled.score, settled.reasons)

    def _measures(self, passages: Sequence[Passage]) -> list[str]:
        found = Counter(
            one.code
            for passage in passages
            for one in self.lookup.annotations[passage.id].measures
            if one.level == "found"
        )
        return sorted(found, key=lambda code: (-found[code], code))


def come_back(occasions: Iterable[Occasion]) -> float:
    """Return how likely it is that at least two papers hold a disagreement, were the judgements independent.

    A paper counts by its surest occasion: one that is no disagreement after all must not make an issue recur.
    """
    none, one_alone = 1.0, 0.0
    for score in surest_by_paper((one.document, one.score) for one in occasions):
        none, one_alone = none * (1 - score), one_alone * (1 - score) + none * score
    return 1 - none - one_alone


def _record(passage: Passage, date: str, score: float, reasons: tuple[str, ...]) -> Occasion:
    place = (passage.id, passage.document, passage.start, passage.end)
    return Occasion(*place, date, passage.party, round(score, 3), reasons)


def tell_status(occasions: Sequence[Occasion], resolution: Occasion | None) -> IssueStatus:
    """Tell what became of an issue; what a paper says behind its own settlement is no new quarrel."""
    if resolution is None:
        return "open"
    settled = (resolution.date, resolution.document)
    later = in_any_paper((one.document, one.score) for one in occasions if (one.date, one.document) > settled)
    return "reopened" if later >= _REOPENED else "resolved"


def _shorten(words: str, longest: int) -> str:
    """Return words on one line, cut at a comma or at the length."""
    line = re.sub(r"\s+", "", words)
    if len(line) <= longest:
        return line
    cut = max(line.rfind(mark, 12, longest) for mark in "，；,;")
    return line[: cut if cut > 0 else longest] + "…"
