"""Fit the weights by which disagreements are found, gathered and settled (`requests/issues.toml`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.features.lookup import Lookup, index_dossier
from coordnlp.gold.matching import Span, match_spans
from coordnlp.records import Passage
from coordnlp.stages.disagreements.features import PAIR, RESOLUTION, measure_pairs
from coordnlp.stages.disagreements.occasions import find_occasions
from coordnlp.stages.disagreements.pairs import gather, pair_passages
from coordnlp.stages.disagreements.settlements import list_candidates
from coordnlp.stages.disagreements.table import IssueTable, PairWeights, ResolutionWeights
from coordnlp.training.dossiers import Annotated, overlaps
from coordnlp.training.thresholds import best_threshold

# Two missed occasions cost more than two wrong ones: what repeats is seen only where both are found.
_MISSED = 1.5
_GRID = np.round(np.arange(0.1, 0.61, 0.025), 3)


@dataclass(frozen=True)
class Told:
    """The gold occasions of a dossier on their passages.

    Attributes:
        passages: n passages, each with the issue that it is of in `issues`.
        resolutions: By issue, the words that settle it.
    """

    dossier: Annotated
    lookup: Lookup
    passages: Sequence[Passage]
    issues: Sequence[str]
    resolutions: Mapping[str, tuple[str, str]]

    def matrix(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the features of all pairs, of shape (pairs, features), and whether each is of one issue."""
        features = measure_pairs(self.passages, self.lookup)
        upper = np.triu_indices(len(self.passages), 1)
        names = np.array(self.issues)
        same = (names[:, None] == names[None, :])[upper]
        return np.column_stack([features[name][upper] for name in PAIR]), same


def tell(dossier: Annotated) -> Told:
    """Put the gold occasions of a dossier on passages."""
    found = [
        (issue.id, place[1])
        for issue in dossier.gold.disagreements
        for occasion in issue.occasions
        if (place := dossier.find(occasion.file, occasion.quote))
    ]
    once = {passage.id: (issue, passage) for issue, passage in found}
    settled = {
        issue.id: (issue.resolution.file, issue.resolution.quote)
        for issue in dossier.gold.disagreements
        if issue.resolution
    }
    return Told(
        dossier,
        index_dossier(dossier.parsed, dossier.annotations),
        [passage for _, passage in once.values()],
        [issue for issue, _ in once.values()],
        settled,
    )


def fit_issues(told: Sequence[Told], cuts: IssueTable | None = None) -> IssueTable:
    """Fit the pair scorer and the scorer of settlements on gold; thresholds are those of `cuts`, or 0.5."""
    from sklearn.linear_model import LogisticRegression

    rows, same = zip(*(one.matrix() for one in told if len(one.passages) > 1), strict=True)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(np.vstack(rows), np.concatenate(same))
    pair = PairWeights(
        bias=round(float(model.intercept_[0]), 2),
        threshold=cuts.pair.threshold if cuts else 0.5,
        weight={name: round(float(weight), 2) for name, weight in zip(PAIR, model.coef_[0], strict=True)},
    )
    source = "、".join(one.dossier.name for one in told)
    empty = ResolutionWeights(bias=0.0, threshold=0.5, weight=dict.fromkeys(RESOLUTION, 0.0))
    occasion = cuts.occasion if cuts else 0.5
    table = IssueTable(source=source, occasion=occasion, pair=pair, resolution=empty)
    samples = [sample for one in told for sample in settlings(one, table)]
    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.array([one.values for one in samples]), np.array([one.holds for one in samples]))
    settles = ResolutionWeights(
        bias=round(float(model.intercept_[0]), 2),
        threshold=cuts.resolution.threshold if cuts else 0.5,
        weight={name: round(float(weight), 2) for name, weight in zip(RESOLUTION, model.coef_[0], strict=True)},
    )
    return table.model_copy(update={"resolution": settles})


@dataclass(frozen=True, slots=True)
class Settling:
    """A passage that may settle a gold issue: the ordinal of the issue, its features, and whether gold says so."""

    issue: int
    values: tuple[float, ...]
    holds: bool


def _best_settlements(told: Told, table: IssueTable) -> list[tuple[float, bool]]:
    """Return for every gold issue the score of its likeliest settlement, and whether it is the right one."""
    best: dict[int, tuple[float, bool]] = {}
    for one in settlings(told, table):
        score = table.resolution.score(dict(zip(RESOLUTION, one.values, strict=True)))
        best[one.issue] = max(best.get(one.issue, (0.0, False)), (score, one.holds))
    return list(best.values())


def settlings(told: Told, table: IssueTable) -> list[Settling]:
    """Return the passages that may settle a gold issue, with whether gold says so."""
    names = sorted(set(told.issues))
    groups = [[at for at, issue in enumerate(told.issues) if issue == name] for name in names]
    dossier = told.dossier
    found = list_candidates(dossier.parsed, dossier.annotations, told.passages, groups, told.lookup, table)
    samples = []
    for one in found:
        document = told.lookup.documents[one.passage.document]
        file, quote = told.resolutions.get(names[one.group], ("", ""))
        holds = file == document.header.file and overlaps(quote, document.words(one.passage))
        samples.append(Settling(one.group, tuple(one.values[name] for name in RESOLUTION), holds))
    return samples


def fit_with_thresholds(told: Sequence[Told]) -> tuple[IssueTable, Mapping[str, IssueTable]]:
    """Return the table fitted on all dossiers, and by dossier the one fitted on the others; thresholds are common."""
    without = {one.dossier.name: fit_issues([other for other in told if other is not one]) for one in told}
    cuts = fit_issues(told)
    occasion = _occasion_threshold([one.dossier for one in told])
    pair = _pair_threshold(told, without)
    best = [pair for one in told for pair in _best_settlements(one, without[one.dossier.name])]
    settles = best_threshold(np.array([score for score, _ in best]), np.array([holds for _, holds in best]))
    cuts = cuts.model_copy(
        update={
            "occasion": occasion,
            "pair": cuts.pair.model_copy(update={"threshold": pair}),
            "resolution": cuts.resolution.model_copy(update={"threshold": settles}),
        }
    )
    return cuts, {name: _with_cuts(table, cuts) for name, table in without.items()}


def _with_cuts(table: IssueTable, cuts: IssueTable) -> IssueTable:
    return table.model_copy(
        update={
            "occasion": cuts.occasion,
            "pair": table.pair.model_copy(update={"threshold": cuts.pair.threshold}),
            "resolution": table.resolution.model_copy(update={"threshold": cuts.resolution.threshold}),
        }
    )


def _occasion_threshold(dossiers: Sequence[Annotated]) -> float:
    """Return the probability of the judge from which occasions have the best F; every dossier was judged left out."""
    best = []
    for cut in _GRID:
        right = made = there = 0
        for one in dossiers:
            words = {parsed.header.id: parsed for parsed in one.parsed}
            found = find_occasions(one.parsed, one.annotations, float(cut))
            gold = [occasion for issue in one.gold.disagreements for occasion in issue.occasions]
            spans = [Span(words[p.document].header.file, words[p.document].words(p)) for p in found]
            right += len(match_spans([[Span(occasion.file, occasion.quote)] for occasion in gold], spans))
            made, there = made + len(found), there + len(gold)
        best.append((1 + _MISSED**2) * right / max(1.0, made + _MISSED**2 * there))
    return float(_GRID[int(np.argmax(best))])


def _pair_threshold(told: Sequence[Told], without: Mapping[str, IssueTable]) -> float:
    """Return the mean probability down to which gathering has the best F1 over pairs of gold occasions."""
    same = {
        one.dossier.name: pair_passages(one.passages, one.lookup, without[one.dossier.name].pair).same for one in told
    }
    best = []
    for cut in _GRID:
        right = made = there = 0
        for one in told:
            names = np.array(one.issues)
            label = np.zeros(len(names), dtype=int)
            for at, group in enumerate(gather(same[one.dossier.name], float(cut))):
                label[group] = at
            upper = np.triu_indices(len(names), 1)
            joined = (label[:, None] == label[None, :])[upper]
            truth = (names[:, None] == names[None, :])[upper]
            right, made, there = right + int((joined & truth).sum()), made + int(joined.sum()), there + int(truth.sum())
        best.append(2 * right / max(1, made + there))
    return float(_GRID[int(np.argmax(best))])
