"""A linear classifier of passages with several labels, calibrated together with what a convolution says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from coordnlp.classifiers.blocks import READERS, Block, describe_feature, encode
from coordnlp.classifiers.samples import Sample
from coordnlp.reasons import weigh
from coordnlp.records import Level

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# A feature that moves the log-odds less is no reason.
_TELLING = 0.1
# What the convolution's share is called: it reads words in their order, and has no single feature to show.
_WHOLE = "通读整句"


UNSURE = 0.5
"""A border case has at least this share of the probability of a finding."""


@dataclass(frozen=True)
class Classifier:
    """Logistic regression, one against the rest, and how far a convolution's margins are trusted beside it.

    Attributes:
        labels: m labels.
        blocks: With n features in all.
        weights: Of shape (n, m), float32.
        bias: Of shape (m,).
        slope, second, offset: Of shape (m,): the probability of a label is the logistic function of
            slope × margin + second × the convolution's margin + offset (Platt 1999), fitted on margins of left-out
            dossiers.
        thresholds: By label, the least probability of a finding.
        unsure: By label, the least probability of a border case.
    """

    labels: tuple[str, ...]
    blocks: tuple[Block, ...]
    weights: np.ndarray
    bias: np.ndarray
    slope: np.ndarray
    second: np.ndarray
    offset: np.ndarray
    thresholds: Mapping[str, float]
    unsure: Mapping[str, float]

    def encode(self, samples: Sequence[Sample]) -> csr_matrix:
        """Return what the classifier sees of n samples, of shape (n, features)."""
        return encode(samples, self.blocks)

    def margins(self, rows: csr_matrix) -> np.ndarray:
        """Return the uncalibrated margins of n encoded samples, of shape (n, m)."""
        margins: np.ndarray = rows @ self.weights + self.bias
        return margins

    def probabilities(self, rows: csr_matrix, heard: np.ndarray) -> np.ndarray:
        """Return calibrated probabilities of n encoded samples, of shape (n, m), values in [0, 1].

        Args:
            heard: The convolution's margins of the samples for these labels, of shape (n, m).
        """
        return self.calibrated(self.margins(rows), heard)

    def calibrated(self, margins: np.ndarray, heard: np.ndarray) -> np.ndarray:
        """Return the probabilities of n margins and of the convolution's beside them, each of shape (n, m)."""
        # In single precision the last bits, and with them a third digit, hang on what the processor can do.
        return logistic((self.slope * margins + self.offset).astype(np.float64) + self.second * heard)

    def level(self, label: str, probability: float) -> Level:
        """Tell what a probability is good for."""
        if probability >= self.thresholds[label]:
            return "found"
        return "unsure" if probability >= self.unsure[label] else "low"

    @cached_property
    def features(self) -> Sequence[tuple[str, str]]:
        """The features in order of their columns, each with the name of its block."""
        return [(block.name, feature) for block in self.blocks for feature in block.vocabulary]

    def reasons(self, row: csr_matrix, heard: np.ndarray, label: str, most: int = 4) -> tuple[str, ...]:
        """Return the features that speak loudest for a label in an encoded sample, with shares of the log-odds.

        Args:
            heard: The convolution's margins of the sample, of shape (m,).
        """
        at = self.labels.index(label)
        shares = row.data * self.weights[row.indices, at] * self.slope[at]
        best = sorted(zip(shares.tolist(), row.indices.tolist(), strict=True), key=lambda one: (-one[0], one[1]))
        told = [(share, describe_feature(*self.features[column])) for share, column in best[:most]]
        told.append((float(self.second[at] * heard[at]), _WHOLE))
        return tuple(weigh(words, share) for share, words in told if share >= _TELLING)


def logistic(margins: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x)), without overflow."""
    found: np.ndarray = 0.5 * (1 + np.tanh(0.5 * margins))
    return found


def is_sound(classifier: Classifier) -> bool:
    """Tell whether the parts of a classifier fit together."""
    features = sum(len(block.vocabulary) for block in classifier.blocks)
    labels = len(classifier.labels)
    lines = classifier.bias, classifier.slope, classifier.second, classifier.offset
    return (
        classifier.weights.shape == (features, labels)
        and all(one.shape == (labels,) for one in lines)
        and all(block.name in READERS and len(block.rarity) == len(block.vocabulary) for block in classifier.blocks)
        and set(classifier.thresholds) == set(classifier.unsure) == set(classifier.labels)
    )
