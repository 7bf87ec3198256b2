"""Dossiers with gold, read and annotated: what weights are fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordnlp.dates import WorkCalendar
from coordnlp.gold.matching import LEAST_OVERLAP, overlap
from coordnlp.gold.records import Gold
from coordnlp.names import Names, load_voices
from coordnlp.records import Annotation, Document, Parsed, Passage, Teams
from coordnlp.stages.acts import annotate_passages
from coordnlp.stages.parse import parse_dossier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language


@dataclass(frozen=True)
class Annotated:
    """A dossier with gold after the stages that learn nothing from gold."""

    name: str
    gold: Gold
    parsed: Sequence[Parsed]
    names: Names
    annotations: Mapping[str, Annotation]

    def find(self, file: str, quote: str) -> tuple[Parsed, Passage] | None:
        """Return the longest passage that a gold quote stands in."""
        one = next((one for one in self.parsed if one.header.file == file), None)
        fits = [p for p in one.passages if overlaps(quote, one.words(p))] if one else []
        return (one, max(fits, key=lambda p: len(one.words(p)))) if one and fits else None


def annotate_dossier(name: str, gold: Gold, documents: Sequence[Document], teams: Teams, nlp: Language) -> Annotated:
    """Parse and annotate the documents of a dossier with gold."""
    parsed, names = parse_dossier(documents, teams)
    annotations = annotate_passages(parsed, names, load_voices(), nlp, WorkCalendar())
    return Annotated(name, gold, parsed, names, annotations)


def overlaps(quote: str, text: str) -> bool:
    """Tell whether two texts share, as one run, half of the shorter one."""
    return overlap(quote, text) >= LEAST_OVERLAP
