"""Blocks of Markdown: headings, lists, quoted lines and tables. The text itself stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coordnlp.stages.ingest.pipe_tables import add_pipe_row, find_pipe_rows
from coordnlp.stages.ingest.readings import Draft

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*+(?P<words>.*?)\s*+#*+\s*+$")
_RULE = re.compile(r"^\s{0,3}(?:[-*_=]\s*){3,}$")
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+(?P<words>.*)$")
_BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?(?P<words>.*)$")


def add_markdown(draft: Draft, lines: Sequence[str]) -> None:
    """Add the lines of a Markdown text with their blocks and line marks."""
    rows = find_pipe_rows(lines)
    for index, line in enumerate(lines):
        if index:
            draft.add("\n")
        start = draft.add(line)
        if not line.strip():
            continue
        draft.mark(start, f"第{index + 1}行")
        if index in rows:
            add_pipe_row(draft, start, line, rows[index])
        elif not _FENCE.match(line) and not _RULE.match(line):
            _add_line(draft, start, line, _is_underlined(lines, index))


def _is_underlined(lines: Sequence[str], index: int) -> bool:
    """Tell a heading that a row of === stands under. One of --- is far too often a mere rule."""
    return index + 1 < len(lines) and re.fullmatch(r"={3,}\s*", lines[index + 1]) is not None


def _add_line(draft: Draft, start: int, line: str, underlined: bool) -> None:
    if heading := _HEADING.match(line):
        draft.set_block(start + heading.start("words"), heading["words"], "heading")
    elif underlined:
        draft.set_block(start, line, "heading")
    elif quote := _QUOTE.match(line):
        draft.set_block(start + quote.start("words"), quote["words"], "quote")
    elif bullet := _BULLET.match(line):
        draft.set_block(start + bullet.start("words"), bullet["words"], "paragraph")
    else:
        draft.set_block(start, line, "paragraph")
