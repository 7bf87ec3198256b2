"""Dossiers dealt out into parts that are left out in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def fit_apart(names: Sequence[str], folds: int, fit: Callable[[Sequence[str]], T]) -> dict[str, T]:
    """Return for each dossier what was fitted on others, in the order of the names.

    Args:
        names: Of dossiers, dealt out one by one.
        folds: So many parts, or one a dossier where there are fewer.
        fit: Given the names that are not left out; none where there is one dossier alone.
    """
    apart: dict[str, T] = {}
    for fold in range(min(folds, len(names))):
        held = names[fold::folds]
        apart |= dict.fromkeys(held, fit([name for name in names if name not in held]))
    return {name: apart[name] for name in names}
