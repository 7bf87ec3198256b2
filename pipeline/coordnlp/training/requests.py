"""Fit all that requests, disagreements and measures are told by, each dossier judged by what has not seen it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from coordnlp.analysis import Scorers
from coordnlp.stages.asks import AskTable
from coordnlp.stages.links import Linking
from coordnlp.stages.links.table import LinkKind
from coordnlp.training import asks, claims, links, measures
from coordnlp.training.dossiers import Annotated
from coordnlp.training.folds import fit_apart
from coordnlp.training.issues import fit_with_thresholds, tell
from coordnlp.training.surroundings import fit_looks, list_cases
from coordnlp.training.thresholds import best_threshold

_FOLDS = 6
# A missed answer accuses somebody, a wrong one only hides a row: recall of reactions counts so much more.
_MISSED = 1.2

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights fitted on all dossiers, and by dossier those fitted on all the others."""

    scorers: Scorers
    without: Mapping[str, Scorers]


def fit_scorers(dossiers: Sequence[Annotated]) -> Fitted:
    """Fit the second round of acts and the weights of asks, links, claims, issues and measures.

    Thresholds serve F1 on left-out dossiers for acts, asks and links, and precision for claims. The weights of a
    left-out dossier take the thresholds of all.

    Args:
        dossiers: As judges that had not seen them judged their passages.
    """
    sources = {one.name: "、".join(other.name for other in dossiers if other is not one) for one in dossiers}
    ask_samples = {one.name: list(asks.list_samples(one)) for one in dossiers}
    ask_tables = {name: asks.fit_ask_samples(_others(ask_samples, name), sources[name]) for name in sources}
    ask_cut = _ask_threshold(ask_samples, ask_tables)
    ask_tables = {name: _cut(table, ask_cut) for name, table in ask_tables.items()}
    link_samples = {one.name: list(links.list_samples(one, ask_tables[one.name])) for one in dossiers}
    linkings = _fit_linkings_apart(link_samples)
    cuts = {kind: _link_threshold(link_samples, linkings, kind) for kind in links.KINDS}
    every = "、".join(sources)
    linkings = {name: _cut_links(one, cuts) for name, one in linkings.items()}
    linked = {one.name: links.link(one, ask_tables[one.name], linkings[one.name]) for one in dossiers}
    cases = {one.name: list(claims.list_samples(one, linked[one.name])) for one in dossiers}
    claim_tables = {name: claims.fit_claims(_others(cases, name), sources[name]) for name in sources}
    least = claims.choose_thresholds(
        [
            (claim_tables[name].score(dict(zip(claim_tables[name].weight, one.values, strict=True))), one.status)
            for name in sources
            for one in cases[name]
        ]
    )
    issues, issues_without = fit_with_thresholds([tell(one) for one in dossiers], _FOLDS)
    look, looks = fit_looks({one.name: list_cases(one, linked[one.name]) for one in dossiers}, _FOLDS)
    status_samples = {one.name: list(measures.list_samples(one)) for one in dossiers}
    without = {
        name: Scorers(
            looks[name],
            ask_tables[name],
            linkings[name],
            claim_tables[name].model_copy(update=least),
            issues_without[name],
            measures.fit_statuses(_others(status_samples, name), sources[name]),
        )
        for name in sources
    }
    scorers = Scorers(
        look,
        _cut(asks.fit_ask_samples(_all(ask_samples), every), ask_cut),
        _cut_links(links.fit_linking(link_samples, every), cuts),
        claims.fit_claims(_all(cases), every).model_copy(update=least),
        issues,
        measures.fit_statuses(_all(status_samples), every),
    )
    return Fitted(scorers, without)


def _others(samples: Mapping[str, Sequence[S]], name: str) -> list[S]:
    return [one for other, own in samples.items() if other != name for one in own]


def _all(samples: Mapping[str, Sequence[S]]) -> list[S]:
    return [one for own in samples.values() for one in own]


def _cut(table: AskTable, threshold: float) -> AskTable:
    return table.model_copy(update={"threshold": threshold})


def _fit_linkings_apart(samples: Mapping[str, Sequence[links.Sample]]) -> dict[str, Linking]:
    """Return by dossier what was fitted on others: a sixth is left out at a time, as for the judges."""
    return fit_apart(
        list(samples),
        _FOLDS,
        lambda names: links.fit_linking({name: samples[name] for name in names}, "、".join(names)),
    )


def _cut_links(linking: Linking, cuts: Mapping[LinkKind, float]) -> Linking:
    table = linking.table
    cut = {
        "reaction": table.reaction.model_copy(update={"threshold": cuts["reaction"]}),
        "urge": table.urge.model_copy(update={"threshold": cuts["urge"]}),
    }
    return replace(linking, table=table.model_copy(update=cut))


def _ask_threshold(samples: Mapping[str, Sequence[asks.Sample]], tables: Mapping[str, AskTable]) -> float:
    scored = [(tables[name].score(values), holds) for name, own in samples.items() for values, holds in own]
    return best_threshold(np.array([score for score, _ in scored]), np.array([holds for _, holds in scored]))


def _link_threshold(
    samples: Mapping[str, Sequence[links.Sample]], linkings: Mapping[str, Linking], kind: LinkKind
) -> float:
    """Return the threshold by F over links of a request and a paper, each scored by its best passage."""
    best: dict[tuple[str, str, str], float] = defaultdict(float)
    true: dict[tuple[str, str, str], bool] = defaultdict(bool)
    for name, own in samples.items():
        some, values = links.take(own, kind)
        _, scores = linkings[name].score(kind, values, [one.key for one in some])
        for one, score in zip(some, scores.tolist(), strict=True):
            link = (name, *one.link)
            best[link] = max(best[link], score)
            true[link] |= one.holds(kind)
    beta = _MISSED if kind == "reaction" else 1.0
    return best_threshold(np.array(list(best.values())), np.array([true[link] for link in best]), beta)
