"""What the judges of passages are to learn: labelled passages as rows of truth, and the recipes for fitting them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from coordnlp.classifiers import Sample
from coordnlp.nlp import JUDGED_ACTS, SETTLES
from coordnlp.nlp.judges import ACTS, EVIDENCE, MEASURES
from coordnlp.records import Evidence
from coordnlp.tables import Table, load_table
from coordnlp.taxonomy import Taxonomy
from coordnlp.training.passages import Answer, Labelled

_KINDS: tuple[Evidence, ...] = get_args(Evidence)
# What the judge of acts learns.
_LEARNT = (*JUDGED_ACTS, SETTLES)
_UNKNOWN = -1


class Recipe(Table):
    """How one classifier is fitted; what each entry means: `lexicons/classifiers.toml`."""

    cost: float
    own: float
    contrast: float
    balance: float
    sources: int
    blocks: dict[str, float]


class ConvolutionRecipe(Table):
    """How the convolution is fitted.

    Attributes:
        vector: Numbers of a character or pair.
        pairs, least: The most frequent pairs that are known, and how often a character or a pair must stand.
        widths, filters: Characters that a filter of the passage spans, and filters of each width.
        before: Filters over the passage before, of three characters.
        facts, units: Units that read the facts, and all that was read.
        vector_dropout, dropout: Shares of the vectors, and of what was read, that are left out at random.
        rounds, batch, rate, decay: Of AdamW (Loshchilov & Hutter 2019); the rate rises to this and falls again.
    """

    contrast: float
    vector: int
    pairs: int
    least: int
    widths: tuple[int, ...]
    filters: int
    before: int
    facts: int
    units: int
    vector_dropout: float
    dropout: float
    rounds: int
    batch: int
    rate: float
    decay: float


class Recipes(Table):
    """`lexicons/classifiers.toml`."""

    source: str
    acts: Recipe
    measures: Recipe
    evidence: Recipe
    convolution: ConvolutionRecipe


def load_recipes() -> Recipes:
    """Load `lexicons/classifiers.toml`."""
    return load_table("classifiers", Recipes)


@dataclass(frozen=True)
class Problem:
    """What one model is to learn.

    Attributes:
        samples, sources: n of each.
        at: Of shape (n,): the labelled passage that a row is of.
        weights: Of shape (n,): how much a row counts.
        truth: Of shape (n, m): 1 where a label holds, 0 where not, -1 where nobody knows.
        graded: Of shape (n,): the row stands in a dossier, in true proportion.
    """

    labels: tuple[str, ...]
    samples: Sequence[Sample]
    sources: Sequence[str]
    at: np.ndarray
    weights: np.ndarray
    truth: np.ndarray
    graded: np.ndarray

    def take(self, rows: np.ndarray) -> Problem:
        """Return the problem of some rows."""
        return Problem(
            self.labels,
            [self.samples[at] for at in rows],
            [self.sources[at] for at in rows],
            self.at[rows],
            self.weights[rows],
            self.truth[rows],
            self.graded[rows],
        )

    def outside(self, sources: Iterable[str]) -> np.ndarray:
        """Return the rows that are of none of these sources."""
        return np.flatnonzero(~np.isin(self.sources, list(sources)))


@dataclass(frozen=True)
class Problems:
    """What the three classifiers and the convolution are to learn; the convolution, of every labelled passage."""

    acts: Problem
    measures: Problem
    evidence: Problem
    convolution: Problem

    @property
    def linear(self) -> Mapping[str, Problem]:
        """The problems of the linear classifiers, by name."""
        return {ACTS: self.acts, MEASURES: self.measures, EVIDENCE: self.evidence}

    def without(self, sources: Iterable[str]) -> Problems:
        """Return the problems of the rows that are of none of these sources."""
        sources = list(sources)
        posed = (*self.linear.values(), self.convolution)
        return Problems(*(one.take(one.outside(sources)) for one in posed))


def pose(rows: Sequence[Labelled], recipes: Recipes, taxonomy: Taxonomy) -> Problems:
    """Pose all problems; measures are those of which there are rows."""
    told = {label for row in rows if row.measures for label in row.measures.yes}
    codes = tuple(one.code for one in taxonomy.measure if one.code in told)
    return Problems(
        _pose(rows, _LEARNT, recipes.acts.contrast, lambda row: row.acts),
        _pose(rows, codes, recipes.measures.contrast, lambda row: row.measures),
        _pose_evidence(rows, recipes.evidence.contrast),
        _pose_all(rows, codes, recipes.convolution.contrast),
    )


def _pose(
    rows: Sequence[Labelled], labels: tuple[str, ...], contrast: float, asked: Callable[[Labelled], Answer | None]
) -> Problem:
    told = [at for at, row in enumerate(rows) if asked(row)]
    return _build(rows, told, labels, [_truth(asked(rows[at]), labels) for at in told], contrast)


def _pose_evidence(rows: Sequence[Labelled], contrast: float) -> Problem:
    """Pose the problem of evidence: a row for every measure of a passage."""
    pairs = [(at, code, evidence) for at, row in enumerate(rows) for code, evidence in sorted(row.evidence.items())]
    truth = [[int(one == evidence) for one in _KINDS] for _, _, evidence in pairs]
    posed = _build(rows, [at for at, *_ in pairs], _KINDS, truth, contrast)
    return replace(
        posed, samples=[replace(one, about=code) for one, (_, code, _) in zip(posed.samples, pairs, strict=True)]
    )


def _pose_all(rows: Sequence[Labelled], codes: tuple[str, ...], contrast: float) -> Problem:
    truth = [
        [
            *_truth(row.acts, _LEARNT),
            *_truth(row.measures, codes),
            *(int(one in row.evidence.values()) if row.evidence else _UNKNOWN for one in _KINDS),
        ]
        for row in rows
    ]
    return _build(rows, range(len(rows)), (*_LEARNT, *codes, *_KINDS), truth, contrast)


def _build(
    rows: Sequence[Labelled], told: Sequence[int], labels: tuple[str, ...], truth: Sequence[list[int]], contrast: float
) -> Problem:
    asked = [rows[at] for at in told]
    return Problem(
        labels=labels,
        samples=[row.sample for row in asked],
        sources=[row.source for row in asked],
        at=np.array(told, dtype=int),
        weights=np.array([contrast if row.source.startswith("contrast/") else 1.0 for row in asked]),
        truth=np.array(truth, dtype=np.int8).reshape(len(asked), len(labels)),
        graded=np.array([row.graded for row in asked], dtype=bool),
    )


def _truth(answer: Answer | None, labels: Sequence[str]) -> list[int]:
    return [number(answer.holds(label)) if answer else _UNKNOWN for label in labels]


def number(holds: bool | None) -> int:
    """Return 1 for what holds, 0 for what does not, -1 for what nobody knows."""
    return _UNKNOWN if holds is None else int(holds)
