"""Rejoin the lines of PDF and OFD pages into paragraphs, by where they stand on the page."""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from coordnlp.stages.ingest.hard_wraps import join_lines
from coordnlp.stages.ingest.pdf_lines import Page, PageLine

_PAGE_NUMBER = re.compile(
    r"^[\s—–－\-－·•_~～|]*+(?:第\s*+)?[\dⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩivxIVX]{1,4}\s*+(?:页)?[\s—–－\-·•_~～|]*+$|"
    r"^[\s—–－\-·]*+第?\s*+\d{1,4}\s*+页?\s*+[,，、/／|]?\s*+(?:共|of)?\s*+\d{1,4}\s*+页?[\s—–－\-·]*+$|"
    r"^\s*page\s+\d+(?:\s+of\s+\d+)?\s*$",
    re.I,
)
_CLOSED = re.compile(r"[。！？；：…!?;:][”’」』）)〕】》\"']*$")
_ITEM = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇\d]+[条章节款项]|[（(]?[一二三四五六七八九十]{1,3}[、)）.．]|"
    r"[（(]?\d{1,3}[、)）.．](?!\d)|[①-⑳⑴-⒇]|附件|抄送|主送|印发)"
)
_INDENT = 1.2  # ems from the left edge that make an indented line
_DEEPEST_INDENT = 5  # ems; further right stand signatures, each line for itself
_TITLE = 1.15  # times the size of body text
_HEAD, _FOOT = 0.88, 0.115  # of the page height: above and below stand heads, feet and page numbers
_NARROW = 0.7  # of the page width: text that ends before it is a narrow column, or only short lines
_FEWEST_FULL = 4
_DECORATED = re.compile(r"[页—–－\-·]|page", re.I)
_MARGIN_LINES = 3  # lines at the top and bottom of a page that may be running heads
_GAP = 1.3  # times the usual pitch of lines: more parts paragraphs


@dataclass(frozen=True, slots=True)
class Frame:
    """The column that body text fills, in points, and the usual measures of its lines."""

    left: float
    right: float
    size: float
    pitch: float
    indents: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of one paragraph; `pages` are (offset in the words, page number) where a page begins."""

    words: str
    heading: bool
    pages: tuple[tuple[int, int], ...]


def drop_running_lines(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """Return the pages without page numbers and repeated heads and feet, and the repeated words dropped."""
    repeated = _repeated(pages)
    kept, dropped = [], []
    for page in pages:
        rest = list(page.lines)
        for take in (0, -1):
            for _ in range(_MARGIN_LINES):
                if not rest or not _is_running(rest[take], page, repeated):
                    break
                line = rest.pop(take)
                if not _PAGE_NUMBER.match(line.words):
                    dropped.append(line.words)
        kept.append(replace(page, lines=tuple(rest)))
    return kept, list(dict.fromkeys(dropped))


def rebuild_paragraphs(pages: Sequence[Page]) -> list[Paragraph]:
    """Return the paragraphs of the pages in order; one that runs over a page end is whole again."""
    lines = [line for page in pages for line in page.lines]
    if not lines:
        return []
    frame = _find_frame(lines, median(page.width for page in pages))
    groups = [[lines[0]]]
    for line in lines[1:]:
        if _goes_on(groups[-1], line, frame):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_make_paragraph(group, frame) for group in groups]


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """Return (words without digits, height) of margin lines on half of the pages or more."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        edge = {*page.lines[:_MARGIN_LINES], *page.lines[-_MARGIN_LINES:]}
        seen.update({_place(line) for line in edge if _in_margin(line, page)})
    least = max(2, (len(pages) + 1) // 2)
    return frozenset(place for place, count in seen.items() if count >= least)


def _place(line: PageLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.words), round(line.bottom / 4)


def _in_margin(line: PageLine, page: Page) -> bool:
    return line.bottom > _HEAD * page.height or line.top < _FOOT * page.height


def _is_running(line: PageLine, page: Page, repeated: frozenset[tuple[str, int]]) -> bool:
    if _place(line) in repeated and _in_margin(line, page):
        return True
    if not _PAGE_NUMBER.match(line.words):
        return False
    return _in_margin(line, page) or _DECORATED.search(line.words) is not None


def _find_frame(lines: Sequence[PageLine], width: float) -> Frame:
    """Measure the column: where most lines begin and where full lines end."""
    size = Counter[float]()
    for line in lines:
        size[round(line.size * 2) / 2] += len(line.words)
    body = size.most_common(1)[0][0]
    usual = [line for line in lines if abs(line.size - body) < 0.2 * body] or list(lines)
    right = _right_edge(usual, body)
    if right < _NARROW * width and not _is_narrow_column(usual, right, body):
        right = max(right, width - 1.3 * min(line.left for line in usual))
    starts = Counter(round(line.left / 3) for line in usual if line.right > right - 2.5 * body)
    full = starts or Counter(round(line.left / 3) for line in usual)
    left = 3.0 * min(key for key, count in full.items() if count >= 0.15 * full.total())
    pitches = [
        before.bottom - line.bottom
        for before, line in itertools.pairwise(usual)
        if before.page == line.page and 0 < before.bottom - line.bottom < 4 * body
    ]
    indented = sum(_INDENT * body < line.left - left < 3.2 * body for line in usual)
    pitch = sorted(pitches)[len(pitches) // 4] if pitches else 1.5 * body
    return Frame(left, right, body, pitch, indented >= 2)


def _right_edge(lines: Sequence[PageLine], em: float) -> float:
    """Return where full lines end: a few lines stick out, with a hanging comma or as a table."""
    ends = sorted(line.right for line in lines)
    near = ends[bisect(ends, ends[-1] - 3 * em) :]
    least = max(2, 0.2 * len(near))
    edges = [end for place, end in enumerate(near, 1) if place - bisect(near, end - 0.5 * em) >= least]
    return max(edges, default=ends[-1])


def _is_narrow_column(lines: Sequence[PageLine], right: float, em: float) -> bool:
    """Tell whether lines that end far from the page's edge were broken there: most stop in mid-sentence."""
    full = [line for line in lines if 0 <= right - line.right < em]
    broken = sum(not _CLOSED.search(line.words) for line in full)
    return len(full) >= _FEWEST_FULL and broken > 0.6 * len(full)


def _goes_on(group: Sequence[PageLine], line: PageLine, frame: Frame) -> bool:
    """Tell whether a line carries on the paragraph of the lines before."""
    before = group[-1]
    drop = before.bottom - line.bottom if before.page == line.page else 0.0
    # A line that stands to the right, as a signature date does, ends its paragraph also at the end of a page.
    if before.page != line.page and len(group) == 1 and before.left - frame.left > _DEEPEST_INDENT * frame.size:
        return False
    if _is_title(before, frame) and _is_title(line, frame) and _same_size(before, line):
        return before.page == line.page and drop < 2.2 * line.size
    if "\t" in before.words or "\t" in line.words or not _same_size(before, line):
        return False
    if drop > _GAP * max(frame.pitch, 1.2 * line.size) or not _is_full(before, line, frame):
        return False
    if line.left - frame.left > _INDENT * frame.size:
        return _fits_indented(group, line, frame)
    return _fits_flush(before, line, frame)


def _same_size(before: PageLine, line: PageLine) -> bool:
    return max(before.size, line.size) <= _TITLE * min(before.size, line.size)


def _is_full(before: PageLine, line: PageLine, frame: Frame) -> bool:
    """A line is full if what begins the next line would not have fitted on it."""
    return before.right + line.first > frame.right - 0.3 * frame.size


def _fits_indented(group: Sequence[PageLine], line: PageLine, frame: Frame) -> bool:
    """Tell whether an indented line goes on: under a numbered point, or in a paragraph set in as a whole."""
    first, before, em = group[0], group[-1], frame.size
    if _ITEM.match(line.words) or line.left - frame.left > _DEEPEST_INDENT * em:
        return False
    hangs = _ITEM.match(first.words) is not None and 0.6 * em < line.left - first.left < 3.2 * em
    alike = abs(line.left - before.left) < 0.4 * em
    if hangs and (alike or len(group) == 1):
        return len(group) > 1 or not _CLOSED.search(before.words)
    usual = frame.indents and 1.5 * em < line.left - frame.left < 2.6 * em
    return alike and not usual and not _CLOSED.search(before.words)


def _fits_flush(before: PageLine, line: PageLine, frame: Frame) -> bool:
    if _ITEM.match(line.words) and not frame.indents:
        return False
    return not _CLOSED.search(before.words) or frame.indents or before.page == line.page


def _is_title(line: PageLine, frame: Frame) -> bool:
    """Tell a line in larger type that stands in the middle."""
    aside = abs((line.left - frame.left) - (frame.right - line.right))
    return line.size > _TITLE * frame.size and aside < 3 * line.size


def _make_paragraph(group: Sequence[PageLine], frame: Frame) -> Paragraph:
    words = group[0].words
    pages = [(0, group[0].page)]
    for before, line in itertools.pairwise(group):
        words += join_lines(words, line.words)
        if line.page != before.page:
            pages.append((len(words), line.page))
        words += line.words
    heading = all(_is_title(line, frame) for line in group) and not _CLOSED.search(words)
    return Paragraph(words, heading, tuple(pages))
