"""What the second round of the acts judges by: `acts.toml` and `acts.safetensors` of `requests/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from pydantic import field_validator

from coordnlp.classifiers.linear import UNSURE
from coordnlp.networks import Network, load_networks
from coordnlp.nlp import JUDGED_ACTS
from coordnlp.records import Act, Level
from coordnlp.resources import models_folder
from coordnlp.stages.surroundings.features import NAMES
from coordnlp.tables import Table
from coordnlp.weights import FOLDER, load_weights

NETWORKS = "acts.safetensors"


class ActTable(Table):
    """The least probability of both rounds for a finding, by act."""

    source: str
    found: dict[Act, float]

    @field_validator("found")
    @classmethod
    def _known(cls, found: dict[Act, float]) -> dict[Act, float]:
        differ = sorted(set(found) ^ set(JUDGED_ACTS))
        if differ:
            raise ValueError(f"unknown or missing act {differ[0]}")
        return found

    def level(self, act: Act, probability: float) -> Level:
        """Return what a probability of an act is good for."""
        if probability >= self.found[act]:
            return "found"
        return "unsure" if probability >= UNSURE * self.found[act] else "low"


@dataclass(frozen=True)
class ActLook:
    """What acts are judged by once more: a network an act, by `features.NAMES`."""

    table: ActTable
    networks: Mapping[str, Network]

    def probabilities(self, features: np.ndarray, first: np.ndarray) -> np.ndarray:
        """Return the mean of both rounds for n passages, of shape (n, acts): the two err in different places.

        Args:
            features: Of shape (n, features).
            first: Probabilities of the first round, of shape (n, acts).
        """
        second = np.column_stack([self.networks[act].probabilities(features) for act in JUDGED_ACTS])
        mean: np.ndarray = (first + second) / 2
        return mean


def network_features() -> dict[str, tuple[str, ...]]:
    """Return what each network knows of a passage, in order."""
    return dict.fromkeys(JUDGED_ACTS, NAMES)


def load_act_look() -> ActLook:
    """Load the second round as it ships.

    Raises:
        TableError: The thresholds are missing or broken.
        ModelError: The networks are.
    """
    networks = load_networks(models_folder() / FOLDER / NETWORKS, network_features())
    return ActLook(load_weights("acts", ActTable), networks)
