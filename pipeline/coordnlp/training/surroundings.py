"""Fit the second round of the acts (`requests/acts.toml`, `acts.safetensors`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from coordnlp.networks import Network
from coordnlp.nlp import JUDGED_ACTS
from coordnlp.stages.links import Linked
from coordnlp.stages.surroundings import ActLook, ActTable
from coordnlp.stages.surroundings.features import asking_passages, describe_surroundings, first_scores
from coordnlp.training.calibration import choose_thresholds
from coordnlp.training.dossiers import Annotated
from coordnlp.training.folds import fit_apart
from coordnlp.training.networks import fit_network
from coordnlp.training.passages import label_passages
from coordnlp.training.problems import number


@dataclass(frozen=True)
class Cases:
    """The passages of a dossier about whose acts gold says everything.

    Attributes:
        features: Of shape (n, features).
        first: What the first round made of them, of shape (n, acts).
        truth: Of shape (n, acts): 1 where an act holds, 0 where not, -1 where nobody knows.
    """

    features: np.ndarray
    first: np.ndarray
    truth: np.ndarray


def fit_looks(cases: Mapping[str, Cases], folds: int) -> tuple[ActLook, Mapping[str, ActLook]]:
    """Return the second round fitted on all dossiers, and by dossier one fitted on others; thresholds are common.

    Args:
        cases: Of every dossier, as judges and links that had not seen it left them.
        folds: So many parts are left out in turn.
    """
    without = fit_apart(list(cases), folds, lambda names: fit_look({name: cases[name] for name in names}))
    probabilities = np.vstack([without[name].probabilities(one.features, one.first) for name, one in cases.items()])
    found = choose_thresholds(probabilities, np.vstack([one.truth for one in cases.values()]))
    least = dict(zip(JUDGED_ACTS, (round(float(one), 3) for one in found), strict=True))

    def cut(look: ActLook) -> ActLook:
        return replace(look, table=look.table.model_copy(update={"found": least}))

    return cut(fit_look(cases)), {name: cut(look) for name, look in without.items()}


def list_cases(dossier: Annotated, linked: Linked) -> Cases:
    """Return the labelled passages of a dossier among those around them."""
    asking = asking_passages(linked.requests)
    passages = {id(sample): at for at, sample in dossier.samples.items()}
    truth = {
        passages[id(row.sample)]: [number(row.acts.holds(act)) for act in JUDGED_ACTS]
        for row in label_passages(dossier)
        if row.acts and row.acts.asked is None
    }
    features, scores, answers = [], [], []
    for one in dossier.parsed:
        told = [at for at, passage in enumerate(one.passages) if passage.id in truth]
        if told:
            first = first_scores(one.passages, dossier.annotations)
            features.append(describe_surroundings(one.passages, one.header, first, asking, linked.bearings)[told])
            scores.append(first[told])
            answers += [truth[one.passages[at].id] for at in told]
    return Cases(np.vstack(features), np.vstack(scores), np.array(answers))


def fit_look(cases: Mapping[str, Cases]) -> ActLook:
    """Fit one network an act on the cases of dossiers, by name; thresholds are 0.5."""
    features = np.vstack([one.features for one in cases.values()])
    truth = np.vstack([one.truth for one in cases.values()])
    networks: dict[str, Network] = {}
    for at, act in enumerate(JUDGED_ACTS):
        known = truth[:, at] >= 0
        networks[act] = fit_network(features[known], truth[known, at] == 1)
    return ActLook(ActTable(source="、".join(cases), found=dict.fromkeys(JUDGED_ACTS, 0.5)), networks)
