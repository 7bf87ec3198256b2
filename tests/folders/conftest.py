"""The invented office folders, built once and run once each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from building import build

from coordnlp.nlp import load_nlp
from coordnlp.records import Document, Dossier, Skipped
from coordnlp.run import analyse
from coordnlp.stages.ingest import read_dossier
from coordnlp.teams import find_teams_file, load_teams

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent.name for path in HERE.glob("*/gold.json"))


class Run(NamedTuple):
    """A folder's gold, what was read from it, and what a run found."""

    gold: dict[str, Any]
    read: list[Document | Skipped]
    dossier: Dossier


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    """Return the run of a folder by its name."""
    done: dict[str, Run] = {}

    def of(name: str) -> Run:
        if name not in done:
            target = tmp_path_factory.mktemp(name)
            build(HERE / name, target)
            gold = json.loads((HERE / name / "gold.json").read_text("utf-8"))
            read, file = read_dossier(target), find_teams_file(target)
            teams = load_teams(file) if file else None
            day = dt.date.fromisoformat(gold["as_of"])
            done[name] = Run(gold, read, analyse(name, read, teams, as_of=day, nlp=load_nlp()))
        return done[name]

    return of
