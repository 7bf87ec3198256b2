"""The fragments are whole: known labels, known parties, sentences of a sane length, full-width punctuation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from coordnlp.nlp import JUDGED_ACTS
from coordnlp.records import Evidence, Kind, Party
from coordnlp.taxonomy import load_taxonomy

FOLDER = Path(__file__).parents[2] / "models/training/fragments"
UNSEEN = Path(__file__).parents[1] / "unseen/plain"
FILES = sorted(FOLDER.glob("*.jsonl"))
CODES = set(load_taxonomy().by_code)


def test_there_are_fragments() -> None:
    assert len(FILES) >= 130


@pytest.mark.parametrize("file", [*FILES, *sorted(UNSEEN.glob("*.jsonl"))], ids=lambda file: file.stem)
def test_fragments_are_whole(file: Path) -> None:
    head, *fragments = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {"name", "aliases", "members"} <= set(head["teams"]["A"]) & set(head["teams"]["B"])
    assert fragments
    for fragment in fragments:
        assert fragment["kind"] in get_args(Kind)
        assert fragment["from"] in get_args(Party)
        for sentence in fragment["sentences"]:
            assert sentence["party"] in (*get_args(Party), None)
            assert 1 <= len(sentence["text"]) <= 200
            assert "settles" not in sentence or head["settlements"]
            assert set(sentence["acts"]) <= set(JUDGED_ACTS)
            assert {one["code"] for one in sentence["measures"]} <= CODES
            assert {one["evidence"] for one in sentence["measures"]} <= set(get_args(Evidence))


def test_punctuation_is_full_width_as_a_rule() -> None:
    text = "".join(file.read_text("utf-8") for file in FILES)
    sentences = "".join(
        s["text"] for line in text.splitlines() if "sentences" in line for s in json.loads(line)["sentences"]
    )
    assert sentences.count("，") > 50 * sentences.count(",")
