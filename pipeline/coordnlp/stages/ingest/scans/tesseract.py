"""Read pictures with the program tesseract and its data for simplified Chinese."""

from __future__ import annotations

import csv
import itertools
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from coordnlp.stages.ingest.scans.ink import even_out
from coordnlp.stages.ingest.scans.strips import Picture, Strip, box

_LONGEST_WAIT = 60  # seconds a picture; a page takes three
_CELL_GAP = 1.5  # times the height of a line, between words of two cells
_LENIENCE = 0.25  # a right 日 may have 0.6, a wrong one has 0.5 and less
_HAN = re.compile(r"[\u3001-\u9fff\uff01-\uffee]")


@dataclass(frozen=True, slots=True)
class _Word:
    words: str
    score: float
    left: int
    top: int
    right: int
    bottom: int


class TesseractReader:
    """The program, called once for every picture."""

    def __init__(self, program: str) -> None:
        self._program = program

    def read(self, picture: Picture) -> list[Strip]:
        """Return the strips of a picture.

        Raises:
            OSError: The program cannot be started.
            subprocess.SubprocessError: It failed, or took too long.
        """
        grey = (even_out(picture) * 255).astype(np.uint8)
        height, width = grey.shape
        # Of its ways to take a page apart, one column of lines of any size (4) loses the fewest lines.
        command = [self._program, "stdin", "stdout", "-l", "chi_sim", "--psm", "4", "--dpi", "150", "tsv"]
        content = b"P5 %d %d 255\n" % (width, height) + grey.tobytes()
        done = subprocess.run(command, input=content, capture_output=True, timeout=_LONGEST_WAIT, check=True)
        return [_strip(words) for line in _lines(done.stdout.decode()) for words in _cells(line)]


def _lines(table: str) -> Iterable[list[_Word]]:
    """Return the words of each line."""
    lines: defaultdict[tuple[str, str, str], list[_Word]] = defaultdict(list)
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["text"] and row["text"].strip():
            left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
            word = _Word(row["text"].strip(), float(row["conf"]) / 100, left, top, left + width, top + height)
            lines[row["block_num"], row["par_num"], row["line_num"]].append(word)
    return lines.values()


def _cells(line: Sequence[_Word]) -> Iterable[list[_Word]]:
    """Cut a line where the gap between two words is that of a table or of two columns."""
    em = float(np.median([word.bottom - word.top for word in line]))
    cells = [[line[0]]]
    for before, word in itertools.pairwise(line):
        if word.left - before.right > _CELL_GAP * em:
            cells.append([])
        cells[-1].append(word)
    return cells


def _strip(cell: Sequence[_Word]) -> Strip:
    words = cell[0].words
    for word in cell[1:]:
        words += "" if _HAN.match(words[-1]) or _HAN.match(word.words[0]) or not word.words[0].isalnum() else " "
        words += word.words
    letters = sum(len(word.words) for word in cell)
    mean = sum(word.score * len(word.words) for word in cell) / letters
    # One bad word, a day that it takes for a month, is hidden in the mean of a line.
    score = min(mean, min(word.score for word in cell) + _LENIENCE)
    left, top = min(word.left for word in cell), min(word.top for word in cell)
    right, bottom = max(word.right for word in cell), max(word.bottom for word in cell)
    return Strip(words, round(max(score, 0.0), 3), box(left, top, right, bottom))
