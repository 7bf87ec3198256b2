"""Read dossiers with gold for the scripts that fit weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from coordnlp.dates import WorkCalendar
from coordnlp.ids import normalise
from coordnlp.names import Names, load_voices
from coordnlp.nlp import load_nlp
from coordnlp.records import Annotation, Document, Parsed, Passage
from coordnlp.settings import load_settings
from coordnlp.stages.acts import annotate_passages
from coordnlp.stages.doubles import fold_doubles
from coordnlp.stages.ingest import read_dossier
from coordnlp.stages.parse import parse_dossier
from coordnlp.teams import load_teams


@dataclass(frozen=True)
class Annotated:
    """A dossier with gold, read and annotated."""

    name: str
    gold: Mapping[str, Any]
    parsed: list[Parsed]
    names: Names
    annotations: Mapping[str, Annotation]

    def find(self, file: str, quote: str) -> tuple[Parsed, Passage] | None:
        """Return the longest passage that a gold quote stands in."""
        one = next((one for one in self.parsed if one.header.file == file), None)
        fits = [p for p in one.passages if overlaps(quote, one.words(p))] if one else []
        return (one, max(fits, key=lambda p: len(normalise(one.words(p))))) if one and fits else None


def read_annotated(folders: list[Path]) -> list[Annotated]:
    """Read and annotate dossiers; nothing learned on gold is used."""
    nlp = load_nlp()
    return [_read(folder, nlp) for folder in folders]


def _read(folder: Path, nlp: Any) -> Annotated:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    read = [one for one in read_dossier(folder / "corpus") if isinstance(one, Document)]
    documents, _ = fold_doubles(read, load_settings())
    parsed, names = parse_dossier(documents, load_teams(folder / "corpus" / "teams.toml"))
    annotations = annotate_passages(parsed, names, load_voices(), nlp, WorkCalendar())
    return Annotated(folder.name, gold, parsed, names, annotations)


def overlaps(quote: str, text: str) -> bool:
    """Tell whether two texts share, as one run, half of the shorter one."""
    a, b = normalise(quote), normalise(text)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    size = SequenceMatcher(None, a, b, autojunk=False).find_longest_match(0, len(a), 0, len(b)).size
    return size / min(len(a), len(b)) >= 0.5
