"""What the trained classifiers make of passages: speech acts, measures, and the evidence of measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import numpy as np

from coordnlp.classifiers import Classifier, Convolution, Sample, load_classifier, load_convolution
from coordnlp.nlp.measure_cues import score_untrained
from coordnlp.records import Act, ActScore, Evidence, Level, MeasureScore
from coordnlp.resources import models_folder
from coordnlp.taxonomy import Measure, Taxonomy

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

ACTS, MEASURES, EVIDENCE, CONVOLUTION = "acts", "measures", "evidence", "convolution"
JUDGED_ACTS: tuple[Act, ...] = tuple(act for act in get_args(Act) if act != "withdrawal")
"""The acts that the judge learns; withdrawals are too few to learn, and gold knows them as events only."""
SETTLES = "settles"
"""What the judge of acts learns beside them: that the passage ends a difference between the two teams."""
HEADING = "标题"
"""The fact of a sample that is a heading."""
# What is said, and a cell of a table, may be short and yet mean something.
_MEANT = "发言", "表格"
_STOPS = "。", "！", "？", "!", "?"
# Characters up to which a line that ends with a colon, or with nothing, only names a matter.
_LABEL, _WORD = 10, 6
# An untrained measure is found from here on, and a border case from the next: two cues, and one.
_FOUND, _UNSURE = 0.7, 0.5


@dataclass(frozen=True)
class Models:
    """The trained classifiers and the convolution that all three trust; without them nothing is judged."""

    acts: Classifier
    measures: Classifier
    evidence: Classifier
    convolution: Convolution

    def hear(self, margins: np.ndarray, classifier: Classifier) -> np.ndarray:
        """Return the convolution's margins for the labels of a classifier, of shape (n, its labels)."""
        heard: np.ndarray = margins[:, self.convolution.columns(classifier.labels)]
        return heard


def load_models(folder: Path | None = None) -> Models:
    """Load the models that ship, or those of another folder.

    Raises:
        ModelError: One is missing, damaged or of another version.
    """
    folder = folder or models_folder()
    acts, measures, evidence = (load_classifier(folder / name, name) for name in (ACTS, MEASURES, EVIDENCE))
    return Models(acts, measures, evidence, load_convolution(folder / CONVOLUTION, CONVOLUTION))


def judge_acts(
    samples: Sequence[Sample], margins: np.ndarray, models: Models
) -> Iterator[tuple[tuple[ActScore, ...], float]]:
    """Yield for each sample the acts that the classifier knows, each with its level, and how likely it settles.

    Args:
        margins: The convolution's, of n samples, of shape (n, its labels).
    """
    if not samples:
        return
    model, heard = models.acts, models.hear(margins, models.acts)
    rows = model.encode(samples)
    for at, probabilities in enumerate(model.probabilities(rows, heard)):
        known = dict(zip(model.labels, map(float, probabilities), strict=True))
        settles = known.pop(SETTLES, 0.0)
        yield tuple(_act(model, rows, heard, at, label, p) for label, p in known.items()), round(settles, 3)


def _act(model: Classifier, rows: csr_matrix, heard: np.ndarray, at: int, label: str, probability: float) -> ActScore:
    level = model.level(label, probability)
    # Taking a row out of a sparse matrix costs more than scoring it.
    reasons = model.reasons(rows[at], heard[at], label) if level != "low" else ()
    return ActScore(cast(Act, label), round(probability, 3), reasons, level)


def judge_measures(
    samples: Sequence[Sample], texts: Sequence[str], margins: np.ndarray, models: Models, taxonomy: Taxonomy
) -> Iterator[tuple[MeasureScore, ...]]:
    """Yield for each sample the measures that it carries or may carry, with the evidence for each.

    Args:
        texts: The words of the samples, in which measures that no model knows are looked for.
        margins: The convolution's, of n samples, of shape (n, its labels).
    """
    if not samples:
        return
    carried = _trained(samples, models.measures, models.hear(margins, models.measures), taxonomy)
    known = set(models.measures.labels)
    own = [measure for measure in taxonomy.measure if measure.code not in known]
    for at, (sample, text) in enumerate(zip(samples, texts, strict=True)):
        carried[at] = [] if _only_names(sample, text) else [*carried[at], *_untrained(text, own)]
    pairs = [(at, *one) for at, found in enumerate(carried) for one in found]
    heard = models.hear(margins[[at for at, *_ in pairs]], models.evidence)
    evidence = _evidence([replace(samples[at], about=code) for at, code, *_ in pairs], heard, models.evidence)
    told: list[list[MeasureScore]] = [[] for _ in samples]
    for (at, code, score, level, reasons), (label, surety) in zip(pairs, evidence, strict=True):
        told[at].append(MeasureScore(code, round(score, 3), label, round(surety, 3), reasons, level, code in known))
    yield from (tuple(one) for one in told)


def _only_names(sample: Sample, text: str) -> bool:
    """Tell whether a passage only names a matter and says nothing of it: a heading, a label (会议结论：), a word.

    Of 4,500 headings of the training dossiers 7 carried a measure; of 82 such labels and 337 such words none did.
    """
    bare = text.strip()
    if bare.endswith(_STOPS):
        return False
    if HEADING in sample.facts:
        return True
    if not sample.facts.keys().isdisjoint(_MEANT):
        return False
    return len(bare) <= (_LABEL if bare.endswith(("：", ":")) else _WORD)


_Carried = tuple[str, float, Level, tuple[str, ...]]


def _trained(
    samples: Sequence[Sample], model: Classifier, heard: np.ndarray, taxonomy: Taxonomy
) -> list[list[_Carried]]:
    rows = model.encode(samples)
    probabilities = model.probabilities(rows, heard)
    least = np.array([model.unsure[label] for label in model.labels])
    found: list[list[_Carried]] = [[] for _ in samples]
    for at, column in np.argwhere(probabilities >= least).tolist():
        label, score = model.labels[column], float(probabilities[at, column])
        if label in taxonomy.by_code:
            found[at].append((label, score, model.level(label, score), model.reasons(rows[at], heard[at], label)))
    return found


def _untrained(text: str, measures: Sequence[Measure]) -> Iterator[_Carried]:
    for measure in measures:
        score = score_untrained(text, measure)
        if score >= _UNSURE:
            cues = (f"有“{match[0]}”" for match in measure.shown(text))
            reasons = ("这项措施未经训练，只看定义和用语", *cues)
            yield measure.code, score, "found" if score >= _FOUND else "unsure", reasons


def _evidence(samples: Sequence[Sample], heard: np.ndarray, model: Classifier) -> Iterator[tuple[Evidence, float]]:
    if not samples:
        return
    probabilities = model.probabilities(model.encode(samples), heard)
    shares = probabilities / probabilities.sum(axis=1, keepdims=True)
    for row in shares:
        best = int(row.argmax())
        yield cast(Evidence, model.labels[best]), float(row[best])
