"""Training passages that are like a passage: the reason that people understand best."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coordnlp.classifiers.blocks import Block, encode
from coordnlp.classifiers.samples import Sample, fold
from coordnlp.errors import ModelError

FILE = "neighbours.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A training passage with its labels, and the dossier or set that it is from."""

    text: str
    labels: tuple[str, ...]
    source: str


def save_neighbours(folder: Path, neighbours: Iterable[Neighbour]) -> None:
    """Write training passages, a line each."""
    lines = [json.dumps([one.text, one.labels, one.source], ensure_ascii=False) for one in neighbours]
    # Packed, they are a third; without a time in them the same passages are the same file.
    (folder / FILE).write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))


def load_neighbours(folder: Path) -> list[Neighbour]:
    """Read the training passages of a classifier.

    Raises:
        ModelError: They are missing or damaged.
    """
    try:
        lines = gzip.decompress((folder / FILE).read_bytes()).decode().splitlines()
        rows = [json.loads(line) for line in lines]
        return [Neighbour(text, tuple(labels), source) for text, labels, source in rows]
    except (OSError, EOFError, zlib.error, TypeError, ValueError) as error:
        raise ModelError(f"模型文件 {folder / FILE} 缺失或已损坏。", "请重新安装 coordnlp。") from error


def nearest(
    text: str, neighbours: Sequence[Neighbour], blocks: Sequence[Block], *, label: str, most: int = 2
) -> list[tuple[Neighbour, float]]:
    """Return the training passages with a label that are most like a text.

    Args:
        blocks: Of the classifier; its character n-grams are what is compared.

    Returns:
        Up to `most` with their cosine similarity in (0, 1], the nearest first.
    """
    characters = [block for block in blocks if block.name == "characters"]
    fits = [one for one in neighbours if label in one.labels]
    if not fits or not characters:
        return []
    rows = encode([Sample(fold(one), ()) for one in (text, *(fit.text for fit in fits))], characters)
    # Rows are of the block's weight in length.
    near = (rows[1:] @ rows[0].T).toarray().ravel() / characters[0].weight ** 2
    ranked = sorted(zip(fits, near.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0].text))
    return [(one, round(score, 3)) for one, score in ranked[:most] if score > 0]
