"""Fit the weights by which a later passage is linked to a request (`requests/links.toml`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast, get_args

import numpy as np

from coordnlp.gold.records import REACTIONS
from coordnlp.names import load_voices
from coordnlp.networks import Network
from coordnlp.records import EventType, Request
from coordnlp.settings import load_settings
from coordnlp.stages.asks import AskTable, find_requests
from coordnlp.stages.links import Linked, link_requests
from coordnlp.stages.links.courses import Saying, follow_courses, saying
from coordnlp.stages.links.features import REACTION, URGE, evaluate, key_of
from coordnlp.stages.links.outcomes import OUTCOME, describe_outcome
from coordnlp.stages.links.pair import Pair
from coordnlp.stages.links.pairs import pair_passages
from coordnlp.stages.links.rivals import compare_with_rivals
from coordnlp.stages.links.table import (
    Key,
    Linking,
    LinkKind,
    LinkTable,
    LinkWeights,
    OutcomeWeights,
    ReactionWeights,
    UrgeWeights,
)
from coordnlp.training.dossiers import Annotated, overlaps
from coordnlp.training.folds import fit_apart
from coordnlp.training.networks import fit_network, small_folders

KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
# Of the tables whose scores the second round learns from.
_FOLDS = 5
# From this score on a passage may be a reaction; a claim that nothing came takes it into account.
_POSSIBLE = 0.03
L = TypeVar("L", bound=LinkWeights)


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair of a gold request and a later passage.

    Attributes:
        reaction, urge: Values of the features of each part, in their order; `urge` is () where the voice cannot urge.
        types: Of the gold events that stand there.
    """

    pair: Pair
    reaction: tuple[float, ...]
    urge: tuple[float, ...]
    types: frozenset[EventType]

    @property
    def link(self) -> tuple[str, str]:
        """The request and the file that it would join."""
        return self.pair.request.id, self.pair.header.file

    @property
    def key(self) -> Key:
        """What it competes by: the ids of its request, paper and passage."""
        return key_of(self.pair)

    def holds(self, kind: LinkKind) -> bool:
        """Tell whether gold has a link of a kind there."""
        return "urge" in self.types if kind == "urge" else self.type is not None

    @property
    def type(self) -> EventType | None:
        """What reaction it is, the first by name where gold has two; None for none."""
        return min((kind for kind in self.types if kind in REACTIONS), default=None)


def list_samples(dossier: Annotated, asks: AskTable) -> Iterator[Sample]:
    """Yield the pairs of requests and later passages: of gold's requests, and of those that a run takes for requests.

    Nothing happened to these, whatever their words; they are among the rivals of a true one, as in a run.

    Args:
        asks: Finds requests; must not have been fitted on the dossier.
    """
    events = {item.id: item.events for item in dossier.gold.requests}
    lookup = dossier.index()
    requests = list(_gold_requests(dossier))
    requests += _false_requests(dossier, asks, {one.passage for one in requests})
    for pair in pair_passages(lookup, requests, dossier.names):
        types = frozenset(
            event.type
            for event in events.get(pair.request.id, ())
            if event.file == pair.header.file and overlaps(event.quote, pair.text)
        )
        yield Sample(
            pair=pair,
            reaction=tuple(evaluate(pair, REACTION).values()),
            urge=tuple(evaluate(pair, URGE).values()) if pair.may_urge else (),
            types=types,
        )


def _gold_requests(dossier: Annotated) -> Iterator[Request]:
    for item in dossier.gold.requests:
        if found := dossier.find(item.file, item.quote):
            one, passage = found
            place = (one.header.id, passage.id, passage.start, passage.end, one.day_of(passage))
            also = [other[1].id for told in item.also if (other := dossier.find(told.file, told.quote))]
            yield Request(item.id, item.kind, item.asker, item.asked, *place, None, 1.0, also=tuple(also))


def _false_requests(dossier: Annotated, asks: AskTable, known: Collection[str]) -> list[Request]:
    """Return what a run would take for requests and gold knows nothing of, but for passages that are known."""
    parsed, names, teams = dossier.parsed, dossier.names, dossier.teams
    found = find_requests(parsed, dossier.annotations, names, load_voices(), teams, load_settings(), asks)
    true = dossier.match_requests(found)
    return [one for at, one in enumerate(found) if at not in true and one.passage not in known and one.date]


def link(dossier: Annotated, asks: AskTable, linking: Linking) -> Linked:
    """Find and link the requests of a dossier on which neither table was fitted."""
    settings, parsed = load_settings(), dossier.written
    found = find_requests(parsed, dossier.annotations, dossier.names, load_voices(), dossier.teams, settings, asks)
    return link_requests(dossier.index(parsed), found, dossier.names, settings, linking)


def fit_linking(samples: Mapping[str, Sequence[Sample]], source: str) -> Linking:
    """Fit both rounds on the pairs of dossiers; thresholds for a link are 0.5.

    The second round learns from first scores of tables that had not seen the dossier, as it will meet them.
    """
    table = _fit_table(_of(samples, samples), source)
    apart = fit_apart(list(samples), _FOLDS, lambda names: _fit_table(_of(samples, names), source) if names else table)
    linking = Linking(table, *(_fit_network(samples, apart, kind) for kind in KINDS))
    outcome = _fit_outcome(samples, {name: replace(linking, table=one) for name, one in apart.items()})
    return replace(linking, table=table.model_copy(update={"outcome": outcome}))


def take(samples: Sequence[Sample], kind: LinkKind) -> tuple[list[Sample], list[tuple[float, ...]]]:
    """Return the samples that may be of a kind, and their features of it."""
    some = [one for one in samples if kind == "reaction" or one.urge]
    return some, [one.reaction if kind == "reaction" else one.urge for one in some]


def _fit_network(samples: Mapping[str, Sequence[Sample]], apart: Mapping[str, LinkTable], kind: LinkKind) -> Network:
    matrices, holds = [], list[bool]()
    for name, own in samples.items():
        part = apart[name].reaction if kind == "reaction" else apart[name].urge
        for some, values in (take(samples_, kind) for samples_ in [own, *_in_small_folders(own)]):
            if some:
                first = 1 / (1 + np.exp(-part.totals(np.array(values))))
                matrices.append(np.hstack([np.array(values), compare_with_rivals(first, [one.key for one in some])]))
                holds += [one.holds(kind) for one in some]
    return fit_network(np.vstack(matrices), np.array(holds))


def _of(samples: Mapping[str, Sequence[Sample]], names: Iterable[str]) -> list[Sample]:
    return [one for name in names for one in samples[name]]


def _in_small_folders(samples: Sequence[Sample]) -> list[list[Sample]]:
    """Return the samples of a few requests at a time."""
    requests = sorted({one.key[0] for one in samples})
    parts = [{requests[at] for at in part} for part in small_folders(len(requests))]
    return [[one for one in samples if one.key[0] in part] for part in parts]


def _fit_table(samples: Sequence[Sample], source: str) -> LinkTable:
    urging = [one for one in samples if one.urge]
    reacts, urges = [one.holds("reaction") for one in samples], [one.holds("urge") for one in urging]
    return LinkTable(
        source=source,
        reaction=_fit(ReactionWeights, REACTION, [one.reaction for one in samples], reacts),
        urge=_fit(UrgeWeights, URGE, [one.urge for one in urging], urges),
        outcome={},
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


def _fit_outcome(
    samples: Mapping[str, Sequence[Sample]], linkings: Mapping[str, Linking]
) -> dict[EventType, OutcomeWeights]:
    """Fit what reactions are by what stands there and by the course of their requests, as `linkings` score it."""
    from sklearn.linear_model import LogisticRegression

    rows, types = [], list[EventType]()
    for name, own in samples.items():
        reactions, urges = (_sayings(own, kind, linkings[name]) for kind in KINDS)
        courses = follow_courses([one for one in reactions if one], [one for one in urges if one])
        told = iter(courses.tolist())
        for one, found in zip(own, reactions, strict=True):
            course = next(told) if found else None
            if one.type and course:
                rows.append(list(describe_outcome(one.pair, course).values()))
                types.append(one.type)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(np.array(rows), np.array(types))
    return {
        cast(EventType, str(kind)): OutcomeWeights(
            bias=round(float(bias), 2),
            weight={name: round(float(weight), 2) for name, weight in zip(OUTCOME, weights, strict=True)},
        )
        for kind, bias, weights in zip(model.classes_, model.intercept_, model.coef_, strict=True)
    }


def _sayings(samples: Sequence[Sample], kind: LinkKind, linking: Linking) -> list[Saying | None]:
    """Return of each sample what it says in the course of its request, None where it hardly bears on it.

    A reaction of gold always does: what it is must be learnt of those, too, that are hard to link.
    """
    some, values = take(samples, kind)
    _, scores = linking.score(kind, values, [one.key for one in some])
    found = {
        id(one): saying(one.pair, score)
        for one, score in zip(some, scores.tolist(), strict=True)
        if score >= _POSSIBLE or (kind == "reaction" and one.type)
    }
    return [found.get(id(one)) for one in samples]
