"""Fit the weights of `lexicons/asks.toml` on dossiers with gold, and print them with their figures.

Usage: PYTHONPATH=pipeline python benchmarks/fit_asks.py DOSSIER...

Candidate sentences are positive where they overlap the quote of a gold request, commitment or assignment, or of a
retelling (`also`). A logistic regression is fitted, each dossier once left out; the threshold is chosen on the
left-out dossiers. The weights that are printed are fitted on all dossiers together.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from gold import Annotated, overlaps, read_annotated
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from coordnlp.names import load_voices
from coordnlp.stages.asks.candidates import list_candidates
from coordnlp.stages.asks.features import evaluate

Sample = tuple[dict[str, float], bool]


def read_samples(dossier: Annotated) -> list[Sample]:
    """Return the candidate sentences of a dossier, with whether gold has an ask there."""
    quotes = [(entry["file"], entry["quote"]) for entry in dossier.gold["requests"]]
    quotes += [(also["file"], also["quote"]) for entry in dossier.gold["requests"] for also in entry.get("also", [])]
    return [
        (
            evaluate(candidate.sentence),
            any(f == one.header.file and overlaps(q, candidate.sentence.text) for f, q in quotes),
        )
        for one in dossier.parsed
        for candidate in list_candidates(one, dossier.annotations, dossier.names, load_voices())
    ]


def fit(samples: list[Sample]) -> Pipeline:
    """Fit the scorer."""
    model = make_pipeline(DictVectorizer(), LogisticRegression(C=1.0, max_iter=3000))
    return model.fit([values for values, _ in samples], [positive for _, positive in samples])


def main() -> None:
    """Print figures left-one-out, then the table."""
    read = {one.name: read_samples(one) for one in read_annotated([Path(name) for name in sys.argv[1:]])}
    truth, scores = [], []
    for name, samples in read.items():
        model = fit([s for other, more in read.items() if other != name for s in more])
        scores += list(model.predict_proba([values for values, _ in samples])[:, 1])
        truth += [positive for _, positive in samples]
    gold, score = np.array(truth), np.array(scores)
    for threshold in np.arange(0.1, 0.8, 0.05):
        made = score >= threshold
        hits = int((made & gold).sum())
        precision, recall = hits / max(1, made.sum()), hits / max(1, gold.sum())
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"# threshold={threshold:.2f} p={precision:.3f} r={recall:.3f} f1={f1:.3f} of {gold.sum()}")
    model = fit([s for samples in read.values() for s in samples])
    weights = dict(zip(model[0].get_feature_names_out(), model[1].coef_[0], strict=True))
    print(f"bias = {model[1].intercept_[0]:.2f}\n[weight]")
    for name in sorted(weights, key=lambda name: -weights[name]):
        print(f'"{name}" = {weights[name]:.2f}')


if __name__ == "__main__":
    main()
