"""What the annotate stage costs beside bare `jieba.cut` on the same text in the same run.

Usage: PYTHONPATH=pipeline python benchmarks/annotate.py DOSSIER...

A dossier is a folder with `corpus/` and `gold.json`. Each figure is the best of three, in seconds and as a ratio.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from coordnlp.dates import WorkCalendar
from coordnlp.names import load_voices
from coordnlp.nlp import load_models, load_nlp, set_models
from coordnlp.stages.annotations import annotate_passages
from coordnlp.training.material import read_dossiers


def best_of_three(work: Callable[[], object]) -> float:
    """Return the shortest of three times, in seconds."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    """Print the figures over all dossiers."""
    nlp = load_nlp()
    dossiers = list(read_dossiers([Path(name) for name in sys.argv[1:]], nlp))
    texts = [one.words(passage) for dossier in dossiers for one in dossier.parsed for passage in one.passages]

    def annotate() -> None:
        for one in dossiers:
            annotate_passages(one.parsed, one.names, load_voices(), nlp, WorkCalendar())

    bare = best_of_three(lambda: [list(jieba.cut(text)) for text in texts])
    print(f"{len(texts)} passages, {sum(map(len, texts))} characters; bare jieba {bare:.2f} s")
    for name, models in (("annotate", load_models()), ("without models", None)):
        set_models(nlp, models)
        found = best_of_three(annotate)
        print(f"{name}: {found:.2f} s, {found / bare:.1f} x jieba")


if __name__ == "__main__":
    main()
