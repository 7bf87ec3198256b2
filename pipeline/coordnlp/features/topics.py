"""Topic nearness: how much of what one text is about stands in another.

Lexical, over character pairs or content words, weighted by rarity in the dossier: the backbone of linking. A small
sentence encoder was tried beside it and found no paraphrase that characters do not (docs/design.md). This file owns
scikit-learn.

Source: TF-IDF after Spärck Jones (1972); containment after Broder (1997), weighted by idf.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_DATE = re.compile(
    r"(?:\d{2,4}\s*年)?(?:\d{1,2}\s*[至—–~-]\s*)?\d{1,2}\s*月(?:份|底|初|末|上旬|中旬|下旬)?(?:\s*\d{1,2}\s*[日号])?|\d{4}\s*年|"
    r"(?<!第)(?<!\d)\d{1,2}\s*日|\d{4}-\d{1,2}-\d{1,2}"
)
_FIGURE = re.compile(r"[A-Za-z]*\d[\d.,:+-]*[A-Za-z%]*")
# A feature that stands in at most this share of a dossier's passages belongs to few matters.
_RARE_SHARE = 0.008
# At so many times that share it is no longer rare at all.
_FADED = 1.5
# So many rare features shared (about two rare words) count as full evidence.
_ENOUGH_RARE = 5.0


def topic_features(text: str) -> list[str]:
    """Return what a text is made of for comparison: character pairs of Han runs, and figures as a whole.

    Dates are left out: they say when, and two matters of one day are not one matter.
    """
    text = without_dates(text)
    pairs = [run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)]
    return pairs + [figure for figure in _FIGURE.findall(text) if len(figure) > 1]


def without_dates(text: str) -> str:
    """Return a text with a comma for each date."""
    return _DATE.sub("，", text)


def as_they_are(features: Sequence[str]) -> Sequence[str]:
    """Return features that were taken from a text already, for scikit-learn."""
    return features


class Topics:
    """The vocabulary of one dossier, by which texts are compared.

    Args:
        texts: The features of n passages (character pairs, or content words); rarity is counted over them.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(analyzer=as_they_are, binary=True, norm=None)
        self._vectorizer.fit(texts if any(texts) else [["无内容"]])
        # idf = ln((1 + n) / (1 + df)) + 1, so that df can be had back from it.
        passages = (1 + len(texts)) / np.exp(self._vectorizer.idf_ - 1) - 1
        limit = max(2.0, _RARE_SHARE * len(texts))
        # Rarity fades out: with a sharp limit one more paper could make a thousand features rare at once.
        self._rare = np.clip((_FADED * limit - passages) / ((_FADED - 1) * limit), 0.0, 1.0)

    def weigh(self, texts: Sequence[Sequence[str]]) -> csr_matrix:
        """Return one row of idf weights a text, to be compared by the functions below."""
        return self._vectorizer.transform(texts).tocsr()

    def containment(self, asked: csr_matrix, answers: csr_matrix) -> np.ndarray:
        """Return the share of each asked text's weight that stands in each answer.

        Args:
            asked: Weights of n texts.
            answers: Weights of m texts.

        Returns:
            Float array of shape (n, m), values in [0, 1]; 0.0 for a text without features.
        """
        import numpy as np

        sums = np.asarray(asked.sum(axis=1)).ravel()
        inverse = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
        shared: np.ndarray = (asked @ _present(answers).T).toarray()
        share: np.ndarray = shared * inverse[:, None]
        return share

    def rare_overlap(self, asked: csr_matrix, answers: csr_matrix) -> np.ndarray:
        """Return how many rare features two texts share, as a share of what counts as full evidence.

        Returns:
            Float array of shape (n, m), values in [0, 1].
        """
        import numpy as np

        evidence: np.ndarray = np.minimum(1.0, self.rare_counts(asked, answers) / _ENOUGH_RARE)
        return evidence

    def rare_counts(self, asked: csr_matrix, answers: csr_matrix) -> np.ndarray:
        """Return how many rare features each asked text and each answer share, fading ones in part; shape (n, m)."""
        counts: np.ndarray = (_present(asked).multiply(self._rare).tocsr() @ _present(answers).T).toarray()
        return counts


def _present(weights: csr_matrix) -> csr_matrix:
    ones = weights.copy()
    ones.data[:] = 1.0
    return ones
