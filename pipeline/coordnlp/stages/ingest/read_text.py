"""Read plain text and Markdown."""

from __future__ import annotations

from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.encodings import decode_text
from coordnlp.stages.ingest.hard_wraps import find_joins
from coordnlp.stages.ingest.markdown import add_markdown
from coordnlp.stages.ingest.numbered_lines import add_lines, wrap_notes
from coordnlp.stages.ingest.readings import Draft, Reading, UnreadableError

LARGEST_TEXT = 20 * 1024 * 1024
"""Bytes; a larger text is an export of a whole system, not a letter."""


def read_text(content: bytes, *, markdown: bool = False) -> Reading:
    """Read a text file; the text is the file's own, line ends and invisible characters aside.

    Raises:
        UnreadableError: `too_large`, `binary` or `empty`.
    """
    text, notes = open_text(content)
    lines = text.split("\n")
    draft = Draft()
    if markdown:
        add_markdown(draft, lines)
        return draft.finish(notes)
    joins = find_joins(lines)
    add_lines(draft, lines, joins)
    return draft.finish((*notes, *wrap_notes(joins)))


def read_markdown(content: bytes) -> Reading:
    """Read a Markdown file, as `read_text` does."""
    return read_text(content, markdown=True)


def open_text(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode a text file and clean it; with notes on its encoding.

    Raises:
        UnreadableError: `too_large`, `binary` or `empty`.
    """
    if len(content) > LARGEST_TEXT:
        raise UnreadableError("too_large", "文件超过20MB，请拆分后再放入。")
    text, _, notes = decode_text(content)
    text = clean_text(text)
    if not text.strip():
        raise UnreadableError("empty", "文件是空的，请检查是否保存完整。")
    return text, notes
