"""What the sections of a paper draw on: a dossier, its words and places, and the words of the papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coordnlp.records import Dossier, Gap, Party
from coordnlp.report.cells import clean
from coordnlp.report.labels import Labels
from coordnlp.report.papers.words import PaperWords, load_paper_words
from coordnlp.report.quotations import Entry, Pointer, file_and_place, index_documents, words
from coordnlp.report.sheets import sort_gaps


@dataclass(frozen=True, slots=True)
class Sources:
    """A dossier with its documents by id, and its gaps in order; the annex numbers them from 1."""

    dossier: Dossier
    entries: dict[str, Entry]
    gaps: tuple[Gap, ...]
    numbers: Mapping[str, int]
    labels: Labels
    words: PaperWords

    def name(self, party: Party | None) -> str:
        """Return the name of a party, 不明 where none is known."""
        return self.labels.party(party, self.dossier.teams) or self.labels.phrases.unknown_party

    def text(self, pointer: Pointer, most: int) -> str:
        """Return the words that a record points at, on one line, cut after so many characters."""
        return self.cut(words(self.entries, pointer), most)

    def cut(self, text: str, most: int) -> str:
        """Return text on one line, cut after so many characters."""
        line = " ".join(clean(text[: 2 * most + 200]).split())
        return line if len(line) <= most else line[:most] + self.words.general.cut

    def where(self, pointer: Pointer) -> str:
        """Return the file and place that a person finds the words at."""
        file, place = file_and_place(self.entries, pointer)
        return self.words.general.where.format(file=file, place=place) if place else file

    def quote(self, pointer: Pointer, most: int) -> str:
        """Return the words of a record in quotation marks, with their place."""
        return self.words.general.quote.format(text=self.text(pointer, most), where=self.where(pointer))

    def sentences(self, told: Iterable[str]) -> str:
        """Return sentences as a paragraph."""
        return self.words.general.space.join(told)

    def sure(self, confidence: float) -> str:
        """Return how sure a row is, as a sentence."""
        return self.words.items.sure.format(sure=self.labels.sure(confidence))


def gather_sources(dossier: Dossier, labels: Labels) -> Sources:
    """Gather what the papers of a dossier are written from."""
    gaps = tuple(sort_gaps(dossier.gaps))
    numbers = {gap.id: number for number, gap in enumerate(gaps, start=1)}
    return Sources(dossier, index_documents(dossier), gaps, numbers, labels, load_paper_words(labels.language))
