"""How well the classifiers of passages judge dossiers that they have not seen: figures, learning curve, ablation.

Usage: PYTHONPATH=pipeline python benchmarks/classifiers.py [--folds N] [--parts N] [--sets] [--curve] [--fragments]
           [--ablate] [--also DOSSIER]... MATERIAL

MATERIAL is a folder like `models/training`. Dossiers are left out in N parts (6 if nothing is said), and judged in so
many of them from the first on (all if nothing is said); figures are counted as `coordnlp evaluate` counts them.
`--also` judges a dossier that is no material, by a model of all of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from coordnlp.classifiers import Classifier, Convolution, Sample
from coordnlp.evaluation.alignment import Alignment
from coordnlp.evaluation.counting import count_labels
from coordnlp.evaluation.figures import Counts, figures, label_figures, pool
from coordnlp.nlp import Models, load_nlp
from coordnlp.records import Annotation, Passage
from coordnlp.taxonomy import load_taxonomy
from coordnlp.training.dossiers import Annotated, judge_again
from coordnlp.training.judges import Judges, fit_judges
from coordnlp.training.material import Material, read_dossiers, read_material
from coordnlp.training.passages import Answer, Labelled, label_passages
from coordnlp.training.problems import Recipe, Recipes, load_recipes

MAIN = ("acts.f1", "acts.macro_f1", "measures.f1", "measures.macro_f1", "measures.evidence")


@dataclass(frozen=True)
class Trial:
    """What dossiers are left out in: parts, and how many of those are judged (None for all)."""

    folds: int
    parts: int | None


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
    return Judged(counts, pairs(acts, models.acts, models), pairs(measures, models.measures, models))


def passage_record(file: str, text: str, passage: Passage, annotation: Annotation) -> dict[str, object]:
    """Return a passage as `data/passages.jsonl` has it, as far as the counting reads it."""
    acts = [{"label": act.label} for act in annotation.acts if act.level == "found"]
    measures = [{"code": m.code, "evidence": m.evidence} for m in annotation.measures if m.level == "found"]
    return {"id": passage.id, "file": file, "text": text, "acts": acts, "measures": measures}


def pairs(rows: Sequence[tuple[Sample, Answer]], model: Classifier, models: Models) -> np.ndarray:
    """Return (probability, truth) of every label of every row, of shape (n, 2)."""
    if not rows:
        return np.empty((0, 2))
    samples = [sample for sample, _ in rows]
    heard = models.hear(models.convolution.margins(samples), model)
    probabilities = model.probabilities(model.encode(samples), heard)
    truth = np.array([[answer.holds(label) is True for label in model.labels] for _, answer in rows])
    known = np.array([[answer.holds(label) is not None for label in model.labels] for _, answer in rows])
    return np.column_stack([probabilities[known], truth[known]])


def calibration_error(found: np.ndarray, least: float = 0.0, bins: int = 10) -> float:
    """Return the expected calibration error (Naeini et al. 2015) of pairs from a probability on."""
    found = found[found[:, 0] >= least]
    at = np.minimum((found[:, 0] * bins).astype(int), bins - 1)
    gaps = [abs(found[at == b].mean(axis=0) @ [1, -1]) * (at == b).sum() for b in range(bins) if (at == b).any()]
    return float(sum(gaps) / max(1, len(found)))


def leave_out(
    material: Material,
    recipes: Recipes,
    trial: Trial,
    others: int | None = None,
    heard: Sequence[Convolution] = (),
) -> Judges:
    """Return models fitted for each dossier on others: so many, the next ones in order; None for all."""
    names = [one.name for one in material.dossiers]
    return fit_judges(
        material.rows,
        names,
        recipes,
        load_taxonomy(),
        folds=trial.folds,
        parts=trial.parts,
        others=others,
        heard=heard,
    )


def judge_all(material: Material, judges: Judges) -> Iterator[Judged]:
    """Yield how each dossier is judged by what has not seen it."""
    yield from (judge(one, judges.without[one.name]) for one in material.dossiers if one.name in judges.without)


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
    yield "no cues", with_blocks(lambda blocks: {k: v for k, v in blocks.items() if k not in cues})
    yield "no concepts", with_blocks(lambda blocks: {k: v for k, v in blocks.items() if k != "concepts"})
    yield "no context", with_blocks(lambda blocks: {k: v for k, v in blocks.items() if k not in around})


def main() -> None:
    """Print what is asked for."""
    arguments = sys.argv[1:]
    also = [Path(arguments[at + 1]) for at, one in enumerate(arguments) if one == "--also"]
    nlp, recipes = load_nlp(judging=False), load_recipes()
    trial = Trial(number(arguments, "--folds") or 6, number(arguments, "--parts"))
    material = read_material(Path(arguments[-1]), nlp)
    print(f"{len(material.dossiers)} dossiers, {len(material.rows)} rows")
    begin = time.perf_counter()
    judges = leave_out(material, recipes, trial)
    show("left out", list(judge_all(material, judges)), labels=True)
    print(f"{time.perf_counter() - begin:.0f} s")
    if also:
        begin = time.perf_counter()
        models = judges.fit_all()
        print(f"one training: {time.perf_counter() - begin:.0f} s")
        for dossier in read_dossiers(also, nlp):
            show(dossier.name, [judge(dossier, models)], labels=True)
    if "--sets" in arguments:
        compare("dossiers alone", material, recipes, trial, lambda row: row.graded)
        compare("no contrast sets", material, recipes, trial, lambda row: not row.source.startswith("contrast/"))
        compare("no fragments", material, recipes, trial, lambda row: not row.source.startswith("fragments/"))
    if "--curve" in arguments:
        for count in (3, 6, 12, 24, 48):
            if count < len(material.dossiers):
                show(f"{count} dossiers", list(judge_all(material, leave_out(material, recipes, trial, count))))
    if "--fragments" in arguments:
        files = sorted({row.source for row in material.rows if row.source.startswith("fragments/")})
        for share in (0, 8, 4, 2):
            kept = frozenset(files[:: share or len(files) + 1][: None if share else 0])
            compare(f"{len(kept)} files of fragments", material, recipes, trial, partial(is_kept, kept))
    if "--ablate" in arguments:
        heard = [models.convolution for _, models in judges.parts]
        silence("all", material, judges)
        for name, changed in ablations(recipes):
            silence(name, material, leave_out(material, changed, trial, heard=heard))


def number(arguments: Sequence[str], name: str) -> int | None:
    """Return the number behind an option, None where it is not given."""
    return int(arguments[arguments.index(name) + 1]) if name in arguments else None


def compare(name: str, material: Material, recipes: Recipes, trial: Trial, keeps: Callable[[Labelled], bool]) -> None:
    """Print the figures of what learnt from some of the rows."""
    some = Material(material.dossiers, [row for row in material.rows if keeps(row)])
    show(name, list(judge_all(some, leave_out(some, recipes, trial))))


def is_kept(files: frozenset[str], row: Labelled) -> bool:
    """Tell whether a row is of a dossier, of a contrast set or of one of these files of fragments."""
    return row.graded or row.source in files or "contrast/" in row.source


def silence(name: str, material: Material, judges: Judges) -> None:
    """Print the figures of judges, and of each kind of them alone."""
    show(name, list(judge_all(material, judges)))
    for part in ("linear", "heard"):
        deaf = {at: replace(one, **{part: np.zeros_like(getattr(one, part))}) for at, one in judges.margins.items()}
        show(f"{name}, without {part}", list(judge_all(material, replace(judges, margins=deaf))))


if __name__ == "__main__":
    main()
