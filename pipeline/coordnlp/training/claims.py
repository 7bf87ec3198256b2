"""Fit the weights by which a claim that a request is open is rated (`requests/claims.toml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.gold.matching import Span, match_spans
from coordnlp.names import load_voices
from coordnlp.settings import load_settings
from coordnlp.stages.asks import AskTable, find_requests
from coordnlp.stages.links import LinkTable, link_requests
from coordnlp.stages.lives import OPEN, ClaimTable, list_cases
from coordnlp.stages.lives.features import FEATURES, evaluate
from coordnlp.training.dossiers import Annotated

# Of the claims that the dashboard makes, so many hold on left-out dossiers.
_PRECISION = 0.8


@dataclass(frozen=True, slots=True)
class Sample:
    """A request that a run takes for open: its features, and whether gold has an open item there."""

    values: tuple[float, ...]
    holds: bool


def list_samples(dossier: Annotated, asks: AskTable, links: LinkTable) -> Iterator[Sample]:
    """Yield the open requests of a dossier as the tables find them; they must not have been fitted on it."""
    settings, day = load_settings(), dt.date.fromisoformat(dossier.gold.as_of)
    parsed = [one for one in dossier.parsed if one.header.date <= dossier.gold.as_of]
    words = {one.header.id: one for one in parsed}
    found = find_requests(parsed, dossier.annotations, dossier.names, load_voices(), dossier.teams, settings, asks)
    linked = link_requests(parsed, dossier.annotations, found, dossier.names, settings, links)
    requests = linked.requests
    gold = dossier.gold.requests
    pairs = match_spans(
        [[Span(one.file, one.quote), *(Span(also.file, also.quote) for also in one.also)] for one in gold],
        [
            Span(words[one.document].header.file, words[one.document].document.plain[one.start : one.end])
            for one in requests
        ],
    )
    truth = {requests[j].id: gold[i] for i, j in pairs}
    for case in list_cases(parsed, requests, linked.events, linked.ties, day):
        item = truth.get(case.request.id)
        yield Sample(tuple(evaluate(case).values()), item is not None and item.status in OPEN)


def fit_claims(samples: Sequence[Sample], source: str, threshold: float) -> ClaimTable:
    """Fit a logistic regression on the open requests of dossiers."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.array([one.values for one in samples]), np.array([one.holds for one in samples]))
    return ClaimTable(
        source=source,
        bias=round(float(model.intercept_[0]), 2),
        threshold=threshold,
        weight={name: round(float(weight), 2) for name, weight in zip(FEATURES, model.coef_[0], strict=True)},
    )


def choose_threshold(scores: Sequence[float]) -> float:
    """Return the least score above which, as the scores themselves foretell, enough claims hold.

    The scores are probabilities of left-out dossiers; their mean over the claims is steadier than counting hits, which
    jumps with every single one.
    """
    order = sorted(scores, reverse=True)
    total, least = 0.0, _PRECISION
    for count, score in enumerate(order, 1):
        total += score
        if total / count < _PRECISION:
            break
        least = score
    return round(least, 2)
