"""How well the classifiers of passages judge dossiers that they have not seen: figures, learning curve, ablation.

Usage: PYTHONPATH=pipeline python benchmarks/classifiers.py [--folds N] [--sets] [--curve] [--ablate]
           [--also DOSSIER]... MATERIAL

MATERIAL is a folder like `models/training`. Dossiers are left out in N parts (6 if nothing is said); figures are
counted as `coordnlp evaluate` counts them. `--also` judges a dossier that is no material, by a model of all of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coordnlp.classifiers import Classifier
from coordnlp.evaluation.alignment import Alignment
from coordnlp.evaluation.counting import count_labels
from coordnlp.evaluation.figures import Counts, figures, label_figures, pool
from coordnlp.nlp import Models, load_nlp
from coordnlp.records import Annotation, Passage
from coordnlp.taxonomy import load_taxonomy
from coordnlp.training.classifiers import (
    Problem,
    Recipe,
    Recipes,
    calibrate,
    fit_models,
    fit_weights,
    load_recipes,
    pose_acts,
    pose_evidence,
    pose_measures,
)
from coordnlp.training.dossiers import Annotated, judge_again
from coordnlp.training.material import Material, read_dossiers, read_material
from coordnlp.training.passages import Labelled, label_passages

MAIN = ("acts.f1", "acts.macro_f1", "measures.f1", "measures.macro_f1", "measures.evidence")


@dataclass(frozen=True)
class Judged:
    """What the models made of a dossier: counts, and (probability, truth) of every label of every passage."""

    counts: Counts
    acts: np.ndarray
    measures: np.ndarray


def judge(dossier: Annotated, models: Models) -> Judged:
    """Judge a dossier and lay the result beside its gold."""
    again = judge_again(dossier, models, load_taxonomy())
    records = [
        passage_record(one.header.file, one.words(p), p, again.annotations[p.id])
        for one in again.parsed
        for p in one.passages
    ]
    counts = count_labels(Alignment(dossier.name, dossier.gold, {"passages": records}))
    rows = list(label_passages(dossier))
    acts = [(row.sample, row.acts) for row in rows if row.acts and row.acts.asked is None]
    measures = [(row.sample, row.measures) for row in rows if row.measures and row.measures.asked is None]
    return Judged(counts, pairs(acts, models.acts), pairs(measures, models.measures))


def passage_record(file: str, text: str, passage: Passage, annotation: Annotation) -> dict[str, object]:
    """Return a passage as `data/passages.jsonl` has it, as far as the counting reads it."""
    acts = [{"label": act.label} for act in annotation.acts if act.level == "found"]
    measures = [{"code": m.code, "evidence": m.evidence} for m in annotation.measures if m.level == "found"]
    return {"id": passage.id, "file": file, "text": text, "acts": acts, "measures": measures}


def pairs(rows: Sequence[tuple[object, object]], model: object) -> np.ndarray:
    """Return (probability, truth) of every label of every row, of shape (n, 2)."""
    if not rows:
        return np.empty((0, 2))
    probabilities = model.probabilities(model.encode([sample for sample, _ in rows]))
    truth = np.array([[answer.holds(label) is True for label in model.labels] for _, answer in rows])
    known = np.array([[answer.holds(label) is not None for label in model.labels] for _, answer in rows])
    return np.column_stack([probabilities[known], truth[known]])


def calibration_error(found: np.ndarray, least: float = 0.0, bins: int = 10) -> float:
    """Return the expected calibration error (Naeini et al. 2015) of pairs from a probability on."""
    found = found[found[:, 0] >= least]
    at = np.minimum((found[:, 0] * bins).astype(int), bins - 1)
    gaps = [abs(found[at == b].mean(axis=0) @ [1, -1]) * (at == b).sum() for b in range(bins) if (at == b).any()]
    return float(sum(gaps) / max(1, len(found)))


def leave_out(material: Material, recipes: Recipes, folds: int, among: int | None = None) -> Iterator[Judged]:
    """Yield how models of other dossiers judge each; of so many others, the next ones in order, where it is given.

    What calibrates a model and sets its thresholds are the margins of the dossiers that
    it has seen, each by the model that had not seen it: so one fit a part serves both.
    """
    names = [one.name for one in material.dossiers]
    posed = pose(material.rows, recipes)
    margins = [np.zeros(problem.truth.shape) for problem, _ in posed]
    fitted: list[list[Classifier]] = []
    for fold in range(folds):
        held = set(names[fold::folds])
        others = [names[(fold + step) % len(names)] for step in range(1, len(names))]
        learnt = set([name for name in others if name not in held][:among])
        fitted.append([])
        for (problem, recipe), told in zip(posed, margins, strict=True):
            sources, graded = np.array(problem.sources), problem.graded.astype(bool)
            judge_ = fit_weights(problem.take(np.flatnonzero(np.isin(sources, list(learnt)) | ~graded)), recipe)
            out = np.flatnonzero(np.isin(sources, list(held)))
            told[out] = judge_.margins(judge_.encode([problem.samples[at] for at in out]))
            fitted[-1].append(judge_)
    for fold in range(folds):
        models = []
        for (problem, _), told, judge_ in zip(posed, margins, fitted[fold], strict=True):
            seen = np.flatnonzero(problem.graded.astype(bool) & ~np.isin(problem.sources, names[fold::folds]))
            models.append(calibrate(judge_, problem.take(seen), told[seen]))
        yield from (judge(one, Models(*models)) for one in material.dossiers if one.name in names[fold::folds])


def pose(rows: Sequence[Labelled], recipes: Recipes) -> list[tuple[Problem, Recipe]]:
    """Return the problems of acts, measures and evidence, each with its recipe."""
    return [
        (pose_acts(rows, recipes.acts), recipes.acts),
        (pose_measures(rows, recipes.measures, load_taxonomy()), recipes.measures),
        (pose_evidence(rows, recipes.evidence), recipes.evidence),
    ]


def show(name: str, judged: Sequence[Judged], *, labels: bool = False) -> None:
    """Print the main figures of some judged dossiers."""
    pooled = pool([one.counts for one in judged])
    found = figures(pooled)
    line = "  ".join(f"{key} {found[key].value or 0:.3f}" for key in MAIN if key in found)
    errors = []
    for family in ("acts", "measures"):
        every = np.concatenate([getattr(one, family) for one in judged])
        errors.append(f"{family}.ece {calibration_error(every):.4f} (from .1 on {calibration_error(every, 0.1):.3f})")
    print(f"{name}: {line}  {'  '.join(errors)}", flush=True)
    for family in ("acts", "measures") if labels else ():
        if family not in pooled.labels:
            continue
        precision, recall = (found[f"{family}.{name}"].value or 0 for name in ("precision", "recall"))
        print(f"  {family}: precision {precision:.3f}, recall {recall:.3f}")
        for label, figure in label_figures(pooled.labels[family]).items():
            print(f"    {label} {figure.value:.3f} ({figure.cases})")


def ablations(recipes: Recipes) -> Iterator[tuple[str, Recipes]]:
    """Yield recipes that lack something."""
    texts = {"characters": 1.0, "words": 0.3}
    around = {"before", "heading", "facts"}
    cues = {"cues", "measures"}

    def with_blocks(change: object) -> Recipes:
        parts: Mapping[str, Recipe] = {name: getattr(recipes, name) for name in ("acts", "measures", "evidence")}
        return recipes.model_copy(
            update={name: one.model_copy(update={"blocks": change(one.blocks)}) for name, one in parts.items()}
        )

    yield "cues only", with_blocks(lambda blocks: {k: v for k, v in blocks.items() if k in cues} or {"cues": 1.0})
    yield "n-grams only", with_blocks(lambda _: texts)
    yield "+ context", with_blocks(lambda blocks: {k: v for k, v in blocks.items() if k not in cues})
    yield "all, no context", with_blocks(lambda blocks: {k: v for k, v in blocks.items() if k not in around})


def main() -> None:
    """Print what is asked for."""
    arguments = sys.argv[1:]
    also = [Path(arguments[at + 1]) for at, one in enumerate(arguments) if one == "--also"]
    nlp, recipes = load_nlp(Models()), load_recipes()
    folds = int(arguments[arguments.index("--folds") + 1]) if "--folds" in arguments else 6
    material = read_material(Path(arguments[-1]), nlp)
    print(f"{len(material.dossiers)} dossiers, {len(material.rows)} rows")
    begin = time.perf_counter()
    judged = list(leave_out(material, recipes, folds))
    show("left out", judged, labels=True)
    print(f"{time.perf_counter() - begin:.0f} s")
    if also:
        begin = time.perf_counter()
        models = fit_models(material.rows, load_taxonomy(), recipes)
        print(f"one training: {time.perf_counter() - begin:.0f} s")
        for dossier in read_dossiers(also, nlp):
            show(dossier.name, [judge(dossier, models)], labels=True)
    if "--sets" in arguments:
        graded = [row for row in material.rows if row.graded]
        show("dossiers alone", list(leave_out(Material(material.dossiers, graded), recipes, folds)))
        without = [row for row in material.rows if not row.source.startswith("contrast/")]
        show("no contrast sets", list(leave_out(Material(material.dossiers, without), recipes, folds)))
        without = [row for row in material.rows if not row.source.startswith("fragments/")]
        show("no fragments", list(leave_out(Material(material.dossiers, without), recipes, folds)))
    if "--curve" in arguments:
        for count in (1, 2, 4, 8, 16):
            if count < len(material.dossiers):
                show(f"{count} dossiers", list(leave_out(material, recipes, folds, count)))
    if "--ablate" in arguments:
        for name, changed in ablations(recipes):
            show(name, list(leave_out(material, changed, folds)))


if __name__ == "__main__":
    main()
