"""Two runs on the same files write the same bytes, whatever Python's hash seed and whatever the processor can do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from cases import FOLDERS

import coordnlp

_CODE = """\
import datetime, sys
from pathlib import Path
from coordnlp.run import report
report(Path("corpus"), Path("outputs"), as_of=datetime.date(2025, 6, 15), teams_file=None, on_stage=lambda _: None)
"""


# As on an older machine: sums are then taken in another order, and their last bits differ.
_OLDER_PROCESSOR = {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX2 FMA3 AVX512F"}


def _report(folder: Path, seed: str, processor: Mapping[str, str]) -> dict[str, bytes]:
    for name, (source, _) in FOLDERS.items():
        shutil.copytree(source, folder / "corpus" / name)
    paths = os.pathsep.join([str(Path(coordnlp.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, **processor}
    subprocess.run([sys.executable, "-c", _CODE], cwd=folder, env=environment, check=True, timeout=120)
    out = folder / "outputs"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def _without_timings(content: bytes) -> object:
    run = json.loads(content)
    assert run.pop("timings")
    return run


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    settings = ("1", {}), ("4711", _OLDER_PROCESSOR)
    first, second = (_report(tmp_path_factory.mktemp("run"), seed, processor) for seed, processor in settings)
    return first, second


def test_two_runs_write_the_same_bytes(two_runs: tuple[dict[str, bytes], dict[str, bytes]]):
    first, second = two_runs
    assert {"gaps.csv", "run.json"} <= first.keys()
    assert first.keys() == second.keys()
    assert [name for name in sorted(first) if name != "run.json" and first[name] != second[name]] == []


def test_two_runs_differ_in_timings_only(two_runs: tuple[dict[str, bytes], dict[str, bytes]]):
    first, second = two_runs
    assert _without_timings(first["run.json"]) == _without_timings(second["run.json"])
