"""Ink on a picture: where something is written that no strip covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coordnlp.stages.ingest.scans.strips import Picture, Strip

Grey = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_BLOCK = 32  # pixels; paper is lit evenly over so small a piece, and shows between the letters of it
_DARK = 0.75  # times the paper around it
_RED = 40  # levels that a stamp's red lies above its green and blue
_RULE = 1.6  # ems; longer straight strokes are lines of a table or under a head, no letters
_LEAST_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 1.2, 0.45, 2.6  # ems of a piece of writing
_LEAST_LETTER = 0.18  # ems; a figure 1 beside other words of its row
_LEAST_INK, _MOST_INK = 0.06, 0.7  # of its box
_NEAR = 1.2  # ems between a strip and a piece at its end, a number of a point for example
_END_WIDTH, _END_HEIGHT = 0.6, 0.06  # ems; such a piece may be a single 一


@dataclass(frozen=True, slots=True)
class Area:
    """An upright box on a picture, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, strip: Strip) -> bool:
        """Tell whether the middle of a strip lies in it."""
        across = (strip.left + strip.right) / 2
        return self.left <= across <= self.right and self.top <= strip.middle <= self.bottom


def even_out(picture: Picture) -> Grey:
    """Return how light each pixel is beside the paper around it, in [0, 1]: shadows and grey paper become white."""
    grey = picture.astype(np.float32).mean(axis=2)
    rows, columns = (max(1, length // _BLOCK) for length in grey.shape)
    cut = grey[: rows * _BLOCK, : columns * _BLOCK] if min(grey.shape) >= _BLOCK else grey
    blocks = cut.reshape(rows, cut.shape[0] // rows, columns, cut.shape[1] // columns)
    paper = np.percentile(blocks, 85, axis=(1, 3))
    smooth = _stretch(_stretch(paper, grey.shape[0]).T, grey.shape[1]).T
    light: Grey = np.clip(grey / np.maximum(smooth, 1), 0, 1).astype(np.float32)
    return light


def _stretch(values: npt.NDArray[np.floating], length: int) -> Grey:
    """Interpolate the rows of an array to another number of rows."""
    places = (np.arange(length) + 0.5) / length * len(values) - 0.5
    low = np.clip(np.floor(places).astype(int), 0, len(values) - 1)
    high, part = np.minimum(low + 1, len(values) - 1), np.clip(places - low, 0, 1)[:, None]
    stretched: Grey = (values[low] * (1 - part) + values[high] * part).astype(np.float32)
    return stretched


def find_ink(picture: Picture, em: float) -> Mask:
    """Return where there is ink other than a stamp's red and the rules of a table.

    Args:
        em: Usual height of a line, in pixels.
    """
    from scipy import ndimage

    smooth = ndimage.uniform_filter(even_out(picture), 3)
    colours = picture.astype(np.int16)
    red = colours[:, :, 0] - np.maximum(colours[:, :, 1], colours[:, :, 2]) > _RED
    ink: Mask = (smooth < _DARK) & ~red
    length = max(3, round(_RULE * em))
    rules = _strokes(ink, 0, length) | _strokes(ink, 1, length)
    letters: Mask = ink & ~ndimage.maximum_filter(rules, 5)
    return letters


def _strokes(ink: Mask, axis: int, length: int) -> Mask:
    """Return what belongs to straight strokes of a length or more along an axis."""
    from scipy import ndimage

    worn = ndimage.minimum_filter1d(ink.view(np.uint8), length, axis=axis, mode="constant")
    # Shifted back by one where the length is even, so that the stroke comes out where it was.
    whole: Mask = ndimage.maximum_filter1d(worn, length, axis=axis, mode="constant", origin=-((length + 1) % 2)).view(
        bool
    )
    return whole


def find_missed(ink: Mask, strips: Sequence[Strip], em: float) -> Iterator[Area]:
    """Yield where something is written that no strip covers.

    Args:
        ink: Of the page, see `find_ink`.
        em: Usual height of a line, in pixels.
    """
    from scipy import ndimage

    ink = ink.copy()
    for strip in strips:
        _cover(ink, strip)
    joined = ndimage.maximum_filter(ink, (max(1, round(em / 4)), max(1, round(em * 0.8))))
    labels, _ = ndimage.label(joined)
    for rows, columns in ndimage.find_objects(labels):
        area = _shrink(ink, rows, columns)
        if area and _is_writing(ink, area, strips, em):
            yield area


def _cover(ink: Mask, strip: Strip) -> None:
    """Wipe out the ink of a strip, along its tilt."""
    first, last = max(0, int(strip.left)), min(ink.shape[1], int(strip.right) + 1)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = strip.corners
    columns = np.arange(first, last)
    pad = 0.15 * strip.height
    if bx - ax < 1 or cx - dx < 1 or not len(columns):
        return
    above = np.interp(columns, (ax, bx), (ay, by)) - pad
    below = np.interp(columns, (dx, cx), (dy, cy)) + pad
    top, bottom = max(0, int(above.min())), min(ink.shape[0], int(below.max()) + 1)
    rows = np.arange(top, bottom)[:, None]
    ink[top:bottom, first:last] &= (rows < above) | (rows > below)


def _shrink(ink: Mask, rows: slice, columns: slice) -> Area | None:
    """Return the box of the ink itself within that of its dilation."""
    down, across = np.nonzero(ink[rows, columns])
    if not len(down):
        return None
    top, left = rows.start, columns.start
    return Area(
        int(left + across.min()), int(top + down.min()), int(left + across.max()) + 1, int(top + down.max()) + 1
    )


def _is_writing(ink: Mask, area: Area, strips: Sequence[Strip], em: float) -> bool:
    """Tell a line or word, a letter alone at the height of a line, or a piece at its end; no speck or picture."""
    width, height = (area.right - area.left) / em, (area.bottom - area.top) / em
    share = ink[area.top : area.bottom, area.left : area.right].mean()
    if height > _MOST_HEIGHT or share <= _LEAST_INK:
        return False
    if height >= _LEAST_HEIGHT and width >= _LEAST_LETTER:
        middle = (area.top + area.bottom) / 2
        beside = any(strip.top < middle < strip.bottom for strip in strips)
        return bool(share < _MOST_INK) and (width >= _LEAST_WIDTH or beside)
    return width >= _END_WIDTH and height >= _END_HEIGHT and any(is_at_end(area, strip, em) for strip in strips)


def is_at_end(area: Area, strip: Strip, em: float) -> bool:
    """Tell whether a piece of writing stands right before or behind a strip, on its line."""
    (_, ay), (_, by), (_, cy), (_, dy) = strip.corners
    before, behind = area.right <= strip.left + em / 2, area.left >= strip.right - em / 2
    gap = strip.left - area.right if before else area.left - strip.right
    top, bottom = (ay, dy) if before else (by, cy)
    return (before or behind) and gap < _NEAR * em and top - 2 <= (area.top + area.bottom) / 2 <= bottom + 2
