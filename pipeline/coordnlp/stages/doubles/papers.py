"""When two papers are the same, and when one is a draft of the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from coordnlp.names import NameWords
from coordnlp.settings import Doubles
from coordnlp.stages.doubles.runs import missing, share
from coordnlp.stages.doubles.sheets import Part, Sheet
from coordnlp.tables import load_table

# A mail that says 请查收 is no double of a note that says so.
_LEAST_TEXT = 60
_OF_DATES = "0123456789点年月日号期第"


def is_same(one: Sheet, other: Sheet, limits: Doubles) -> bool:
    """Tell whether two papers have the same words, or nearly, and agree in all that makes papers different.

    What may differ: a few characters typed wrong, the red head, a number or date that only one has yet.
    """
    if (one.document.mail is None) != (other.document.mail is None) and len(one.text) < _LEAST_TEXT:
        return False
    if _named_apart(one, other) or not one.text:
        return False
    if one.text == other.text:
        return True
    return _is_near(one, other, limits.same) and not _contradict(one, other)


def is_same_file(one: Sheet, other: Sheet) -> bool:
    """Tell whether two files have the same bytes; a short undated note under two dates is told twice on purpose."""
    plain = one.document.format in ("txt", "md")
    first, second = one.document, other.document
    same = first.digest == second.digest and first.mail == second.mail
    return same and not (plain and _named_apart(one, other))


def draft_share(final: Sheet, draft: Sheet, limits: Doubles) -> float:
    """Return how much text a draft has in common with its final, in [0, 1]; 0 if it is no draft of it."""
    if final.document.mail or draft.document.mail or _number_apart(final, draft):
        return 0.0
    if has_same_number(final, draft):
        fits = final.title_figures == draft.title_figures
    else:
        fits = draft.stage > 0 and _alike_titles(final, draft) and _is_to_the_same(final, draft)
        fits = fits and _days_apart(final, draft) <= (0 if final.is_meeting else final.words.days)
        fits = fits and not any(_conflicts(final, draft, ("head",)))
    if not fits:
        return 0.0
    # A collection or an answer may hold a letter whole; only what is called a draft may be much shorter.
    shares = share(draft.runs, final.runs), share(final.runs, draft.runs)
    common = max(shares) if draft.stage > final.stage else min(shares)
    return common if common >= limits.draft else 0.0


def has_same_number(one: Sheet, other: Sheet) -> bool:
    """Tell whether two papers bear the same 发文字号."""
    return bool(one.number) and one.number == other.number


def _number_apart(one: Sheet, other: Sheet) -> bool:
    return bool(one.number and other.number and one.number != other.number)


def _named_apart(one: Sheet, other: Sheet) -> bool:
    """Tell whether only the names of two files date them, and to different days."""
    undated = not (one.date and other.date)
    return undated and bool(one.named_date and other.named_date) and one.named_date != other.named_date


def _share_of_shorter(one: Sheet, other: Sheet) -> float:
    shorter, longer = sorted((one.runs, other.runs), key=len)
    return share(shorter, longer)


def _is_near(one: Sheet, other: Sheet, limit: float) -> bool:
    if _share_of_shorter(one, other) < limit:
        return False
    return all(_lost_below(a, b) <= (1 - limit) * len(a.text) for a, b in ((one, other), (other, one)))


def _lost_below(one: Sheet, other: Sheet) -> int:
    """Return how many characters below the head another paper lacks."""
    return sum(end - start for start, end, part in _stretches(one, other) if part != "head")


def _stretches(one: Sheet, other: Sheet) -> list[tuple[int, int, Part]]:
    """Return the stretches of one text that the other lacks, each with the part that it begins in."""
    tail = len(one.head) + len(one.body)
    found = missing(one.text, other.runs)
    return [(s, e, "head" if s < len(one.head) else "body" if s < tail else "tail") for s, e in found]


def _contradict(one: Sheet, other: Sheet) -> bool:
    """Tell whether two nearly equal texts differ in what makes papers different."""
    if _number_apart(one, other) or any(_conflicts(one, other, ("head", "body", "tail"))):
        return True
    mine, others = _stretches(one, other), _stretches(other, one)
    if not has_same_number(one, other) and _framed(one, mine) & _framed(other, others):
        return True
    told = [*_body_words(one, mine), *_body_words(other, others)]
    if any(set(words) & set(one.words.telling) for words in told):
        return True
    return not has_same_number(one, other) and _are_other_names(one, mine, other, others)


def _framed(sheet: Sheet, stretches: list[tuple[int, int, Part]]) -> set[Part]:
    """Return in which of head and tail a text has words of its own, beside a number or day."""
    return {part for start, end, part in stretches if part != "body" and sheet.text[start:end].strip(_OF_DATES)}


def _body_words(sheet: Sheet, stretches: list[tuple[int, int, Part]]) -> Iterator[str]:
    return (sheet.text[start:end] for start, end, part in stretches if part == "body")


def _are_other_names(
    one: Sheet, mine: list[tuple[int, int, Part]], other: Sheet, others: list[tuple[int, int, Part]]
) -> bool:
    """Tell whether words of two bodies differ as names do: whole words on both sides, or people of one place."""
    sides = [[(s, e) for s, e, part in side if part == "body"] for side in (mine, others)]
    if all(any(end - start >= 2 for start, end in side) for side in sides):
        return True
    texts = (one.text, other.text)
    return all(any(_is_person(text, s, e) for s, e in side) for text, side in zip(texts, sides, strict=True))


def _is_person(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is a name, or the given name behind a surname."""
    words = _name_words()
    windows = {text[max(0, start - back) : end] for back in (0, 1, 2)}
    return any(words.is_person(window) for window in windows)


@cache
def _name_words() -> NameWords:
    return load_table("names", NameWords)


def _conflicts(one: Sheet, other: Sheet, parts: tuple[Part, ...]) -> Iterator[bool]:
    """Yield True for each difference in figures: another one, or one that only the body of one text has.

    A figure that only one head or signature has is a number or a day that the other still waits for.
    """
    mine, others = ([figure for figure in sheet.figures if figure[1] in parts] for sheet in (one, other))
    first, second = [figure for figure, _ in mine], [figure for figure, _ in others]
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "replace" or (tag != "equal" and any(part == "body" for _, part in (*mine[a:b], *others[c:d]))):
            yield True


def _alike_titles(one: Sheet, other: Sheet) -> bool:
    if not one.title or not other.title or one.title_figures != other.title_figures:
        return False
    return one.title == other.title or _dice(one.title, other.title) >= one.words.title


def _dice(one: str, other: str) -> float:
    """Return Dice's coefficient of the character pairs of two words, in [0, 1]."""
    a, b = (Counter(pairwise(word)) for word in (one, other))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def _is_to_the_same(one: Sheet, other: Sheet) -> bool:
    return not (one.addressee and other.addressee) or one.addressee == other.addressee


def _days_apart(one: Sheet, other: Sheet) -> int:
    """Return the days between two dates, 0 where one is not told."""
    if not (one.date and other.date):
        return 0
    return abs((dt.date.fromisoformat(one.date) - dt.date.fromisoformat(other.date)).days)
