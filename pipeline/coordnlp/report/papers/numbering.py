"""Numbers of headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coordnlp.report.papers.parts import Line, Part
from coordnlp.report.papers.words import PaperWords


def numbered(parts: Iterable[Part], words: PaperWords) -> Iterator[Part]:
    """Yield parts with their headings numbered, 一、（一）1., from one again under each higher heading."""
    general, counts = words.general, [0, 0, 0]
    templates = {"heading1": general.heading1, "heading2": general.heading2, "heading3": general.heading3}
    for part in parts:
        if not isinstance(part, Line) or part.style not in templates:
            yield part
            continue
        level = list(templates).index(part.style)
        counts[level:] = [counts[level] + 1, *[0] * (2 - level)]
        number = str(counts[level]) if level == 2 else words.numeral(counts[level])
        yield replace(part, text=templates[part.style].format(number=number, title=part.text))
