"""Find the earlier mails that a mail quotes, each with its author and its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coordnlp.records import BlockKind, Mail
from coordnlp.stages.ingest.mail_zones import QUOTE_MARKS, MailLine
from coordnlp.stages.ingest.quote_fields import LONGEST_HEAD
from coordnlp.stages.ingest.quote_heads import Head, read_head

_LEAST_HAN = 10  # characters; 收到 or 同意 below a head is too little to be a document of its own
_REMARK = re.compile(r"[（(][^（()）]*[)）]")  # （原文略）: somebody's words about the mail
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class QuotedMail:
    """A mail within another: what its head tells, its lines without quote marks, and their ordinals in the body."""

    mail: Mail
    lines: list[str] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Tell whether it can stand for itself: its author is known, its date or subject too, and it says something."""
        words = "".join(self.lines).strip()
        told = any(self.mail.sender) and bool(self.mail.date or self.mail.subject)
        return told and len(_HAN.findall(words)) >= _LEAST_HAN and not _REMARK.fullmatch(words)

    def add(self, ordinal: int, line: str) -> None:
        """Add a line; blank ones before the first are left out."""
        if line.strip() or self.lines:
            self.lines.append(line)
            self.ordinals.append(ordinal)

    def close(self) -> QuotedMail:
        """Leave out the blank lines and rules at the end."""
        while self.lines and not re.search(r"[^\W_]", self.lines[-1]):
            self.lines.pop()
            self.ordinals.pop()
        return self


def find_quoted_mails(body: Sequence[MailLine], kinds: Sequence[BlockKind]) -> list[QuotedMail]:
    """Return the mails that are quoted, going down the chain; each holds its own words only.

    Args:
        kinds: Of each line, as `mail_zones.zone_lines` gives them.

    Returns:
        Those whose author and date or subject are told; words quoted without an author belong to none.
    """
    walk = _Walk([_strip_marks(line) for line in body], kinds)
    index = 0
    while index < len(body):
        index = walk.step(index)
    return [quoted.close() for quoted in walk.found if quoted.is_told]


def _strip_marks(line: MailLine) -> tuple[int, str]:
    """Return how deep a line is quoted, by marks and by the HTML, and its words."""
    mark = QUOTE_MARKS.match(line.words)
    if not mark:
        return line.depth, line.words
    return line.depth + len(re.findall("[>＞]", mark[0])), line.words[mark.end() :]


@dataclass(slots=True)
class _Walk:
    """A walk down the lines; `owners` tells for each depth whose words stand there."""

    lines: Sequence[tuple[int, str]]
    kinds: Sequence[BlockKind]
    found: list[QuotedMail] = field(default_factory=list)
    owners: dict[int, QuotedMail] = field(default_factory=dict)
    current: QuotedMail | None = None

    def step(self, index: int) -> int:
        """Take the line or head at an index, and return the index after it."""
        depth, words = self.lines[index]
        if not words.strip():
            if self.current:
                self.current.add(index, "")
            return index + 1
        if self.kinds[index] != "quote":
            self.current = None
            return index + 1
        head = read_head(self._run(index))
        if head:
            self._open(depth, head, index + head.count)
            return index + head.count
        self.current = self.owners.get(depth)
        if self.current:
            self.current.add(index, words)
        return index + 1

    def _run(self, index: int) -> list[str]:
        """Return the words from a line on, as far as they are quoted as deep; blank lines may be less."""
        depth, run = self.lines[index][0], list[str]()
        for other, words in self.lines[index : index + LONGEST_HEAD]:
            if other != depth and words.strip():
                break
            run.append(words)
        return run

    def _open(self, depth: int, head: Head, end: int) -> None:
        """Begin a mail: its words are the lines below its head, set apart from that or not."""
        quoted = QuotedMail(head.mail)
        below = next((other for other, words in self.lines[end:] if words.strip()), depth)
        inner = max(depth, below)
        self.owners = {at: owner for at, owner in self.owners.items() if at <= depth and at < inner}
        self.owners[inner] = quoted
        self.found.append(quoted)
        self.current = quoted
