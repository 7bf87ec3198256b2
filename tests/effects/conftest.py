from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cases import FOLDERS, Case

from coordnlp.nlp import load_nlp
from coordnlp.stages.ingest import read_dossier
from coordnlp.teams import load_teams

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_nlp()


@pytest.fixture(scope="session")
def cases(nlp: Language) -> dict[str, Case]:
    return {
        name: Case(name, folder, as_of, tuple(read_dossier(folder)), load_teams(folder / "teams.toml"), nlp)
        for name, (folder, as_of) in FOLDERS.items()
    }


@pytest.fixture(params=sorted(FOLDERS))
def case(request: pytest.FixtureRequest, cases: dict[str, Case]) -> Case:
    return cases[request.param]
