"""How near each comes to the best of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def share_of_best(strength: np.ndarray, axis: int) -> np.ndarray:
    """Return each value as a share of the greatest of its row (axis 1) or column (axis 0), 0.0 where that is 0.

    Args:
        strength: Of shape (n, m), no value below 0.
    """
    import numpy as np

    best = strength.max(axis=axis, keepdims=True)
    share: np.ndarray = np.divide(strength, best, out=np.zeros_like(strength), where=best > 0)
    return share
