"""The size at which a page is read: that of A4 at 150 dots an inch, where engines lose the fewest lines."""

from __future__ import annotations

DOTS = 150 / 72
"""Pixels a point."""
_LEAST, _MOST = 1000, 2000  # pixels of the short side: A4 has 1240, A3 1754
_MOST_ENLARGED = 2.5


def scale_for(width: float, height: float, usual: float = 1.0) -> float:
    """Return by how much a page is enlarged for reading.

    Args:
        width, height: In points or pixels.
        usual: The scale to take unless that makes the page too small to be read or too large to be handled.
    """
    short = min(width, height)
    least, most = _LEAST / short, _MOST / short
    return min(max(usual, min(least, usual * _MOST_ENLARGED)), most)
