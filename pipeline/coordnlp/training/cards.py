"""Model cards: what a classifier is, what it was fitted on, and how well it judges what it has not seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordnlp.training.classifiers import Problem

FILE = "README.md"
_ABOUT = {
    "acts": "Which speech acts a passage performs: request, commitment, assignment, answer, partial answer, "
    "acknowledgement, refusal, disagreement, agreement, urge.",
    "measures": "Which of the 31 coordination measures a passage carries (`lexicons/taxonomy.toml`).",
    "evidence": "Whether a measure that a passage carries is planned, practised or lacking there.",
}
_LIMITS = """\
**Limits.** The material is invented by language models and labelled by them: real offices write otherwise, and the
labels of people would agree less. Answers, refusals and partial answers in few words are missed most, since what was
asked stands in another paper. Passages of English, of one character, or of another kind of text get low scores. Scores
are calibrated on sentences of dossiers; from text of another world they say less. Nothing may be held against anybody
by these scores alone.
"""


@dataclass(frozen=True, slots=True)
class LabelFigure:
    """How a label fared on left-out dossiers: its threshold, its rows in all the material, and the counts."""

    threshold: float
    rows: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the findings that are right; 0 without any."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of the passages with the label that are found; 0 without any."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


def write_card(folder: Path, name: str, problem: Problem, figures: Mapping[str, LabelFigure], *, day: dt.date) -> None:
    """Write the card of a classifier into its folder."""
    (folder / FILE).write_text("\n".join(_lines(name, problem, figures, day)), "utf-8")


def _lines(name: str, problem: Problem, figures: Mapping[str, LabelFigure], day: dt.date) -> Iterator[str]:
    graded = int(problem.graded.sum())
    sets = len(problem.samples) - graded
    dossiers = sorted({s for s, g in zip(problem.sources, problem.graded, strict=True) if g})
    total = LabelFigure(
        0,
        sum(one.rows for one in figures.values()),
        sum(one.right for one in figures.values()),
        sum(one.wrong for one in figures.values()),
        sum(one.missed for one in figures.values()),
    )
    yield f"# {name}\n"
    yield f"{_ABOUT[name]} Logistic regression over blocks of n-grams, cues and context, one against the rest,"
    yield "calibrated (Platt).\n"
    yield f"**Material.** {graded} passages of {len(dossiers)} invented dossiers ({', '.join(dossiers)})"
    yield f"and {sets} rows of contrast sets and fragments, all in `models/training`, written for the project and under"
    yield "its licence (MIT). No other text.\n"
    yield f"**Made by** `coordnlp train` on {day.isoformat()}; weights as float16 in safetensors, the rest JSON.\n"
    yield "**Figures** by passage of the dossiers, three folds by dossier, each judged by a model that has not seen it."
    yield "Figures with one dossier left out at a time are in `docs/accuracy.md`.\n"
    yield "| label | threshold | rows | precision | recall | F1 |\n|---|---|---|---|---|---|"
    for label, one in figures.items():
        yield f"| {label} | {one.threshold:.2f} | {one.rows} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} |"
    yield f"| all | | {total.rows} | {total.precision:.2f} | {total.recall:.2f} | {total.f1:.2f} |\n"
    yield _LIMITS
