"""The contrast sets are whole: enough passages each way, short, unlike each other, in full-width punctuation."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from coordnlp.gold.records import Evidence
from coordnlp.records import Act

FOLDER = Path(__file__).parents[2] / "models/training/contrast"
SETS = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.jsonl"))
# ASCII marks between Han characters; careless chats aside.
FOLDED = re.compile(r"(?<=[\u4e00-\u9fff])[,;:?()](?=[\u4e00-\u9fff])")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_every_act_and_every_measure_has_its_set() -> None:
    acts = {name.removeprefix("acts/") for name in SETS if name.startswith("acts/")}
    assert acts == set(get_args(Act)) - {"withdrawal"}
    assert sum(name.startswith("measures/") for name in SETS) == 31


@pytest.mark.parametrize("name", SETS)
def test_there_are_enough_passages_each_way(name: str) -> None:
    carries = [row["carries"] for row in rows(name)]
    assert carries.count(True) >= 25
    assert carries.count(False) >= 25


@pytest.mark.parametrize("name", SETS)
def test_each_passage_is_short_with_a_context_a_register_and_a_reason(name: str) -> None:
    for row in rows(name):
        assert 4 <= len(row["text"]) <= 100, row["text"]
        assert row["context"], row["text"]
        assert row["register"], row["text"]
        assert row["why"], row["text"]
        if name.startswith("measures/") and row["carries"]:
            assert row["evidence"] in get_args(Evidence), row["text"]


@pytest.mark.parametrize("name", SETS)
def test_no_passage_stands_twice(name: str) -> None:
    texts = [row["text"] for row in rows(name)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", SETS)
def test_punctuation_is_full_width_but_for_careless_chats(name: str) -> None:
    careless = ("chat", "mail")
    texts = [row["text"] for row in rows(name) if row["register"] not in careless]
    assert [text for text in texts if FOLDED.search(text)] == []
