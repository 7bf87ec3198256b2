"""How urgent a row is: points that add up, each told in words."""

from __future__ import annotations

from coordnlp.stages.gaps.sentences import SeverityWords
from coordnlp.stages.gaps.table import SeverityRule


def rate_severity(
    base: int,
    rule: SeverityRule,
    words: SeverityWords,
    *,
    waiting: int = 0,
    overdue: int = 0,
    raised: int = 1,
    confidence: float = 1.0,
    seen_in: int = 0,
) -> tuple[int, str]:
    """Return severity in [0, 100] and how it came about in words.

    Args:
        base: Points of the type of gap, for what it does to the two teams' work.
        waiting, overdue: Calendar days.
        raised: How often it was raised; every time after the first counts.
        confidence: In [0, 1]; a row that is not sure does not press.
        seen_in: Papers of a disagreement; every one after the second counts as raising it again.
    """
    weeks, late = -(-waiting // 7), -(-overdue // 7)
    parts = [
        (words.waiting, waiting, min(rule.waiting_most, weeks * rule.waiting_week), waiting > 0),
        (words.overdue, overdue, min(rule.overdue_most, rule.overdue_base + late * rule.overdue_week), overdue > 0),
        (words.raised, raised - 1, min(rule.raised_most, (raised - 1) * rule.raised_each), raised > 1),
        (words.seen_in, seen_in, min(rule.raised_most, (seen_in - 2) * rule.raised_each), seen_in > 2),
    ]
    told = [words.base.format(points=base)]
    told += [template.format(count=count, points=points) for template, count, points, holds in parts if holds]
    total = base + sum(points for _, _, points, holds in parts if holds)
    if confidence < rule.unsure:
        total -= rule.unsure_minus
        told.append(words.unsure.format(share=f"{rule.unsure:.0%}", points=rule.unsure_minus))
    return min(100, max(0, total)), words.separator.join(told)
