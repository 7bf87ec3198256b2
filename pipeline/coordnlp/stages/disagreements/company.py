"""The company that two occasions keep: the second round of pairing, on the probabilities of the first.

Two sentences that share no word may still be of one question, where a third one is near to both.

Source: shared nearest neighbours (Jarvis & Patrick 1973), as features of a second fit (Wolpert 1992).
"""

from __future__ import annotations

import numpy as np

from coordnlp.features import even_odds

# So many of the nearest are looked at as company; the time grows with the square of the occasions, not the cube.
_NEAREST = 30

NAMES: tuple[str, ...] = (
    "first_score",
    "common_nearest",
    "common_sum",
    "alike_company",
    "share_of_both",
    "share_of_one",
    "place_of_both",
    "place_of_one",
    "crowd_of_both",
    "crowd_of_one",
)
"""The features of two occasions by their company, in order."""


def compare_company(first: np.ndarray) -> dict[str, np.ndarray]:
    """Return the features `NAMES` of all pairs of n occasions, each a symmetric array of shape (n, n).

    Args:
        first: How likely two are of one question by themselves, symmetric, of shape (n, n).

    Returns:
        `first_score`: scaled log-odds. `common_nearest`: how near the best third one is to the farther of the two.
        `common_sum`: the logarithm of one and the summed products. `alike_company`: cosine of the rows. `share`: of the
        nearest one's. `place`: share of the others that are nearer. `crowd`: how much is near at all.
    """
    near = first - np.diag(np.diag(first))
    count = len(near)
    products = near @ near
    lengths = np.sqrt((near**2).sum(axis=1))
    share = near / np.maximum(near.max(axis=1, keepdims=True), 1e-6)
    ordered = np.sort(near, axis=1)
    nearer = np.array([count - np.searchsorted(row, one, side="right") for row, one in zip(ordered, near, strict=True)])
    place = nearer / max(1, count)
    crowd = np.log1p(near.sum(axis=1))
    columns = (
        even_odds(first),
        _common_nearest(near),
        np.log1p(products),
        products / np.maximum(np.outer(lengths, lengths), 1e-9),
        np.minimum(share, share.T),
        np.maximum(share, share.T),
        np.minimum(place, place.T),
        np.maximum(place, place.T),
        np.minimum.outer(crowd, crowd),
        np.maximum.outer(crowd, crowd),
    )
    return dict(zip(NAMES, columns, strict=True))


def _common_nearest(near: np.ndarray) -> np.ndarray:
    """Return for every two the best third one's probability with the farther of them, of shape (n, n)."""
    best = np.zeros_like(near)
    nearest = np.argsort(-near, axis=1, kind="stable")[:, :_NEAREST]
    rows = np.arange(len(near))
    for third in nearest.T:
        best = np.maximum(best, np.minimum(near[rows, third][:, None], near[third]))
    common: np.ndarray = np.maximum(best, best.T)
    return common
