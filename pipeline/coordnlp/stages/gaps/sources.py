"""What rows are made from: the records of a dossier by id."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coordnlp.party_names import name_party
from coordnlp.records import Document, Dossier, Event, Header, Life, Party, Quote, Request
from coordnlp.stages.gaps.sentences import GapWords, load_gap_words
from coordnlp.stages.gaps.table import GapTable, load_gap_table


@dataclass(frozen=True)
class Sources:
    """The records of a dossier, looked up by those that make rows."""

    dossier: Dossier
    table: GapTable
    sentences: GapWords
    documents: Mapping[str, Document]
    headers: Mapping[str, Header]
    requests: Mapping[str, Request]
    lives: Mapping[str, Life]
    events: Mapping[str, Sequence[Event]]
    measures: Mapping[str, tuple[str, ...]]

    def name(self, party: Party | None) -> str:
        """Return what rows call a party."""
        return name_party(party, self.dossier.teams, self.dossier.language)

    def words(self, quote: Quote | Request) -> str:
        """Return the words that a record points at, in simplified characters."""
        return self.documents[quote.document].plain[quote.start : quote.end]

    def speak_of(self, passages: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
        """Return the measures of a type of gap, and a few more that the passages of a row speak of."""
        found = Counter(code for passage in passages for code in self.measures.get(passage, ()))
        more = sorted(found.keys() - set(known), key=lambda code: (-found[code], code))
        return (*known, *more[: self.table.more_measures])


def gather_sources(dossier: Dossier) -> Sources:
    """Index the records of a dossier."""
    files = {document.file: document for document in dossier.documents}
    events: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(dossier.events, key=lambda event: (event.date, event.start)):
        events[event.request].append(event)
    measures = {
        annotation.passage: tuple(one.code for one in annotation.measures if one.level == "found")
        for annotation in dossier.annotations
        if annotation.measures
    }
    return Sources(
        dossier=dossier,
        table=load_gap_table(),
        sentences=load_gap_words(dossier.language),
        documents={header.id: files[header.file] for header in dossier.headers},
        headers={header.id: header for header in dossier.headers},
        requests={request.id: request for request in dossier.requests},
        lives={life.request: life for life in dossier.lives},
        events=events,
        measures=measures,
    )
