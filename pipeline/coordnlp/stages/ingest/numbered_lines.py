"""Put the lines of a text into a draft, with blocks and line-number marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordnlp.records import BlockKind
from coordnlp.stages.ingest.hard_wraps import join_lines
from coordnlp.stages.ingest.pipe_tables import add_pipe_row, find_pipe_rows
from coordnlp.stages.ingest.readings import Draft


def add_lines(
    draft: Draft,
    lines: Sequence[str],
    joins: frozenset[int],
    *,
    kinds: Sequence[BlockKind] = (),
    offsets: Sequence[int] = (),
    ordinals: Sequence[int] = (),
) -> None:
    """Add each line as a block, or a row of a table as its cells; those in `joins` go on with the block before.

    Marks keep the line numbers.

    Args:
        joins: Indexes of the lines that carry on the line before.
        kinds: Kind of block of each line; none for paragraphs only.
        offsets: Offset in each line at which its block begins, after quote marks; none for 0.
        ordinals: Of each line in the file, from 0; none where the lines are those of the file.
    """
    rows = find_pipe_rows(lines)
    for group in _group_lines(len(lines), joins):
        if group[0]:
            draft.add("\n")
        words, starts = _join_group([lines[index] for index in group])
        start = draft.add(words)
        if not words.strip():
            continue
        for index, offset in zip(group, starts, strict=True):
            draft.mark(start + offset, f"第{(ordinals[index] if ordinals else index) + 1}行")
        kind = kinds[group[0]] if kinds else "paragraph"
        # A table in a quoted mail stays a quote.
        if group[0] in rows and kind == "paragraph":
            add_pipe_row(draft, start, words, rows[group[0]])
            continue
        skip = offsets[group[0]] if offsets else 0
        draft.set_block(start + skip, words[skip:], kind)


def wrap_notes(joins: frozenset[int]) -> tuple[str, ...]:
    """Return the note on rejoined lines, if any were."""
    return (f"原文按固定宽度折行，已将{len(joins)}处折行接回段落。",) if joins else ()


def _group_lines(count: int, joins: frozenset[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for index in range(count):
        if group and index not in joins:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _join_group(lines: Sequence[str]) -> tuple[str, list[int]]:
    """Return lines joined to one, and the offset of each in it."""
    words, starts = lines[0], [0]
    for line in lines[1:]:
        words = words.rstrip()
        words += join_lines(words, line)
        starts.append(len(words))
        words += line
    return words, starts
