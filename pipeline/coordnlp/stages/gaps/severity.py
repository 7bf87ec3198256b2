"""How urgent a row is: points that add up, each told in words."""

from __future__ import annotations

from coordnlp.stages.gaps.table import Severity


def rate_severity(
    base: int,
    rule: Severity,
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
        (f"已等{waiting}天加{{}}分", min(rule.waiting_most, weeks * rule.waiting_week), waiting > 0),
        (f"逾期{overdue}天加{{}}分", min(rule.overdue_most, rule.overdue_base + late * rule.overdue_week), overdue > 0),
        (f"催过{raised - 1}次加{{}}分", min(rule.raised_most, (raised - 1) * rule.raised_each), raised > 1),
        (f"见于{seen_in}份文书加{{}}分", min(rule.raised_most, (seen_in - 2) * rule.raised_each), seen_in > 2),
    ]
    told = [f"此类事项{base}分"] + [words.format(points) for words, points, counts in parts if counts]
    total = base + sum(points for _, points, counts in parts if counts)
    if confidence < rule.unsure:
        total -= rule.unsure_minus
        told.append(f"把握不足{rule.unsure:.0%}减{rule.unsure_minus}分")
    return min(100, max(0, total)), "，".join(told)
