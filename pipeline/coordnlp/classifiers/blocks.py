"""Blocks of features: character n-grams, words, concepts, what stands around, facts, cues; and their sparse encoding.

Source: TF-IDF with sublinear counts and rows of unit length (Manning, Raghavan & Schütze 2008, §6.4), block by block,
so that a long passage does not drown its facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from coordnlp.classifiers.samples import ROLE_WORDS, Sample

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# A passage of 20,000 characters is a broken layout; more than this of it says nothing more.
_LONGEST = 400
# Where a clause ends, and how many characters of its opening, or of the passage's end, are read.
_BREAK = re.compile(r"[，。；：！？、\s]+")
_EDGE = 4
_FOLLOWED = "、"
_KEPT = 2048
# No row is brought to unit length from below this: a passage of one character would otherwise be that character alone.
_FLOORS = {"characters": 12.0, "words": 6.0}


# Several judges read the same passages, a batch at a time.
@lru_cache(maxsize=_KEPT)
def _ngrams(text: str, longest: int) -> Mapping[str, int]:
    text = text[:_LONGEST]
    sizes = range(1, longest + 1)
    return Counter(chain.from_iterable([text[at : at + n] for at in range(len(text) - n + 1)] for n in sizes))


def _edges(text: str) -> dict[str, float]:
    """Return how the clauses open, the first of them also apart, and how the passage ends: 请…, 望…, …呗."""
    text = text[:_LONGEST]
    clauses = [clause for clause in _BREAK.split(text) if clause]
    found = [f"^{clause[:n]}" for clause in clauses for n in range(1, min(_EDGE, len(clause)) + 1)]
    found += [f"^^{clause[:n]}" for clause in clauses[:1] for n in range(1, min(_EDGE, len(clause) + 1))]
    end = text.rstrip()
    found += [f"{end[-n:]}$" for n in range(1, min(_EDGE, len(end)) + 1)]
    return dict.fromkeys(found, 1.0)


def _in_pairs(concepts: Sequence[str]) -> dict[str, float]:
    """Return the concepts of a passage, and those that follow one another."""
    pairs = (f"{one}{_FOLLOWED}{other}" for one, other in pairwise(concepts))
    return dict.fromkeys((*concepts, *pairs), 1.0)


READERS: Mapping[str, Callable[[Sample], Mapping[str, float]]] = {
    "characters": lambda sample: _ngrams(sample.role_text, 3),
    "edges": lambda sample: _edges(sample.role_text),
    "words": lambda sample: dict.fromkeys(sample.words[:_LONGEST], 1.0),
    "concepts": lambda sample: _in_pairs(sample.concepts[:_LONGEST]),
    "before": lambda sample: _ngrams(sample.before, 2),
    "heading": lambda sample: _ngrams(sample.heading, 2),
    "facts": lambda sample: sample.facts,
    "cues": lambda sample: sample.cues,
    "measures": lambda sample: sample.measures,
    "about": lambda sample: {sample.about: 1.0} if sample.about else {},
}
"""What each block reads of a sample: features by name with their values."""

_SHOWN = {
    "characters": "有“{}”",
    "edges": "句读处“{}”",
    "words": "有词“{}”",
    "concepts": "有“{}”一类的词",
    "before": "前一句有“{}”",
    "heading": "标题有“{}”",
    "facts": "{}",
    "cues": "用语：{}",
    "measures": "措施用语：{}",
    "about": "关于措施 {}",
}

TEXTS = frozenset({"characters", "edges", "words", "concepts", "before", "heading"})
"""Blocks whose values are counts, weighed by rarity and brought to unit length."""


def describe_feature(block: str, feature: str) -> str:
    """Return what a feature of a block is called in front of people."""
    for role, word in ROLE_WORDS.items():
        feature = feature.replace(role, f"〈{word}〉")
    return _SHOWN[block].format(feature.partition("#")[0])


@dataclass(frozen=True)
class Block:
    """A block of features.

    Attributes:
        name: Of its reader.
        weight: By which its values are multiplied, in the face of the other blocks.
        vocabulary: Column of each feature within the block.
        rarity: Factor of each feature, of shape (n,): idf for texts, 1 for values.
    """

    name: str
    weight: float
    vocabulary: Mapping[str, int]
    rarity: np.ndarray


def learn_blocks(
    samples: Sequence[Sample], sources: Sequence[str], weights: Mapping[str, float], least: int
) -> tuple[Block, ...]:
    """Return blocks with the features that stand in several sources: what few dossiers say, is a name.

    Args:
        sources: Where each sample is from.
        weights: Of the blocks wanted, by name.
        least: In so many sources a feature must stand, or in all where there are fewer.
    """
    least = min(least, len(set(sources)))
    return tuple(_learn(name, weight, samples, sources, least) for name, weight in weights.items())


def _learn(name: str, weight: float, samples: Sequence[Sample], sources: Sequence[str], least: int) -> Block:
    read = READERS[name]
    counts: Counter[str] = Counter()
    seen: dict[str, set[str]] = {}
    for sample, source in zip(samples, sources, strict=True):
        features = read(sample)
        counts.update(features.keys())
        for feature in features:
            seen.setdefault(feature, set()).add(source)
    names = sorted(feature for feature, found_in in seen.items() if len(found_in) >= least)
    found = np.array([counts[feature] for feature in names], dtype=np.float64)
    # Smooth idf; never 0, so that a feature of every sample still counts.
    idf = np.log((1 + len(samples)) / (1 + found)) + 1 if name in TEXTS else np.ones(len(names))
    return Block(name, weight, {feature: at for at, feature in enumerate(names)}, idf)


def encode(samples: Iterable[Sample], blocks: Sequence[Block]) -> csr_matrix:
    """Return one sparse row a sample, of shape (n, sum of the blocks' features)."""
    from scipy.sparse import csr_matrix

    columns: list[np.ndarray] = []
    values: list[np.ndarray] = []
    ends = [0]
    for sample in samples:
        start = 0
        for block in blocks:
            at, value = _read(sample, block)
            columns.append(at + start)
            values.append(value)
            start += len(block.vocabulary)
        ends.append(ends[-1] + sum(len(one) for one in columns[len(columns) - len(blocks) :]))
    width = sum(len(block.vocabulary) for block in blocks)
    if not columns:
        return csr_matrix((len(ends) - 1, width), dtype=np.float32)
    data = np.concatenate(values).astype(np.float32)
    return csr_matrix((data, np.concatenate(columns), np.array(ends)), shape=(len(ends) - 1, width))


def _read(sample: Sample, block: Block) -> tuple[np.ndarray, np.ndarray]:
    known = block.vocabulary
    pairs = [(known[name], value) for name, value in READERS[block.name](sample).items() if name in known]
    if not pairs:
        return np.empty(0, dtype=np.int32), np.empty(0)
    pairs.sort()
    at = np.array([column for column, _ in pairs], dtype=np.int32)
    value = np.array([number for _, number in pairs], dtype=np.float64)
    if block.name in TEXTS:
        value = (1 + np.log(value)) * block.rarity[at]
        value /= max(float(np.linalg.norm(value)), _FLOORS.get(block.name, 0.0))
    return at, value * block.weight
