"""The taxonomy of measures: it covers the source article, and its cues find what they should and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordnlp.errors import ConfigurationError
from coordnlp.nlp.measure_cues import score_untrained
from coordnlp.taxonomy import EvidenceCues, Measure, load_taxonomy

TAXONOMY = load_taxonomy()
ENTRIES = TAXONOMY.entries
NEW = """
[[measure]]
code = "hotline_drill"
name = "应急演练"
definition = "两家一起做应急演练"
cues = ["应急演练", "拉练"]
"""


def test_all_57_items_of_the_article_are_covered() -> None:
    items = {f"{section}.{item}" for section, count in enumerate((15, 15, 15, 12), 1) for item in range(1, count + 1)}
    assert len(items) == 57
    assert {source for measure in TAXONOMY.measure for source in measure.sources} == items
    assert len(TAXONOMY.measure) == 31


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_cues_find_their_examples_and_no_counter_example(entry: Measure | EvidenceCues) -> None:
    assert entry.examples
    assert entry.counter
    assert [text for text in entry.examples if not entry.shown(text)] == []
    assert [text for text in entry.counter if entry.shown(text)] == []


def test_a_dossier_adds_a_measure_and_changes_another(tmp_path: Path) -> None:
    changed = '[[measure]]\ncode = "liaison"\nname = "联络员"\n'
    (tmp_path / "taxonomy.toml").write_text(NEW + changed, "utf-8")
    taxonomy = load_taxonomy(tmp_path)
    assert len(taxonomy.measure) == 32
    assert taxonomy.by_code["liaison"].name == "联络员"
    assert taxonomy.by_code["liaison"].cues == TAXONOMY.by_code["liaison"].cues


def test_a_new_measure_is_found_by_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "taxonomy.toml").write_text(NEW, "utf-8")
    measure = load_taxonomy(tmp_path).by_code["hotline_drill"]
    assert score_untrained("上月两家一起做了应急演练，拉练三公里。", measure) > 0.7
    assert score_untrained("请提供三季度床位数据。", measure) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        '[[measure]]\ncode = "new_one"\nname = "缺定义"\n',
        '[[measure]]\ncode = "新的"\nname = "新"\ndefinition = "新"\n',
        '[[measure]]\ncode = "new_one"\nname = "新"\ndefinition = "新"\ncues = ["("]\n',
        '[[measure]]\ncode = "new_one"\nname = "新"\ndefinition = "新"\ndimension = "nowhere"\n',
        "other = 1\n",
        "[[measure]\n",
    ],
)
def test_a_broken_taxonomy_is_one_clear_message(tmp_path: Path, text: str) -> None:
    (tmp_path / "taxonomy.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_taxonomy(tmp_path)
    assert error.value.exit_code == 5
