"""Fit the weights by which a later passage is linked to a request (`lexicons/links.toml`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.gold.records import REACTIONS
from coordnlp.records import Request
from coordnlp.stages.links.dossiers import index_dossier
from coordnlp.stages.links.features import FEATURES, evaluate
from coordnlp.stages.links.outcomes import judge_outcome
from coordnlp.stages.links.pairs import pair_passages
from coordnlp.stages.links.table import LinkTable, LinkWeights, load_link_table
from coordnlp.training.dossiers import Annotated, overlaps


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair of a gold request and a later passage.

    Attributes:
        values: Of the features, in their order.
        urge: It would be an urge, not a reaction.
        positive: Gold has an event of that kind there.
        link: The request and the file that it would join.
    """

    values: tuple[float, ...]
    urge: bool
    positive: bool
    link: tuple[str, str]


def list_samples(dossier: Annotated) -> Iterator[Sample]:
    """Yield the pairs of a dossier's gold requests and later passages."""
    events = {item.id: item.events for item in dossier.gold.requests}
    lookup = index_dossier(dossier.parsed, dossier.annotations)
    for pair in pair_passages(lookup, list(_gold_requests(dossier)), dossier.names):
        outcome = judge_outcome(pair, lookup)
        if outcome is None:
            continue
        wanted = {"urge"} if outcome == "urge" else REACTIONS
        positive = any(
            event.type in wanted and event.file == pair.header.file and overlaps(event.quote, pair.text)
            for event in events[pair.request.id]
        )
        values = tuple(evaluate(pair).values())
        yield Sample(values, outcome == "urge", positive, (pair.request.id, pair.header.file))


def _gold_requests(dossier: Annotated) -> Iterator[Request]:
    for item in dossier.gold.requests:
        if found := dossier.find(item.file, item.quote):
            one, passage = found
            place = (one.header.id, passage.id, passage.start, passage.end, one.header.date)
            yield Request(item.id, item.kind, item.asker, item.asked, *place, None, 1.0)


def fit_links(dossiers: Sequence[Annotated]) -> LinkTable:
    """Fit a logistic regression for reactions and one for urges; their thresholds are those that ship."""
    samples = [sample for dossier in dossiers for sample in list_samples(dossier)]
    shipped = load_link_table()
    source = "、".join(dossier.name for dossier in dossiers)
    return LinkTable(
        reaction=_fit([one for one in samples if not one.urge], shipped.reaction, source),
        urge=_fit([one for one in samples if one.urge], shipped.urge, source),
    )


def _fit(samples: Sequence[Sample], shipped: LinkWeights, source: str) -> LinkWeights:
    from sklearn.linear_model import LogisticRegression

    values, truth = np.array([one.values for one in samples]), np.array([one.positive for one in samples])
    model = LogisticRegression(C=3.0, max_iter=2000).fit(values, truth)
    weights = zip(FEATURES, model.coef_[0], strict=True)
    return shipped.model_copy(
        update={
            "source": source,
            "bias": round(float(model.intercept_[0]), 2),
            "weight": {name: round(float(weight), 2) for name, weight in weights},
        }
    )
