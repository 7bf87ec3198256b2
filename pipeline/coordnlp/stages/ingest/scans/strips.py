"""Strips: words that an engine sees on a picture, with their place on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Rows, columns, and red, green and blue, of a page: shape (height, width, 3)."""
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Strip:
    """A line, or a piece of one, that was recognised.

    Attributes:
        words: As recognised, on one line.
        score: How sure the engine is of them, in [0, 1].
        corners: Upper left, upper right, lower right, lower left, in pixels from the upper left of the picture.
    """

    words: str
    score: float
    corners: Corners

    @property
    def left(self) -> float:
        """The left edge of the upright box around it."""
        return min(x for x, _ in self.corners)

    @property
    def right(self) -> float:
        """The right edge of the upright box around it."""
        return max(x for x, _ in self.corners)

    @property
    def top(self) -> float:
        """The upper edge of the upright box around it."""
        return min(y for _, y in self.corners)

    @property
    def bottom(self) -> float:
        """The lower edge of the upright box around it."""
        return max(y for _, y in self.corners)

    @property
    def middle(self) -> float:
        """How far down its centre lies."""
        return sum(y for _, y in self.corners) / 4

    @property
    def height(self) -> float:
        """The length of its short edges, however it is tilted."""
        a, b, c, d = self.corners
        return (math.dist(a, d) + math.dist(b, c)) / 2

    @property
    def width(self) -> float:
        """The length of its long edges, however it is tilted."""
        a, b, c, d = self.corners
        return (math.dist(a, b) + math.dist(d, c)) / 2

    @property
    def is_tall(self) -> bool:
        """Whether it runs down the picture, as all lines do on a page that lies on its side."""
        return self.bottom - self.top > 1.5 * (self.right - self.left)

    def moved(self, shift: Point, scale: float) -> Strip:
        """Return it as it lies on a picture of which this one is a piece, enlarged `scale` times."""
        return replace(self, corners=corners_of((x / scale + shift[0], y / scale + shift[1]) for x, y in self.corners))


def corners_of(points: Iterable[Point]) -> Corners:
    """Return four points as corners."""
    a, b, c, d = points
    return a, b, c, d


def box(left: float, top: float, right: float, bottom: float) -> Corners:
    """Return the corners of an upright box."""
    return (left, top), (right, top), (right, bottom), (left, bottom)


def mean_score(strips: Sequence[Strip]) -> float:
    """Return how sure the words of a picture are, each letter counting alike; 0 where there are none."""
    letters = sum(len(strip.words) for strip in strips)
    return sum(strip.score * len(strip.words) for strip in strips) / letters if letters else 0.0


def em_of(strips: Sequence[Strip]) -> float:
    """Return the usual height of strips, in pixels."""
    return median(strip.height for strip in strips)


def straighten(strips: Sequence[Strip]) -> list[Strip]:
    """Return the strips as they would lie if the page had not been laid on the glass askew."""
    slopes = sorted(_slope(strip) for strip in strips if strip.right - strip.left > 4 * strip.height)
    if not slopes:
        return list(strips)
    angle = -median(slopes)
    sine, cosine = math.sin(angle), math.cos(angle)

    def turned(point: Point) -> Point:
        return point[0] * cosine - point[1] * sine, point[0] * sine + point[1] * cosine

    return [replace(strip, corners=corners_of(map(turned, strip.corners))) for strip in strips]


def _slope(strip: Strip) -> float:
    """Return the angle of a strip in radians, downwards to the right."""
    a, b, c, d = strip.corners
    return math.atan2(b[1] - a[1] + c[1] - d[1], b[0] - a[0] + c[0] - d[0])
