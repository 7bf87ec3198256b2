"""Puts `papers.py` on the path of the tests of all stages; the pipeline is built once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coordnlp.nlp import load_nlp

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_nlp()
