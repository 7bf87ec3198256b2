"""The plainest sentences of offices, which nobody learned from: what they do is told, and ceremony does nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from spacy.language import Language

from coordnlp.nlp import JUDGED_ACTS, judge_acts, load_models, load_nlp
from coordnlp.training.passages import Labelled
from coordnlp.training.sets import read_fragments

FOLDER = Path(__file__).parent / "plain"
# What the models that ship reached on 2026-11-29 is in docs/accuracy.md; somewhat less is asked here.
LEAST = 0.85
LEAST_EMPTY = 0.95


@pytest.fixture(scope="module")
def judged() -> Sequence[tuple[Labelled, frozenset[str]]]:
    """Return the sentences, each with the acts that are found in it."""
    nlp: Language = load_nlp(judging=False)
    rows, models = list(read_fragments(FOLDER, nlp)), load_models()
    samples = [row.sample for row in rows]
    acts = judge_acts(samples, models.convolution.margins(samples), models)
    found = [frozenset(one.label for one in some if one.level == "found") for some, _ in acts]
    return list(zip(rows, found, strict=True))


def test_what_a_sentence_does_is_told(judged: Sequence[tuple[Labelled, frozenset[str]]]) -> None:
    right, made, there = Counter[str](), Counter[str](), Counter[str]()
    for row, found in judged:
        assert row.acts
        right.update(found & row.acts.yes)
        made.update(found)
        there.update(row.acts.yes)
    f1 = {act: round(2 * right[act] / max(1, made[act] + there[act]), 2) for act in JUDGED_ACTS}
    total = 2 * right.total() / (made.total() + there.total())
    assert total >= LEAST, f1


def test_ceremony_and_facts_do_nothing(judged: Sequence[tuple[Labelled, frozenset[str]]]) -> None:
    empty = [(row.text, found) for row, found in judged if row.acts and not row.acts.yes]
    quiet = sum(not found for _, found in empty)
    assert quiet / len(empty) >= LEAST_EMPTY, [one for one in empty if one[1]]
