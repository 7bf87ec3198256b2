"""Settlements: later passages in which the two parties agree on an issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features import scaled_odds
from coordnlp.features.lookup import Lookup
from coordnlp.records import Annotation, Parsed, Passage
from coordnlp.stages.disagreements.features import RESOLUTION
from coordnlp.stages.disagreements.occasions import find_agreements
from coordnlp.stages.disagreements.pairs import pair_passages
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
    both = pair_passages([*passages, *agreements], lookup, table.pair)
    near = both.same[: len(passages), len(passages) :]
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
        first = min(lookup.place(passages[n]) for n in group)
        papers = {passages[n].document for n in group}
        for j, passage in enumerate(agreements):
            if lookup.place(passage) <= first or any(passages[n].id == passage.id for n in group):
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


def find_settlements(candidates: Iterable[Candidate], table: IssueTable) -> dict[int, Settlement]:
    """Return by group the passage that settles its issue most surely, for the issues that have one."""
    best: dict[int, Settlement] = {}
    for one in candidates:
        score = table.resolution.score(one.values)
        if score >= table.resolution.threshold and (one.group not in best or score > best[one.group].score):
            told = table.resolution.telling(one.values)[:_REASONS]
            reasons = tuple(f"{RESOLUTION[name]} {share:+.1f}" for name, share in told)
            best[one.group] = Settlement(one.passage, score, reasons)
    return best
