"""Fit the judges of passages: for a user on all material, and for each dossier on all others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from coordnlp.classifiers import Classifier, Convolution
from coordnlp.errors import ConfigurationError
from coordnlp.nlp import Models
from coordnlp.nlp.judges import ACTS, EVIDENCE, MEASURES
from coordnlp.taxonomy import Taxonomy
from coordnlp.training.calibration import calibrate
from coordnlp.training.linear import fit_weights
from coordnlp.training.passages import Labelled
from coordnlp.training.problems import Problem, Problems, Recipes, pose

_FOLDS = 6
_INSTALL = '请运行 pip install "coordnlp[train]"（在源码目录里是 pip install -e ".[train]"）。'


@dataclass(frozen=True)
class Margins:
    """What judges say of the rows of a problem that they have not seen; 0 of rows that all have seen.

    Attributes:
        linear, heard: Of the classifier and of the convolution, of shape (n, m).
    """

    linear: np.ndarray
    heard: np.ndarray


@dataclass(frozen=True)
class Judges:
    """Judges fitted on all dossiers but some, for every part of the dossiers.

    Attributes:
        parts: The dossiers left out with what was fitted on the others, not yet calibrated.
        margins: What judges say of the rows of every problem of a linear classifier, by its name. They calibrate: the
            judge of a dossier by those of the other dossiers, the one that ships by all.
    """

    problems: Problems
    recipes: Recipes
    parts: Sequence[tuple[Sequence[str], Models]]
    margins: Mapping[str, Margins]

    @cached_property
    def without(self) -> Mapping[str, Models]:
        """Judges by dossier that have not seen it."""
        return {
            name: models for held, fitted in self.parts for models in [self._calibrate(fitted, held)] for name in held
        }

    def fit_all(self) -> Models:
        """Fit on all material."""
        return self._calibrate(_fit(self.problems, self.recipes), [])

    def _calibrate(self, models: Models, held: Sequence[str]) -> Models:
        """Return judges calibrated on what was said of dossiers that were left out, but for these."""
        judged = [name for names, _ in self.parts for name in names if name not in held]
        found: dict[str, Classifier] = {}
        for name, problem in self.problems.linear.items():
            rows = np.flatnonzero(problem.graded & np.isin(problem.sources, judged))
            told = self.margins[name]
            found[name] = calibrate(getattr(models, name), problem.take(rows), told.linear[rows], told.heard[rows])
        return Models(found[ACTS], found[MEASURES], found[EVIDENCE], models.convolution)


def fit_judges(
    rows: Sequence[Labelled],
    names: Sequence[str],
    recipes: Recipes,
    taxonomy: Taxonomy,
    *,
    folds: int = _FOLDS,
    parts: int | None = None,
    others: int | None = None,
    heard: Sequence[Convolution] = (),
    on_stage: Callable[[str], None] = lambda _: None,
) -> Judges:
    """Fit judges for each dossier on the others; sets that belong to no dossier are always there.

    Args:
        rows: Labelled passages of the dossiers and of sets.
        names: Of the dossiers, dealt out one by one into so many parts.
        folds: So many parts.
        parts: So many of them, two or more, are left out in turn, from the first on, for a trial; None for all.
        others: From so many of the other dossiers is learnt, the next ones in order; None for all.
        heard: Convolutions that were fitted on the same rows, by part; the recipes of the others change nothing there.

    Raises:
        ConfigurationError: The extra `train` is not installed.
    """
    problems = pose(rows, recipes, taxonomy)
    margins = {name: _no_margins(one) for name, one in problems.linear.items()}
    count = min(folds if parts is None else parts, folds, len(names))
    fitted: list[tuple[Sequence[str], Models]] = []
    for at in range(count):
        on_stage(f"学习判断句子：留出第 {at + 1}/{count} 部分")
        held = names[at::folds]
        following = [name for name in (*names[at:], *names[:at]) if name not in held]
        unseen = [*held, *(following[others:] if others is not None else [])]
        models = _fit(problems.without(unseen), recipes, heard[at] if heard else None)
        _hear(problems, models, held, margins)
        fitted.append((held, models))
    return Judges(problems, recipes, fitted, margins)


def _fit(problems: Problems, recipes: Recipes, heard: Convolution | None = None) -> Models:
    """Fit all judges on all rows, but for a convolution that there is; they are not calibrated yet."""
    fitted = {name: fit_weights(one, getattr(recipes, name)) for name, one in problems.linear.items()}
    return Models(
        fitted[ACTS], fitted[MEASURES], fitted[EVIDENCE], heard or _fit_convolution(problems.convolution, recipes)
    )


def _fit_convolution(problem: Problem, recipes: Recipes) -> Convolution:
    try:
        from coordnlp.training.convolution import fit_convolution
    except ImportError as error:
        raise ConfigurationError("训练要先装 torch。", _INSTALL) from error
    return fit_convolution(problem, recipes.convolution)


def _hear(problems: Problems, models: Models, held: Sequence[str], margins: Mapping[str, Margins]) -> None:
    """Put down what judges say of the rows of the dossiers that they have not seen."""
    every = problems.convolution
    rows = np.flatnonzero(np.isin(every.sources, held))
    heard = np.zeros((len(every.samples), len(models.convolution.labels)))
    heard[rows] = models.convolution.margins([every.samples[at] for at in rows.tolist()])
    for name, problem in problems.linear.items():
        judge: Classifier = getattr(models, name)
        out = np.flatnonzero(np.isin(problem.sources, held))
        margins[name].linear[out] = judge.margins(judge.encode([problem.samples[at] for at in out.tolist()]))
        margins[name].heard[out] = models.hear(heard[problem.at[out]], judge)


def _no_margins(problem: Problem) -> Margins:
    return Margins(np.zeros(problem.truth.shape), np.zeros(problem.truth.shape))
