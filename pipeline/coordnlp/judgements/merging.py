"""Rows that are joined into others: which row each ends up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordnlp.judgements.fitting import find_row
from coordnlp.judgements.table import Fit
from coordnlp.records import Judgement, Shown


def follow_merges(
    words: Mapping[str, Judgement], rows: Sequence[Shown], rule: Fit
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Follow “合并到 G-…” from row to row.

    Args:
        words: The last word on each row, by its id.
        rows: What the rows of this run show.

    Returns:
        For every joined row the id at the end of its chain; and in Chinese, what leads nowhere or in a circle.
    """
    steps: dict[str, str] = {}
    conflicts: list[str] = []
    for id, word in sorted(words.items()):
        if word.into is None:
            continue
        near = find_row(word.into, rows, rule)
        if len(near) == 1:
            steps[id] = near[0].gap
        else:
            conflicts.append(f"{id}：要合并到的 {word.into.gap} 不在这次的清单里，没有合并")
    ends = {id: _end(id, steps) for id in steps}
    circles = sorted(id for id, end in ends.items() if end is None)
    if circles:
        conflicts.append(f"{'、'.join(circles)}：合并绕成一圈或合并到自己，都没有合并，请只留一条不写“合并到”")
    return {id: end for id, end in ends.items() if end is not None}, tuple(conflicts)


def _end(id: str, steps: Mapping[str, str]) -> str | None:
    """Return the end of a chain, None for a circle."""
    seen = {id}
    while id in steps:
        id = steps[id]
        if id in seen:
            return None
        seen.add(id)
    return id
