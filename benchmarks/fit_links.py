"""Fit the weights of `lexicons/links.toml` on dossiers with gold, and print them with their figures.

Usage: python benchmarks/fit_links.py DOSSIER...

Pairs of gold requests and later passages are positive where the passage overlaps the quote of a gold event. A logistic
regression is fitted, each dossier once left out; F1 of (request, document) links on the left-out dossiers chooses the
threshold. The weights that are printed are fitted on all dossiers together.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from coordnlp.dates import WorkCalendar
from coordnlp.ids import normalise
from coordnlp.names import load_voices
from coordnlp.nlp import load_nlp
from coordnlp.records import Document, Parsed, Passage, Request
from coordnlp.stages.acts import annotate_passages
from coordnlp.stages.ingest import read_dossier
from coordnlp.stages.links.dossiers import index_dossier
from coordnlp.stages.links.features import FEATURES, evaluate
from coordnlp.stages.links.outcomes import judge_outcome
from coordnlp.stages.links.pairs import pair_passages
from coordnlp.stages.parse import parse_dossier
from coordnlp.teams import load_teams

REACTIONS = {"answer", "partial_answer", "refusal", "acknowledgement", "withdrawal"}


@dataclass(frozen=True)
class Sample:
    """One pair: feature values, whether gold has it, and which (request, file) link it would make."""

    values: list[float]
    urge: bool
    positive: bool
    link: tuple[str, str]


def overlaps(quote: str, text: str) -> bool:
    """Tell whether two texts share, as one run, half of the shorter one."""
    a, b = normalise(quote), normalise(text)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    size = SequenceMatcher(None, a, b, autojunk=False).find_longest_match(0, len(a), 0, len(b)).size
    return size / min(len(a), len(b)) >= 0.5


def find_passage(parsed: dict[str, Parsed], file: str, quote: str) -> tuple[Parsed, Passage] | None:
    """Return the passage that a gold quote stands in."""
    one = parsed.get(file)
    if one is None:
        return None
    fits = [p for p in one.passages if overlaps(quote, one.words(p))]
    return (one, max(fits, key=lambda p: len(normalise(one.words(p))))) if fits else None


def read_samples(folder: Path, nlp: object) -> tuple[list[Sample], int]:
    """Return the pairs of a dossier, and how many reaction links its gold holds."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    documents = [one for one in read_dossier(folder / "corpus") if isinstance(one, Document)]
    everything, names = parse_dossier(documents, load_teams(folder / "corpus" / "teams.toml"))
    annotations = annotate_passages(everything, names, load_voices(), nlp, WorkCalendar())
    by_file = {one.header.file: one for one in everything}
    requests, events = [], {}
    for entry in gold["requests"]:
        found = find_passage(by_file, entry["file"], entry["quote"])
        if found is None:
            continue
        one, passage = found
        requests.append(
            Request(entry["id"], entry["kind"], entry["from"], entry["to"], one.header.id, passage.id,
                    passage.start, passage.end, one.header.date, None, 1.0)
        )
        events[entry["id"]] = entry["events"]
    lookup = index_dossier(everything, annotations)
    samples = []
    for pair in pair_passages(lookup, requests, names):
        values = list(evaluate(pair).values())
        urge = judge_outcome(pair, lookup) == "urge"
        wanted = {"urge"} if urge else REACTIONS
        positive = any(
            event["type"] in wanted and event["file"] == pair.header.file and overlaps(event["quote"], pair.text)
            for event in events[pair.request.id]
        )
        samples.append(Sample(values, urge, positive, (pair.request.id, pair.header.file)))
    links = len({(e["id"], v["file"]) for e in gold["requests"] for v in e["events"] if v["type"] in REACTIONS})
    return samples, links


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
    nlp = load_nlp()
    folders = [Path(argument) for argument in sys.argv[1:]]
    read = {folder.name: read_samples(folder, nlp) for folder in folders}
    for urge in (False, True):
        held: dict[str, tuple[list[Sample], np.ndarray]] = {}
        for name in read:
            others = [s for other, (samples, _) in read.items() if other != name for s in samples]
            mine = [s for s in read[name][0] if s.urge == urge]
            held[name] = (mine, fit(others, urge=urge).predict_proba(np.array([s.values for s in mine]))[:, 1])
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
        model = fit([s for samples, _ in read.values() for s in samples], urge=urge)
        print(f"\n[{'urge' if urge else 'reaction'}]\nbias = {model.intercept_[0]:.2f}\nthreshold = {best[1]:.2f}")
        print(f"[{'urge' if urge else 'reaction'}.weight]")
        for name, weight in zip(FEATURES, model.coef_[0], strict=True):
            print(f"{name} = {weight:.2f}")
    print("gold reaction links:", {name: links for name, (_, links) in read.items()})


if __name__ == "__main__":
    main()
