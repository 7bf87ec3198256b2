"""Fit the weights by which a later passage is linked to a request (`lexicons/links.toml`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from coordnlp.gold.records import REACTIONS
from coordnlp.records import EventType, Request
from coordnlp.stages.links.dossiers import index_dossier
from coordnlp.stages.links.features import REACTION, URGE, evaluate
from coordnlp.stages.links.outcomes import OUTCOME, describe_outcome
from coordnlp.stages.links.pairs import pair_passages
from coordnlp.stages.links.table import LinkTable, LinkWeights, OutcomeWeights
from coordnlp.training.dossiers import Annotated, overlaps


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair of a gold request and a later passage.

    Attributes:
        reaction, urge, outcome: Values of the features of each part, in their order; `urge` is () where the voice
            cannot urge.
        types: Of the gold events that stand there.
        link: The request and the file that it would join.
    """

    reaction: tuple[float, ...]
    urge: tuple[float, ...]
    outcome: tuple[float, ...]
    types: frozenset[EventType]
    link: tuple[str, str]

    @property
    def type(self) -> EventType | None:
        """What reaction it is, the first by name where gold has two; None for none."""
        return min((kind for kind in self.types if kind in REACTIONS), default=None)


def list_samples(dossier: Annotated) -> Iterator[Sample]:
    """Yield the pairs of a dossier's gold requests and later passages."""
    events = {item.id: item.events for item in dossier.gold.requests}
    lookup = index_dossier(dossier.parsed, dossier.annotations)
    for pair in pair_passages(lookup, list(_gold_requests(dossier)), dossier.names):
        types = frozenset(
            event.type
            for event in events[pair.request.id]
            if event.file == pair.header.file and overlaps(event.quote, pair.text)
        )
        yield Sample(
            reaction=tuple(evaluate(pair, REACTION).values()),
            urge=tuple(evaluate(pair, URGE).values()) if pair.may_urge else (),
            outcome=tuple(describe_outcome(pair).values()),
            types=types,
            link=(pair.request.id, pair.header.file),
        )


def _gold_requests(dossier: Annotated) -> Iterator[Request]:
    for item in dossier.gold.requests:
        if found := dossier.find(item.file, item.quote):
            one, passage = found
            place = (one.header.id, passage.id, passage.start, passage.end, one.header.date)
            also = [other[1].id for told in item.also if (other := dossier.find(told.file, told.quote))]
            yield Request(item.id, item.kind, item.asker, item.asked, *place, None, 1.0, also=tuple(also))


def fit_links(dossiers: Sequence[Annotated]) -> LinkTable:
    """Fit logistic regressions for reactions, for urges, and for what a reaction is; thresholds are those that ship."""
    samples = [sample for dossier in dossiers for sample in list_samples(dossier)]
    source = "、".join(dossier.name for dossier in dossiers)
    urging = [one for one in samples if one.urge]
    return LinkTable(
        reaction=_fit(samples, lambda one: one.reaction, lambda one: one.type is not None, REACTION, source),
        urge=_fit(urging, lambda one: one.urge, lambda one: "urge" in one.types, URGE, source),
        outcome=_fit_outcome([one for one in samples if one.type]),
    )


def _fit(
    samples: Sequence[Sample],
    values: Callable[[Sample], Sequence[float]],
    holds: Callable[[Sample], bool],
    features: Mapping[str, object],
    source: str,
) -> LinkWeights:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.array([values(one) for one in samples]), np.array([holds(one) for one in samples]))
    weights = zip(features, model.coef_[0], strict=True)
    return LinkWeights(
        source=source,
        bias=round(float(model.intercept_[0]), 2),
        threshold=0.25,
        possible=0.03,
        weight={name: round(float(weight), 2) for name, weight in weights},
    )


def _fit_outcome(samples: Sequence[Sample]) -> dict[EventType, OutcomeWeights]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.array([one.outcome for one in samples]), np.array([one.type for one in samples]))
    return {
        cast(EventType, str(kind)): OutcomeWeights(
            bias=round(float(bias), 2),
            weight={name: round(float(weight), 2) for name, weight in zip(OUTCOME, weights, strict=True)},
        )
        for kind, bias, weights in zip(model.classes_, model.intercept_, model.coef_, strict=True)
    }
