"""Which earlier papers each paper cites, or answers without saying so."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from coordnlp.ids import normalise
from coordnlp.records import Header, Kind, Parsed, Party, Reference

_SHORTEST_TITLE = 5
_SHORTEST_NUMBER = 7
_ASKS: tuple[Kind, ...] = ("letter", "reply", "petition", "email")
_REPLIES: tuple[Kind, ...] = ("reply", "email")

Cites = Mapping[str, float]
"""How one paper cites another: `cites_number`, `cites_title`, `cites_date`, `in_thread`, `replies_next`."""


class Citations:
    """The citations of a dossier.

    Args:
        parsed: In order of date.
    """

    def __init__(self, parsed: Sequence[Parsed]) -> None:
        self._headers = {one.header.id: one.header for one in parsed}
        self._numbers: dict[str, list[str]] = defaultdict(list)
        self._titles: dict[str, list[str]] = defaultdict(list)
        self._dates: dict[str, list[str]] = defaultdict(list)
        self._messages: dict[str, list[str]] = defaultdict(list)
        self._series: dict[tuple[Party | None, Kind], list[tuple[str, str]]] = defaultdict(list)
        for one in parsed:
            header = one.header
            self._numbers[normalise(header.number)].append(header.id)
            self._titles[normalise(header.title)].append(header.id)
            self._dates[header.date].append(header.id)
            if one.document.mail:
                self._messages[one.document.mail.message_id.strip("<>")].append(header.id)
            if header.kind in _ASKS:
                self._series[header.sender, header.kind].append((header.date, header.id))
        self._found: dict[str, dict[str, dict[str, float]]] = {}

    def of(self, header: Header) -> Mapping[str, Cites]:
        """Return the papers by somebody else that a paper cites, by id."""
        if header.id not in self._found:
            self._found[header.id] = self._cited(header)
        return self._found[header.id]

    def _cited(self, header: Header) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for reference in header.references:
            for feature, id in self._named(reference, header):
                found[id][feature] = 1.0
        for id in self._answered_next(header):
            if id not in found:
                found[id]["replies_next"] = 1.0
        return {id: features for id, features in found.items() if self._is_by_another(id, header)}

    def _is_by_another(self, id: str, header: Header) -> bool:
        sender = self._headers[id].sender
        return id != header.id and (sender != header.sender or sender == "AB")

    def _named(self, reference: Reference, header: Header) -> Iterator[tuple[str, str]]:
        """Yield the feature and the id of every paper that a reference may mean."""
        match reference.kind:
            case "number":
                yield from (("cites_number", id) for id in self._by_number(normalise(reference.value)))
            case "title":
                yield from (("cites_title", id) for id in self._by_title(normalise(reference.value)))
            case "dated":
                for id in self._dates.get(reference.value, ()):
                    asked = self._headers[id]
                    author_fits = reference.author in (None, asked.sender) or asked.sender == "AB"
                    if asked.date != header.date and author_fits:
                        yield "cites_date", id
            case "message":
                yield from (("in_thread", id) for id in self._messages.get(reference.value.strip("<>"), ()))

    def _by_number(self, number: str) -> Sequence[str]:
        """Return papers by their number; a prefix cut short in running text still fits."""
        exact = self._numbers.get(number, []) if number else []
        if exact or len(number) < _SHORTEST_NUMBER:
            return exact
        near = [
            one
            for one in self._numbers
            if len(one) >= _SHORTEST_NUMBER and (one.endswith(number) or number.endswith(one))
        ]
        return [id for one in near for id in self._numbers[one]]

    def _by_title(self, title: str) -> Sequence[str]:
        """Return papers by their title; mentions leave out the end or the beginning."""
        if len(title) < _SHORTEST_TITLE:
            return []
        near = [one for one in self._titles if len(one) >= _SHORTEST_TITLE and (one in title or title in one)]
        return [id for one in near for id in self._titles[one]]

    def _answered_next(self, header: Header) -> Iterator[str]:
        """Yield for a reply without a citation the last paper of each writer and kind before it."""
        names_one = any(reference.kind in ("number", "message") for reference in header.references)
        if header.kind not in _REPLIES or names_one:
            return
        for series in self._series.values():
            at = bisect_right(series, header.date, key=lambda one: one[0]) - 1
            while at >= 0 and series[at][1] == header.id:
                at -= 1
            if at >= 0:
                yield series[at][1]
