"""The rows of the page: each gap with its quotes in context, what happened later, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordnlp.records import Dossier, Event, EventType, Gap, Issue, Request
from coordnlp.report.jsonl import Changes
from coordnlp.report.labels import Labels
from coordnlp.report.quotations import Entry, Pointer, index_documents

# So many characters of the paper stand before and after a quote.
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote in its paper: what stands before, its words in pieces (marked ones are the cue), what follows."""

    before: str
    pieces: tuple[tuple[str, bool], ...]
    after: str
    where: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a request, with why it is held to be about it."""

    head: str
    passage: Passage
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """What a team held on an issue in one paper."""

    date: str
    moved: bool
    passage: Passage


@dataclass(frozen=True, slots=True)
class Row:
    """A gap as the page shows it; `positions` by team, `happenings` None where it is about no request."""

    gap: Gap
    kind: str
    severity: str
    grade: str
    change: str
    responsible: str
    measures: tuple[str, ...]
    quotes: tuple[Passage, ...]
    happenings: tuple[Happening, ...] | None
    positions: tuple[tuple[str, str, tuple[Stance, ...]], ...]
    text: str


def make_rows(dossier: Dossier, change: Changes, labels: Labels, events: Mapping[EventType, str]) -> list[Row]:
    """Return the rows of a dossier in the order of the dashboard.

    Args:
        events: The words for types of events.
    """
    maker = _Maker(dossier, change, labels, events)
    return [maker.row(gap) for gap in sorted(dossier.gaps, key=lambda gap: gap.rank)]


class _Maker:
    """Puts gaps beside the records behind them."""

    def __init__(self, dossier: Dossier, change: Changes, labels: Labels, words: Mapping[EventType, str]) -> None:
        self._dossier, self._change, self._labels, self._words = dossier, change, labels, words
        self._entries = index_documents(dossier)
        self._requests = {request.id: request for request in dossier.requests}
        self._issues = {issue.id: issue for issue in dossier.issues}
        self._measures = {measure.code: measure.name for measure in dossier.measures}
        self._events: dict[str, list[Event]] = defaultdict(list)
        for event in sorted(dossier.events, key=lambda one: (one.date, one.document, one.start, one.type)):
            self._events[event.request].append(event)

    def row(self, gap: Gap) -> Row:
        request, issue = self._requests.get(gap.request), self._issues.get(gap.issue)
        due = request.due.written if request and request.due else ""
        quotes = gap.quotes[:1] if request else () if issue else gap.quotes
        responsible = self._labels.party(gap.responsible, self._dossier.teams)
        passages = tuple(quote_in_context(one, self._entries, cue=due) for one in quotes)
        shown = self._labels.severity_word(gap.severity)
        return Row(
            gap=gap,
            kind=self._labels.gap_types[gap.type],
            severity=shown,
            grade=grade_of(gap.severity, self._labels),
            change=self._labels.changes[self._change(gap.id)],
            responsible=responsible,
            measures=tuple(self._measures.get(code, code) for code in gap.measures),
            quotes=passages,
            happenings=self._happenings(request) if request else None,
            positions=self._positions(issue) if issue else (),
            text=_searched(gap, responsible, [*passages]),
        )

    def _happenings(self, request: Request) -> tuple[Happening, ...]:
        return tuple(
            Happening(
                f"{event.date} {self._words[event.type]}".strip(),
                quote_in_context(event, self._entries),
                event.reasons,
            )
            for event in self._events[request.id]
        )

    def _positions(self, issue: Issue) -> tuple[tuple[str, str, tuple[Stance, ...]], ...]:
        """Return the stances of the two teams side by side, then what records both and what settled it."""
        stances: dict[str, list[Stance]] = {"A": [], "B": []}
        for one in issue.positions:
            stances[one.party].append(Stance(one.date, one.moved, quote_in_context(one, self._entries)))
        covered = {one.document for one in issue.positions}
        both = [one for one in issue.occasions if one.party == "AB" and one.document not in covered]
        both += [issue.resolution] if issue.resolution and issue.resolution.document not in covered else []
        told = [
            (side, self._dossier.teams.name("A" if side == "A" else "B"), tuple(some)) for side, some in stances.items()
        ]
        if both:
            shared = tuple(Stance(one.date, False, quote_in_context(one, self._entries)) for one in both)
            told.append(("AB", self._labels.party("AB", self._dossier.teams), shared))
        return tuple(told)


def grade_of(severity: int, labels: Labels) -> str:
    """Return the class of a severity: 0 for the gravest word, 1 for the next, and so on."""
    words = [one.word for one in labels.severity]
    return str(words.index(labels.severity_word(severity)))


def quote_in_context(pointer: Pointer, entries: Mapping[str, Entry], cue: str = "") -> Passage:
    """Return a quote with what stands around it in its paragraph, and with the cue in it marked."""
    document, header = entries[pointer.document]
    text = document.text
    start, end = pointer.start, pointer.end
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    place = document.place(start)
    where = " ".join(part for part in (header.number, header.date, document.file, place) if part)
    return Passage(before, tuple(_pieces(text[start:end].strip(), cue)), after, where)


def _pieces(words: str, cue: str) -> Sequence[tuple[str, bool]]:
    at = words.find(cue) if cue else -1
    if at < 0:
        return [(words, False)]
    pieces = [(words[:at], False), (cue, True), (words[at + len(cue) :], False)]
    return [piece for piece in pieces if piece[0]]


def _searched(gap: Gap, responsible: str, passages: Sequence[Passage]) -> str:
    """Return what the search of the page looks in, in lower case."""
    quotes = ["".join(words for words, _ in one.pieces) for one in passages]
    wheres = [one.where for one in passages]
    return " ".join([gap.id, gap.summary, responsible, *quotes, *wheres]).lower()
