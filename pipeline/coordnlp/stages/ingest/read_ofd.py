"""Read an OFD with text: its characters by where they stand, as those of a PDF are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordnlp.stages.ingest.ofd_package import (
    DAMAGED,
    OfdPackage,
    OfdPage,
    list_objects,
    list_pages,
    read_numbers,
)
from coordnlp.stages.ingest.office_parts import Element, attribute, children, open_archive
from coordnlp.stages.ingest.page_drafts import FEWEST_LETTERS, PICTURE_SHARE, draft_pages, unread_scans
from coordnlp.stages.ingest.pdf_lines import Glyph, Page, arrange_page
from coordnlp.stages.ingest.readings import Reading, UnreadableError

_POINTS = 72 / 25.4  # in a millimetre
_ASCENT, _DESCENT = 0.86, 0.14  # ems above and below the line that letters stand on
_NARROW = 0.5  # ems that a letter takes where nothing tells its width
_USUAL_SIZE = 3.5  # millimetres, where a size is missing
_MOST_REPEATED = 100_000  # distances that one figure may stand for


def read_ofd(content: bytes) -> Reading:
    """Read an OFD page by page, lines rejoined into paragraphs, running heads and page numbers dropped.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `too_large` or `no_text`.
    """
    with open_archive(content, DAMAGED) as archive:
        package = OfdPackage(archive)
        pages, scanned = [], []
        for number, source in enumerate(list_pages(package), 1):
            pages.append(arrange_page(list(_list_glyphs(source)), number, _points(source)))
            if _is_scan(source, pages[-1]):
                scanned.append(number)
        annotated = package.holds("annotation.xml")
    if not pages:
        raise UnreadableError("damaged", DAMAGED)
    kept = [page for number, page in enumerate(pages, 1) if number not in scanned or len(scanned) < len(pages)]
    return draft_pages(kept, unread_scans(scanned), ["文件带有批注或附加的图章，没有读取。"] if annotated else [])


def _points(page: OfdPage) -> tuple[float, float]:
    return page.width * _POINTS, page.height * _POINTS


def _is_scan(source: OfdPage, page: Page) -> bool:
    """Tell a page that is a picture: hardly any letters, and an image over much of it."""
    covered = 0.0
    for image in list_objects(source.layers, "ImageObject"):
        box = read_numbers(attribute(image, "Boundary"))
        covered += box[2] * box[3] if len(box) == 4 else 0.0
    letters = sum(len(line.words) for line in page.lines)
    return letters < FEWEST_LETTERS and covered > PICTURE_SHARE * source.width * source.height


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a text object stands: its corner, its matrix (a b c d e f), the size of its letters, the page's height."""

    corner: tuple[float, float]
    matrix: Sequence[float]
    size: float
    height: float

    def place(self, character: str, x: float, y: float, width: float) -> Glyph:
        """Return a character that stands at a place within, with its box in points from the page's lower left."""
        a, b, c, d, e, f = self.matrix
        left = a * x + c * y + e + self.corner[0]
        base = self.height - (b * x + d * y + f + self.corner[1])
        em = self.size * abs(d or a or 1.0)
        edges = (left, base - _DESCENT * em, left + width * abs(a or d or 1.0), base + _ASCENT * em)
        left, bottom, right, top = (edge * _POINTS for edge in edges)
        return Glyph(character, left, bottom, right, top, em * _POINTS)


def _list_glyphs(page: OfdPage) -> Iterator[Glyph]:
    for item in list_objects(page.layers, "TextObject"):
        boundary = read_numbers(attribute(item, "Boundary"))
        if len(boundary) == 4:
            told = read_numbers(attribute(item, "CTM"))
            matrix = told if len(told) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
            frame = _Frame((boundary[0], boundary[1]), matrix, _number(item, "Size", _USUAL_SIZE), page.height)
            yield from _read_text(item, frame)


def _read_text(item: Element, frame: _Frame) -> Iterator[Glyph]:
    """Yield the characters of a text object.

    A TextCode begins at X and Y and steps by DeltaX and DeltaY; what it leaves out goes on from the code before.
    """
    scale = _number(item, "HScale", 1.0)
    x = y = 0.0
    for code in children(item, "TextCode"):
        x, y = _number(code, "X", x), _number(code, "Y", y)
        across, down = (_read_steps(attribute(code, name)) for name in ("DeltaX", "DeltaY"))
        at_x, at_y = x, y
        for index, character in enumerate(code.text or ""):
            wide = frame.size * scale * (1.0 if _is_wide(character) else _NARROW)
            yield frame.place(character, at_x, at_y, min(wide, _step(across, index, wide)))
            at_x += _step(across, index, 0.0 if down else wide)
            at_y += _step(down, index, 0.0)


def _number(element: Element, name: str, usual: float) -> float:
    return next(iter(read_numbers(attribute(element, name))), usual)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F", "A"}


def _step(steps: Sequence[float], index: int, usual: float) -> float:
    """Return the distance from a character to the next; the last one goes on, as programs leave repeats out."""
    if not steps:
        return usual
    return steps[index] if index < len(steps) else steps[-1]


def _read_steps(text: str) -> list[float]:
    """Return the distances of DeltaX or DeltaY: `g 3 5.6` stands for three times 5.6."""
    steps: list[float] = []
    parts = iter(text.split())
    for part in parts:
        if part == "g":
            count, value = next(parts, "0"), next(parts, "0")
            room = _MOST_REPEATED - len(steps)
            steps += [float(value)] * max(0, min(int(float(count)), room))
        else:
            steps.append(float(part))
    return steps
