"""Character runs: how much text two papers have in common, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

LENGTH = 4  # characters in a run: one wrong character spoils four runs
_PRIME = np.uint64(1_099_511_628_211)
# So many runs of a text are kept in full for finding candidates; of a longer text every eighth.
_ALL = 600
_EVERY = 8
# A run that more texts share is common wording and makes no pair.
_RARE = 12
# So many rare runs in common make a pair worth a closer look.
_LEAST = 3


def run_hashes(text: str) -> Hashes:
    """Return the 64-bit hashes of all runs of a text, in order, shape (characters - LENGTH + 1,); empty if too short.

    Source:
        Broder (1997), "On the resemblance and containment of documents"; the hash is FNV-like over code points.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(codes) - LENGTH + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = np.zeros(count, np.uint64)
    for at in range(LENGTH):
        mixed = (mixed ^ codes[at : at + count]) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    return mixed


def share(shorter: Hashes, longer: Hashes) -> float:
    """Return which part, in [0, 1], of the distinct runs of one text another has, too; 0 for a text without runs."""
    return len(np.intersect1d(shorter, longer, assume_unique=True)) / len(shorter) if len(shorter) else 0.0


def missing(text: str, other: Hashes) -> list[tuple[int, int]]:
    """Return the half-open stretches of a text that no run in common with the other text covers.

    One character typed wrong leaves that character alone, so the stretches are the differences themselves.
    """
    shared = np.isin(run_hashes(text), other)
    covered = np.zeros(len(text), bool)
    for at in range(LENGTH):
        covered[at : at + len(shared)] |= shared
    edges = np.flatnonzero(np.diff(np.concatenate(([True], covered, [True])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def pair_by_rare_runs(texts: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    """Yield the ordinals of texts that share rare runs, each pair once, the smaller first.

    The cost grows with the length of all texts together, not with the number of pairs.

    Args:
        texts: Distinct runs of each text, sorted.
    """
    samples = [runs if len(runs) <= _ALL else runs[runs % np.uint64(_EVERY) == 0] for runs in texts]
    owners = np.repeat(np.arange(len(samples)), [len(sample) for sample in samples])
    if not len(owners):
        return
    hashes = np.concatenate(samples)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    _, counts = np.unique(hashes, return_counts=True)
    rare = np.repeat(counts <= _RARE, counts)
    hashes, owners = hashes[rare], owners[rare]
    keys = [_pairs_at(hashes, owners, step, len(samples)) for step in range(1, min(_RARE, len(hashes)))]
    found, times = np.unique(np.concatenate(keys) if keys else np.empty(0, np.int64), return_counts=True)
    for key in found[times >= _LEAST]:
        yield int(key) // len(samples), int(key) % len(samples)


def _pairs_at(hashes: Hashes, owners: NDArray[np.int64], step: int, size: int) -> NDArray[np.int64]:
    """Return a key for each pair of owners whose equal runs stand `step` apart in order of hash and owner."""
    same = hashes[step:] == hashes[:-step]
    keys: NDArray[np.int64] = owners[:-step][same] * size + owners[step:][same]
    return keys
