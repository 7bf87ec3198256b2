"""Labelled passages: what the classifiers are fitted on, from dossiers with gold, contrast sets and fragments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coordnlp.classifiers import Sample
from coordnlp.gold.records import Gold, GoldQuote
from coordnlp.records import Evidence, Parsed
from coordnlp.training.dossiers import Annotated
from coordnlp.training.labels import place_labels

# The grader looks at no longer passage.
_LONGEST = 300
JUDGED_ACTS = (
    "request",
    "commitment",
    "assignment",
    "answer",
    "partial_answer",
    "acknowledgement",
    "refusal",
    "disagreement",
    "agreement",
    "urge",
)
"""The acts that the judge learns; gold labels no others."""


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


_Marks = Mapping[str, Answer]


def label_passages(dossier: Annotated) -> Iterator[Labelled]:
    """Yield the passages of a dossier about which gold says something.

    In files that are labelled completely a passage without a label has none. Elsewhere gold proves the labels that it
    gives, and what it says of items, events and occasions, alone.
    """
    gold = dossier.gold
    acts, measures = _acts_by_file(gold), _measures_by_file(gold)
    for one in dossier.parsed:
        file, complete = one.header.file, one.header.file in gold.exhaustive
        act_marks = _mark(one, [(quote, labels) for quote, labels in acts[file]])
        measure_marks = _mark(one, [(quote, tuple(labels)) for quote, labels in measures[file]])
        evidence = _evidence(one, measures[file])
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
            if passage.end - passage.start <= _LONGEST and (row.acts or row.measures):
                yield row


def _acts_by_file(gold: Gold) -> Mapping[str, list[tuple[str, Sequence[str]]]]:
    """Return quotes with their acts; where acts are not labelled completely, items, events and occasions tell some."""
    found: dict[str, list[tuple[str, Sequence[str]]]] = defaultdict(list)
    for one in gold.acts:
        found[one.file].append((one.quote, one.labels))
    told: list[tuple[GoldQuote, str]] = [(item, item.kind) for item in gold.requests]
    told += [(event, event.type) for item in gold.requests for event in item.events if event.type in JUDGED_ACTS]
    told += [(occasion, "disagreement") for issue in gold.disagreements for occasion in issue.occasions]
    for quote, label in told:
        if quote.file not in gold.exhaustive or not gold.acts:
            found[quote.file].append((quote.quote, (label,)))
    return found


def _measures_by_file(gold: Gold) -> Mapping[str, list[tuple[str, Mapping[str, Evidence]]]]:
    found: dict[str, list[tuple[str, Mapping[str, Evidence]]]] = defaultdict(list)
    for quote in gold.measures:
        found[quote.file].append((quote.quote, {one.code: one.evidence for one in quote.labels}))
    return found


def _mark(one: Parsed, quotes: Sequence[tuple[str, Sequence[str]]]) -> _Marks:
    """Return by passage the labels that it has, and those that it may have."""
    yes: dict[str, set[str]] = defaultdict(set)
    unclear: dict[str, set[str]] = defaultdict(set)
    for quote, labels in quotes:
        for placed in place_labels(one, quote, labels):
            for passage in placed.on:
                yes[passage].add(placed.label)
            for passage in placed.unclear:
                unclear[passage].add(placed.label)
    return {at: Answer(frozenset(yes[at]), frozenset(unclear[at] - yes[at])) for at in {*yes, *unclear}}


def _evidence(one: Parsed, quotes: Sequence[tuple[str, Mapping[str, Evidence]]]) -> Mapping[str, dict[str, Evidence]]:
    found: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for quote, labels in quotes:
        for placed in place_labels(one, quote, labels):
            for passage in placed.on:
                found[passage][placed.label] = labels[placed.label]
    return found


def _answer(answer: Answer | None, *, complete: bool) -> Answer | None:
    """Return what is known of a passage: everything, its given labels alone, or nothing."""
    if complete:
        return answer or Answer(frozenset())
    return replace(answer, asked=answer.yes) if answer and answer.yes else None
