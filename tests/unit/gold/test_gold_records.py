"""A gold file that is missing or wrong is told with file, key and reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coordnlp.errors import ConfigurationError
from coordnlp.gold.records import load_gold

GOOD = {"as_of": "2024-06-30", "documents": [{"file": "1.txt", "date": "2024-03-01", "kind": "letter", "from": "A"}]}


def test_gold_may_leave_out_all_but_the_documents(tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text(json.dumps(GOOD), "utf-8")
    gold = load_gold(tmp_path)
    assert gold.documents[0].sender == "A"
    assert gold.requests == gold.acts == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "JSON"),
        (json.dumps({"as_of": "2024-06-30"}), "documents"),
        (json.dumps(GOOD | {"requests": [{"id": "R1"}]}), "requests.0"),
        (
            json.dumps(GOOD | {"documents": [{"file": "1.txt", "date": "2024-03-01", "kind": "poem"}]}),
            "documents.0.kind",
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "gold.json").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=told):
        load_gold(tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gold\.json"):
        load_gold(tmp_path)
