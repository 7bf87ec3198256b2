"""Fit the small networks of the second rounds."""

from __future__ import annotations

import warnings

import numpy as np

from coordnlp.networks import Network

# Few and small, stopped early; a decay of 3 instead learns too little (docs/design.md, "Second rounds").
_NETS, _UNITS, _DECAY, _STEP, _ROUNDS, _BATCH = 3, 24, 0.3, 0.003, 12, 256
_PARTS, _SEED = 8, 0
# A feature that hardly varies is left as it is.
_FLAT = 1e-3


def small_folders(count: int) -> list[np.ndarray]:
    """Deal n items out to eight parts, so that the second round also learns how few of them look, as in a new folder.

    Returns:
        Ordinals of each part that holds at least two.
    """
    dealt = np.random.default_rng(_SEED).permutation(count)
    parts = [np.sort(dealt[at::_PARTS]) for at in range(_PARTS)]
    return [part for part in parts if len(part) > 1]


def fit_network(values: np.ndarray, holds: np.ndarray) -> Network:
    """Fit a network on n cases with f features; the same cases give the same network on one machine.

    Args:
        values: Of shape (n, f).
        holds: Of shape (n,): what is to be told.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    mean, scale = values.mean(axis=0), values.std(axis=0)
    scale[scale < _FLAT] = 1.0
    options = {"alpha": _DECAY, "learning_rate_init": _STEP, "batch_size": _BATCH, "max_iter": _ROUNDS}
    with warnings.catch_warnings():
        # They are stopped before they converge, on purpose.
        warnings.simplefilter("ignore", ConvergenceWarning)
        nets = [
            MLPClassifier((_UNITS,), random_state=seed, **options).fit((values - mean) / scale, holds)
            for seed in range(_NETS)
        ]
    return Network(
        mean,
        scale,
        np.array([net.coefs_[0] for net in nets]),
        np.array([net.intercepts_[0] for net in nets]),
        np.array([net.coefs_[1][:, 0] for net in nets]),
        np.array([net.intercepts_[1][0] for net in nets]),
    )
