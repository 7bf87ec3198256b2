"""Settlements: later passages in which the two parties agree on an issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features import scaled_odds
from coordnlp.features.lookup import Lookup
from coordnlp.reasons import weigh
from coordnlp.records import Passage
from coordnlp.stages.disagreements.features import RESOLUTION
from coordnlp.stages.disagreements.occasions import find_agreements
from coordnlp.stages.disagreements.pairs import weigh_pairs
from coordnlp.stages.disagreements.table import IssueTable
from coordnlp.stages.disagreements.words import load_disagreement_words

# From this probability of an agreement on a passage is weighed as a settlement.
_MAY_AGREE = 0.1
_NEAREST = 2
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
    """Return for every issue the later passages that read like an agreement, with how near they come to it.

    Args:
        passages: Occasions.
        groups: Of each issue the ordinals of its occasions.
    """
    agreements = find_agreements(lookup.parsed, lookup.annotations, _MAY_AGREE)
    if not agreements or not groups:
        return []
    # An agreement keeps no company of its own: it is near to an occasion by itself.
    _, every_two = weigh_pairs([*passages, *agreements], lookup, table.pair)
    both = every_two[: len(passages), len(passages) :]
    shares = [np.sort(both[group, :], axis=0)[::-1] for group in groups]
    near = np.array([one[:_NEAREST].mean(axis=0) for one in shares])
    every = np.array([one.mean(axis=0) for one in shares])
    may = np.array([[_may_settle(one, [passages[n] for n in group], lookup) for one in agreements] for group in groups])
    near_may = np.where(may, near, 0.0)
    ranks = _share_of_best(near_may, axis=1) * _share_of_best(near_may, axis=0)
    return [
        Candidate(
            at,
            agreements[j],
            _values(agreements[j], [passages[n] for n in groups[at]], lookup)
            | _nearness(agreements[j], float(near[at, j]), float(every[at, j]), float(ranks[at, j]), lookup),
        )
        for at, j in np.argwhere(may).tolist()
    ]


def _may_settle(passage: Passage, occasions: Sequence[Passage], lookup: Lookup) -> bool:
    """Tell whether a passage stands behind the first occasion of an issue and is none of them."""
    first = min(lookup.place(one) for one in occasions)
    return lookup.place(passage) > first and all(one.id != passage.id for one in occasions)


def _share_of_best(near: np.ndarray, axis: int) -> np.ndarray:
    """Return each value as a share of the greatest of its row (axis 1) or column (axis 0)."""
    share: np.ndarray = near / np.maximum(near.max(axis=axis, keepdims=True), 1e-6)
    return share


def _nearness(passage: Passage, closest: float, every: float, rank: float, lookup: Lookup) -> dict[str, float]:
    agrees = scaled_odds(lookup.annotations[passage.id].score("agreement"))
    values = {"near": closest, "near_all": every, "agrees_and_near": agrees * closest, "nearest_of_both": rank}
    return {name: round(value, 3) for name, value in values.items()}


def _values(passage: Passage, occasions: Sequence[Passage], lookup: Lookup) -> dict[str, float]:
    """Return the features of a candidate that do not hang on nearness."""
    annotation, words = lookup.annotations[passage.id], load_disagreement_words()
    text = lookup.documents[passage.document].words(passage)
    here = [one for one in occasions if one.document == passage.document]
    values = {
        "agrees": scaled_odds(annotation.score("agreement")),
        "answers": scaled_odds(annotation.score("answer")),
        "disagrees": scaled_odds(annotation.score("disagreement")),
        "settles": float(any(one.regex.search(text) for one in words.settles)),
        "of_both": float(passage.party == "AB"),
        "same_paper": float(bool(here)),
        "beside": max((1 / (1 + abs(one.block - passage.block)) for one in here), default=0.0),
        "goes_on": float(any(one.start > passage.start for one in here)),
    }
    return {name: round(value, 3) for name, value in values.items()}


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
