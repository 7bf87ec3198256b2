"""What stands at the top of a page: the 密级 and the title."""

from __future__ import annotations

from collections.abc import Iterator

from coordnlp.report.papers.parts import Line
from coordnlp.report.papers.sources import Sources

# Characters of 22 points on a line of 156 millimetres.
_TITLE_ROOM = 20


def marking(sources: Sources) -> Iterator[Line]:
    """Yield the 密级 of what is told, where there is one."""
    if sources.dossier.marking:
        yield Line("marking", sources.dossier.marking)


def title_lines(first: str, second: str) -> Iterator[Line]:
    """Yield a title of two parts on one line, or on two: a title is broken where its sense allows."""
    lines = (first + second,) if len(first + second) <= _TITLE_ROOM else (first.strip(), second.strip())
    yield from (Line("title", line) for line in lines)
