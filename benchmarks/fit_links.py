"""Fit the weights of `lexicons/links.toml` on dossiers with gold, and print them with their figures.

Usage: PYTHONPATH=pipeline python benchmarks/fit_links.py DOSSIER...

Pairs of gold requests and later passages are positive where the passage overlaps the quote of a gold event. A logistic
regression is fitted, each dossier once left out; F1 of (request, document) links on the left-out dossiers chooses the
threshold. The weights that are printed are fitted on all dossiers together.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gold import Annotated, overlaps, read_annotated
from sklearn.linear_model import LogisticRegression

from coordnlp.records import Request
from coordnlp.stages.links.dossiers import index_dossier
from coordnlp.stages.links.features import FEATURES, evaluate
from coordnlp.stages.links.outcomes import judge_outcome
from coordnlp.stages.links.pairs import pair_passages

REACTIONS = {"answer", "partial_answer", "refusal", "acknowledgement", "withdrawal"}


@dataclass(frozen=True)
class Sample:
    """One pair: feature values, whether gold has it, and which (request, file) link it would make."""

    values: list[float]
    urge: bool
    positive: bool
    link: tuple[str, str]


def read_samples(dossier: Annotated) -> list[Sample]:
    """Return the pairs of a dossier's gold requests and later passages."""
    requests, events = [], {}
    for entry in dossier.gold["requests"]:
        found = dossier.find(entry["file"], entry["quote"])
        if found is None:
            continue
        one, passage = found
        kind, asker, asked = entry["kind"], entry["from"], entry["to"]
        place = (one.header.id, passage.id, passage.start, passage.end, one.header.date)
        requests.append(Request(entry["id"], kind, asker, asked, *place, None, 1.0))
        events[entry["id"]] = entry["events"]
    lookup = index_dossier(dossier.parsed, dossier.annotations)
    samples = []
    for pair in pair_passages(lookup, requests, dossier.names):
        outcome = judge_outcome(pair, lookup)
        if outcome is None:
            continue
        wanted = {"urge"} if outcome == "urge" else REACTIONS
        positive = any(
            event["type"] in wanted and event["file"] == pair.header.file and overlaps(event["quote"], pair.text)
            for event in events[pair.request.id]
        )
        values = list(evaluate(pair).values())
        samples.append(Sample(values, outcome == "urge", positive, (pair.request.id, pair.header.file)))
    return samples


def fit(samples: list[Sample], *, urge: bool) -> LogisticRegression:
    """Fit one scorer."""
    chosen = [sample for sample in samples if sample.urge == urge]
    model = LogisticRegression(C=3.0, max_iter=2000)
    return model.fit(np.array([s.values for s in chosen]), np.array([s.positive for s in chosen]))


def links_at(samples: list[Sample], scores: np.ndarray, threshold: float) -> tuple[set, set]:
    """Return links made and links that hold, at a threshold."""
    made, true = set(), set()
    for sample, score in zip(samples, scores, strict=True):
        if score >= threshold:
            made.add(sample.link)
        if sample.positive:
            true.add(sample.link)
    return made, true


def main() -> None:
    """Print figures left-one-out, then the table."""
    read = {one.name: read_samples(one) for one in read_annotated([Path(name) for name in sys.argv[1:]])}
    for urge in (False, True):
        held: dict[str, tuple[list[Sample], np.ndarray]] = {}
        for name in read:
            others = [s for other, samples in read.items() if other != name for s in samples]
            mine = [s for s in read[name] if s.urge == urge]
            held[name] = (
                mine,
                fit(others, urge=urge).predict_proba(np.array([s.values for s in mine]))[:, 1],
            )
        best = (0.0, 0.0)
        for threshold in np.arange(0.1, 0.8, 0.05):
            counts: dict[str, int] = defaultdict(int)
            for samples, scores in held.values():
                made, true = links_at(samples, scores, threshold)
                counts["tp"] += len(made & true)
                counts["fp"] += len(made - true)
                counts["fn"] += len(true - made)
            precision = counts["tp"] / max(1, counts["tp"] + counts["fp"])
            recall = counts["tp"] / max(1, counts["tp"] + counts["fn"])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            best = max(best, (f1, float(threshold)))
            print(f"urge={urge} threshold={threshold:.2f} p={precision:.3f} r={recall:.3f} f1={f1:.3f}")
        model = fit([s for samples in read.values() for s in samples], urge=urge)
        print(f"\n[{'urge' if urge else 'reaction'}]\nbias = {model.intercept_[0]:.2f}\nthreshold = {best[1]:.2f}")
        print(f"[{'urge' if urge else 'reaction'}.weight]")
        for name, weight in zip(FEATURES, model.coef_[0], strict=True):
            print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
