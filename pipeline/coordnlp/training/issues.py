"""Fit the weights by which disagreements are found, gathered and settled (`requests/issues.toml`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from coordnlp.features.lookup import Lookup
from coordnlp.gold.matching import Span, match_spans
from coordnlp.records import Passage
from coordnlp.stages.disagreements.company import compare_company
from coordnlp.stages.disagreements.features import PAIR, measure_pairs
from coordnlp.stages.disagreements.occasions import find_occasions
from coordnlp.stages.disagreements.pairs import gather, pair_passages
from coordnlp.stages.disagreements.table import IssueScorer, IssueTable, PairWeights, ResolutionWeights
from coordnlp.training.dossiers import Annotated
from coordnlp.training.folds import fit_apart
from coordnlp.training.networks import fit_network, small_folders
from coordnlp.training.settlements import NO_SETTLEMENTS, SettlementCase, fit_settlements, list_cases

# Missed occasions cost more than wrong ones: what repeats is seen only where both are found.
_MISSED = 2.5
# Two questions in one issue take its status from each other; one question in two tells the truth twice: so precision
# counts somewhat more. 37 dossiers left out: with F1 .747 of pairs and .680 of the status of what recurs, with .7 .737
# and .741; on 98 .7 chooses pieces: .749, .727 and .888 of what recurs, with this .757, .723 and .898.
_APART = 0.85
# So many papers stand beside those of an issue in a small folder.
_FEW = 6
# Of the weights whose probabilities the second round of pairing learns from.
_FOLDS = 5
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

    @cached_property
    def features(self) -> np.ndarray:
        """The features of all pairs, of shape (n, n, features)."""
        measured = measure_pairs(self.passages, self.lookup)
        return np.stack([measured[name] for name in PAIR], axis=-1)

    @cached_property
    def same(self) -> np.ndarray:
        """Whether two occasions are of one issue, of shape (pairs,), as `upper` takes them."""
        names = np.array(self.issues)
        same: np.ndarray = upper(names[:, None] == names[None, :])
        return same


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
        dossier.index(),
        [passage for _, passage in once.values()],
        [issue for issue, _ in once.values()],
        settled,
    )


def upper(matrix: np.ndarray) -> np.ndarray:
    """Return every pair once, of shape (pairs, …)."""
    pairs: np.ndarray = matrix[np.triu_indices(len(matrix), 1)]
    return pairs


def fit_issues(told: Sequence[Told]) -> IssueScorer:
    """Fit the pair scorer in both its rounds on gold; thresholds are 0.5, and nothing settles an issue yet.

    The second round learns from first scores of weights that had not seen the dossier, as it will meet them.
    """
    pair = _fit_pairs(told)
    by_name = {one.dossier.name: one for one in told}
    apart = fit_apart(
        list(by_name), _FOLDS, lambda names: _fit_pairs([by_name[name] for name in names]) if names else pair
    )
    cases = [case for one in told for case in _company_cases(one, apart[one.dossier.name])]
    company = fit_network(np.vstack([rows for rows, _ in cases]), np.concatenate([same for _, same in cases]))
    source = "、".join(one.dossier.name for one in told)
    return IssueScorer(IssueTable(source=source, occasion=0.5, pair=pair, resolution=NO_SETTLEMENTS), company)


def _fit_pairs(told: Sequence[Told]) -> PairWeights:
    from sklearn.linear_model import LogisticRegression

    some = [one for one in told if len(one.passages) > 1]
    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.vstack([upper(one.features) for one in some]), np.concatenate([one.same for one in some]))
    weights = zip(PAIR, model.coef_[0], strict=True)
    return PairWeights(
        bias=round(float(model.intercept_[0]), 2),
        threshold=0.5,
        weight={name: round(float(weight), 2) for name, weight in weights},
    )


def _company_cases(told: Told, weights: PairWeights) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the features of pairs with those of their company, and whether each is of one issue.

    Once as the dossier is, once in small parts of it: a new folder holds few occasions.
    """
    first, names = _first(told, weights), np.array(told.issues)
    for part in [np.arange(len(names)), *small_folders(len(names))] if len(names) > 1 else []:
        square = np.ix_(part, part)
        company = np.stack(list(compare_company(first[square]).values()), axis=-1)
        rows = np.concatenate([told.features[square], company], axis=-1)
        yield upper(rows), upper(names[part][:, None] == names[part][None, :])


def _first(told: Told, weights: PairWeights) -> np.ndarray:
    """Return how likely two occasions are of one issue by themselves, of shape (n, n)."""
    first: np.ndarray = 1 / (1 + np.exp(-(told.features @ np.array([weights.weight[n] for n in PAIR]) + weights.bias)))
    np.fill_diagonal(first, 1.0)
    return first


def fit_with_thresholds(told: Sequence[Told], folds: int) -> tuple[IssueScorer, Mapping[str, IssueScorer]]:
    """Return the scorer fitted on all dossiers, and by dossier one fitted on others; thresholds are common.

    Args:
        folds: So many parts are left out in turn.
    """
    by_name = {one.dossier.name: one for one in told}
    without = fit_apart(list(by_name), folds, lambda names: fit_issues([by_name[name] for name in names]))
    occasion = _occasion_threshold([one.dossier for one in told])
    pair = _pair_threshold(told, without, occasion)

    def cut(scorer: IssueScorer) -> IssueScorer:
        table = scorer.table
        cuts = {"occasion": occasion, "pair": table.pair.model_copy(update={"threshold": pair})}
        return replace(scorer, table=table.model_copy(update=cuts))

    def settle(scorer: IssueScorer, weights: ResolutionWeights) -> IssueScorer:
        return replace(scorer, table=scorer.table.model_copy(update={"resolution": weights}))

    without = {name: cut(scorer) for name, scorer in without.items()}
    cases = {
        name: [*_gold_cases(one, without[name]), *_found_cases(one, without[name])] for name, one in by_name.items()
    }
    settles, settles_without = fit_settlements(cases, folds)
    return settle(cut(fit_issues(told)), settles), {
        name: settle(scorer, settles_without[name]) for name, scorer in without.items()
    }


def _gold_cases(told: Told, scorer: IssueScorer) -> Iterator[SettlementCase]:
    """Yield the passages that may settle a gold issue: as the dossier is, and in a small folder around each issue.

    In a small folder any agreement is the nearest that there is.
    """
    yield from _cases_of(told, told.lookup, scorer)
    parsed = told.dossier.parsed
    for name in sorted(set(told.issues)):
        own = {passage.document for passage, issue in zip(told.passages, told.issues, strict=True) if issue == name}
        file = told.resolutions.get(name, ("", ""))[0]
        others = [one for one in parsed if one.header.id not in own and one.header.file != file]
        few = {one.header.id for one in others[:: max(1, len(others) // _FEW)]}
        folder = [one for one in parsed if one not in others or one.header.id in few]
        yield from _cases_of(told, told.dossier.index(folder), scorer)


def _cases_of(told: Told, lookup: Lookup, scorer: IssueScorer) -> list[SettlementCase]:
    """Return the passages of some papers that may settle a gold issue of which there are occasions in them."""
    there = [at for at, passage in enumerate(told.passages) if passage.document in lookup.documents]
    names = sorted({told.issues[at] for at in there})
    groups = [[n for n, at in enumerate(there) if told.issues[at] == name] for name in names]
    words = [told.resolutions.get(name) for name in names]
    return list_cases(lookup, [told.passages[at] for at in there], groups, words, scorer)


def _found_cases(told: Told, scorer: IssueScorer) -> list[SettlementCase]:
    """Return the passages that may settle an issue as a run finds it, with pieces missing and strangers in it."""
    passages, issues = _find(told.dossier, scorer.table.occasion)
    if not passages:
        return []
    same = pair_passages(passages, told.lookup, scorer.table.pair, scorer.company).same
    groups = gather(same, scorer.table.pair.threshold)
    words = []
    for group in groups:
        name, count = Counter(issues.get(at) for at in group).most_common(1)[0]
        words.append(told.resolutions.get(name) if name and 2 * count >= len(group) else None)
    return list_cases(told.lookup, passages, groups, words, scorer, found=True)


def _occasion_threshold(dossiers: Sequence[Annotated]) -> float:
    """Return the probability of the judge from which occasions have the best F; every dossier was judged left out."""
    best = []
    for cut in _GRID:
        right = made = there = 0
        for one in dossiers:
            found, pairs = _find(one, float(cut))
            right, made = right + len(pairs), made + len(found)
            there += sum(len(issue.occasions) for issue in one.gold.disagreements)
        best.append((1 + _MISSED**2) * right / max(1.0, made + _MISSED**2 * there))
    return float(_GRID[int(np.argmax(best))])


def _find(dossier: Annotated, least: float) -> tuple[list[Passage], dict[int, str]]:
    """Return the occasions that a run finds, and the gold issue of those that are ones, by ordinal."""
    words = {one.header.id: one for one in dossier.parsed}
    found = find_occasions(dossier.parsed, dossier.annotations, least)
    gold = [(issue.id, occasion) for issue in dossier.gold.disagreements for occasion in issue.occasions]
    spans = [Span(words[one.document].header.file, words[one.document].words(one)) for one in found]
    pairs = match_spans([[Span(occasion.file, occasion.quote)] for _, occasion in gold], spans)
    return found, {j: gold[i][0] for i, j in pairs}


def _pair_threshold(told: Sequence[Told], without: Mapping[str, IssueScorer], occasion: float) -> float:
    """Return the mean probability down to which gathering what a run finds has the best F over pairs of gold."""
    runs = []
    for one in told:
        scorer = without[one.dossier.name]
        found, issues = _find(one.dossier, occasion)
        runs.append((pair_passages(found, one.lookup, scorer.table.pair, scorer.company).same, issues))
    there = sum(_pairs(Counter(one.issues)) for one in told)
    best = []
    for cut in _GRID:
        right = made = 0
        for same, issues in runs:
            groups = [[at for at in group if at in issues] for group in gather(same, float(cut))]
            right += sum(_pairs(Counter(issues[at] for at in group)) for group in groups)
            made += sum(len(group) * (len(group) - 1) // 2 for group in groups)
        best.append((1 + _APART**2) * right / max(1.0, made + _APART**2 * there))
    return float(_GRID[int(np.argmax(best))])


def _pairs(sizes: Mapping[str, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
