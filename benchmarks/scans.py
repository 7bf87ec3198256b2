"""Measure the engines on the ten spoilt pages of the tests: errors, what vanishes, seconds, memory.

Usage: PYTHONPATH=pipeline:tests python benchmarks/scans.py [rapid|tesseract]
"""

from __future__ import annotations

import re
import resource
import sys
import time

import numpy as np

from coordnlp.settings import load_settings
from coordnlp.stages.ingest.office_programs import find_tesseract
from coordnlp.stages.ingest.scans import Engine, recognise_pages, scale_for
from coordnlp.stages.ingest.scans.rapid import RapidReader
from coordnlp.stages.ingest.scans.tesseract import TesseractReader
from scanned_pages import draw_pages


def main() -> None:
    """Print a line a page, and the sums."""
    name = sys.argv[1] if len(sys.argv) > 1 else "rapid"
    reader = RapidReader() if name == "rapid" else TesseractReader(find_tesseract())
    engine, limits = Engine(name, reader.read), load_settings().scans
    before = _memory()
    start = time.perf_counter()
    engine.read(np.full((200, 200, 3), 255, np.uint8))
    print(f"{name}: loaded in {time.perf_counter() - start:.1f} s")
    wrong = letters = 0
    for page in draw_pages():
        scale = scale_for(*page.picture.size)
        pixels = np.asarray(page.picture.resize([round(side * scale) for side in page.picture.size]))
        start = time.perf_counter()
        done = recognise_pages({1: lambda pixels=pixels: pixels}, engine, limits)
        seconds = time.perf_counter() - start
        lines = [line.words for line in done.pages[1].lines] if done.pages else []
        truth, text = "".join(page.lines), "".join("".join(line.split()) for line in lines)
        errors = _distance(truth, text)
        wrong, letters = wrong + errors, letters + len(truth)
        lost = [line for line in page.lines if re.search(r"\d", line) and line not in text]
        print(f"{page.name}  {errors / len(truth):.4f}  {seconds:.1f} s  {' '.join(done.notes[1:])}  {lost or ''}")
    print(f"all  {wrong / letters:.4f} of {letters} characters; {_memory() - before:.0f} MB more memory at the most")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _distance(one: str, other: str) -> int:
    """Return the least number of characters to change, add or take away (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, rival in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != rival))
    return row[-1]


if __name__ == "__main__":
    main()
