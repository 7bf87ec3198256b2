"""Time whole commands on the bundled example, cold and warm, beside bare imports of spaCy and scikit-learn.

Usage: PYTHONPATH=pipeline python benchmarks/startup.py [RUNS]

Cold: jieba's dictionary cache is taken away before each run. Machines are shared and noisy: read the ratios.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "corpus" / "example"


def seconds(command: list[str], runs: int, before: Callable[[], None] = lambda: None, **environment: str) -> float:
    """Return the median seconds of a command over some runs."""
    times = []
    for _ in range(runs):
        before()
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Print a row a command."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    python = sys.executable
    imports = seconds([python, "-c", "import spacy, sklearn.feature_extraction.text"], runs)
    rows = {
        "python -c pass": seconds([python, "-c", "pass"], runs),
        "import spacy, sklearn": imports,
        "coordnlp --help": seconds([python, "-m", "coordnlp", "--help"], runs),
    }
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        report = [python, "-m", "coordnlp", "report", "--corpus", str(EXAMPLE), "--out", str(Path(folder) / "out")]
        forget = lambda: shutil.rmtree(cache, ignore_errors=True)  # noqa: E731 - a name for one use
        rows["coordnlp report, cold"] = seconds(report, runs, forget, XDG_CACHE_HOME=str(cache))
        rows["coordnlp report, warm"] = seconds(report, runs, XDG_CACHE_HOME=str(cache))
    for name, took in rows.items():
        print(f"{name:24s} {took:6.2f} s  {took / imports:5.2f} x import")


if __name__ == "__main__":
    main()
