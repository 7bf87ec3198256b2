"""Moves the least confidence of a claim to where this dossier's reviewers confirm enough of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordnlp.judgements.reading import Edit
from coordnlp.judgements.table import ReviewWords
from coordnlp.records import Decision, Judgement, Shown


def move_threshold(
    least: float, known: Sequence[Judgement], edits: Sequence[Edit], words: ReviewWords
) -> tuple[float, int]:
    """Return the least confidence of a claim under the verdicts on rows about requests, and how many there are.

    It is the lowest one within bounds from which on the share of confirmed rows reaches the goal, the highest within
    bounds where none does, and the one that ships while there are too few verdicts.

    Args:
        least: The threshold that ships, in [0, 1].
        known: Judgements that are stored, oldest first.
        edits: What reviewers have changed since; the next run must not differ from this one.
    """
    rule = words.threshold
    verdicts = dict(_verdicts(known, edits, words))
    cases = [
        (score, decision == "confirmed") for score, decision in verdicts.values() if decision in _COUNTED and score
    ]
    if len(cases) < rule.verdicts:
        return least, len(cases)
    lowest, highest = round(least - rule.most, 3), round(least + rule.most, 3)
    for bound in sorted({lowest, *(score for score, _ in cases if lowest < score <= highest)}):
        above = [right for score, right in cases if score >= bound]
        if above and sum(above) / len(above) >= rule.goal:
            return bound, len(cases)
    return highest, len(cases)


_COUNTED: tuple[Decision, ...] = ("confirmed", "mistaken")


def _verdicts(
    known: Sequence[Judgement], edits: Sequence[Edit], words: ReviewWords
) -> Iterator[tuple[str, tuple[float, Decision]]]:
    """Yield by id what the machine thought of a row and what people decided; later words come later."""
    scores: dict[str, float] = {}
    told: list[tuple[Shown, Decision]] = [(one.shown, one.decision) for one in known]
    told += [
        (edit.shown, words.decide(edit.cells["verdict"])[0])
        for edit in edits
        if "verdict" in edit.cells and not edit.restates
    ]
    for shown, decision in told:
        if shown.request:
            # A row that was confirmed shows 1.0 from then on.
            score = scores.setdefault(shown.gap, shown.confidence)
            yield shown.gap, (score, decision)
