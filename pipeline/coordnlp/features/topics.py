"""Topic nearness: how much of what one text is about stands in another.

Lexical, over characters and jieba's words, weighted by rarity in the dossier: the backbone of linking. An encoder for paraphrase
joins it behind the same function. This file owns scikit-learn.

Source: TF-IDF after Spärck Jones (1972); containment after Broder (1997), weighted by idf.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_FIGURE = re.compile(r"[A-Za-z]*\d[\d.,:+-]*[A-Za-z%]*")


def topic_features(text: str) -> list[str]:
    """Return what a text is made of for comparison: character pairs of Han runs, and figures as a whole."""
    pairs = [run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)]
    return pairs + _FIGURE.findall(text)


class Topics:
    """Texts of one dossier, ready to be compared.

    Args:
        texts: n passages, or passages with their context.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        # The default token pattern is unused with an analyzer of our own.
        self._vectorizer = TfidfVectorizer(analyzer=topic_features, binary=True, norm=None)
        self._vectorizer.fit(texts if any(topic_features(text) for text in texts) else ["无内容"])

    def containment(self, asked: Sequence[str], answers: Sequence[str]) -> csr_matrix:
        """Return the share of each asked text's weight that stands in each answer.

        Args:
            asked: n texts.
            answers: m texts.

        Returns:
            Sparse float matrix of shape (n, m), values in [0, 1]; 0.0 for a text without features.
        """
        import numpy as np

        weights = self._vectorizer.transform(asked)
        present = self._vectorizer.transform(answers)
        present.data = np.ones_like(present.data)
        sums = np.asarray(weights.sum(axis=1)).ravel()
        inverse = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
        shared = (weights @ present.T).tocsr()
        return shared.multiply(inverse[:, None]).tocsr()
