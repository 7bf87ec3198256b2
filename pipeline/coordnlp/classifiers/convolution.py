"""A convolution over the characters of a passage: what word order says, learnt for all labels at once.

Source: a filter's strongest answer anywhere in the text, after Kim (2014), over vectors of characters and of pairs of
them. The n-grams of the linear classifiers know which words stand there; this knows them in their order and by what
they have in common, and errs elsewhere, so that both together err less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.classifiers.samples import Sample

# What stands before and behind a passage.
_START, _END = "^", "$"
# Rows of where a text has ended, and of a character or pair that is not known.
PADDING, UNKNOWN = 0, 1
FIRST = 2
"""The first row of a table of vectors that belongs to a character or a pair."""
# Characters that are read of a passage, of the end of the one before, and of the heading.
_OWN, _BEFORE, _HEADING = 160, 70, 40
# Passages that are read together: more gain nothing, and a long one stretches all of them.
_BATCH = 64


@dataclass(frozen=True)
class Filters:
    """c filters over k neighbouring characters of d numbers each.

    Attributes:
        weights: Of shape (k, d, c).
        bias: Of shape (c,).
    """

    weights: np.ndarray
    bias: np.ndarray

    def strongest(self, text: np.ndarray, known: np.ndarray) -> np.ndarray:
        """Return each filter's strongest answer, at least 0, of shape (n, c).

        Args:
            text: n texts of l characters, of shape (n, l, d), 0 where a text has ended.
            known: Where a text has not ended, of shape (n, l).
        """
        width, _, count = self.weights.shape
        reach = width // 2
        edges = np.pad(text, ((0, 0), (reach, reach), (0, 0)))
        length = text.shape[1]
        total = sum(edges[:, at : at + length] @ self.weights[at] for at in range(width)) + self.bias
        found: np.ndarray = np.where(known[..., None], np.maximum(0.0, total), 0.0)
        return found.max(axis=1) if length else np.zeros((len(text), count))


@dataclass(frozen=True)
class Layer:
    """Weights of shape (inputs, outputs) and a bias of shape (outputs,)."""

    weights: np.ndarray
    bias: np.ndarray

    def __call__(self, values: np.ndarray) -> np.ndarray:
        """Return the outputs of n rows of inputs, of shape (n, outputs)."""
        found: np.ndarray = values @ self.weights + self.bias
        return found


@dataclass(frozen=True)
class Convolution:
    """A network that gives each label a margin.

    Attributes:
        labels: m labels.
        characters, pairs: Row of each in its table of vectors, from `FIRST` on.
        facts: Names of the facts of a sample that are read.
        character_vectors, pair_vectors: Tables of shape (rows, d); row `PADDING` is 0.
        own: Filters over the passage, by width.
        before: Filters over the end of the passage before.
        fact_layer, hidden, out: From facts to units, from all that was read to units, from those to margins.
    """

    labels: tuple[str, ...]
    characters: Mapping[str, int]
    pairs: Mapping[str, int]
    facts: tuple[str, ...]
    character_vectors: np.ndarray
    pair_vectors: np.ndarray
    own: tuple[Filters, ...]
    before: Filters
    fact_layer: Layer
    hidden: Layer
    out: Layer

    def margins(self, samples: Sequence[Sample]) -> np.ndarray:
        """Return the uncalibrated margins of n samples, of shape (n, m), in double precision.

        Texts of like length are read together; what stands beside a passage in its batch changes nothing.
        """
        found = np.zeros((len(samples), len(self.labels)))
        order = sorted(range(len(samples)), key=lambda at: len(samples[at].role_text))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            found[rows] = self._read([samples[at] for at in rows])
        return found

    def columns(self, labels: Iterable[str]) -> list[int]:
        """Return where labels stand among the margins."""
        return [self.labels.index(label) for label in labels]

    def _read(self, samples: Sequence[Sample]) -> np.ndarray:
        texts = read_texts(samples, self.characters, self.pairs, self.facts)
        own, known = self._look_up(texts.own)
        before, told = self._look_up(texts.before)
        heading, named = self._look_up(texts.heading)
        strongest = np.hstack([filters.strongest(own, known) for filters in self.own])
        read = [
            strongest,
            self.before.strongest(before, told),
            _mean(own, known),
            _mean(heading, named),
            np.maximum(0.0, self.fact_layer(texts.facts)),
        ]
        units = np.maximum(0.0, self.hidden(np.hstack(read)))
        return self.out(np.hstack([units, strongest]))

    def _look_up(self, rows: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Return the vectors of n texts, of shape (n, l, d), and where each has not ended, of shape (n, l)."""
        characters, pairs = rows
        return self.character_vectors[characters] + self.pair_vectors[pairs], characters != PADDING

    @property
    def fits(self) -> bool:
        """Tell whether the shapes go together and all numbers are finite."""
        size = self.character_vectors.shape[1]
        kinds = sum(filters.weights.shape[2] for filters in self.own)
        read = kinds + self.before.weights.shape[2] + 2 * size + self.fact_layer.weights.shape[1]
        shapes = [
            (self.character_vectors, (FIRST + len(self.characters), size)),
            (self.pair_vectors, (FIRST + len(self.pairs), size)),
            (self.fact_layer.weights, (len(self.facts), self.fact_layer.weights.shape[1])),
            (self.hidden.weights, (read, self.hidden.weights.shape[1])),
            (self.out.weights, (self.hidden.weights.shape[1] + kinds, len(self.labels))),
            *((one.weights, (one.weights.shape[0], size, *one.bias.shape)) for one in (*self.own, self.before)),
            *((one.bias, one.weights.shape[1:]) for one in (self.fact_layer, self.hidden, self.out)),
        ]
        return all(one.shape == shape and bool(np.isfinite(one).all()) for one, shape in shapes)


@dataclass(frozen=True, slots=True)
class Texts:
    """What the network reads of n samples: rows of characters, and of the pairs that begin with them.

    Attributes:
        own, before, heading: Each two arrays of shape (n, longest text), `PADDING` where a text has ended.
        facts: Of shape (n, facts).
    """

    own: tuple[np.ndarray, np.ndarray]
    before: tuple[np.ndarray, np.ndarray]
    heading: tuple[np.ndarray, np.ndarray]
    facts: np.ndarray


def read_texts(
    samples: Sequence[Sample], characters: Mapping[str, int], pairs: Mapping[str, int], facts: Sequence[str]
) -> Texts:
    """Return what the network reads of samples."""
    return Texts(
        _number([whole(sample.role_text) for sample in samples], characters, pairs),
        _number([sample.before[-_BEFORE:] for sample in samples], characters, pairs),
        _number([sample.heading[:_HEADING] for sample in samples], characters, pairs),
        np.array([[sample.facts.get(name, 0.0) for name in facts] for sample in samples]).reshape(len(samples), -1),
    )


def number_rows(names: Iterable[str]) -> dict[str, int]:
    """Return the row of each character or pair in its table of vectors."""
    return {name: at for at, name in enumerate(names, FIRST)}


def whole(text: str) -> str:
    """Return a passage as it is read: with signs for where it begins and ends."""
    return f"{_START}{text}{_END}"[:_OWN]


def _number(
    texts: Sequence[str], characters: Mapping[str, int], pairs: Mapping[str, int]
) -> tuple[np.ndarray, np.ndarray]:
    longest = max(map(len, texts), default=0)
    singles, doubles = (np.full((len(texts), longest), PADDING) for _ in range(2))
    for at, text in enumerate(texts):
        singles[at, : len(text)] = [characters.get(one, UNKNOWN) for one in text]
        doubles[at, : len(text)] = [pairs.get(text[i : i + 2], UNKNOWN) for i in range(len(text))]
    return singles, doubles


def _mean(text: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return the mean vector of each text, 0 of an empty one, of shape (n, d)."""
    found: np.ndarray = text.sum(axis=1) / np.maximum(1, known.sum(axis=1))[:, None]
    return found
