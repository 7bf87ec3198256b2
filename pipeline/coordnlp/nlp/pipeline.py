"""Build and run the spaCy pipeline. This file owns spaCy and jieba; both are imported when first used."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from coordnlp.classifiers import Sample, fold
from coordnlp.concepts import Concepts, load_concepts
from coordnlp.nlp.cues import AGAINST, ActCues, load_cues, score_acts
from coordnlp.nlp.judges import Models, judge_acts, judge_measures, load_models
from coordnlp.nlp.measure_cues import find_cues
from coordnlp.nlp.terms import load_term_words, pick_terms
from coordnlp.records import ActScore, MeasureScore
from coordnlp.resources import cache_folder
from coordnlp.taxonomy import Taxonomy, load_taxonomy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# All names under `Doc._`, in one place.
CONTEXT, TERMS, CUES, SAMPLE = "coord_context", "coord_terms", "coord_cues", "coord_sample"
MARGINS, ACTS, SETTLES, MEASURES = "coord_margins", "coord_acts", "coord_settles", "coord_measures"
_JUDGING = ("coord_convolution", "coord_acts", "coord_measures")
_COMPONENTS = ("coord_terms", "coord_cues", *_JUDGING)
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Context:
    """What the components know of a passage besides its words.

    Attributes:
        role_text: The passage in roles.
        before: Role text of the passage before, '' at the start of a zone.
        heading: Role text of the heading that it stands under.
        facts: Of layout, voice and kind of document.
    """

    role_text: str
    before: str = ""
    heading: str = ""
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the pipeline found in one passage; `sample` is what the classifiers saw of it."""

    cues: tuple[ActScore, ...]
    terms: tuple[str, ...]
    acts: tuple[ActScore, ...]
    settles: float
    measures: tuple[MeasureScore, ...]
    sample: Sample


def load_nlp(taxonomy: Taxonomy | None = None, *, judging: bool = True) -> Language:
    """Build the pipeline: jieba segmentation, then `coord_terms`, `coord_cues`, and the components that judge.

    Args:
        taxonomy: None takes the one that ships.
        judging: By the models that ship; without them nothing is judged, as while they are being trained.

    Raises:
        TableError: A lexicon is missing or broken.
        ModelError: A model is missing or broken.
    """
    import spacy
    from spacy.tokens import Doc

    _prepare_jieba()
    for name in (CONTEXT, TERMS, CUES, SAMPLE, MARGINS, ACTS, SETTLES, MEASURES):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    _register_components()
    for name in _COMPONENTS:
        nlp.add_pipe(name)
    set_models(nlp, load_models() if judging else None)
    if taxonomy:
        set_taxonomy(nlp, taxonomy)
    return nlp


def set_models(nlp: Language, models: Models | None) -> None:
    """Have a pipeline judge by these models from now on, or not at all."""
    for name in _JUDGING:
        setattr(nlp.get_pipe(name), "models", models)  # noqa: B010 - spaCy types a component as a function


def set_taxonomy(nlp: Language, taxonomy: Taxonomy) -> None:
    """Have a pipeline look for these measures from now on."""
    for name in ("coord_cues", "coord_measures"):
        setattr(nlp.get_pipe(name), "taxonomy", taxonomy)  # noqa: B010


def _prepare_jieba() -> None:
    """Keep jieba quiet, and its dictionary cache out of the folder that all users share (mode 0600 locks them out)."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    folder = cache_folder()
    if folder:
        jieba.dt.tmp_dir = str(folder)


def _register_components() -> None:
    from spacy.language import Language

    if not Language.has_factory("coord_terms"):
        makers = (_make_terms, _make_cues, _make_convolution, _make_acts, _make_measures)
        for name, make in zip(_COMPONENTS, makers, strict=True):
            Language.factory(name, func=make)


# spaCy calls factories with these names.
def _make_terms(nlp: Language, name: str) -> TermPicker:  # noqa: ARG001
    return TermPicker(frozenset(load_term_words().stop))


def _make_cues(nlp: Language, name: str) -> CueFinder:  # noqa: ARG001
    return CueFinder(load_cues(), load_taxonomy(), load_concepts())


def _make_convolution(nlp: Language, name: str) -> WholeReader:  # noqa: ARG001
    return WholeReader()


def _make_acts(nlp: Language, name: str) -> ActJudge:  # noqa: ARG001
    return ActJudge()


def _make_measures(nlp: Language, name: str) -> MeasureJudge:  # noqa: ARG001
    return MeasureJudge()


@dataclass(frozen=True, slots=True)
class TermPicker:
    """Component `coord_terms`: keep the content words of a passage."""

    stop: frozenset[str]

    def __call__(self, doc: Doc) -> Doc:
        """Set `Doc._.coord_terms`."""
        doc._.set(TERMS, tuple(pick_terms((token.text for token in doc), self.stop)))
        return doc


@dataclass(slots=True)
class CueFinder:
    """Component `coord_cues`: find the cues of acts and measures, and put together what the judges see."""

    cues: ActCues
    taxonomy: Taxonomy
    concepts: Concepts

    def __call__(self, doc: Doc) -> Doc:
        """Set `Doc._.coord_cues` and `Doc._.coord_sample`."""
        context = doc._.get(CONTEXT) or Context(doc.text)
        cues = tuple(score_acts(context.role_text, self.cues))
        sample = Sample(
            role_text=fold(context.role_text),
            words=tuple(fold(token.text) for token in doc),
            concepts=self.concepts.of(token.text for token in doc),
            before=fold(context.before),
            heading=fold(context.heading),
            facts=context.facts,
            cues=_cue_features(cues),
            measures=find_cues(doc.text, self.taxonomy),
        )
        doc._.set(CUES, cues)
        doc._.set(SAMPLE, sample)
        return doc


def _cue_features(cues: Iterable[ActScore]) -> dict[str, float]:
    found: dict[str, float] = {}
    for act in cues:
        found[act.label] = act.score
        found |= {f"{act.label}：{reason}": 1.0 for reason in act.reasons if not reason.startswith(AGAINST)}
    return found


@dataclass(slots=True)
class BatchJudge:
    """A component that judges passages in batches, and none without models."""

    models: Models | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Judge one passage."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = _BATCH) -> Iterator[Doc]:
        """Judge many passages."""
        for batch in _batches(docs, batch_size):
            if self.models:
                self.judge(batch, self.models)
            yield from batch

    def judge(self, batch: Sequence[Doc], models: Models) -> None:
        """Set what the component finds in a batch of passages."""
        raise NotImplementedError


class WholeReader(BatchJudge):
    """Component `coord_convolution`: what the convolution says of passages."""

    def judge(self, batch: Sequence[Doc], models: Models) -> None:
        """Set `Doc._.coord_margins`."""
        margins = models.convolution.margins([doc._.get(SAMPLE) for doc in batch])
        for doc, row in zip(batch, margins, strict=True):
            doc._.set(MARGINS, row)


class ActJudge(BatchJudge):
    """Component `coord_acts`: the speech acts of passages."""

    def judge(self, batch: Sequence[Doc], models: Models) -> None:
        """Set `Doc._.coord_acts` and `Doc._.coord_settles`."""
        for doc, (acts, settles) in zip(batch, judge_acts(*_heard(batch), models), strict=True):
            doc._.set(ACTS, acts)
            doc._.set(SETTLES, settles)


@dataclass(slots=True)
class MeasureJudge(BatchJudge):
    """Component `coord_measures`: the measures that passages carry."""

    taxonomy: Taxonomy = field(default_factory=load_taxonomy)

    def judge(self, batch: Sequence[Doc], models: Models) -> None:
        """Set `Doc._.coord_measures`."""
        samples, margins = _heard(batch)
        texts = [doc.text for doc in batch]
        for doc, found in zip(batch, judge_measures(samples, texts, margins, models, self.taxonomy), strict=True):
            doc._.set(MEASURES, found)


def _heard(batch: Sequence[Doc]) -> tuple[list[Sample], np.ndarray]:
    """Return the samples of a batch and the convolution's margins, of shape (n, labels)."""
    return [doc._.get(SAMPLE) for doc in batch], np.array([doc._.get(MARGINS) for doc in batch])


def _batches(docs: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    docs = iter(docs)
    while batch := list(islice(docs, size)):
        yield batch


def analyse(nlp: Language, passages: Iterable[tuple[str, Context]]) -> Iterator[Analysed]:
    """Run passages through the pipeline in batches, in order."""
    for doc in nlp.pipe(_make_docs(nlp, passages), batch_size=_BATCH):
        cues, terms, sample = (doc._.get(name) for name in (CUES, TERMS, SAMPLE))
        acts, settles, measures = (doc._.get(name) for name in (ACTS, SETTLES, MEASURES))
        yield Analysed(cues, terms, acts or (), settles or 0.0, measures or (), sample)


def _make_docs(nlp: Language, passages: Iterable[tuple[str, Context]]) -> Iterator[Doc]:
    for text, context in passages:
        doc = nlp.make_doc(text)
        doc._.set(CONTEXT, context)
        yield doc
