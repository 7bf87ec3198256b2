"""Match what a run found with gold, by words: a run may have read a docx where gold was written on its text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coordnlp.gold.records import GoldRequest

LEAST_OVERLAP = 0.5
LONGEST_PASSAGE = 300
"""Characters; a longer passage is a broken layout and takes part in no comparison of labels."""
_NOISE = re.compile(r"[\s>]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class Span(NamedTuple):
    """Words in a file."""

    file: str
    text: str


def fold(text: str | None) -> str:
    """Return text as it is compared: NFKC, without blanks and quotation marks of mails."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text or ""))


def stem(file: str) -> str:
    """Return a path without its suffix: a letter may come as txt, docx or pdf."""
    return _SUFFIX.sub("", file.replace("\\", "/"))


def overlap(one: str, other: str) -> float:
    """Return the longest run that two texts share, as a share of the shorter, in [0, 1]."""
    first, second = fold(one), fold(other)
    if not first or not second:
        return 0.0
    if first in second or second in first:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    run = matcher.find_longest_match(0, len(first), 0, len(second)).size
    return run / min(len(first), len(second))


def request_spans(requests: Iterable[GoldRequest]) -> list[list[Span]]:
    """Return for each request the places where gold tells it: its own, and where it is told again."""
    return [[Span(one.file, one.quote), *(Span(also.file, also.quote) for also in one.also)] for one in requests]


def match_spans(wanted: Sequence[Iterable[Span]], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Pair gold with findings one to one, the best overlap first, then the nearest length.

    Args:
        wanted: For each gold record the spans at which it may be found.

    Returns:
        Pairs of ordinals.
    """
    in_file: dict[str, list[int]] = defaultdict(list)
    for j, span in enumerate(found):
        in_file[stem(span.file)].append(j)
    candidates = [
        (-share, abs(len(fold(span.text)) - len(fold(found[j].text))), i, j)
        for i, spans in enumerate(wanted)
        for span in spans
        for j in in_file[stem(span.file)]
        if (share := overlap(span.text, found[j].text)) >= LEAST_OVERLAP
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())
