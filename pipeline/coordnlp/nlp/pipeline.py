"""Build and run the spaCy pipeline. This file owns spaCy and jieba; both are imported when first used."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordnlp.nlp.cues import ActCues, load_cues, score_acts
from coordnlp.nlp.terms import load_term_words, pick_terms
from coordnlp.records import ActScore
from coordnlp.resources import cache_folder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# All names under `Doc._`, in one place.
CONTEXT, ACTS, TERMS = "coord_context", "coord_acts", "coord_terms"


@dataclass(frozen=True, slots=True)
class Context:
    """What the components know of a passage besides its words: its role text."""

    role_text: str


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the pipeline found in one passage."""

    acts: tuple[ActScore, ...]
    terms: tuple[str, ...]


def load_nlp() -> Language:
    """Build the pipeline: jieba segmentation, `coord_terms`, `coord_acts`.

    Raises:
        TableError: A lexicon is missing or broken.
    """
    import spacy
    from spacy.tokens import Doc

    _prepare_jieba()
    for name in (CONTEXT, ACTS, TERMS):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    _register_components()
    nlp.add_pipe("coord_terms")
    nlp.add_pipe("coord_acts")
    return nlp


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
        Language.factory("coord_terms", func=_make_terms)
        Language.factory("coord_acts", func=_make_acts)


def _make_terms(nlp: Language, name: str) -> TermPicker:  # noqa: ARG001 - spaCy calls factories with these names
    return TermPicker(frozenset(load_term_words().stop))


def _make_acts(nlp: Language, name: str) -> ActJudge:  # noqa: ARG001
    return ActJudge(load_cues())


@dataclass(frozen=True, slots=True)
class TermPicker:
    """Component `coord_terms`: keep the content words of a passage."""

    stop: frozenset[str]

    def __call__(self, doc: Doc) -> Doc:
        """Set `Doc._.coord_terms`."""
        doc._.set(TERMS, tuple(pick_terms((token.text for token in doc), self.stop)))
        return doc


@dataclass(frozen=True, slots=True)
class ActJudge:
    """Component `coord_acts`: score speech acts by cues on role text.

    A trained judge takes its place in the pipeline under the same name and sets the same attribute.
    """

    cues: ActCues

    def __call__(self, doc: Doc) -> Doc:
        """Set `Doc._.coord_acts`."""
        context = doc._.get(CONTEXT)
        text = context.role_text if context else doc.text
        doc._.set(ACTS, tuple(score_acts(text, self.cues)))
        return doc


def analyse(nlp: Language, passages: Iterable[tuple[str, Context]]) -> Iterator[Analysed]:
    """Run passages through the pipeline in batches, in order."""
    for doc in nlp.pipe(_make_docs(nlp, passages), batch_size=256):
        yield Analysed(acts=doc._.get(ACTS), terms=doc._.get(TERMS))


def _make_docs(nlp: Language, passages: Iterable[tuple[str, Context]]) -> Iterator[Doc]:
    for text, context in passages:
        doc = nlp.make_doc(text)
        doc._.set(CONTEXT, context)
        yield doc
