"""Where words stand in a file, in the language of the report: `lexicons/places_en.toml`.

Readers label places in Chinese; labels are for people alone, no stage reads them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from coordnlp.records import Document, ReportLanguage
from coordnlp.tables import Table, TriedPattern, load_table


class PlacePattern(TriedPattern):
    """A shape of labels, matched as a whole, and what it is in the other language."""

    words: str


class Places(Table):
    """`lexicons/places_en.toml`."""

    source: str
    place: tuple[PlacePattern, ...]

    def word(self, label: str) -> str:
        """Return a label in the language of the table; one that no pattern knows stays as it is."""
        found = ((one, one.regex.fullmatch(label)) for one in self.place)
        return next((match.expand(one.words) for one, match in found if match), label)


@cache
def load_places(language: ReportLanguage) -> Places:
    """Load the table of a language other than that of the readers."""
    return load_table("places", Places, language)


def word_places(document: Document, language: ReportLanguage) -> Document:
    """Return a document whose places are labelled in a language."""
    if language == "zh":
        return document
    places = load_places(language)
    marks = tuple(replace(mark, label=places.word(mark.label)) for mark in document.marks)
    return replace(document, marks=marks)
