"""Settlements: later passages in which the two parties agree on an issue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.dates import find_dates
from coordnlp.features import scaled_odds, share_of_best
from coordnlp.features.lookup import Lookup
from coordnlp.reasons import weigh
from coordnlp.records import Passage
from coordnlp.stages.disagreements.features import RESOLUTION
from coordnlp.stages.disagreements.occasions import list_positions_taken
from coordnlp.stages.disagreements.pairs import weigh_pairs
from coordnlp.stages.disagreements.table import IssueTable
from coordnlp.stages.disagreements.words import load_disagreement_words

# From this probability of an agreement or a settlement on a passage is weighed; below it, where it has words of one.
_MAY_AGREE = 0.05
_ASKS = 0.1
# So many characters behind an occasion, about two sentences, an agreement is half as close as right behind it.
_FAR_BEHIND = 60
_NEAREST = 2
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
    agreements = [one for one in list_positions_taken(lookup.parsed) if _may_agree(one, lookup)]
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


def _may_agree(passage: Passage, lookup: Lookup) -> bool:
    annotation = lookup.annotations[passage.id]
    agrees, asks = annotation.score("agreement"), annotation.score("request")
    # Who asks for consent has none yet. Of 125 gold settlements none reads like a request.
    if asks >= max(_ASKS, agrees, annotation.settles):
        return False
    if max(agrees, annotation.settles) >= _MAY_AGREE:
        return True
    text = lookup.documents[passage.document].words(passage)
    return any(one.regex.search(text) for some in load_disagreement_words().settling.values() for one in some)


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
    features, every_two = weigh_pairs([*passages, *agreements], lookup, table.pair)
    some, others = slice(len(passages)), slice(len(passages), None)
    near = _mean_of_nearest(every_two[some, others], groups)
    alike = sum(_mean_of_nearest(features[name][some, others], groups) for name in ("alike", "alike_nearby"))
    of_issue, of_agreement = (share_of_best(np.where(may, near, 0.0), axis) for axis in (1, 0))
    alike_of_issue, alike_of_agreement = (share_of_best(np.where(may, alike, 0.0), axis) for axis in (1, 0))
    return {
        "near": near,
        "near_all": np.array([every_two[some, others][group].mean(axis=0) for group in groups]),
        "nearest_for_issue": of_issue,
        "nearest_issue": of_agreement,
        "nearest_of_both": of_issue * of_agreement,
        "most_alike_of_both": alike_of_issue * alike_of_agreement,
    }


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
    }


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
