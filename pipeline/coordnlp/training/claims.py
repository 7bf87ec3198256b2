"""Fit the weights by which a claim that a request is open is rated (`requests/claims.toml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.records import RequestStatus
from coordnlp.stages.links import Linked
from coordnlp.stages.lives import OPEN, ClaimTable, list_cases
from coordnlp.stages.lives.features import FEATURES, evaluate
from coordnlp.training.dossiers import Annotated

# Of the claims that the dashboard makes, so many should hold by their own scores (of the rows left out .87 do).
_PRECISION = 0.82
# And so many of those that say that nothing came at all (108 of 115 left out do).
_ACCUSING_PRECISION = 0.885


@dataclass(frozen=True, slots=True)
class Sample:
    """A request that a run takes for open: its features, its status, and whether gold has an open item there."""

    values: tuple[float, ...]
    status: RequestStatus
    holds: bool


def list_samples(dossier: Annotated, linked: Linked) -> Iterator[Sample]:
    """Yield the open requests of a dossier, as links that were not fitted on it leave them."""
    day = dt.date.fromisoformat(dossier.gold.as_of)
    parsed = dossier.written
    requests = linked.requests
    truth = {requests[at].id: item for at, item in dossier.match_requests(requests).items()}
    for case in list_cases(parsed, requests, linked.events, linked.ties, linked.closings, day):
        item = truth.get(case.request.id)
        yield Sample(tuple(evaluate(case).values()), case.status, item is not None and item.status in OPEN)


def fit_claims(samples: Sequence[Sample], source: str) -> ClaimTable:
    """Fit a logistic regression on the open requests of dossiers; every claim is made until thresholds are chosen."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.array([one.values for one in samples]), np.array([one.holds for one in samples]))
    return ClaimTable(
        source=source,
        bias=round(float(model.intercept_[0]), 2),
        threshold=0.0,
        accusing=0.0,
        weight={name: round(float(weight), 2) for name, weight in zip(FEATURES, model.coef_[0], strict=True)},
    )


def choose_thresholds(scored: Sequence[tuple[float, RequestStatus]]) -> Mapping[str, float]:
    """Return `threshold` and `accusing` of a table.

    Args:
        scored: The scores of claims on left-out dossiers, with the status that each says.
    """
    least = _least([score for score, _ in scored], _PRECISION)
    accusing = _least([score for score, status in scored if status == "unanswered"], _ACCUSING_PRECISION)
    return {"threshold": least, "accusing": round(max(0.0, accusing - least), 2)}


def _least(scores: Sequence[float], precision: float) -> float:
    """Return the least score above which, as the scores themselves foretell, enough claims hold.

    The scores are probabilities of left-out dossiers; their mean over the claims is steadier than counting hits, which
    jumps with every single one.
    """
    order = sorted(scores, reverse=True)
    total, least = 0.0, precision
    for count, score in enumerate(order, 1):
        total += score
        if total / count < precision:
            break
        least = score
    return round(least, 2)
