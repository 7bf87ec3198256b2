"""One run laid beside its gold: which request is which, which event, which row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coordnlp.gold.matching import LONGEST_PASSAGE, Span, match_spans, request_spans, stem
from coordnlp.gold.records import REACTIONS, Gold, GoldDocument, GoldRequest

JsonRecord = Mapping[str, Any]
Data = Mapping[str, Sequence[JsonRecord]]
"""The records of `data/*.jsonl` by stem."""

OPEN = frozenset({"partial", "acknowledged", "unanswered"})
REQUEST_ROWS = frozenset(
    {"unanswered", "acknowledged_only", "partly_answered", "commitment_unkept", "assignment_undone"}
)
# An open item that was asked so few days ago without a date is a row neither way.
_FRESH = 21
_CORRESPONDENCE = frozenset({"letter", "reply", "petition", "email"})
_OTHER = {"A": "B", "B": "A"}


@dataclass(frozen=True)
class Alignment:
    """A dossier's gold and what a run found in it, with the pairs that match."""

    name: str
    gold: Gold
    data: Data

    @cached_property
    def documents(self) -> dict[str, GoldDocument]:
        """Gold documents by path without suffix."""
        return {stem(one.file): one for one in self.gold.documents}

    @cached_property
    def found_documents(self) -> dict[str, JsonRecord]:
        """Found documents by path without suffix."""
        return {stem(one["file"]): one for one in self.data["documents"]}

    @cached_property
    def letters(self) -> list[str]:
        """Gold documents with a writing side: letters, replies, petitions and mails."""
        return [key for key, one in self.documents.items() if one.sender in ("A", "B") and one.kind in _CORRESPONDENCE]

    @cached_property
    def is_crossed(self) -> bool:
        """Tell whether the run calls A what gold calls B, by who wrote the letters."""
        straight = sum(self.sender(key) == self.documents[key].sender for key in self.letters)
        crossed = sum(_OTHER.get(self.sender(key)) == self.documents[key].sender for key in self.letters)
        return crossed > straight

    def sender(self, key: str) -> str:
        """Return the side that the run gives a document to: A, B, AB or X; '' for one it did not read."""
        found = self.found_documents.get(key)
        if found is None:
            return ""
        value = found.get("sender")
        sides = set(value if isinstance(value, list | tuple) else [value]) - {None}
        if "AB" in sides or {"A", "B"} <= sides:
            return "AB"
        return next(iter(sides & {"A", "B"}), "X")

    def side(self, party: str | None) -> str | None:
        """Return a party of the run as gold calls it."""
        return _OTHER.get(party or "", party) if self.is_crossed else party

    @cached_property
    def requests(self) -> list[tuple[GoldRequest, JsonRecord]]:
        """Gold requests with the found ones that match them."""
        gold, found = self.gold.requests, self.data["requests"]
        pairs = match_spans(
            request_spans(gold),
            [Span(one["file"], one.get("text") or "") for one in found],
        )
        return [(gold[i], found[j]) for i, j in pairs]

    @cached_property
    def missed_requests(self) -> list[GoldRequest]:
        """Gold requests that the run did not find."""
        seen = {one.id for one, _ in self.requests}
        return [one for one in self.gold.requests if one.id not in seen]

    @cached_property
    def false_requests(self) -> list[JsonRecord]:
        """Found requests that are none."""
        seen = {found["id"] for _, found in self.requests}
        return [one for one in self.data["requests"] if one["id"] not in seen]

    @cached_property
    def rows(self) -> list[tuple[JsonRecord, GoldRequest | None]]:
        """Rows of the dashboard about requests, with the gold request behind each, None for no request."""
        gold_of = {found["id"]: one for one, found in self.requests}
        return [(row, gold_of.get(row.get("request"))) for row in self.data["gaps"] if row.get("type") in REQUEST_ROWS]

    def is_pending(self, one: GoldRequest) -> bool:
        """Tell whether an open item is not due yet, or was asked within three weeks without a date."""
        if one.due:
            return one.due >= self.gold.as_of
        asked = dt.date.fromisoformat(self.documents[stem(one.file)].date)
        return (dt.date.fromisoformat(self.gold.as_of) - asked).days < _FRESH

    @cached_property
    def passages(self) -> dict[str, list[JsonRecord]]:
        """Passages of at most 300 characters by path without suffix."""
        found: dict[str, list[JsonRecord]] = defaultdict(list)
        for one in self.data["passages"]:
            if len(one["text"]) <= LONGEST_PASSAGE:
                found[stem(one["file"])].append(one)
        return found

    def mentions(self, file: str) -> str:
        """Return the path of a gold file as the run has it, for people."""
        found = self.found_documents.get(stem(file))
        return str(found["file"]) if found else file


def reactions(events: Sequence[Any]) -> dict[str, str]:
    """Return the type of reaction by the document that carries it, the last one of each."""
    pairs = ((one["file"], one["type"]) if isinstance(one, Mapping) else (one.file, one.type) for one in events)
    return {stem(file): kind for file, kind in pairs if kind in REACTIONS}
