"""Fit what settles a disagreement (`resolution` in `requests/issues.toml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features.lookup import Lookup
from coordnlp.records import Passage
from coordnlp.stages.disagreements.features import RESOLUTION
from coordnlp.stages.disagreements.settlements import list_candidates
from coordnlp.stages.disagreements.table import IssueScorer, ResolutionWeights
from coordnlp.training.dossiers import overlaps
from coordnlp.training.folds import fit_apart
from coordnlp.training.thresholds import best_threshold

# A settled quarrel that is still called open is gone over once more; what is called settled wrongly says why, with its
# quote: recall counts somewhat more than precision.
_MISSED = 1.2
NO_SETTLEMENTS = ResolutionWeights(bias=0.0, threshold=1.0, weight=dict.fromkeys(RESOLUTION, 0.0))


@dataclass(frozen=True, slots=True)
class SettlementCase:
    """A passage that may settle an issue.

    Attributes:
        issue: The ordinal of the issue in its dossier.
        found: The issue is as a run finds it, not as gold has it.
        values: Features in the order of `RESOLUTION`.
        holds: Whether gold says that the passage settles it.
    """

    issue: int
    found: bool
    values: tuple[float, ...]
    holds: bool


def list_cases(
    lookup: Lookup,
    passages: Sequence[Passage],
    groups: Sequence[Sequence[int]],
    words: Sequence[tuple[str, str] | None],
    scorer: IssueScorer,
    *,
    found: bool = False,
) -> list[SettlementCase]:
    """Return the passages that may settle some issues.

    Args:
        groups: Of each issue the ordinals of its occasions among the passages.
        words: Of each issue the file and the words that settle it; None where nothing does.
        scorer: Fitted on other dossiers.
    """
    cases = []
    for one in list_candidates(passages, groups, lookup, scorer.table):
        document = lookup.documents[one.passage.document]
        file, quote = words[one.group] or ("", "")
        holds = file == document.header.file and overlaps(quote, document.words(one.passage))
        cases.append(SettlementCase(one.group, found, tuple(one.values[name] for name in RESOLUTION), holds))
    return cases


def fit_settlements(
    cases: Mapping[str, Sequence[SettlementCase]], folds: int
) -> tuple[ResolutionWeights, Mapping[str, ResolutionWeights]]:
    """Return the weights fitted on all dossiers, and by dossier those fitted on others; the threshold is common.

    They learn from gold issues and from found ones: in gold, what settles is never taken for an occasion, too, and no
    issue is in pieces, so that weights of gold alone trust both too far.

    Args:
        cases: Of every dossier, by weights that had not seen it.
        folds: So many parts are left out in turn.
    """
    without = fit_apart(list(cases), folds, lambda names: _fit(case for name in names for case in cases[name]))
    best = [pair for name, some in cases.items() for pair in _best_found(some, without[name])]
    scores, holds = np.array([score for score, _ in best]), np.array([right for _, right in best])
    threshold = best_threshold(scores, holds, _MISSED)

    def cut(weights: ResolutionWeights) -> ResolutionWeights:
        return weights.model_copy(update={"threshold": threshold})

    return cut(_fit(case for some in cases.values() for case in some)), {
        name: cut(weights) for name, weights in without.items()
    }


def _fit(cases: Iterable[SettlementCase]) -> ResolutionWeights:
    from sklearn.linear_model import LogisticRegression

    cases = list(cases)
    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.array([one.values for one in cases]), np.array([one.holds for one in cases]))
    return ResolutionWeights(
        bias=round(float(model.intercept_[0]), 2),
        threshold=1.0,
        weight={name: round(float(weight), 2) for name, weight in zip(RESOLUTION, model.coef_[0], strict=True)},
    )


def _best_found(cases: Sequence[SettlementCase], weights: ResolutionWeights) -> list[tuple[float, bool]]:
    """Return for every found issue the score of its likeliest settlement, and whether it is the right one."""
    best: dict[int, tuple[float, bool]] = {}
    for one in cases:
        if one.found:
            score = weights.score(dict(zip(RESOLUTION, one.values, strict=True)))
            best[one.issue] = max(best.get(one.issue, (0.0, False)), (score, one.holds))
    return list(best.values())
