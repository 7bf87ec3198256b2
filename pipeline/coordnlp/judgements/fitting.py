"""Finds the row that a judgement is about: by id, else by what the row is about, else by its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coordnlp.ids import normalise
from coordnlp.judgements.table import Fit
from coordnlp.records import Judgement, Shown, ShownQuote

_SHOWN_CHARACTERS = 30


@dataclass(frozen=True, slots=True)
class Attached:
    """The last word on each row, by id of the row; and in Chinese what could not be settled."""

    words: Mapping[str, Judgement]
    rows: Mapping[str, str]
    conflicts: tuple[str, ...]


def attach(judgements: Sequence[Judgement], rows: Sequence[Shown], rule: Fit) -> Attached:
    """Find the row of every judgement; of several on one row the last counts.

    A judgement whose row has another id now goes to the row of the same request or issue, else to the one whose quotes
    are most alike. One that fits two rows equally goes to neither.

    Args:
        judgements: Of one dossier, oldest first.
        rows: What the rows of this run show.

    Returns:
        `words` by row id; `rows` tells for every judged id the id of its row.
    """
    last = {one.shown.gap: place for place, one in enumerate(judgements)}
    found: dict[str, str] = {}
    conflicts: list[str] = []
    for id, place in last.items():
        near = find_row(judgements[place].shown, rows, rule)
        if len(near) == 1:
            found[id] = near[0].gap
        elif near and not judgements[place].is_empty:
            conflicts.append(_conflict(judgements[place], near))
    newest: dict[str, int] = {}
    for id, row in found.items():
        newest[row] = max(last[id], newest.get(row, -1))
    return Attached({row: judgements[place] for row, place in newest.items()}, found, tuple(conflicts))


def find_row(shown: Shown, rows: Sequence[Shown], rule: Fit) -> list[Shown]:
    """Return the row that shows what was shown; several where they fit equally, none where nothing fits."""
    for is_same in (_same_id, _same_matter):
        if same := [row for row in rows if is_same(row, shown)]:
            return same
    scores = [(score, row) for row in rows if (score := _score(shown, row, rule)) is not None]
    best = max((score for score, _ in scores), default=0.0)
    return [row for score, row in scores if score > best - rule.margin]


def _same_id(row: Shown, shown: Shown) -> bool:
    return row.gap == shown.gap


def _same_matter(row: Shown, shown: Shown) -> bool:
    return bool(shown.request and row.request == shown.request) or bool(shown.issue and row.issue == shown.issue)


def _score(shown: Shown, row: Shown, rule: Fit) -> float | None:
    """Return how well a row fits, None where it cannot be the same."""
    if not _may_be_same(shown, row):
        return None
    pairs = [_nearest(quote, row.quotes) for quote in _telling(shown)]
    if not pairs:
        return None
    words = sum(_alike(one.text, other.text) for one, other in pairs) / len(pairs)
    if words < rule.least:
        return None
    context = sum(_alike(one.before + one.after, other.before + other.after) for one, other in pairs) / len(pairs)
    file = sum(one.file == other.file for one, other in pairs) / len(pairs)
    return words + rule.context * context + rule.file * file


def _may_be_same(shown: Shown, row: Shown) -> bool:
    """Return whether two rows are about the same kind of thing on one day.

    This month's request in the words of last month's is another one; a paper of the same file may have got another day.
    """
    if shown.type and (bool(shown.request), bool(shown.issue)) != (bool(row.request), bool(row.issue)):
        return False
    if shown.type and not shown.request and not shown.issue and (shown.type, shown.measure) != (row.type, row.measure):
        return False
    files = {quote.file for quote in shown.quotes} & {quote.file for quote in row.quotes}
    return not shown.date or not row.date or shown.date == row.date or bool(files)


def _telling(shown: Shown) -> tuple[ShownQuote, ...]:
    """Return the quotes that make the row: of a request the ask itself, not what came of it."""
    return shown.quotes[:1] if shown.request or not shown.type else shown.quotes


def _nearest(quote: ShownQuote, others: Sequence[ShownQuote]) -> tuple[ShownQuote, ShownQuote]:
    nearest = max(others, key=lambda other: (_alike(quote.text, other.text), quote.file == other.file), default=None)
    return quote, nearest or ShownQuote("", "")


def _alike(one: str, other: str) -> float:
    """Return how alike two texts are: Dice's coefficient over pairs of characters, in [0, 1]; 1 for two empty ones."""
    first, second = _pairs(one), _pairs(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else float(normalise(one) == normalise(other))


def _pairs(text: str) -> Counter[str]:
    plain = normalise(text)
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))


def _conflict(judgement: Judgement, near: Sequence[Shown]) -> str:
    shown = judgement.shown
    quote = "".join(_opening(shown))
    rows = "、".join(sorted(row.gap for row in near))
    return (
        f"对 {shown.gap}{quote} 的复核意见“{judgement.review.verdict or judgement.review.note}”"
        f"同样对得上 {rows}，没有套用，请在对的那一行重新填写"
    )


def _opening(shown: Shown) -> Iterator[str]:
    for quote in shown.quotes[:1]:
        text = " ".join(quote.text.split())
        yield f"（{text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + '…'}）"
