"""Labelled passages: what the classifiers are fitted on, from dossiers with gold, contrast sets and fragments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from coordnlp.classifiers import Sample
from coordnlp.gold.matching import LONGEST_PASSAGE
from coordnlp.gold.records import Gold, GoldQuote
from coordnlp.nlp import JUDGED_ACTS, SETTLES
from coordnlp.records import Evidence, Parsed
from coordnlp.training.dossiers import Annotated
from coordnlp.training.labels import Placed, place_labels


@dataclass(frozen=True, slots=True)
class Answer:
    """What people say of a passage.

    Attributes:
        yes: The labels that it has.
        unclear: Labels that it may have.
        asked: The labels that were asked for; None for all.
    """

    yes: frozenset[str]
    unclear: frozenset[str] = frozenset()
    asked: frozenset[str] | None = None

    def holds(self, label: str) -> bool | None:
        """Tell whether a label holds; None where it is not known."""
        if label in self.yes:
            return True
        known = self.asked is None or label in self.asked
        return False if known and label not in self.unclear else None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with what people say of its acts and measures; None where they were not asked.

    Attributes:
        source: The dossier, or the set, that it is from.
        graded: It stands in a dossier, in its true proportion to passages that carry nothing.
    """

    text: str
    sample: Sample
    source: str
    graded: bool
    acts: Answer | None = None
    measures: Answer | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


def label_passages(dossier: Annotated) -> Iterator[Labelled]:
    """Yield the passages of a dossier about which gold says something.

    In files that are labelled completely a passage without a label has none. Elsewhere gold proves the labels that it
    gives, and what it says of items, events and occasions, alone.
    """
    gold = dossier.gold
    acts, measures = _acts_by_file(gold), _measures_by_file(gold)
    for one in dossier.parsed:
        file, complete = one.header.file, one.header.file in gold.exhaustive
        act_marks = _mark(_place(one, acts[file]))
        placed = _place(one, measures[file])
        measure_marks, evidence = _mark(placed), _evidence(placed)
        for passage in one.passages:
            row = Labelled(
                text=one.words(passage),
                sample=dossier.samples[passage.id],
                source=dossier.name,
                graded=True,
                acts=_answer(act_marks.get(passage.id), complete=complete and bool(gold.acts)),
                measures=_answer(measure_marks.get(passage.id), complete=complete),
                evidence=evidence.get(passage.id, {}),
            )
            if passage.end - passage.start <= LONGEST_PASSAGE and (row.acts or row.measures):
                yield row


_Quote = tuple[str, Mapping[str, Evidence | None]]
"""A quote with its labels, and with the evidence of each that is a measure."""


def _acts_by_file(gold: Gold) -> Mapping[str, list[_Quote]]:
    """Return quotes with their acts, and what settles an issue.

    Where acts are not labelled completely, items, events and occasions tell some.
    """
    found: dict[str, list[_Quote]] = defaultdict(list)
    for one in gold.acts:
        found[one.file].append((one.quote, dict.fromkeys(one.labels)))
    told: list[tuple[GoldQuote, str]] = [(item, item.kind) for item in gold.requests]
    told += [(event, event.type) for item in gold.requests for event in item.events if event.type in JUDGED_ACTS]
    told += [(occasion, "disagreement") for issue in gold.disagreements for occasion in issue.occasions]
    for issue in gold.disagreements:
        if issue.resolution:
            found[issue.resolution.file].append((issue.resolution.quote, {SETTLES: None}))
    for quote, label in told:
        if quote.file not in gold.exhaustive or not gold.acts:
            found[quote.file].append((quote.quote, {label: None}))
    return found


def _measures_by_file(gold: Gold) -> Mapping[str, list[_Quote]]:
    found: dict[str, list[_Quote]] = defaultdict(list)
    for quote in gold.measures:
        found[quote.file].append((quote.quote, {one.code: one.evidence for one in quote.labels}))
    return found


_Placed = Sequence[tuple[Placed, Evidence | None]]


def _place(one: Parsed, quotes: Sequence[_Quote]) -> _Placed:
    return [(placed, labels[placed.label]) for quote, labels in quotes for placed in place_labels(one, quote, labels)]


def _mark(labels: _Placed) -> Mapping[str, Answer]:
    """Return by passage the labels that it has, and those that it may have."""
    yes: dict[str, set[str]] = defaultdict(set)
    unclear: dict[str, set[str]] = defaultdict(set)
    for placed, _ in labels:
        for passage in placed.on:
            yes[passage].add(placed.label)
        for passage in placed.unclear:
            unclear[passage].add(placed.label)
    return {at: Answer(frozenset(yes[at]), frozenset(unclear[at] - yes[at])) for at in {*yes, *unclear}}


def _evidence(labels: _Placed) -> Mapping[str, dict[str, Evidence]]:
    """Return by passage the evidence of the measures that it carries; where quotes differ, the later one holds."""
    found: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for placed, evidence in labels:
        for passage in placed.on if evidence else ():
            found[passage][placed.label] = cast(Evidence, evidence)
    return found


def _answer(answer: Answer | None, *, complete: bool) -> Answer | None:
    """Return what is known of a passage: everything, its given labels alone, or nothing."""
    if complete:
        return answer or Answer(frozenset())
    return replace(answer, asked=answer.yes) if answer and answer.yes else None
