"""Model cards: what a classifier is, what it was fitted on, and how well it judges what it has not seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordnlp.analysis import Scorers
    from coordnlp.training.problems import Problem

FILE = "README.md"
_ABOUT = {
    "acts": "Which speech acts a passage performs: request, commitment, assignment, answer, partial answer, "
    "acknowledgement, refusal, disagreement, agreement, urge.",
    "measures": "Which of the 31 coordination measures a passage carries (`lexicons/taxonomy.toml`).",
    "evidence": "Whether a measure that a passage carries is planned, practised or lacking there.",
}
HEADS = {
    "acts": """
        The least probability for a finding of each act, by the mean of both rounds: of the classifier in acts/, and of
        the networks in acts.safetensors, which see what it made of the neighbours. By F1 on left-out dossiers, rare
        acts drawn towards the best for all; from half of it on it is a border case. Features:
        stages/surroundings/features.py.""",
    "asks": """
        How much each feature speaks for a sentence making an ask (request, commitment or assignment).
        Score = 1 / (1 + exp(-(bias + sum of weight × value))); features: stages/asks/features.py.
        threshold: least score for an item, by F1 on left-out dossiers.""",
    "links": """
        How much each feature speaks for a later passage being about a request, as a reaction or as an urge, and for
        each type of reaction (the highest sum of bias and weights wins). Score as in asks.toml; features:
        stages/links/features.py and outcomes.py, with the words that users see. threshold: least score for a link, by
        F1 over (request, paper) on left-out dossiers; possible: from here up to it a passage is kept as a doubt.""",
    "claims": """
        How much each feature speaks for an open request being a request and still open. Score as in asks.toml;
        features: stages/lives/features.py. threshold: least score for a row of the dashboard, so that 82 claims in
        a hundred should hold by the scores of left-out dossiers; accusing: so much more where it says that nothing came
        at all, for 88.""",
    "issues": """
        What disagreements are found, gathered and settled by. occasion: least probability of the judge for an occasion.
        pair: how much each feature speaks for two occasions being of one question; threshold: the mean probability down
        to which they are gathered. resolution: how much each feature speaks for a passage settling an issue. Score as
        in asks.toml; features, with the words that users see: stages/disagreements/features.py.""",
    "measures": """
        How much each feature speaks for each status of a measure, and under `measure` how usual the status is for each
        measure (0 for one of the user's own). The highest sum of bias, weight × value and habit wins; its share is
        exp(sum) over the sum of all. Features, with the words that users see: stages/measures/features.py.""",
}
"""What the tables of the scorers say of themselves."""
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


def write_convolution_card(folder: Path, problem: Problem, *, day: dt.date) -> None:
    """Write the card of the convolution into its folder."""
    lines = [
        "# convolution\n",
        "What a passage says in the order of its words: filters over characters and pairs of them (Kim 2014), one",
        "network for all acts, measures and evidence. The classifiers in `acts/`, `measures/` and `evidence/` keep how",
        "far each label trusts it beside their own margins.\n",
        *_material(problem),
        f"**Made by** `coordnlp train` on {day.isoformat()} with torch; read by numpy; float16 in safetensors.\n",
        "**Figures** stand on the cards of the classifiers, for both together.\n",
        _LIMITS,
    ]
    (folder / FILE).write_text("\n".join(lines), "utf-8")


def write_request_card(folder: Path, dossiers: Sequence[str], scorers: Scorers, *, day: dt.date) -> None:
    """Write the card of the scorers of requests into their folder."""
    lines = [
        "# requests\n",
        "What acts are once the neighbours are seen (`acts.toml`, `acts.safetensors`), and",
        "logistic scorers that people can read: which sentences ask (`asks.toml`), which later passages react to an",
        "ask or urge it, and how (`links.toml`), how sure it is that a request is still open (`claims.toml`), and",
        "which passages are one disagreement, and what settles it (`issues.toml`), and what became of a measure",
        "(`measures.toml`).\n",
        f"**Material.** {len(dossiers)} invented dossiers ({', '.join(dossiers)}), all in `models/training`, written",
        "for the project and under its licence (MIT). Every dossier was judged by classifiers that had not seen it.\n",
        f"**Made by** `coordnlp train` on {day.isoformat()}. Thresholds: asks {scorers.asks.threshold:.2f}, reactions",
        f"{scorers.links.table.reaction.threshold:.2f}, urges {scorers.links.table.urge.threshold:.2f}, claims",
        f"{scorers.claims.threshold:.2f}.\n",
        "**Figures** with one dossier left out at a time are in `docs/accuracy.md`.\n",
        "**Limits.** Links know shared words, not meaning: an answer in other words is missed, and its request may be",
        "held open. The dashboard leaves out what is less sure than the threshold and lists it as 无法判断.\n",
    ]
    (folder / FILE).write_text("\n".join(lines), "utf-8")


def _lines(name: str, problem: Problem, figures: Mapping[str, LabelFigure], day: dt.date) -> Iterator[str]:
    total = LabelFigure(
        0,
        sum(one.rows for one in figures.values()),
        sum(one.right for one in figures.values()),
        sum(one.wrong for one in figures.values()),
        sum(one.missed for one in figures.values()),
    )
    yield f"# {name}\n"
    yield f"{_ABOUT[name]} Logistic regression over blocks of n-grams and what stands around (`model.json.gz`),"
    yield "one against the rest, calibrated (Platt) together with the convolution's margins.\n"
    yield from _material(problem)
    yield f"**Made by** `coordnlp train` on {day.isoformat()}; weights in safetensors, the rest JSON, both packed.\n"
    yield "**Figures** by passage of the dossiers, six folds by dossier, each judged by a model that has not seen it."
    yield "Figures with one dossier left out at a time are in `docs/accuracy.md`.\n"
    yield "| label | threshold | rows | precision | recall | F1 |\n|---|---|---|---|---|---|"
    for label, one in figures.items():
        yield f"| {label} | {one.threshold:.2f} | {one.rows} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} |"
    yield f"| all | | {total.rows} | {total.precision:.2f} | {total.recall:.2f} | {total.f1:.2f} |\n"
    yield _LIMITS


def _material(problem: Problem) -> Iterator[str]:
    graded = int(problem.graded.sum())
    sets = len(problem.samples) - graded
    dossiers = sorted({s for s, g in zip(problem.sources, problem.graded, strict=True) if g})
    yield f"**Material.** {graded} passages of {len(dossiers)} invented dossiers ({', '.join(dossiers)})"
    yield f"and {sets} rows of contrast sets and fragments, all in `models/training`, written for the project and under"
    yield "its licence (MIT). No other text.\n"
