"""Lay out strips as the lines of a page: rows from top to bottom, one column of text after the other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from coordnlp.stages.ingest.pdf_lines import Page, PageLine
from coordnlp.stages.ingest.scans.punctuation import set_punctuation
from coordnlp.stages.ingest.scans.strips import Strip, em_of, straighten

_POINTS = 595  # of the short side of A4, which a picture is taken to show
_EM = 0.75  # of the height of a strip: engines leave room around the letters
_ALIKE = 0.18  # sizes that differ by less are one size, read unevenly
_CELL_GAP, _NARROW_CELL_GAP, _WORD_GAP = 1.6, 1.0, 0.7  # ems between two strips of a row: another cell, another word
_FEWEST_ROWS = 4  # of a column of text
_FULL = 0.7  # of the width of a column that most of its lines fill, unlike the cells of a table
_HAN = re.compile(r"[\u3001-\u9fff\uff01-\uffee]")
_MARKS = ("，", "。", "、", "；", "：")
_FIRST = re.compile(r"(?:[\x21-\x7e]+|.)[，。、；：？！”’）》〉】〕」』…]*")


@dataclass(frozen=True, slots=True)
class _Row:
    strips: tuple[Strip, ...]

    @property
    def left(self) -> float:
        return self.strips[0].left

    @property
    def right(self) -> float:
        return max(strip.right for strip in self.strips)


def lay_out(strips: Sequence[Strip], number: int, size: tuple[int, ...]) -> Page:
    """Return the page of a picture.

    Args:
        number: Of the page, from 1.
        size: Height and width of the picture, in pixels.
    """
    height, width = size[:2]
    scale = _POINTS / min(height, width)
    if not strips:
        return Page(width * scale, height * scale, ())
    em = em_of(strips) * _EM
    upright = straighten(strips)
    rows = [row for column in _columns(_rows(upright), width) for row in column]
    lines = (_line(row, em, number, scale, height) for row in rows)
    return Page(width * scale, height * scale, tuple(line for line in lines if line.words))


def _rows(strips: Sequence[Strip]) -> list[_Row]:
    """Gather strips at one height, from top to bottom, each row from left to right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda strip: strip.middle):
        if rows and _is_level(rows[-1], strip):
            rows[-1].append(strip)
        else:
            rows.append([strip])
    return [_Row(tuple(sorted(row, key=lambda strip: strip.left))) for row in rows]


def _is_level(row: Sequence[Strip], strip: Strip) -> bool:
    drop = abs(median(one.middle for one in row) - strip.middle)
    return drop < 0.5 * min(row[0].height, strip.height)


# --- columns -------------------------------------------------------------------------------------


def _columns(rows: Sequence[_Row], width: float) -> Iterator[list[_Row]]:
    """Yield the rows in reading order: what runs over the whole page by itself, the left column before the right."""
    gutter = _find_gutter(rows, width)
    if gutter is None:
        yield list(rows)
        return
    for crosses, group in itertools.groupby(rows, key=lambda row: _crosses(row, gutter)):
        if crosses:
            yield list(group)
            continue
        sides = list(group)
        left = [row for row in (_part(row, 0, gutter) for row in sides) if row.strips]
        right = [row for row in (_part(row, gutter, width) for row in sides) if row.strips]
        # Put below the left one, so that both fill one frame, by which lines are joined into paragraphs.
        shift = min((row.left for row in left), default=0) - min((row.left for row in right), default=0)
        yield left
        yield [_Row(tuple(strip.moved((shift, 0), 1) for strip in row.strips)) for row in right]


def _part(row: _Row, first: float, last: float) -> _Row:
    return _Row(tuple(strip for strip in row.strips if first <= (strip.left + strip.right) / 2 < last))


def _crosses(row: _Row, gutter: float) -> bool:
    return any(strip.left < gutter < strip.right for strip in row.strips)


def _find_gutter(rows: Sequence[_Row], width: float) -> float | None:
    """Return where the gap between two columns of text lies, None on a page of one column or of a table."""
    pairs = [row for row in rows if len(row.strips) == 2]
    if len(pairs) < _FEWEST_ROWS:
        return None
    left = max(row.strips[0].right for row in pairs)
    right = min(row.strips[1].left for row in pairs)
    middle = (left + right) / 2
    if left >= right or not 0.3 * width < middle < 0.7 * width:
        return None
    sides = [[row.strips[side] for row in pairs] for side in (0, 1)]
    return middle if all(map(_is_full, sides)) else None


def _is_full(column: Sequence[Strip]) -> bool:
    """Tell whether most lines of a column are about as long as its longest."""
    longest = max(strip.width for strip in column)
    return median(strip.width for strip in column) > _FULL * longest and median(len(one.words) for one in column) >= 8


# --- lines ---------------------------------------------------------------------------------------


def _line(row: _Row, em: float, number: int, scale: float, height: int) -> PageLine:
    own = median(strip.height for strip in row.strips) * _EM
    own = em if abs(own - em) < _ALIKE * em else own
    words = set_punctuation(_join(row, own))
    first = _FIRST.match(words)
    return PageLine(
        number,
        words,
        left=row.left * scale,
        # A mark at the end takes a whole em on paper, of which engines see the half that has ink.
        right=(row.right + own / 2 * words.endswith(_MARKS)) * scale,
        bottom=(height - max(strip.middle + own / 2 for strip in row.strips)) * scale,
        top=(height - min(strip.middle - own / 2 for strip in row.strips)) * scale,
        size=own * scale,
        first=sum(1.0 if _HAN.match(letter) else 0.5 for letter in (first[0] if first else "")) * own * scale,
    )


def _join(row: _Row, em: float) -> str:
    """Return the words of a row, tabs between cells, spaces between words that stand apart."""
    words = row.strips[0].words.strip()
    gaps = [(strip.left - before.right) / em for before, strip in itertools.pairwise(row.strips)]
    # Where one gap is that of a table, a narrower one is, too.
    least = _NARROW_CELL_GAP if max(gaps, default=0) > _CELL_GAP else _CELL_GAP
    for gap, strip in zip(gaps, row.strips[1:], strict=True):
        words += "\t" if gap > least else " " if gap > _WORD_GAP else ""
        words += strip.words.strip()
    return words
