"""Read one file: choose the reader by content and suffix, and turn what goes wrong into records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from coordnlp.errors import CoordnlpError
from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest.encodings import decode_text, score_text
from coordnlp.stages.ingest.file_names import find_suffix
from coordnlp.stages.ingest.readings import Attachment, Reading, UnreadableError
from coordnlp.stages.ingest.signatures import is_markup, is_web_archive, sniff
from coordnlp.stages.ingest.skips import advise, skip_file

_TEXT = frozenset({".txt", ".text", ".log"})
_MARKDOWN = frozenset({".md", ".markdown"})
_WORD = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_SHEET = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_TABLE = frozenset({".csv", ".tsv"})
_PAGE = frozenset({".html", ".htm", ".xhtml"})
_ARCHIVED_PAGE = frozenset({".mht", ".mhtml"})
_OLD_OFFICE = frozenset({".doc", ".wps", ".xls", ".et"})
"""Under these names office systems also export pages and texts, and Word and Excel open them."""
_READABLE = frozenset({*_TEXT, *_MARKDOWN, *_WORD, *_SHEET, *_TABLE, *_PAGE, *_ARCHIVED_PAGE, ".pdf", ".eml"})
_LEAST_TEXT_SCORE = 0.6  # a text under a wrong name must read well to be taken for one
_DEEPEST = 5  # mails within mails
_QUOTED = "引文"


def read_content(
    file: str, content: bytes, *, parent: str = "", date: str = "", depth: int = 0
) -> Iterator[Document | Skipped]:
    """Read the bytes of one file, and the attachments if it is a mail.

    Args:
        file: Path relative to the dossier; an attachment's begins with that of its mail.
        parent: `file` of the mail around an attachment.
        date: ISO date of that mail.
        depth: How many mails are around it.

    Yields:
        One record for the file, then those of the mails that it quotes and of its attachments. No exception escapes.
    """
    try:
        format_, reading, notes = _read(file, content)
    except UnreadableError as error:
        yield skip_file(file, error.reason, error.detail, date=date)
        return
    except MemoryError:
        yield skip_file(file, "too_large", "文件太大，内存不够，请拆分后再放入。", date=date)
        return
    except CoordnlpError:
        raise
    except Exception as error:  # whatever a damaged file makes a library raise
        detail = f"文件可能已损坏（{type(error).__name__}），请用原来的软件打开检查，另存后再放入。"
        yield skip_file(file, "damaged", detail, date=date)
        return
    digest = hashlib.sha256(content).hexdigest()
    yield _document(file, format_, digest, replace(reading, notes=(*notes, *reading.notes)), parent)
    sent = reading.mail.date[:10] if reading.mail else ""
    yield from _list_quoted(file, digest, reading.quoted)
    yield from _read_attachments(file, reading.attachments, sent, depth)


def _document(file: str, format_: str, digest: str, reading: Reading, parent: str) -> Document:
    text, blocks, marks = reading.text, reading.blocks, reading.marks
    return Document(file, format_, digest, text, blocks, marks, reading.mail, parent, reading.notes)


def _list_quoted(file: str, digest: str, quoted: tuple[Reading, ...]) -> Iterator[Document]:
    """Yield the mails that a mail quotes as `mail.eml/引文1`, 引文2 … going down the chain.

    They have no bytes of their own; their digest is one of the mail's and their number.
    """
    for number, reading in enumerate(quoted, 1):
        own = hashlib.sha256(f"{digest}/{number}".encode()).hexdigest()
        notes = (f"从“{PurePosixPath(file).name}”的引文里取出。", *reading.notes)
        yield _document(f"{file}/{_QUOTED}{number}", "eml", own, replace(reading, notes=notes), file)


def _read_attachments(
    file: str, attachments: tuple[Attachment, ...], date: str, depth: int
) -> Iterator[Document | Skipped]:
    taken: set[str] = set()
    for attachment in attachments:
        name = _free_name(attachment.name, taken)
        taken.add(name)
        path = f"{file}/{name}"
        if depth >= _DEEPEST:
            yield skip_file(path, "unsupported", "邮件套了太多层，请把里层的邮件单独另存后再放入。", date=date)
            continue
        yield from read_content(path, attachment.content, parent=file, date=date, depth=depth + 1)


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, or with (2), (3)… when a mail carries several files of one name."""
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem}({number}){suffix}"
    return free


def _read(file: str, content: bytes) -> tuple[str, Reading, tuple[str, ...]]:
    """Return format, reading and notes on a wrong suffix."""
    suffix = find_suffix(file)
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableError("empty", "文件是空的，请检查是否保存或下载完整。")
    kind = _choose(suffix, content)
    notes = () if suffix in _same_kind(kind) else (f"扩展名是{suffix or '空的'}，按内容当作{kind}读取。",)
    return kind[1:], _read_as(kind, content), notes


def _read_as(kind: str, content: bytes) -> Reading:
    """Call the reader; each loads its library only now."""
    match kind:
        case ".docx":
            from coordnlp.stages.ingest.read_docx import read_docx

            reading = read_docx(content)
        case ".xlsx":
            from coordnlp.stages.ingest.read_xlsx import read_xlsx

            reading = read_xlsx(content)
        case ".pdf":
            from coordnlp.stages.ingest.read_pdf import read_pdf

            reading = read_pdf(content)
        case ".eml":
            from coordnlp.stages.ingest.read_mail import read_mail

            reading = read_mail(content)
        case ".csv":
            from coordnlp.stages.ingest.read_csv import read_csv

            reading = read_csv(content)
        case ".html":
            from coordnlp.stages.ingest.read_html import read_html

            reading = read_html(content)
        case ".mht":
            from coordnlp.stages.ingest.read_html import read_mht

            reading = read_mht(content)
        case _:
            from coordnlp.stages.ingest.read_text import read_text

            reading = read_text(content, markdown=kind == ".md")
    return reading


def _choose(suffix: str, content: bytes) -> str:
    """Return the reader's own suffix, such as `.docx` or `.txt`: by signature where it is clear, else by suffix.

    Raises:
        UnreadableError: No reader takes it.
    """
    real = sniff(content)
    if real in {".docx", ".pdf", ".xlsx"}:
        return real
    if real == "encrypted" or (real == ".ole" and suffix in _WORD | _SHEET):
        raise UnreadableError("encrypted", "文件有密码保护，请去掉密码另存后再放入。")
    if suffix in _WORD | _SHEET and real == ".zip":
        raise UnreadableError("damaged", "文件不完整，打不开，请用 Office 或 WPS 修复后另存，或重新取得原件。")
    if real == ".html" and suffix in {*_PAGE, *_TABLE, *_OLD_OFFICE, *_ARCHIVED_PAGE, ""}:
        return ".html"
    if real and not (real == ".html" and suffix in {*_TEXT, *_MARKDOWN, ".eml"}):
        raise UnreadableError("unsupported", advise(suffix if _advises_same(suffix, real) else real))
    return _choose_text(suffix, content)


def _choose_text(suffix: str, content: bytes) -> str:
    """Choose for content without a signature."""
    if suffix == ".eml":
        from coordnlp.stages.ingest.mail_headers import looks_like_mail

        return ".eml" if looks_like_mail(content) else ".txt"
    if suffix in _OLD_OFFICE | _ARCHIVED_PAGE and is_web_archive(content):
        return ".mht"
    if suffix in _OLD_OFFICE and is_markup(content):
        return ".html"
    for suffixes, kind in ((_TEXT, ".txt"), (_MARKDOWN, ".md"), (_TABLE, ".csv"), (_PAGE, ".html")):
        if suffix in suffixes:
            return kind
    if suffix in {*_WORD, *_SHEET, *_OLD_OFFICE, ".pdf", ""} and _is_clear_text(content):
        return ".csv" if suffix in {*_SHEET, ".xls", ".et"} else ".txt"
    if suffix in {*_WORD, *_SHEET, *_ARCHIVED_PAGE, ".pdf"}:
        raise UnreadableError("damaged", "文件已损坏或不完整，打不开，请重新取得原件。")
    raise UnreadableError("unsupported", advise(suffix))


def _is_clear_text(content: bytes) -> bool:
    try:
        text, _, notes = decode_text(content)
    except UnreadableError:
        return False
    return not notes and score_text(text[:10000]) >= _LEAST_TEXT_SCORE


def _advises_same(suffix: str, real: str) -> bool:
    """Tell whether the suffix is as good a ground for advice as the content: .et is a kind of .xls."""
    return suffix not in _READABLE and suffix != "" and real in {".ole", ".zip", ".odt"}


def _same_kind(kind: str) -> frozenset[str]:
    same = {".txt": _TEXT, ".md": _MARKDOWN, ".docx": _WORD, ".xlsx": _SHEET, ".csv": _TABLE, ".html": _PAGE}
    return {**same, ".mht": _ARCHIVED_PAGE}.get(kind, frozenset({kind}))
