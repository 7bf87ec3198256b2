"""`coordnlp train`: fit classifiers of passages and scorers of requests, and write them with their cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

import coordnlp
from coordnlp.classifiers import Card, Classifier, Neighbour, save_classifier, save_neighbours
from coordnlp.classifiers.linear import logistic
from coordnlp.networks import Network, save_networks
from coordnlp.nlp import Models, load_nlp
from coordnlp.nlp.judges import ACTS, EVIDENCE, MEASURES
from coordnlp.stages.disagreements import table as issues
from coordnlp.stages.links import table as links
from coordnlp.stages.surroundings import table as surroundings
from coordnlp.taxonomy import Taxonomy, load_taxonomy
from coordnlp.training.cards import HEADS, LabelFigure, write_card, write_request_card
from coordnlp.training.classifiers import (
    Problem,
    Recipe,
    Recipes,
    fit_classifier,
    fit_weights,
    load_recipes,
    pose_acts,
    pose_evidence,
    pose_measures,
)
from coordnlp.training.material import Material, read_material
from coordnlp.training.passages import Answer, Labelled
from coordnlp.training.requests import fit_scorers, judge_left_out
from coordnlp.training.tables import write_table
from coordnlp.weights import FOLDER


@dataclass(frozen=True, slots=True)
class Trained:
    """One classifier as it was written: its folder, its size in bytes, and its figures on left-out dossiers."""

    folder: Path
    size: int
    figures: Mapping[str, LabelFigure]


def train(folder: Path, out: Path, *, on_stage: Callable[[str], None] = lambda _: None) -> list[Trained]:
    """Fit the judges of acts, measures and evidence, then the scorers of requests; write each into a folder of `out`.

    The same material gives the same files on one machine, the day in the cards aside.

    Args:
        folder: Training material, as `models/training`.

    Raises:
        NothingReadableError: There is no dossier with gold in it.
        ConfigurationError: A file of it is broken.
    """
    on_stage("读训练材料")
    material = read_material(folder, load_nlp(Models()))
    recipes, taxonomy = load_recipes(), load_taxonomy()
    built = []
    for name, problem, recipe in _pose(material.rows, recipes, taxonomy):
        on_stage(f"学习 {name}")
        built.append(_build(name, problem, recipe, material, out / name))
    on_stage("学习 requests")
    _build_requests(material, [judge for judge, _ in built], recipes, taxonomy, out / FOLDER)
    return [trained for _, trained in built]


def _pose(rows: Sequence[Labelled], recipes: Recipes, taxonomy: Taxonomy) -> list[tuple[str, Problem, Recipe]]:
    """Return the problems of the three judges in order, each with its recipe."""
    return [
        (ACTS, pose_acts(rows, recipes.acts), recipes.acts),
        (MEASURES, pose_measures(rows, recipes.measures, taxonomy), recipes.measures),
        (EVIDENCE, pose_evidence(rows, recipes.evidence), recipes.evidence),
    ]


def _build_requests(
    material: Material, judges: Sequence[Classifier], recipes: Recipes, taxonomy: Taxonomy, folder: Path
) -> None:
    """Fit the scorers on what judges make of dossiers that they have not seen: so they meet users' papers, too.

    Args:
        judges: Those that ship, in the order of `problems`; the others take their calibration, two numbers a label,
            and save three fits of four.
    """

    def fit(rows: Sequence[Labelled]) -> Models:
        posed = _pose(rows, recipes, taxonomy)
        fitted = [fit_weights(problem, recipe) for _, problem, recipe in posed]
        return Models(
            *(
                replace(judge, blocks=one.blocks, weights=one.weights, bias=one.bias)
                for judge, one in zip(judges, fitted, strict=True)
            )
        )

    judged = [dossier for dossier, _ in judge_left_out(material.dossiers, material.rows, taxonomy, fit)]
    scorers = fit_scorers(judged).scorers
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
    write_request_card(folder, [dossier.name for dossier in judged], scorers, day=dt.date.today())


def _build(name: str, problem: Problem, recipe: Recipe, material: Material, folder: Path) -> tuple[Classifier, Trained]:
    classifier, margins = fit_classifier(problem, recipe)
    sources = tuple(sorted(set(problem.sources)))
    save_classifier(folder, classifier, Card(name, sources, coordnlp.__version__))
    if name != EVIDENCE:
        save_neighbours(folder, _neighbours(name, material.rows))
    figures = _figures(classifier, problem, margins)
    write_card(folder, name, problem, figures, day=dt.date.today())
    size = sum(file.stat().st_size for file in folder.iterdir())
    return classifier, Trained(folder, size, figures)


def _neighbours(name: str, rows: Sequence[Labelled]) -> list[Neighbour]:
    """Return the passages that have a label, once each."""
    found: dict[str, Neighbour] = {}
    for row in rows:
        answer: Answer | None = row.acts if name == ACTS else row.measures
        if answer and answer.yes:
            found.setdefault(row.text, Neighbour(row.text, tuple(sorted(answer.yes)), row.source))
    return list(found.values())


def _figures(classifier: Classifier, problem: Problem, margins: np.ndarray) -> dict[str, LabelFigure]:
    """Return precision and recall by label on the rows of dossiers, each judged by what has not seen it."""
    graded = problem.graded.astype(bool)
    truth = problem.truth[graded]
    probabilities = logistic(classifier.slope * margins[graded] + classifier.offset)
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
