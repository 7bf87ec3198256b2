from __future__ import annotations

from dataclasses import replace

import pytest
from row_making import judgement, shown

from coordnlp.judgements import load_review_words
from coordnlp.judgements.merging import follow_merges

RULE = load_review_words().fit


def ends(*steps: str, rows: str = "1 2 3 4") -> tuple[dict[str, str], int]:
    """Follow steps written as `1>2`; return where each ends and how many conflicts there are."""
    shown_rows = [shown(f"G-{name}", f"第{name}件事另有其词", request=f"Q-{name}") for name in rows.split()]
    pairs = [step.split(">") for step in steps]
    by_id = {row.gap: row for row in shown_rows}
    words = {f"G-{one}": judgement(by_id[f"G-{one}"], "合并到", into=f"G-{other}") for one, other in pairs}
    targets, conflicts = follow_merges(words, shown_rows, RULE)
    return {one[2:]: other[2:] for one, other in targets.items()}, len(conflicts)


@pytest.mark.parametrize(
    ("steps", "expected", "conflicts"),
    [
        (("1>2",), {"1": "2"}, 0),
        (("1>2", "2>3"), {"1": "3", "2": "3"}, 0),
        (("3>2", "2>1", "4>1"), {"3": "1", "2": "1", "4": "1"}, 0),
        (("1>1",), {}, 1),
        (("1>2", "2>1"), {}, 1),
        (("1>2", "2>3", "3>1"), {}, 1),
        (("1>2", "2>3", "3>2"), {}, 1),
        (("1>9",), {}, 1),
        (("1>9", "2>3"), {"2": "3"}, 1),
    ],
)
def test_chains_end_and_circles_are_told(steps: tuple[str, ...], expected: dict[str, str], conflicts: int) -> None:
    assert ends(*steps) == (expected, conflicts)


def test_a_target_whose_id_has_moved_is_found_by_its_words() -> None:
    old, new = shown("G-OLD", "请报送名册。", request="Q-OLD"), shown("G-NEW", "请报送名册。", request="Q-NEW")
    row = shown("G-1", "请于月底前报送人员名册。")
    word = judgement(row, "合并到", into="G-OLD")
    assert follow_merges({"G-1": word}, [row, new], RULE)[0] == {}
    known = {"G-1": replace(word, into=old)}
    assert follow_merges(known, [row, new], RULE)[0] == {"G-1": "G-NEW"}
