"""Finds the words, file and place behind a record that points into a document."""

from __future__ import annotations

from coordnlp.records import Document, Dossier, Event, Header, Mention, Occasion, Passage, Position, Quote, Request, Tie

Pointer = Quote | Request | Event | Tie | Passage | Occasion | Position | Mention
"""A record that points at `[start, end)` of a document by the document's id."""

Entry = tuple[Document, Header]


def index_documents(dossier: Dossier) -> dict[str, Entry]:
    """Return document and header by document id; of two files with one id the first by name counts."""
    files = {document.file: document for document in dossier.documents}
    entries: dict[str, Entry] = {}
    for header in sorted(dossier.headers, key=lambda header: header.file):
        entries.setdefault(header.id, (files[header.file], header))
    return entries


def words(entries: dict[str, Entry], pointer: Pointer) -> str:
    """Return the words that a record points at, exactly as they stand."""
    return entries[pointer.document][0].text[pointer.start : pointer.end]


def file_and_place(entries: dict[str, Entry], pointer: Pointer) -> tuple[str, str]:
    """Return the file and the label of the place that a person finds the words at."""
    document = entries[pointer.document][0]
    return document.file, document.place(pointer.start)
