"""`coordnlp train`: fit classifiers of passages and scorers of requests, and write them with their cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import coordnlp
from coordnlp.analysis import Scorers
from coordnlp.classifiers import Card, Classifier, Neighbour, save_classifier, save_convolution, save_neighbours
from coordnlp.networks import Network, save_networks
from coordnlp.nlp import Models, load_nlp
from coordnlp.nlp.judges import ACTS, CONVOLUTION, EVIDENCE
from coordnlp.stages.disagreements import table as issues
from coordnlp.stages.links import table as links
from coordnlp.stages.surroundings import table as surroundings
from coordnlp.taxonomy import load_taxonomy
from coordnlp.training.cards import HEADS, LabelFigure, write_card, write_convolution_card, write_request_card
from coordnlp.training.dossiers import judge_again
from coordnlp.training.judges import Judges, Margins, fit_judges
from coordnlp.training.material import read_material
from coordnlp.training.passages import Answer, Labelled
from coordnlp.training.problems import Problem, Problems, load_recipes
from coordnlp.training.requests import fit_scorers
from coordnlp.training.tables import write_table
from coordnlp.weights import FOLDER

# So many passages of a label are kept to liken others to: all of them were a third of what ships.
_NEIGHBOURS = 600


@dataclass(frozen=True, slots=True)
class Trained:
    """One classifier as it was written: its folder, its size in bytes, and its figures on left-out dossiers."""

    folder: Path
    size: int
    figures: Mapping[str, LabelFigure]


def train(folder: Path, out: Path, *, on_stage: Callable[[str], None] = lambda _: None) -> list[Trained]:
    """Fit the judges of passages, then the scorers of requests; write each into a folder of `out`.

    The same material gives the same files on one machine, the day in the cards aside.

    Args:
        folder: Training material, as `models/training`.

    Raises:
        NothingReadableError: There is no dossier with gold in it.
        ConfigurationError: A file of it is broken, or the extra `train` is not installed.
    """
    on_stage("读训练材料")
    material = read_material(folder, load_nlp(judging=False))
    taxonomy = load_taxonomy()
    names = [dossier.name for dossier in material.dossiers]
    judges = fit_judges(material.rows, names, load_recipes(), taxonomy, on_stage=on_stage)
    on_stage("学习判断句子：全部材料")
    models = judges.fit_all()
    trained = [_write_judge(name, models, judges, material.rows, out / name) for name in judges.problems.linear]
    _write_convolution(models, judges.problems, out / CONVOLUTION)
    on_stage("学习 requests")
    judged = [judge_again(one, judges.without[one.name], taxonomy) for one in material.dossiers]
    _write_scorers(names, fit_scorers(judged).scorers, out / FOLDER)
    return trained


def _write_scorers(names: Sequence[str], scorers: Scorers, folder: Path) -> None:
    """Write the scorers, fitted on what judges make of dossiers that they have not seen: so they meet users' papers."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "acts": scorers.acts.table,
        "asks": scorers.asks,
        "links": scorers.links.table,
        "claims": scorers.claims,
        "issues": scorers.issues.table,
        "measures": scorers.measures,
    }
    for name, table in tables.items():
        write_table(folder / f"{name}.toml", table, HEADS[name])
    save_networks(folder / surroundings.NETWORKS, scorers.acts.networks, surroundings.network_features())
    networks: dict[str, Network] = {"reaction": scorers.links.reaction, "urge": scorers.links.urge}
    save_networks(folder / links.NETWORKS, networks, links.network_features())
    save_networks(
        folder / issues.NETWORKS, {issues.COMPANY: scorers.issues.company}, {issues.COMPANY: issues.COMPANY_FEATURES}
    )
    write_request_card(folder, names, scorers, day=dt.date.today())


def _write_judge(name: str, models: Models, judges: Judges, rows: Sequence[Labelled], folder: Path) -> Trained:
    classifier, problem = getattr(models, name), judges.problems.linear[name]
    save_classifier(folder, classifier, _card(name, problem))
    if name != EVIDENCE:
        save_neighbours(folder, choose_neighbours(name, rows))
    figures = _figures(classifier, problem, judges.margins[name])
    write_card(folder, name, problem, figures, day=dt.date.today())
    return Trained(folder, _size(folder), figures)


def _write_convolution(models: Models, problems: Problems, folder: Path) -> None:
    save_convolution(folder, models.convolution, _card(CONVOLUTION, problems.convolution))
    write_convolution_card(folder, problems.convolution, day=dt.date.today())


def _card(name: str, problem: Problem) -> Card:
    return Card(name, tuple(sorted(set(problem.sources))), coordnlp.__version__)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def choose_neighbours(name: str, rows: Sequence[Labelled]) -> list[Neighbour]:
    """Return passages that have a label, once each; of a frequent label some that stand evenly through the material."""
    found: dict[str, Neighbour] = {}
    for row in rows:
        answer: Answer | None = row.acts if name == ACTS else row.measures
        if answer and answer.yes:
            found.setdefault(row.text, Neighbour(row.text, tuple(sorted(answer.yes)), row.source))
    every, kept = list(found.values()), set[int]()
    for label in {label for one in every for label in one.labels}:
        own = [at for at, one in enumerate(every) if label in one.labels]
        count = min(len(own), _NEIGHBOURS)
        kept.update(own[at * len(own) // count] for at in range(count))
    return [every[at] for at in sorted(kept)]


def _figures(classifier: Classifier, problem: Problem, margins: Margins) -> dict[str, LabelFigure]:
    """Return precision and recall by label on the rows of dossiers, each judged by what has not seen it."""
    truth = problem.truth[problem.graded]
    probabilities = classifier.calibrated(margins.linear, margins.heard)[problem.graded]
    made = probabilities >= np.array([classifier.thresholds[label] for label in classifier.labels])
    return {
        label: LabelFigure(
            threshold=classifier.thresholds[label],
            rows=int((problem.truth[:, at] == 1).sum()),
            right=int((made[:, at] & (truth[:, at] == 1)).sum()),
            wrong=int((made[:, at] & (truth[:, at] == 0)).sum()),
            missed=int((~made[:, at] & (truth[:, at] == 1)).sum()),
        )
        for at, label in enumerate(classifier.labels)
    }
