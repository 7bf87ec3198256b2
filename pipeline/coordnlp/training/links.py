"""Fit the weights by which a later passage is linked to a request (`requests/links.toml`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np

from coordnlp.features.lookup import index_dossier
from coordnlp.gold.records import REACTIONS
from coordnlp.records import EventType, Request
from coordnlp.stages.links.features import REACTION, URGE, evaluate
from coordnlp.stages.links.outcomes import OUTCOME, describe_outcome
from coordnlp.stages.links.pairs import pair_passages
from coordnlp.stages.links.table import LinkTable, LinkWeights, OutcomeWeights, ReactionWeights, UrgeWeights
from coordnlp.training.dossiers import Annotated, overlaps

# From this score on a passage may be a reaction; a claim that nothing came takes it into account.
_POSSIBLE = 0.03
L = TypeVar("L", bound=LinkWeights)


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


def fit_link_samples(samples: Sequence[Sample], source: str) -> LinkTable:
    """Fit the table of links on the pairs of dossiers; its thresholds for a link are 0.5."""
    urging = [one for one in samples if one.urge]
    reacts, urges = [one.type is not None for one in samples], ["urge" in one.types for one in urging]
    return LinkTable(
        source=source,
        reaction=_fit(ReactionWeights, REACTION, [one.reaction for one in samples], reacts),
        urge=_fit(UrgeWeights, URGE, [one.urge for one in urging], urges),
        outcome=_fit_outcome([one for one in samples if one.type]),
    )


def _fit(schema: type[L], features: Collection[str], values: Sequence[Sequence[float]], holds: Sequence[bool]) -> L:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=5000).fit(np.array(values), np.array(holds))
    weights = zip(features, model.coef_[0], strict=True)
    return schema(
        bias=round(float(model.intercept_[0]), 2),
        threshold=0.5,
        possible=_POSSIBLE,
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
