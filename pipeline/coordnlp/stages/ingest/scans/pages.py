"""Recognise a page: set it right way up, read it, read again what is weak or was missed, and lay out its lines."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.settings import Scans
from coordnlp.stages.ingest.pdf_lines import Page
from coordnlp.stages.ingest.scans.engines import Engine
from coordnlp.stages.ingest.scans.ink import Area, Mask, find_ink, find_missed, is_at_end
from coordnlp.stages.ingest.scans.page_lines import lay_out
from coordnlp.stages.ingest.scans.strips import Picture, Strip, em_of, mean_score

_UPRIGHT = 0.8  # mean score; a page that is turned has half of it (benchmarks/scans.py)
_READABLE = 0.6  # mean score
_SCRAP = 0.6  # score of a strip that is read again; above it a second look by tesseract makes more errors than it mends
_AGAIN = (1.6, 0.7)  # times the size, at which scraps are read again
_MOST_AGAIN = 12  # areas of a page that are read again


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was recognised of a picture.

    Attributes:
        page: Its lines, in reading order.
        unsure: The words of strips that the engine is not sure of, or found only at a second look.
        missed: How many places seem to bear writing that was not recognised.
        score: How sure the engine is of all words, in [0, 1].
    """

    page: Page
    unsure: tuple[str, ...]
    missed: int
    score: float

    @property
    def is_readable(self) -> bool:
        """Whether it is blank, or its words are words: what is read into a photograph or handwriting mostly is none."""
        return self.score >= _READABLE if self.page.lines else not self.missed


class Recogniser:
    """An engine at work on one file, within the time that a file may take."""

    def __init__(self, engine: Engine, limits: Scans) -> None:
        self._engine, self._limits = engine, limits
        self._end = time.monotonic() + limits.seconds

    @property
    def name(self) -> str:
        """The engine's name."""
        return self._engine.name

    @property
    def has_time(self) -> bool:
        """Whether another page may be begun."""
        return time.monotonic() < self._end

    def recognise(self, picture: Picture, number: int) -> ScannedPage:
        """Return the words of a page, `number` from 1; whatever goes wrong in the engine is raised as it is."""
        picture, strips = self._set_upright(picture)
        em = em_of(strips) if strips else _guess_em(picture)
        ink = find_ink(picture, em)
        strips, unsure = self._read_again(picture, ink, strips, em)
        missed = len(list(find_missed(ink, strips, em)))
        page = lay_out(strips, number, picture.shape)
        return ScannedPage(page, tuple(unsure), missed, mean_score(strips))

    def _set_upright(self, picture: Picture) -> tuple[Picture, list[Strip]]:
        """Return the picture as it is to be read, and its strips: whichever way its words are surest."""
        best, strips = picture, self._engine.read(picture)
        if mean_score(strips) >= _UPRIGHT and not _lies(strips):
            return best, strips
        score = 0.0 if _lies(strips) else mean_score(strips)
        for quarters in (1, 3, 2) if _lies(strips) or not strips else (2, 1, 3):
            turned = np.ascontiguousarray(np.rot90(picture, quarters))
            found = self._engine.read(turned)
            if mean_score(found) > score and not _lies(found):
                best, strips, score = turned, found, mean_score(found)
            if score >= _UPRIGHT or not self.has_time:
                break
        return best, strips

    def _read_again(self, picture: Picture, ink: Mask, strips: list[Strip], em: float) -> tuple[list[Strip], list[str]]:
        """Return the strips, with a second look at scraps and at writing that none covers; and the unsure words.

        What only a second look found stays unsure: the engine had taken it for no writing.
        """
        sure = [strip for strip in strips if strip.score >= self._limits.weak]
        for area in self._doubtful(ink, strips, em):
            if not self.has_time:
                break
            strips = self._better(picture, strips, area, em)
        return strips, [strip.words for strip in strips if strip not in sure]

    def _doubtful(self, ink: Mask, strips: Sequence[Strip], em: float) -> list[Area]:
        """Return where a second look is worth its time: scraps, missed writing with the strips that it adjoins."""
        areas = [_area_of([strip]) for strip in strips if strip.score < _SCRAP]
        for missed in find_missed(ink, strips, em):
            beside = [strip for strip in strips if is_at_end(missed, strip, em)]
            areas.append(_joined(missed, _area_of(beside)) if beside else missed)
        return list(dict.fromkeys(areas))[:_MOST_AGAIN]

    def _better(self, picture: Picture, strips: list[Strip], area: Area, em: float) -> list[Strip]:
        """Return the strips, those within an area read again where that tells more of it, or tells it more surely."""
        old = [strip for strip in strips if area.holds(strip)]
        best, merit = old, _merit(old)
        for scale in _AGAIN:
            found = list(self._read_piece(picture, area, scale, em))
            # In more pieces than before, a line has been torn.
            if found and (not old or len(found) <= len(old)) and _merit(found) > merit:
                best, merit = found, _merit(found)
        return [*(strip for strip in strips if strip not in old), *best]

    def _read_piece(self, picture: Picture, area: Area, scale: float, em: float) -> Iterator[Strip]:
        """Yield what is read in an area alone, at another size, on paper of its own."""
        from scipy import ndimage

        pad = round(0.3 * em)
        left, top = max(0, area.left - pad), max(0, area.top - pad)
        piece = ndimage.zoom(picture[top : area.bottom + pad, left : area.right + pad], (scale, scale, 1), order=1)
        margin = round(em)
        paper = np.percentile(piece, 85, axis=(0, 1)).astype(np.uint8)
        framed = np.empty((piece.shape[0] + 2 * margin, piece.shape[1] + 2 * margin, 3), np.uint8)
        framed[:] = paper
        framed[margin:-margin, margin:-margin] = piece
        for strip in self._engine.read(framed):
            placed = strip.moved((left - margin / scale, top - margin / scale), scale)
            if area.holds(placed):
                yield placed


def _guess_em(picture: Picture) -> float:
    """Return the height of a line of body text on a page of A4: a fortieth of its width."""
    return int(min(picture.shape[:2])) / 40


def _lies(strips: Sequence[Strip]) -> bool:
    """Tell whether most of what was read runs down the picture."""
    tall = sum(strip.height * strip.width for strip in strips if strip.is_tall)
    return tall > 0.5 * sum(strip.height * strip.width for strip in strips)


def _merit(strips: Sequence[Strip]) -> float:
    """Return how much was read how surely: a letter read with a score below a half counts against."""
    return sum(((strip.score - 0.5) * len(strip.words) for strip in strips), 0.0)


def _area_of(strips: Sequence[Strip]) -> Area:
    return Area(
        round(min(strip.left for strip in strips)),
        round(min(strip.top for strip in strips)),
        round(max(strip.right for strip in strips)),
        round(max(strip.bottom for strip in strips)),
    )


def _joined(one: Area, other: Area) -> Area:
    return Area(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
