"""What stands around the passages of a document, and what they were linked to, as numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import get_args

import numpy as np

from coordnlp.features import even_odds
from coordnlp.nlp import JUDGED_ACTS
from coordnlp.records import Annotation, Bearing, EventType, Header, Kind, Passage, Request

# So many characters are a long sentence.
_LONG = 100
_KINDS: tuple[Kind, ...] = get_args(Kind)
_OUTCOMES: tuple[EventType, ...] = ("answer", "partial_answer", "acknowledgement", "refusal")
# To so many requests a paper reacts in one sentence, at most.
_MANY = 3
_PLACES = {"before": -1, "after": 1, "second_before": -2, "second_after": 2}

NAMES: tuple[str, ...] = (
    *(f"{place}_{act}" for place in ("own", *_PLACES, "around") for act in JUDGED_ACTS),
    *(f"kind_{kind}" for kind in _KINDS),
    *("asks", "reacts", "reactions", "urges", *(f"reacts_by_{outcome}" for outcome in _OUTCOMES)),
    *(
        "of_both",
        "of_sender",
        "of_either",
        "in_talk",
        "in_table",
        "is_label",
        "length",
        "first",
        "new_voice",
        "voice_ends",
    ),
)
"""The features of a passage among those around it, in order."""


def first_scores(passages: Sequence[Passage], annotations: Mapping[str, Annotation]) -> np.ndarray:
    """Return what the judge made of n passages, of shape (n, acts)."""
    return np.array([[annotations[one.id].score(act) for act in JUDGED_ACTS] for one in passages])


def asking_passages(requests: Iterable[Request]) -> frozenset[str]:
    """Return the ids of the passages that make requests, or tell them again."""
    return frozenset(id for one in requests for id in (one.passage, *one.also))


def describe_surroundings(
    passages: Sequence[Passage],
    header: Header,
    scores: np.ndarray,
    asking: Collection[str],
    bearings: Mapping[str, Bearing],
) -> np.ndarray:
    """Return the features `NAMES` of the n passages of one document.

    Args:
        passages: At least one, in order.
        scores: What the first round made of them, of shape (n, acts).
        asking: Ids of the passages that were found to make a request.
        bearings: By passage, of those that may bear on a request.

    Returns:
        Float array of shape (n, features): log-odds of all acts for the passage itself, for two before and two behind
        it, and the best of the others of its paragraph or turn, 0.0 where none stands there; facts of the document;
        what the passage was linked to; and facts of the passage. Odds on the scale of `even_odds`, the rest in [0, 1].
    """
    odds = even_odds(scores)
    columns = [
        odds,
        *(_shift(odds, by) for by in _PLACES.values()),
        _best_around(odds, [one.block for one in passages]),
    ]
    kinds = np.tile([float(header.kind == kind) for kind in _KINDS], (len(passages), 1))
    switches = [float(one.party != next_.party) for one, next_ in pairwise(passages)]
    facts = [
        [
            *_linked(one.id in asking, bearings.get(one.id, Bearing())),
            float(one.party == "AB"),
            float(one.party is not None and one.party == header.sender),
            float(one.party in ("A", "B")),
            float(one.turn is not None),
            float(one.row > 0),
            float(one.label),
            min(1.0, (one.end - one.start) / _LONG),
            float(at == 0),
            before,
            behind,
        ]
        for at, (one, before, behind) in enumerate(zip(passages, [0.0, *switches], [*switches, 0.0], strict=True))
    ]
    return np.hstack([*columns, kinds, np.array(facts)])


def _linked(asks: bool, bearing: Bearing) -> list[float]:
    reacts, urges = even_odds(np.array([bearing.reaction, bearing.urge])).tolist()
    shares = [bearing.reaction * bearing.outcomes.get(outcome, 0.0) for outcome in _OUTCOMES]
    return [float(asks), reacts, min(1.0, bearing.reactions / _MANY), urges, *shares]


def _shift(odds: np.ndarray, by: int) -> np.ndarray:
    """Return of every row the one so many places further on, zeros where the document ends."""
    shifted = np.zeros_like(odds)
    if by < 0:
        shifted[-by:] = odds[:by]
    else:
        shifted[:-by] = odds[by:]
    return shifted


def _best_around(odds: np.ndarray, blocks: Sequence[int]) -> np.ndarray:
    """Return of every row the greatest of the others of its block, 0.0 where it stands alone."""
    members: dict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        members[block].append(at)
    best = np.zeros_like(odds)
    for some in members.values():
        if len(some) > 1:
            own = odds[some]
            second, first = np.sort(own, axis=0)[-2:]
            is_first = own.argmax(axis=0)[None, :] == np.arange(len(some))[:, None]
            best[some] = np.where(is_first, second, first)
    return best
