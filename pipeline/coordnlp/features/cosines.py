"""Cosines: how near texts of one dossier are by features of theirs, the rare ones most.

Source: TF-IDF with sublinear counts (Manning, Raghavan & Schütze 2008, §6.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coordnlp.features.topics import as_they_are

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix


class Cosines:
    """Compares texts by features, such as their characters or the concepts of their words.

    Args:
        texts: The features of the passages of a dossier, over which rarity is counted.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(analyzer=as_they_are, sublinear_tf=True)
        self._vectorizer.fit(texts if any(texts) else [["无内容"]])

    def read(self, texts: Iterable[Sequence[str]]) -> csr_matrix:
        """Return one row a text, of length 1, or 0 for one without a known feature."""
        return self._vectorizer.transform(texts).tocsr()

    def between(self, some: csr_matrix, others: csr_matrix) -> np.ndarray:
        """Return how near each of n texts is to each of m, of shape (n, m), in [0, 1]."""
        import numpy as np

        bounded: np.ndarray = np.clip((some @ others.T).toarray(), 0.0, 1.0)
        return bounded

    def among(self, texts: Iterable[Sequence[str]]) -> np.ndarray:
        """Return how near n texts are to each other, a symmetric array of shape (n, n), values in [0, 1]."""
        read = self.read(texts)
        return self.between(read, read)
