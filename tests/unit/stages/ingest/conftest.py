from __future__ import annotations

import pytest

from coordnlp.stages.ingest import read_pdf, read_picture, reading_process
from coordnlp.stages.ingest.scans import Engine


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Engine | None:
    """Read scans with the engine that the module names, else with none, whatever this machine has."""
    found: Engine | None = getattr(request.module, "ENGINE", None)
    for module in (read_pdf, read_picture):
        monkeypatch.setattr(module, "find_engine", lambda: found)
    # Files are read here, where that engine is, not in a process of their own.
    monkeypatch.setattr(reading_process, "_start", lambda _: None)
    return found
