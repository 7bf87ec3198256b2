"""What a reader hands over: text with its blocks and marks, built line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from coordnlp.records import Block, BlockKind, Mail, Mark, SkipReason

LOCKED = "文件有密码保护，请去掉密码另存后再放入。"
"""What to tell of a file with a password."""


LONGEST = 10_000_000
"""Characters of one document. A thick book has a million, the largest text file that is read ten; what more a
small file unfolds to (one text that a million cells point at) is made on purpose."""
TOO_LONG = f"文字超过{LONGEST // 10_000}万字，请拆分后再放入。"
"""What to tell of a longer one."""


class UnreadableError(Exception):
    """A reader cannot use a file; it becomes a `records.Skipped` with this reason and detail."""

    def __init__(self, reason: SkipReason, detail: str) -> None:
        super().__init__(detail)
        self.reason: SkipReason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a mail or archive; `name` is a label, with `/` between the folders of an archive.

    `kind` is the suffix of the reader to take, '' to choose by name and content.
    """

    name: str
    content: bytes
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file inside another that cannot be taken out, with what `records.Skipped` says of it.

    `name` is '' where it is the rest of the files.
    """

    name: str
    reason: SkipReason
    detail: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in the bytes of one file; the fields are those of `records.Document`.

    `quoted` are the earlier mails that a mail quotes, each with its `mail`.
    """

    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    notes: tuple[str, ...] = ()
    mail: Mail | None = None
    attachments: tuple[Member, ...] = ()
    quoted: tuple[Reading, ...] = ()
    format: str = ""
    scanned: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A mail that was read with the one around it, having no file of its own; its digest is that of `content`."""

    name: str
    content: bytes
    reading: Reading


Member = Attachment | Refusal | Enclosed


@dataclass(frozen=True, slots=True)
class Cell:
    """Place of a table cell, counted from 1."""

    table: int
    row: int
    column: int


@dataclass(slots=True)
class Draft:
    """A text that grows at its end, with the blocks and marks set on it."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0

    def add(self, words: str) -> int:
        """Append words that belong to no block, and return the offset at which they start.

        Raises:
            UnreadableError: `too_large`, when the text becomes longer than `LONGEST`.
        """
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        if self.length > LONGEST:
            raise UnreadableError("too_large", TOO_LONG)
        return start

    def add_block(self, words: str, kind: BlockKind = "paragraph", *, cell: Cell | None = None) -> int:
        """Append words whose trimmed extent is a block; blank words give none."""
        start = self.add(words)
        self.set_block(start, words, kind, cell=cell)
        return start

    def set_block(self, start: int, words: str, kind: BlockKind, *, cell: Cell | None = None) -> None:
        """Set a block on the trimmed extent of words that stand at `start`."""
        trimmed = words.strip()
        if not trimmed:
            return
        first = start + len(words) - len(words.lstrip())
        place = (cell.table, cell.row, cell.column) if cell else (0, 0, 0)
        self.blocks.append(Block(first, first + len(trimmed), kind, *place))

    def mark(self, start: int, label: str) -> None:
        """Set a mark; marks come in order, and of two at one offset the later one holds."""
        if self.marks and self.marks[-1].start == start:
            self.marks.pop()
        if not self.marks or self.marks[-1].label != label:
            self.marks.append(Mark(start, label))

    def finish(self, notes: Iterable[str] = ()) -> Reading:
        """Return what was gathered."""
        return Reading("".join(self.parts), tuple(self.blocks), tuple(self.marks), tuple(notes))
