"""Issues: the occasions of one question gathered, and what became of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features import scaled_odds
from coordnlp.features.lookup import Lookup, index_dossier
from coordnlp.ids import make_id, normalise
from coordnlp.records import Annotation, Event, Issue, IssueStatus, Occasion, Parsed, Passage, Request
from coordnlp.stages.disagreements.features import PAIR, RESOLUTION, measure_pairs
from coordnlp.stages.disagreements.occasions import find_agreements, find_occasions
from coordnlp.stages.disagreements.table import IssueTable, PairWeights
from coordnlp.stages.disagreements.words import load_disagreement_words

_LONGEST_LABEL = 40
# From this probability of an agreement on a passage is weighed as a settlement.
_MAY_AGREE = 0.1
_NEAREST = 2


def find_issues(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    requests: Sequence[Request],
    events: Iterable[Event],
    table: IssueTable,
) -> list[Issue]:
    """Find what the two parties disagree about: one issue a question, with its occasions and its settlement.

    Occasions are gathered by average linkage over learned probabilities that two of them are of one question.

    Args:
        parsed: In order of date.

    Returns:
        Issues by the date of their first occasion.
    """
    passages = find_occasions(parsed, annotations, table.occasion)
    if not passages:
        return []
    lookup = index_dossier(parsed, annotations)
    about = _requests_by_passage(requests, events)
    same = pair_probabilities(passages, lookup, table.pair)
    groups = gather(same, table.pair.threshold)
    candidates = list_candidates(parsed, annotations, passages, groups, lookup, table)
    settled = _settlements(candidates, table)
    issues = [
        _issue([passages[n] for n in group], same[np.ix_(group, group)], settled.get(at), lookup, about)
        for at, group in enumerate(groups)
    ]
    return sorted(issues, key=lambda issue: (issue.occasions[0].date, issue.id))


def _requests_by_passage(requests: Sequence[Request], events: Iterable[Event]) -> Mapping[str, frozenset[str]]:
    """Return by passage the requests that it asks for or that it is an event of."""
    found: dict[str, set[str]] = defaultdict(set)
    for request in requests:
        found[request.passage].add(request.id)
    for event in events:
        found[event.passage].add(event.request)
    return {passage: frozenset(ids) for passage, ids in found.items()}


def pair_probabilities(passages: Sequence[Passage], lookup: Lookup, weights: PairWeights) -> np.ndarray:
    """Return how likely each two of n passages are on one question, of shape (n, n), 1.0 on the diagonal."""
    features = measure_pairs(passages, lookup)
    total = weights.bias + sum(weights.weight[name] * features[name] for name in PAIR)
    same: np.ndarray = 1 / (1 + np.exp(-total))
    np.fill_diagonal(same, 1.0)
    return same


def gather(same: np.ndarray, least: float) -> list[list[int]]:
    """Return groups of passages by average linkage (Sokal & Michener 1958) down to a mean probability.

    Returns:
        Lists of ordinals in order, by their first.
    """
    if len(same) < 2:
        return [[at] for at in range(len(same))]
    from scipy.cluster.hierarchy import average, fcluster
    from scipy.spatial.distance import squareform

    # Rounded, so that the last bit of a sum decides nothing.
    distance = np.round(1 - (same + same.T) / 2, 6)
    np.fill_diagonal(distance, 0.0)
    labels = fcluster(average(squareform(distance, checks=False)), 1 - least, "distance")
    groups: dict[int, list[int]] = defaultdict(list)
    for at, label in enumerate(labels.tolist()):
        groups[label].append(at)
    return sorted(groups.values())


# --- settlements ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may settle an issue, by the ordinal of its group, with the features of `RESOLUTION`."""

    group: int
    passage: Passage
    values: Mapping[str, float]


def list_candidates(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    passages: Sequence[Passage],
    groups: Sequence[Sequence[int]],
    lookup: Lookup,
    table: IssueTable,
) -> list[Candidate]:
    """Return for every issue the later passages that read like an agreement, with how near they come to it."""
    agreements = find_agreements(parsed, annotations, _MAY_AGREE)
    if not agreements:
        return []
    both = pair_probabilities([*passages, *agreements], lookup, table.pair)
    near = both[: len(passages), len(passages) :]
    return list(_candidates(passages, agreements, groups, near, annotations, lookup))


def _candidates(
    passages: Sequence[Passage],
    agreements: Sequence[Passage],
    groups: Sequence[Sequence[int]],
    near: np.ndarray,
    annotations: Mapping[str, Annotation],
    lookup: Lookup,
) -> Iterator[Candidate]:
    for at, group in enumerate(groups):
        first = min(_place(passages[n], lookup) for n in group)
        papers = {passages[n].document for n in group}
        for j, passage in enumerate(agreements):
            if _place(passage, lookup) <= first or any(passages[n].id == passage.id for n in group):
                continue
            shares = sorted(near[group, j], reverse=True)
            annotation = annotations[passage.id]
            closest, agrees = float(np.mean(shares[:_NEAREST])), scaled_odds(annotation.score("agreement"))
            text = lookup.documents[passage.document].words(passage)
            values = {
                "agrees": agrees,
                "answers": scaled_odds(annotation.score("answer")),
                "disagrees": scaled_odds(annotation.score("disagreement")),
                "settles": float(any(one.regex.search(text) for one in load_disagreement_words().settles)),
                "of_both": float(passage.party == "AB"),
                "near": closest,
                "near_all": float(np.mean(shares)),
                "same_paper": float(passage.document in papers),
                "agrees_and_near": agrees * closest,
            }
            yield Candidate(at, passage, {name: round(values[name], 3) for name in RESOLUTION})


def _settlements(candidates: Iterable[Candidate], table: IssueTable) -> dict[int, tuple[Passage, float]]:
    """Return the best settlement of each issue that has one; a passage settles the issue that it fits best."""
    best: dict[int, tuple[float, Candidate]] = {}
    for one in candidates:
        score = table.resolution.score(one.values)
        if score >= table.resolution.threshold and (one.group not in best or score > best[one.group][0]):
            best[one.group] = (score, one)
    return {group: (one.passage, score) for group, (score, one) in best.items()}


# --- records -------------------------------------------------------------------------------------


def _issue(
    passages: Sequence[Passage],
    same: np.ndarray,
    settled: tuple[Passage, float] | None,
    lookup: Lookup,
    about: Mapping[str, frozenset[str]],
) -> Issue:
    order = sorted(range(len(passages)), key=lambda n: _place(passages[n], lookup))
    scores = {n: lookup.annotations[passages[n].id].score("disagreement") for n in order}
    occasions = tuple(_occasion(passages[n], scores[n], lookup) for n in order)
    resolution = _occasion(*settled, lookup) if settled else None
    typical = passages[max(order, key=lambda n: (round(float(same[n].mean()) * scores[n], 6), -n))]
    first = passages[order[0]]
    document = lookup.documents[first.document]
    return Issue(
        id=make_id("I", document.header.id, normalise(document.words(first))),
        label=shorten(lookup.documents[typical.document].words(typical)),
        occasions=occasions,
        status=_status(occasions, resolution),
        recurring=len({one.date for one in occasions}) > 1 and len({one.document for one in occasions}) > 1,
        resolution=resolution,
        requests=tuple(sorted({id for passage in passages for id in about.get(passage.id, ())})),
        score=round(float(np.mean(list(scores.values())) * same.mean()), 3),
    )


def _status(occasions: Sequence[Occasion], resolution: Occasion | None) -> IssueStatus:
    if resolution is None:
        return "open"
    settled = (resolution.date, resolution.document, resolution.start)
    later = [one for one in occasions if one.date > resolution.date or _follows(one, settled)]
    return "reopened" if later else "resolved"


def _follows(one: Occasion, settled: tuple[str, str, int]) -> bool:
    """Tell whether an occasion stands behind the settlement in the same paper."""
    return (one.date, one.document) == settled[:2] and one.start > settled[2]


def _occasion(passage: Passage, score: float, lookup: Lookup) -> Occasion:
    date = lookup.documents[passage.document].header.date
    return Occasion(passage.id, passage.document, passage.start, passage.end, date, passage.party, round(score, 3))


def _place(passage: Passage, lookup: Lookup) -> tuple[str, str, int]:
    header = lookup.documents[passage.document].header
    return header.date, header.id, passage.start


def shorten(words: str) -> str:
    """Return words on one line, cut at a comma or at 40 characters."""
    line = re.sub(r"\s+", "", words)
    if len(line) <= _LONGEST_LABEL:
        return line
    cut = max(line.rfind(mark, 12, _LONGEST_LABEL) for mark in "，；,;")
    return line[: cut if cut > 0 else _LONGEST_LABEL] + "…"
