"""When two papers are the same, and when one is a draft of the other."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from coordnlp.names import NameWords
from coordnlp.settings import Doubles
from coordnlp.stages.doubles.runs import missing, share
from coordnlp.stages.doubles.sheets import BETWEEN, Part, Sheet, read_figure
from coordnlp.tables import load_table

# A mail that says 请查收 is no double of a note that says so.
LEAST_TEXT = 60
# Characters of a red head and number that a copy may leave out.
_RED_HEAD = 50
_ROW = f"0123456789{BETWEEN}〇零一二三四五六七八九十百"
_OF_DATES = f"0123456789{BETWEEN}年月日号期第"
_NUMERAL = re.compile(r"\d+|[〇零一二三四五六七八九十百]+")

# Half-open offsets in the text of a sheet, and the part that they begin in.
_Stretches = list[tuple[int, int, Part]]


def is_same(one: Sheet, other: Sheet, limits: Doubles) -> bool:
    """Tell whether two papers have the same words, or nearly, and agree in all that makes papers different.

    What may differ: a few characters typed wrong, the red head, a number or date that only one has yet.
    """
    if (one.document.mail is None) != (other.document.mail is None) and len(one.text) < LEAST_TEXT:
        return False
    if _named_apart(one, other) or not _is_to_the_same(one, other) or not one.text:
        return False
    if one.text == other.text or _is_moved(one, other, limits):
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
    if not _is_to_the_same(final, draft):
        return 0.0
    if has_same_number(final, draft):
        fits = final.title_figures == draft.title_figures
    else:
        fits = draft.stage > 0 and _alike_titles(final, draft)
        fits = fits and _days_apart(final, draft) <= (0 if final.is_meeting else final.words.days)
        fits = fits and not _other_head(final, draft)
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


def _is_moved(one: Sheet, other: Sheet, limits: Doubles) -> bool:
    """Tell whether a page layout has the very characters of another file: its table cells come in another order."""
    is_layout = [sheet.document.format in sheet.words.layouts for sheet in (one, other)]
    if is_layout[0] == is_layout[1] or _share_of_shorter(one, other) < limits.draft:
        return False
    # What keeps two figures apart depends on what stands beside them.
    first, second = (Counter(sheet.text.replace(BETWEEN, "")) for sheet in (one, other))
    return first == second and _count_figures(one) == _count_figures(other)


def _share_of_shorter(one: Sheet, other: Sheet) -> float:
    shorter, longer = sorted((one.runs, other.runs), key=len)
    return share(shorter, longer)


def _is_near(one: Sheet, other: Sheet, limit: float) -> bool:
    if _share_of_shorter(one, other) < limit:
        return False
    return all(_lost(a, b) <= (1 - limit) * len(a.text) for a, b in ((one, other), (other, one)))


def _lost(one: Sheet, other: Sheet) -> int:
    """Return how many characters another paper lacks, the red head aside."""
    lost = _stretches(one, other)
    head = sum(end - start for start, end, part in lost if part == "head")
    return sum(end - start for start, end, part in lost if part != "head") + max(0, head - _RED_HEAD)


def _stretches(one: Sheet, other: Sheet) -> _Stretches:
    """Return the stretches of one text that the other lacks, each with the part that it begins in."""
    tail = len(one.head) + len(one.body)
    found = missing(one.text, other.runs)
    return [(s, e, "head" if s < len(one.head) else "body" if s < tail else "tail") for s, e in found]


def _contradict(one: Sheet, other: Sheet) -> bool:
    """Tell whether two nearly equal texts differ in what makes papers different."""
    mine, others = _stretches(one, other), _stretches(other, one)
    if _number_apart(one, other) or _other_figures(one, mine, other, others):
        return True
    if not has_same_number(one, other) and _framed(one, mine) & _framed(other, others):
        return True
    told = [*_body_words(one, mine), *_body_words(other, others)]
    if any(set(words) & set(one.words.telling) for words in told) or _negate(one) != _negate(other):
        return True
    return not has_same_number(one, other) and _are_other_names(one, mine, other, others)


def _negate(sheet: Sheet) -> Counter[str]:
    """Count the words for no; in a table with many of them, a changed one may stand between common runs."""
    return Counter(character for character in sheet.text if character in sheet.words.negations)


def _framed(sheet: Sheet, stretches: _Stretches) -> set[Part]:
    """Return in which of head and tail a text has words of its own, beside a number or day."""
    return {part for start, end, part in stretches if part != "body" and sheet.text[start:end].strip(_OF_DATES)}


def _body_words(sheet: Sheet, stretches: _Stretches) -> Iterator[str]:
    return (sheet.text[start:end] for start, end, part in stretches if part == "body")


def _are_other_names(one: Sheet, mine: _Stretches, other: Sheet, others: _Stretches) -> bool:
    """Tell whether words of two bodies differ as names do: whole words on both sides, or two people."""
    sides = [[(s, e) for s, e, part in side if part == "body"] for side in (mine, others)]
    if all(any(end - start >= 2 for start, end in side) for side in sides):
        return True
    texts = (one.text, other.text)
    return all(any(_is_person(text, s, e) for s, e in side) for text, side in zip(texts, sides, strict=True))


def _is_person(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is a name beside a post, or the given name behind a surname: 王海同志, 主任王海."""
    words = _name_words()
    for back in (0, 1, 2):
        first = max(0, start - back)
        beside = text.startswith(words.posts, end) or text[:first].endswith(words.posts)
        if beside and words.is_person(text[first:end]):
            return True
    return False


@cache
def _name_words() -> NameWords:
    return load_table("names", NameWords)


def _other_figures(one: Sheet, mine: _Stretches, other: Sheet, others: _Stretches) -> bool:
    """Tell whether two texts tell different figures, or the same ones in another order.

    A figure that only one text has, alone between words that both have, is the number of a row or page; in head or
    signature it is a number or day that the other still waits for.
    """
    if len(one.figures) < len(other.figures):
        return _other_figures(other, others, one, mine)
    rest = iter([figure for figure, _ in one.figures])
    # `in` moves on to where it finds: the fewer figures must stand among the others in order.
    if not all(figure in rest for figure, _ in other.figures):
        return True
    return bool(_count_figures(one) - _count_figures(other) - _loose_figures(one, mine))


def _count_figures(sheet: Sheet) -> Counter[str]:
    return Counter(figure for figure, _ in sheet.figures)


def _loose_figures(sheet: Sheet, stretches: _Stretches) -> Counter[str]:
    """Count the figures in stretches that hold nothing else."""
    texts = [(sheet.text[start:end], part) for start, end, part in stretches]
    alone = (text for text, part in texts if not text.strip(_ROW if part == "body" else _ROW + _OF_DATES))
    return Counter(read_figure(found) for text in alone for found in _NUMERAL.findall(text))


def _other_head(one: Sheet, other: Sheet) -> bool:
    """Tell whether two heads tell different figures: another issue, another day."""
    first, second = (Counter(figure for figure, part in sheet.figures if part == "head") for sheet in (one, other))
    return bool(first - second and second - first)


def _alike_titles(one: Sheet, other: Sheet) -> bool:
    if not one.title or not other.title or one.title_figures != other.title_figures:
        return False
    return one.title == other.title or _dice(one.title, other.title) >= one.words.title


def _dice(one: str, other: str) -> float:
    """Return Dice's coefficient of the character pairs of two words, in [0, 1]."""
    a, b = (Counter(pairwise(word)) for word in (one, other))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def _is_to_the_same(one: Sheet, other: Sheet) -> bool:
    """Tell whether no other unit is addressed: one notice to two units is two papers, even under one number."""
    return one.addressee in other.addressee or other.addressee in one.addressee


def _days_apart(one: Sheet, other: Sheet) -> int:
    """Return the days between two dates, 0 where one is not told."""
    if not (one.date and other.date):
        return 0
    return abs((dt.date.fromisoformat(one.date) - dt.date.fromisoformat(other.date)).days)
