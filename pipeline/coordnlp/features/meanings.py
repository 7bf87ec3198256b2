"""Nearness in meaning: texts compared by the concepts of what they are about, where they share no word.

Source: TF-IDF with sublinear counts (Manning, Raghavan & Schütze 2008, §6.4), over classes of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coordnlp.features.topics import as_they_are

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix


class Meanings:
    """Compares the concepts of texts of one dossier.

    Args:
        texts: The concepts of its passages, over which rarity is counted.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(analyzer=as_they_are, sublinear_tf=True)
        self._vectorizer.fit(texts if any(texts) else [["无内容"]])

    def read(self, texts: Sequence[Sequence[str]]) -> csr_matrix:
        """Return one row a text, of length 1, or 0 for one without concepts."""
        return self._vectorizer.transform(texts).tocsr()

    def between(self, some: csr_matrix, others: csr_matrix) -> np.ndarray:
        """Return the cosine of each of n texts with each of m, of shape (n, m), in [0, 1]."""
        import numpy as np

        bounded: np.ndarray = np.clip((some @ others.T).toarray(), 0.0, 1.0)
        return bounded

    def among(self, texts: Sequence[Sequence[str]]) -> np.ndarray:
        """Return how near n texts are to each other, a symmetric array of shape (n, n), values in [0, 1]."""
        read = self.read(texts)
        return self.between(read, read)
