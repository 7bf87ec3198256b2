"""What readers deliver: documents, and files that were skipped."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from coordnlp.records.labels import BlockKind, SkipReason


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a person can find again; it holds from `start` to the start of the next mark.

    `label` is in the reader's words: 第2页, 第3段, 第12行, 表1第2行第3列.
    """

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that the file itself sets apart. Blocks are in order and do not overlap.

    `table`, `row`, `column` (from 1) are set for cells. Text outside all blocks is separators only.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    table: int = 0
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Mail:
    """Header fields of a mail; addresses are (display name, address), `date` is ISO with offset or ''.

    Subject and display names are in simplified characters. Of a mail quoted in another the fields are what the quote
    tells: no `message_id`, and the `date` may have no time.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    subject: str
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    copies: tuple[tuple[str, str], ...]
    date: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file, or one file in a mail or archive, as it was read.

    Attributes:
        file: Path relative to the dossier, with `/`; an attachment is `mail.eml/letter.docx`, a mail that it quotes
            `mail.eml/引文1`, a member `archive.zip/folder/letter.docx`, a mail of a collection `mails.mbox/1`.
        format: What it was read as: txt, md, docx, doc, rtf, odt, pdf, ofd, eml, msg, xlsx, xls, ods, csv, html, srt …;
            an old office file keeps its own where LibreOffice turned it into another for reading.
        digest: SHA-256 of the bytes, in hex.
        text: The whole text, lines ended by a newline; never changed after reading.
        blocks: Paragraphs, table cells, quoted mail and signature blocks, as the format tells them apart.
        marks: Places for people, ascending by start.
        mail: Header fields if it is a mail.
        parent: `file` of the mail or archive that carries it, or ''; an archive itself is no document.
        notes: What the reader had to repair or could not keep, in Chinese, for the report.
        also: Files of the dossier that hold the same paper (a pdf of the docx, a draft, a forwarded copy).
        simplified: The text in simplified characters, of the same length, where lines of it are in traditional ones;
            '' where it is the text itself.
        scanned: Labels of the marks whose words were recognised on a picture: a figure may be misread.
        unread: Labels of pages that are pictures and were not read; they are no marks.
    """

    file: str
    format: str
    digest: str
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    mail: Mail | None = None
    parent: str = ""
    notes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    simplified: str = ""
    scanned: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The text that stages read: `text`, in simplified characters; every offset holds in both."""
        return self.simplified or self.text

    def place(self, offset: int) -> str:
        """Return the label of the mark that `offset` falls under, or ''."""
        at = bisect_right(self.marks, offset, key=lambda mark: mark.start)
        return self.marks[at - 1].label if at else ""

    def is_scanned(self, start: int, end: int) -> bool:
        """Tell whether any of the words from `start` to `end` were recognised on a picture."""
        labels = {self.place(start), *(mark.label for mark in self.marks if start < mark.start < end)}
        return not labels.isdisjoint(self.scanned)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that the run could not use; `detail` says in Chinese what was met and what to do.

    `number` and `date` (ISO) are guessed from the file name, since an unread file may be the missing answer.
    """

    file: str
    reason: SkipReason
    detail: str
    number: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, with the place a person finds them at."""

    document: str
    start: int
    end: int
