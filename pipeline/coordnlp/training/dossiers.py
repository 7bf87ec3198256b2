"""Dossiers with gold, read and annotated: what weights are fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordnlp.classifiers import Sample
from coordnlp.dates import WorkCalendar
from coordnlp.features import Encoder
from coordnlp.features.lookup import Lookup, index_dossier
from coordnlp.gold.matching import LEAST_OVERLAP, Span, match_spans, overlap, request_spans
from coordnlp.gold.records import Gold, GoldRequest
from coordnlp.names import Names, load_voices
from coordnlp.nlp import Models, judge_acts, judge_measures
from coordnlp.records import Annotation, Document, Parsed, Passage, Request, Teams
from coordnlp.stages.annotations import analyse_passages
from coordnlp.stages.parse import parse_dossier
from coordnlp.taxonomy import Taxonomy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language


@dataclass(frozen=True)
class Annotated:
    """A dossier with gold after the stages that learn nothing from gold."""

    name: str
    gold: Gold
    parsed: Sequence[Parsed]
    teams: Teams
    names: Names
    annotations: Mapping[str, Annotation]
    samples: Mapping[str, Sample]
    encoder: Encoder | None = None

    def index(self, parsed: Sequence[Parsed] | None = None) -> Lookup:
        """Return what stages look things up in, of all documents or of some."""
        return index_dossier(self.parsed if parsed is None else parsed, self.annotations, self.encoder)

    @property
    def written(self) -> list[Parsed]:
        """The documents that are written on the day of the gold."""
        return [one for one in self.parsed if one.header.date <= self.gold.as_of]

    def find(self, file: str, quote: str) -> tuple[Parsed, Passage] | None:
        """Return the longest passage that a gold quote stands in."""
        one = next((one for one in self.parsed if one.header.file == file), None)
        fits = [p for p in one.passages if overlaps(quote, one.words(p))] if one else []
        return (one, max(fits, key=lambda p: len(one.words(p)))) if one and fits else None

    def match_requests(self, found: Sequence[Request]) -> dict[int, GoldRequest]:
        """Return by ordinal what gold calls the requests that a run found, those that gold has."""
        words = {one.header.id: one for one in self.parsed}
        texts = [words[one.document].document.plain[one.start : one.end] for one in found]
        spans = [Span(words[one.document].header.file, text) for one, text in zip(found, texts, strict=True)]
        gold = self.gold.requests
        return {j: gold[i] for i, j in match_spans(request_spans(gold), spans)}


def annotate_dossier(name: str, gold: Gold, documents: Sequence[Document], teams: Teams, nlp: Language) -> Annotated:
    """Parse and annotate the documents of a dossier with gold."""
    parsed, names = parse_dossier(documents, teams)
    found = list(analyse_passages(parsed, names, load_voices(), nlp, WorkCalendar()))
    annotations = {annotation.passage: annotation for annotation, _ in found}
    samples = {annotation.passage: analysed.sample for annotation, analysed in found}
    return Annotated(name, gold, parsed, teams, names, annotations, samples)


def judge_again(dossier: Annotated, models: Models, taxonomy: Taxonomy) -> Annotated:
    """Return a dossier as other models judge its passages."""
    ids = list(dossier.samples)
    samples = [dossier.samples[at] for at in ids]
    texts = [text for one in dossier.parsed for text in map(one.words, one.passages)]
    margins = models.convolution.margins(samples)
    acts = judge_acts(samples, margins, models)
    measures = judge_measures(samples, texts, margins, models, taxonomy)
    annotations = {
        at: replace(dossier.annotations[at], acts=act, settles=settles, measures=measure)
        for at, (act, settles), measure in zip(ids, acts, measures, strict=True)
    }
    return replace(dossier, annotations=annotations)


def overlaps(quote: str, text: str) -> bool:
    """Tell whether two texts share, as one run, half of the shorter one."""
    return overlap(quote, text) >= LEAST_OVERLAP
