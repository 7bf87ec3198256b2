"""What is kept of the training material beside the weights."""

from __future__ import annotations

from collections import Counter

from coordnlp.classifiers import Sample
from coordnlp.nlp.judges import ACTS, MEASURES
from coordnlp.training.building import choose_neighbours
from coordnlp.training.passages import Answer, Labelled


def row(text: str, source: str, *acts: str, measures: frozenset[str] = frozenset()) -> Labelled:
    return Labelled(
        text, Sample(text, ()), source, graded=True, acts=Answer(frozenset(acts)), measures=Answer(measures)
    )


def test_of_a_frequent_label_passages_of_all_sources_are_kept() -> None:
    rows = [row(f"请提供第{at}份材料。", f"卷宗{at // 100}", "request") for at in range(2000)]
    kept = choose_neighbours(ACTS, rows)
    assert len(kept) == 600
    assert set(Counter(one.source for one in kept).values()) == {30}


def test_of_a_rare_label_all_are_kept_once() -> None:
    often = [row(f"请提供第{at}份材料。", "甲", "request") for at in range(1000)]
    rows = [
        *often,
        row("此事不予考虑。", "乙", "refusal"),
        row("此事不予考虑。", "丙", "refusal"),
        row("附件共三页。", "乙"),
    ]
    kept = choose_neighbours(ACTS, rows)
    assert [one.source for one in kept if "refusal" in one.labels] == ["乙"]
    assert not [one for one in kept if not one.labels]


def test_measures_are_likened_to_passages_with_measures() -> None:
    rows = [row("请提供材料。", "甲", "request"), row("每月碰头一次。", "甲", measures=frozenset(["regular_meetings"]))]
    assert [one.text for one in choose_neighbours(MEASURES, rows)] == ["每月碰头一次。"]
