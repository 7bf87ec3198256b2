"""Settlements: later passages in which the two parties agree on an issue."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.dates import find_dates
from coordnlp.features import scaled_odds, share_of_best
from coordnlp.features.lookup import Lookup
from coordnlp.reasons import weigh
from coordnlp.records import Passage
from coordnlp.stages.disagreements.features import RESOLUTION
from coordnlp.stages.disagreements.occasions import in_any_paper, list_positions_taken
from coordnlp.stages.disagreements.pairs import weigh_pairs
from coordnlp.stages.disagreements.table import IssueTable
from coordnlp.stages.disagreements.words import load_disagreement_words

# From this probability of a settlement on a passage is weighed: 224 of 230 gold ones, and four in ten of what the words
# of an agreement would add. What does not read like one at all settles nothing, however near it comes.
_MAY_SETTLE = 0.01
_ASKS = 0.1
# So many characters behind an occasion, about two sentences, an agreement is half as close as right behind it.
_FAR_BEHIND = 60
_NEAREST = 2
_CLAUSE_END = re.compile(r"[，,；;。：:]")
_SHORTEST_CLAUSE = 4  # characters
# A date of so many days more than one names a day; one of up to so many names a month and counts for less.
_A_DAY, _A_MONTH, _OF_A_MONTH = 3, 31, 0.6
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may settle an issue, by the ordinal of its group, with the features of `RESOLUTION`."""

    group: int
    passage: Passage
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Settlement:
    """The passage that settles an issue, with its score in [0, 1] and why in words."""

    passage: Passage
    score: float
    reasons: tuple[str, ...]


def list_candidates(
    passages: Sequence[Passage],
    groups: Sequence[Sequence[int]],
    lookup: Lookup,
    table: IssueTable,
) -> list[Candidate]:
    """Return for every issue the later passages that may settle it.

    One that is itself taken for an occasion is among them, of the same issue, too: 双方认为两头都是成因，今后不再争论.

    Args:
        passages: Occasions.
        groups: Of each issue the ordinals of its occasions.
    """
    agreements = [one for one in list_positions_taken(lookup.parsed) if _may_settle(one, lookup)]
    if not agreements or not groups:
        return []
    occasions = [[passages[n] for n in group] for group in groups]
    first = [min(lookup.place(one) for one in some) for some in occasions]
    may = np.array([[lookup.place(one) > begin for one in agreements] for begin in first])
    near = _measure_nearness(passages, groups, agreements, may, lookup, table)
    differing = frozenset(one.id for one in passages)
    named = [[days for one in some for days in _named_days(one, lookup)] for some in occasions]
    found = []
    for at, j in np.argwhere(may).tolist():
        values = _values(agreements[j], occasions[at], differing, lookup)
        values |= {name: float(matrix[at, j]) for name, matrix in near.items()}
        values["dated_later"] = _dated(lookup.place(agreements[j])[0], named[at])
        values |= {f"{name}_and_near": values[name] * values["near"] for name in ("agrees", "settles")}
        found.append(Candidate(at, agreements[j], {name: round(values[name], 3) for name in RESOLUTION}))
    return found


def _may_settle(passage: Passage, lookup: Lookup) -> bool:
    annotation = lookup.annotations[passage.id]
    # Who asks for consent has none yet. Of 125 gold settlements none reads like a request.
    asks = annotation.score("request") >= max(_ASKS, annotation.score("agreement"), annotation.settles)
    return annotation.settles >= _MAY_SETTLE and not asks


def _measure_nearness(
    passages: Sequence[Passage],
    groups: Sequence[Sequence[int]],
    agreements: Sequence[Passage],
    may: np.ndarray,
    lookup: Lookup,
    table: IssueTable,
) -> dict[str, np.ndarray]:
    """Return how near agreements come to issues, by feature, each of shape (issues, agreements).

    Args:
        may: Of the same shape: whether the agreement stands behind the first occasion of the issue.
    """
    # An agreement keeps no company of its own: it is near to an occasion by itself.
    _, every_two = weigh_pairs([*passages, *agreements], lookup, table.pair)
    some, others = slice(len(passages)), slice(len(passages), None)
    near = _mean_of_nearest(every_two[some, others], groups)
    of_issue, of_agreement = (share_of_best(np.where(may, near, 0.0), axis) for axis in (1, 0))
    return {
        "near": near,
        "near_all": np.array([every_two[some, others][group].mean(axis=0) for group in groups]),
        "nearest_for_issue": of_issue,
        "nearest_issue": of_agreement,
        "nearest_of_both": of_issue * of_agreement,
        **_measure_clauses(passages, groups, agreements, may, lookup),
    }


def _measure_clauses(
    passages: Sequence[Passage],
    groups: Sequence[Sequence[int]],
    agreements: Sequence[Passage],
    may: np.ndarray,
    lookup: Lookup,
) -> dict[str, np.ndarray]:
    """Return how alike a clause of each agreement and each issue are, and to no other more.

    One sentence may settle two issues, 桥由甲县修，场由乙县管，两县均同意: as a whole it is near to neither.
    """
    matter = load_disagreement_words().matter
    clauses = [
        (at, clause)
        for at, one in enumerate(agreements)
        for clause in _CLAUSE_END.split(matter(lookup.documents[one.document].words(one)))
        if len(clause) >= _SHORTEST_CLAUSE
    ]
    whose = np.array([at for at, _ in clauses], dtype=int)
    read = lookup.similarity.read
    issues, told = read([matter(lookup.nearby(one)) for one in passages]), read([clause for _, clause in clauses])
    alike = np.where(may[:, whose], _mean_of_nearest(lookup.similarity.between(issues, told), groups), 0.0)
    most = alike * share_of_best(alike, 0) * share_of_best(alike, 1)
    return {
        "clause_alike": _best_clause(alike, whose, len(agreements)),
        "clause_most_alike": _best_clause(most, whose, len(agreements)),
    }


def _best_clause(values: np.ndarray, whose: np.ndarray, count: int) -> np.ndarray:
    """Return the best of each agreement's clauses, of shape (issues, agreements); 0.0 of one without any."""
    best = np.zeros((len(values), count))
    np.maximum.at(best.T, whose, values.T)
    return best


def _mean_of_nearest(matrix: np.ndarray, groups: Sequence[Sequence[int]]) -> np.ndarray:
    """Return the mean of the nearest occasions of each issue, of shape (issues, agreements)."""
    return np.array([np.sort(matrix[group], axis=0)[::-1][:_NEAREST].mean(axis=0) for group in groups])


def _values(
    passage: Passage, occasions: Sequence[Passage], differing: frozenset[str], lookup: Lookup
) -> dict[str, float]:
    """Return the features of a candidate that do not hang on nearness in matter.

    Args:
        occasions: Of the issue.
        differing: Ids of the occasions of all issues.
    """
    annotation = lookup.annotations[passage.id]
    text = lookup.documents[passage.document].words(passage)
    here = [one for one in occasions if one.document == passage.document and one.id != passage.id]
    behind = [passage.start - one.start for one in here if one.start < passage.start]
    words = load_disagreement_words().settling
    return {
        "agrees": scaled_odds(annotation.score("agreement")),
        "settles": scaled_odds(annotation.settles),
        "answers": scaled_odds(annotation.score("answer")),
        "disagrees": scaled_odds(annotation.score("disagreement")),
        **{name: float(any(one.regex.search(text) for one in some)) for name, some in words.items()},
        "of_both": float(passage.party == "AB"),
        "still_differs": float(passage.id in differing),
        "differs_here": float(any(one.id == passage.id for one in occasions)),
        "same_paper": float(bool(here)),
        "beside": max((1 / (1 + abs(one.block - passage.block)) for one in here), default=0.0),
        "just_behind": _FAR_BEHIND / (_FAR_BEHIND + min(behind)) if behind else 0.0,
        "goes_on": float(any(one.start > passage.start for one in here)),
        "differs_later": _differs_later(passage, occasions, lookup),
    }


def _differs_later(passage: Passage, occasions: Sequence[Passage], lookup: Lookup) -> float:
    """Return how likely the two differ on the issue in a later paper: most of what ends a quarrel is its last word."""
    after = lookup.place(passage)[:2]
    later = [one for one in occasions if lookup.place(one)[:2] > after]
    return in_any_paper((one.document, lookup.annotations[one.id].score("disagreement")) for one in later)


@dataclass(frozen=True, slots=True)
class _NamedDays:
    """Days before it that an occasion names, 去年11月商定的, and how finely, in (0, 1]."""

    occasion: str
    first: str
    last: str
    fineness: float


def _named_days(occasion: Passage, lookup: Lookup) -> Iterator[_NamedDays]:
    document = lookup.documents[occasion.document]
    if not (written := document.header.date):
        return
    for one in find_dates(document.words(occasion), dt.date.fromisoformat(written), prefer="past"):
        if (length := (one.date - one.first).days) <= _A_MONTH:
            fineness = 1.0 if length <= _A_DAY else _OF_A_MONTH
            yield _NamedDays(written, one.first.isoformat(), one.date.isoformat(), fineness)


def _dated(date: str, named: Iterable[_NamedDays]) -> float:
    """Return how finely a later occasion names the day of a paper; 0 where none does."""
    later = [one for one in named if date < one.occasion]
    return max((one.fineness for one in later if one.first <= date <= one.last), default=0.0)


def find_settlements(candidates: Iterable[Candidate], table: IssueTable) -> dict[int, Settlement]:
    """Return by group the passage that settles its issue most surely, for the issues that have one."""
    best: dict[int, Settlement] = {}
    for one in candidates:
        score = table.resolution.score(one.values)
        if score >= table.resolution.threshold and (one.group not in best or score > best[one.group].score):
            told = table.resolution.telling(one.values)[:_REASONS]
            reasons = tuple(weigh(RESOLUTION[name], share) for name, share in told)
            best[one.group] = Settlement(one.passage, score, reasons)
    return best
