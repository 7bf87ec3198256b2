"""Reasons in words: with their weights for who looks into a case, and plainly for who reads a row."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEAST, _MOST = 0.5, 3
_WEIGHTED = re.compile(r"(?P<words>.+)（(?P<share>[+-]\d+\.\d\d)）", re.S)


def weigh(words: str, share: float) -> str:
    """Return a reason with what it adds to the log-odds."""
    return f"{words}（{share:+.2f}）"


def weigh_second(more: str, less: str, moved: float) -> tuple[str, ...]:
    """Return what a second look has added to the log-odds as a reason, none where it is less than 0.5."""
    return (weigh(more if moved > 0 else less, moved),) if abs(moved) >= _LEAST else ()


def is_weighed(reason: str) -> bool:
    """Return whether a reason tells its weight."""
    return _WEIGHTED.fullmatch(reason) is not None


def tell_plainly(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the three weightiest reasons in favour, from 0.5 on, without weights; such as never had one all stay."""
    plain, weighty = [], []
    for reason in reasons:
        if found := _WEIGHTED.fullmatch(reason):
            weighty.append((-float(found["share"]), found["words"]))
        else:
            plain.append(reason)
    weighty.sort(key=lambda one: one[0])
    told = (words for share, words in weighty if -share >= _LEAST)
    return tuple(dict.fromkeys([*plain, *list(dict.fromkeys(told))[:_MOST]]))
