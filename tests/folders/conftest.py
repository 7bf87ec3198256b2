"""The invented office folders, built once and run once each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from building import build
from folder_runs import HERE, FolderRun

from coordnlp.analysis import analyse
from coordnlp.nlp import load_nlp
from coordnlp.stages.ingest import read_dossier, read_pdf, read_picture, reading_process
from coordnlp.teams import find_teams_file, load_teams


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], FolderRun]:
    """Return the run of a folder by its name."""
    done: dict[str, FolderRun] = {}

    def of(name: str) -> FolderRun:
        if name not in done:
            target = tmp_path_factory.mktemp(name)
            build(HERE / name, target)
            gold = json.loads((HERE / name / "gold.json").read_text("utf-8"))
            with pytest.MonkeyPatch.context() as patch:
                # Their gold takes scans for unread, as they are where nothing recognises them.
                for module in (read_pdf, read_picture):
                    patch.setattr(module, "find_engine", lambda: None)
                patch.setattr(reading_process, "_start", lambda _: None)
                read, file = read_dossier(target), find_teams_file(target)
            teams = load_teams(file) if file else None
            day = dt.date.fromisoformat(gold["as_of"])
            done[name] = FolderRun(gold, read, analyse(name, read, teams, as_of=day, nlp=load_nlp()))
        return done[name]

    return of
