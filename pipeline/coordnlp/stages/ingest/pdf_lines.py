"""Lines of text on the pages of a PDF or OFD, with where they stand."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

_NO_GLYPHS = frozenset({0, 10, 13, 0xFFFE, 0xFEFF, 0x200B})
_HYPHEN = 2  # PDFium's code for a hyphen at a line end
_HAN = re.compile(r"[\u2e80-\u2fdf\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uffee“”‘’—…①-⑳㈠-㈩]")
_CLOSING = frozenset("，。、；：？！”’）》〉】〕」』…—·,.;:?!)]}%％℃")
# Spaces within 2024 年 5 月 6 日 and 第 3 号, where typists put them and readers see none.
_LOOSE_NUMBER = re.compile(r"(?<=\d) +(?=[年月日时分号期条第])|(?<=[年月第]) +(?=\d)")
_CELL_GAP = 1.8  # ems between two words on a line that stand in different columns of a table
_WORD_GAP = 0.7  # ems between two Han characters that a person set apart; justified lines stretch less
_LATIN_GAP = 0.18  # ems between two Latin words
_DOUBLE_SHIFT = 0.15  # ems
_LEAST_SPREAD = 0.3  # ems
_FEWEST_SPREAD = 3  # gaps of one size that make a spaced-out title such as 会 议 纪 要


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box, in points from the lower left corner of the upright page; `size` is its em."""

    character: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    @property
    def blank(self) -> bool:
        """Whether it is a space that stands in the file."""
        return self.character.isspace()


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line on a page: its words, its extent in points, `size` the height of its characters.

    `first` is the width of what cannot be parted at the line's beginning: a Latin word or number, or one
    character with the closing marks after it.
    """

    page: int
    words: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    first: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is shown, in points, its lines from top to bottom."""

    width: float
    height: float
    lines: tuple[PageLine, ...]


def read_page(textpage: Any, number: int, rotation: int, size: tuple[float, float]) -> Page:
    """Return the lines of a page.

    Args:
        textpage: A pypdfium2 text page.
        number: Of the page, from 1.
        rotation: Degrees by which the page is shown turned.
        size: Width and height of the page as it is shown, in points.
    """
    width, height = size
    stored = (height, width) if rotation in {90, 270} else size
    return arrange_page(_read_glyphs(textpage, rotation, *stored), number, size)


def arrange_page(glyphs: Sequence[Glyph], number: int, size: tuple[float, float]) -> Page:
    """Return a page with its characters, given in the order of the file, sorted into lines.

    Args:
        number: Of the page, from 1.
        size: Width and height of the page, in points.
    """
    rows = [row for row in _rows(glyphs) if any(not item.blank for item in row)]
    return Page(*size, tuple(_make_line(number, row) for row in rows))


def _read_glyphs(textpage: Any, rotation: int, width: float, height: float) -> list[Glyph]:
    import pypdfium2.raw as pdfium

    glyphs: list[Glyph] = []
    handle, box, matrix = textpage.raw, pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    for index in range(pdfium.FPDFText_CountChars(handle)):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code in _NO_GLYPHS or pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(handle, index, box):
            continue
        if 0xDC00 <= code <= 0xDFFF:
            _complete_pair(glyphs, code)
            continue
        scale = math.hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(handle, index, matrix) else 1.0
        size = pdfium.FPDFText_GetFontSize(handle, index) * scale
        edges = (box.left, box.bottom, box.right, box.top)
        character = "-" if code == _HYPHEN else chr(code)
        glyphs.append(Glyph(character, *_turn(edges, rotation, width, height), size or box.top - box.bottom))
    return glyphs


def _complete_pair(glyphs: list[Glyph], low: int) -> None:
    """Put together a character that PDFium gives as two UTF-16 units; a lone unit becomes U+FFFD."""
    before = glyphs[-1] if glyphs else None
    if before and 0xD800 <= ord(before.character) <= 0xDBFF:
        pair = 0x10000 + ((ord(before.character) - 0xD800) << 10) + low - 0xDC00
        glyphs[-1] = replace(before, character=chr(pair))


def _turn(
    edges: tuple[float, float, float, float], rotation: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """Return (left, bottom, right, top) as it stands on the page that is shown."""
    left, bottom, right, top = edges
    match rotation:
        case 90:
            return bottom, width - right, top, width - left
        case 180:
            return width - right, height - top, width - left, height - bottom
        case 270:
            return height - top, left, height - bottom, right
        case _:
            return edges


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Sort glyphs into lines: those that overlap in height, from top to bottom, each from left to right."""
    runs = _runs(glyphs)
    runs.sort(key=lambda run: -_middle(run))
    rows: list[list[Glyph]] = []
    for run in runs:
        if rows and abs(_middle(rows[-1]) - _middle(run)) < 0.4 * min(_height(rows[-1]), _height(run)):
            rows[-1].extend(run)
        else:
            rows.append(list(run))
    return [_without_doubles(sorted(row, key=lambda glyph: glyph.left)) for row in rows]


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Cut the glyphs, in the order of the file, where the height changes."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _same_height(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        elif not glyph.blank:
            runs.append([glyph])
    return runs


def _same_height(before: Glyph, after: Glyph) -> bool:
    overlap = min(before.top, after.top) - max(before.bottom, after.bottom)
    return overlap > 0.5 * min(before.size, after.size)


def _middle(row: Sequence[Glyph]) -> float:
    return (row[0].top + row[0].bottom) / 2


def _height(row: Sequence[Glyph]) -> float:
    return row[0].size


def _without_doubles(row: Sequence[Glyph]) -> list[Glyph]:
    """Drop letters that are printed twice on one spot, which is how some programs make bold type.

    Dashes overlap where the font makes one stroke of two.
    """
    kept: list[Glyph] = []
    for glyph in row:
        doubled = any(
            glyph.character == other.character and abs(glyph.left - other.left) < _DOUBLE_SHIFT * glyph.size
            for other in kept[-2:]
        )
        if not doubled or not glyph.character.isalnum():
            kept.append(glyph)
    return kept


def _make_line(page: int, row: Sequence[Glyph]) -> PageLine:
    solid = [glyph for glyph in row if not glyph.blank]
    return PageLine(
        page,
        _join(row),
        solid[0].left,
        max(glyph.right for glyph in solid),
        min(glyph.bottom for glyph in solid),
        max(glyph.top for glyph in solid),
        median(glyph.size for glyph in solid),
        _first_width(solid),
    )


def _join(row: Sequence[Glyph]) -> str:
    """Return the words of a line, tabs between table columns, spaces only where a person set them."""
    solid = [glyph for glyph in row if not glyph.blank]
    typed = {id(after) for before, after in itertools.pairwise(row) if before.blank}
    spread = _spread(solid, typed)
    words = solid[0].character
    for before, after in itertools.pairwise(solid):
        gap = (after.left - before.right - spread) / max(before.size, after.size, 0.1)
        words += _space(before, after, gap, id(after) in typed and not spread)
        words += after.character
    return _LOOSE_NUMBER.sub("", words.strip())


def _spread(solid: Sequence[Glyph], typed: set[int]) -> float:
    """Return the gap of a line whose characters are all set apart alike (会 议 纪 要), else 0."""
    gaps = [after.left - before.right for before, after in itertools.pairwise(solid)]
    if len(gaps) < _FEWEST_SPREAD:
        return 0.0
    middle = median(gaps)
    all_typed = all(id(glyph) in typed for glyph in solid[1:])
    alike = min(gaps) > _LEAST_SPREAD * solid[0].size and max(gaps) - min(gaps) < 0.5 * middle
    return max(middle, 0.01) if all_typed or alike else 0.0


def _space(before: Glyph, after: Glyph, gap: float, typed: bool) -> str:
    """Return what stands between two characters whose gap is given in ems."""
    if gap > _CELL_GAP:
        return "\t"
    latin = not _HAN.match(before.character) and not _HAN.match(after.character)
    return " " if typed or gap > (_LATIN_GAP if latin else _WORD_GAP) else ""


def _first_width(solid: Sequence[Glyph]) -> float:
    end = 1
    if not _HAN.match(solid[0].character):
        while end < len(solid) and not _HAN.match(solid[end].character) and _touches(solid[end - 1], solid[end]):
            end += 1
    while end < len(solid) and solid[end].character in _CLOSING:
        end += 1
    return solid[end - 1].right - solid[0].left


def _touches(before: Glyph, after: Glyph) -> bool:
    return after.left - before.right < _LATIN_GAP * max(before.size, after.size)
