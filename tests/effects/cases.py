"""The dossiers that effects are tried on."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coordnlp.analysis import analyse
from coordnlp.gold.records import load_gold
from coordnlp.records import Document, Dossier, Skipped, Teams

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parents[2]
_TRAINING = ROOT / "models/training"
# More of models/training where somebody asks for them: EFFECTS=bank-centre,school-park pytest tests/effects.
_NAMES = ("institute-factory", *filter(None, os.environ.get("EFFECTS", "").split(",")))
FOLDERS = {"example": (ROOT / "corpus/example", dt.date(2025, 1, 10))} | {
    name: (_TRAINING / name / "corpus", dt.date.fromisoformat(load_gold(_TRAINING / name).as_of)) for name in _NAMES
}


@dataclass(frozen=True)
class Case:
    """A dossier as it was read, and its run before anything is changed."""

    name: str
    folder: Path
    as_of: dt.date
    read: tuple[Document | Skipped, ...]
    teams: Teams
    nlp: Language

    @property
    def documents(self) -> list[Document]:
        return [one for one in self.read if isinstance(one, Document)]

    @cached_property
    def before(self) -> Dossier:
        return self.run(self.read)

    def run(
        self, read: Sequence[Document | Skipped], *, teams: Teams | None = None, as_of: dt.date | None = None
    ) -> Dossier:
        return analyse(self.name, read, teams or self.teams, as_of=as_of or self.as_of, nlp=self.nlp)
