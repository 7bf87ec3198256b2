"""Similarity: how near two texts are, the one measure for all stages.

A cosine of characters, single and in pairs, weighed by rarity in the dossier; a sentence encoder, where the user
brings one, is mixed into it. An encoder's cosines live on a scale of their own (unrelated sentences .1 with one model,
.7 with another), so they are first brought to the scale of the characters by the dossier itself.

Source: linear fusion of scores brought to one scale after Shaw & Fox (1994).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from coordnlp.features.cosines import Cosines
from coordnlp.features.topics import topic_features, without_dates

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

_HAN = re.compile(r"[\u4e00-\u9fff]")
# So many texts, taken evenly, tell the scale of an encoder.
_TOLD = 1_000


class Encoder(Protocol):
    """What gives texts a vector."""

    name: str

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one vector a text, of shape (n, d), of length 1 or 0."""


@dataclass(frozen=True)
class Vectors:
    """Texts made ready to be compared.

    Attributes:
        characters: TF-IDF of characters, of shape (n, vocabulary), rows of length 1 or 0.
        meaning: By an encoder, of shape (n, d), rows of length 1 or 0; None without one.
    """

    characters: csr_matrix
    meaning: np.ndarray | None = None

    def take(self, rows: np.ndarray) -> Vectors:
        """Return some of the texts."""
        return Vectors(self.characters[rows], None if self.meaning is None else self.meaning[rows])


@dataclass(frozen=True)
class Mixing:
    """How cosines of an encoder are mixed in: its share in [0, 1], and the line that brings them to scale."""

    share: float
    slope: float
    offset: float


class Similarity:
    """Compares texts of one dossier.

    Args:
        texts: The passages of a dossier, over which rarity is counted and the encoder's scale is told.
        encoder: Is mixed in; None compares by characters alone.
        share: Of the encoder in the mixture, in [0, 1].
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder | None = None, share: float = 0.0) -> None:
        self._encoder, self._share = encoder, share
        self._texts = [text for text in dict.fromkeys(texts) if text]
        self._known: dict[str, np.ndarray] = {}
        self._cosines = Cosines(list(map(_characters, texts)))

    def read(self, texts: Sequence[str]) -> Vectors:
        """Make n texts ready; the same text is encoded once a dossier."""
        return Vectors(self._cosines.read(map(_characters, texts)), self._encode(texts))

    def between(self, some: Vectors, others: Vectors) -> np.ndarray:
        """Return how near each of n texts is to each of m, of shape (n, m), values in [0, 1]."""
        import numpy as np

        near = self._cosines.between(some.characters, others.characters)
        if some.meaning is not None and others.meaning is not None:
            mixing = self._mixing
            told = np.clip(mixing.slope * (some.meaning @ others.meaning.T) + mixing.offset, 0.0, 1.0)
            near = (1 - mixing.share) * near + mixing.share * told
        bounded: np.ndarray = np.clip(near, 0.0, 1.0)
        return bounded

    def among(self, texts: Sequence[str]) -> np.ndarray:
        """Return how near n texts are to each other, a symmetric array of shape (n, n), values in [0, 1]."""
        read = self.read(texts)
        return self.between(read, read)

    def _encode(self, texts: Sequence[str]) -> np.ndarray | None:
        import numpy as np

        if self._encoder is None:
            return None
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts])

    @cached_property
    def _mixing(self) -> Mixing:
        """Bring the encoder's cosines to the scale of the characters' by two points: strangers, and nearest ones.

        Both are means over the dossier's own passages, so no gold is needed, and any model may be brought.
        """
        step = max(1, len(self._texts) // _TOLD)
        told = self.read(self._texts[::step])
        if told.meaning is None or len(self._texts[::step]) < 2:
            return Mixing(0.0, 0.0, 0.0)
        characters = self._cosines.between(told.characters, told.characters)
        meaning = told.meaning @ told.meaning.T
        far, near = zip(_far_and_near(characters), _far_and_near(meaning), strict=True)
        if near[1] - far[1] < 1e-6:
            # It tells nothing apart.
            return Mixing(0.0, 0.0, 0.0)
        slope = (near[0] - far[0]) / (near[1] - far[1])
        return Mixing(self._share, float(slope), float(far[0] - slope * far[1]))


def _far_and_near(cosines: np.ndarray) -> tuple[float, float]:
    """Return the mean cosine of two texts, and of a text and the one nearest to it."""
    import numpy as np

    others = cosines[~np.eye(len(cosines), dtype=bool)].reshape(len(cosines), -1)
    return float(others.mean()), float(others.max(axis=1).mean())


def _characters(text: str) -> list[str]:
    """Return the Han characters of a text, their pairs, and its figures."""
    return [*topic_features(text), *_HAN.findall(without_dates(text))]
