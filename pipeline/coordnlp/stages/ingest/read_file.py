"""Read files: choose the reader by content and suffix, and turn what goes wrong into records.

What LibreOffice is to open first waits for others of its kind: a call takes a second to start, a file far less.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from coordnlp.records import Document, Mail, Skipped
from coordnlp.scripts import simplify_all
from coordnlp.stages.ingest.archives import Budget, list_members
from coordnlp.stages.ingest.attempts import attempt
from coordnlp.stages.ingest.conversions import FILTERS, Office
from coordnlp.stages.ingest.file_kinds import CONVERTED, CONVERTIBLE, choose_kind, usual_suffixes
from coordnlp.stages.ingest.file_names import find_suffix
from coordnlp.stages.ingest.mboxes import split_mbox
from coordnlp.stages.ingest.office_programs import find_soffice
from coordnlp.stages.ingest.readers import read_as
from coordnlp.stages.ingest.readings import LOCKED, Attachment, Enclosed, Member, Reading, Refusal, UnreadableError
from coordnlp.stages.ingest.skips import skip_file

_DEEPEST = 5  # mails and archives within each other
_TOO_DEEP = "邮件或压缩包套了太多层，请把里层的文件单独另存后再放入。"
_QUOTED = "引文"
_TURNED = "由 LibreOffice 转成 {target} 后读取。"
_REPAIRED = "文件有损坏，由 LibreOffice 转成 {target} 后读取，内容可能不全，请核对。"
_BATCH = 40  # files that LibreOffice opens in one call
_LARGEST_BATCH = 200 * 1024 * 1024  # bytes

Read = Callable[[str, bytes], Reading]
"""Reads the bytes of a file of a kind, or raises `UnreadableError`: `read_as` here, `ReadingProcess.read` elsewhere."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What a file stands in: `file` and ISO date of its mail or archive, and how many of these are around it.

    `budget` is what may still be unpacked, for the outermost file and all in it together.
    """

    office: Office
    read: Read
    parent: str = ""
    date: str = ""
    depth: int = 0
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that waits for LibreOffice; `trouble` is why its own reader could not read it."""

    file: str
    content: bytes
    kind: str
    notes: tuple[str, ...]
    around: _Around
    trouble: UnreadableError | None = None


def read_content(file: str, content: bytes) -> Iterator[Document | Skipped]:
    """Read the bytes of one file, and the files in it, in this process; see `read_files`."""
    return read_files([(file, content)], read_as)


def read_files(files: Iterable[tuple[str, bytes] | Skipped], read: Read) -> Iterator[Document | Skipped]:
    """Read the bytes of files, and the files in them where they are mails or archives.

    Args:
        files: Path relative to the dossier, and bytes; what has been skipped already goes through.
        read: What reads each, once its kind is known.

    Yields:
        In the order of the files. Of a paper, one record. Of a mail, one record, then those of the mails that it
        quotes and of its attachments. Of an archive (.zip, .mbox), those of its members only: like a folder it is no
        document, and its members stand for it. One without members is skipped as `empty`, one that cannot be opened or
        is not read to its end gets a `Skipped` of its own, so that every file has a record under its path. No exception
        escapes.
    """
    office = Office(find_soffice())
    held: list[Document | Skipped | _Waiting] = []
    waiting: list[_Waiting] = []
    for record in _read_all(files, office, read):
        held.append(record)
        if isinstance(record, _Waiting):
            waiting.append(record)
        if not waiting or len(waiting) >= _BATCH or sum(len(one.content) for one in waiting) > _LARGEST_BATCH:
            yield from _settle(held, waiting, office)
            held, waiting = [], []
    yield from _settle(held, waiting, office)


def _read_all(
    files: Iterable[tuple[str, bytes] | Skipped], office: Office, read: Read
) -> Iterator[Document | Skipped | _Waiting]:
    for file in files:
        if isinstance(file, Skipped):
            yield file
        else:
            yield from _read_source(*file, "", _Around(office, read))


def _settle(
    held: Sequence[Document | Skipped | _Waiting], waiting: Sequence[_Waiting], office: Office
) -> Iterator[Document | Skipped]:
    """Yield the records in order, those that waited read from what LibreOffice made of them."""
    contents = iter(office.convert([(one.kind, one.content) for one in waiting]))
    for record in held:
        yield _read_converted(record, next(contents)) if isinstance(record, _Waiting) else record


def _read_converted(one: _Waiting, converted: bytes | None) -> Document | Skipped:
    """Read what LibreOffice made of a file; where that is nothing, the file itself as far as a reader of ours can."""
    _, target = FILTERS[one.kind]
    reading: Reading | UnreadableError | None = None
    notes = one.notes
    if converted is not None:
        reading = _try_read(target, converted, one.around.read)
        notes = (*notes, (_REPAIRED if one.trouble else _TURNED).format(target=target))
    if not isinstance(reading, Reading):
        reading, notes = one.trouble or _try_read(one.kind, one.content, one.around.read), one.notes
    if isinstance(reading, UnreadableError):
        return skip_file(one.file, reading.reason, reading.detail, date=one.around.date)
    digest = hashlib.sha256(one.content).hexdigest()
    return _document(one.file, digest, _noted(reading, one.kind, notes), one.around.parent)


def _read_source(file: str, content: bytes, kind: str, around: _Around) -> Iterator[Document | Skipped | _Waiting]:
    """Read the bytes of one file with the reader of a kind, '' to choose it."""
    opened = attempt(lambda: _open(file, content, kind, around))
    match opened:
        case UnreadableError():
            yield skip_file(file, opened.reason, opened.detail, date=around.date)
        case Reading():
            yield from _list_reading(file, content, opened, around)
        case _Waiting():
            yield opened
        case _:
            yield from _list_archive(file, opened, around)


def _open(file: str, content: bytes, kind: str, around: _Around) -> Reading | Iterator[Member] | _Waiting:
    """Return what is in a file: the members of an archive, else a reading, or the wish for LibreOffice to open it.

    Raises:
        UnreadableError: Neither we nor LibreOffice read it.
    """
    suffix = find_suffix(file)
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableError("empty", "文件是空的，请检查是否保存或下载完整。")
    chosen = kind or choose_kind(suffix, content)
    if chosen == ".zip":
        return list_members(content, around.budget)
    if chosen == ".mbox":
        return split_mbox(content)
    usual = kind or suffix in usual_suffixes(chosen)
    notes = () if usual else (f"扩展名是{suffix or '空的'}，按内容当作{chosen}读取。",)
    waiting = _Waiting(file, content, chosen, notes, around)
    if chosen in CONVERTED and around.office.usable:
        _refuse_locked(content)
        return waiting
    reading = _try_read(chosen, content, around.read)
    if isinstance(reading, Reading):
        return _noted(reading, chosen, notes)
    if chosen in CONVERTIBLE and reading.reason in {"damaged", "unsupported"} and around.office.usable:
        return replace(waiting, trouble=reading)
    raise reading


def _refuse_locked(content: bytes) -> None:
    """Refuse an old Word file with a password: LibreOffice would say no more than that it failed."""
    from coordnlp.stages.ingest.doc_streams import is_locked

    if is_locked(content):
        raise UnreadableError("encrypted", LOCKED)


def _noted(reading: Reading, kind: str, notes: tuple[str, ...]) -> Reading:
    return replace(reading, format=kind[1:], notes=(*notes, *reading.notes))


def _try_read(kind: str, content: bytes, read: Read) -> Reading | UnreadableError:
    return attempt(lambda: read(kind, content))


def _list_reading(
    file: str, content: bytes, reading: Reading, around: _Around
) -> Iterator[Document | Skipped | _Waiting]:
    digest = hashlib.sha256(content).hexdigest()
    yield _document(file, digest, reading, around.parent)
    yield from _list_quoted(file, digest, reading.quoted)
    sent = reading.mail.date[:10] if reading.mail else ""
    yield from _read_members(file, reading.attachments, sent, around)


def _list_archive(file: str, members: Iterator[Member], around: _Around) -> Iterator[Document | Skipped | _Waiting]:
    empty = True
    for record in _read_members(file, members, around.date, around):
        empty = False
        yield record
    if empty:
        yield skip_file(file, "empty", "压缩包或邮件集合里没有文件，请检查是否保存或下载完整。", date=around.date)


def _document(file: str, digest: str, reading: Reading, parent: str) -> Document:
    """Return the document; where it is written in traditional characters, the text is given in simplified ones too.

    Fields of a mail have no offsets, so that they are told in simplified characters only.
    """
    mail, subject, names = reading.mail, "", list[str]()
    if mail:
        subject, names = mail.subject, [name for name, _ in (mail.sender, *mail.to, *mail.copies)]
    plain, subject, *names = simplify_all([reading.text, subject, *names])
    return Document(
        file,
        reading.format,
        digest,
        reading.text,
        reading.blocks,
        reading.marks,
        _renamed(mail, subject, names) if mail else None,
        parent,
        reading.notes,
        simplified=plain if plain != reading.text else "",
        scanned=reading.scanned,
        unread=reading.unread,
    )


def _renamed(mail: Mail, subject: str, names: Sequence[str]) -> Mail:
    """Return a mail with other names, in the order sender, to, copies."""
    sender, *others = (
        (name, address) for name, (_, address) in zip(names, (mail.sender, *mail.to, *mail.copies), strict=True)
    )
    count = len(mail.to)
    return replace(mail, subject=subject, sender=sender, to=tuple(others[:count]), copies=tuple(others[count:]))


def _list_quoted(file: str, digest: str, quoted: tuple[Reading, ...]) -> Iterator[Document]:
    """Yield the mails that a mail quotes as `mail.eml/引文1`, 引文2 … going down the chain.

    They have no bytes of their own; their digest is one of the mail's and their number.
    """
    for number, reading in enumerate(quoted, 1):
        own = hashlib.sha256(f"{digest}/{number}".encode()).hexdigest()
        notes = (f"从“{file}”的引文里取出。", *reading.notes)
        yield _document(f"{file}/{_QUOTED}{number}", own, replace(reading, format="eml", notes=notes), file)


def _read_members(
    file: str, members: Iterable[Member], date: str, around: _Around
) -> Iterator[Document | Skipped | _Waiting]:
    """Read the files in a mail or archive, to the common depth."""
    taken: set[str] = set()
    inside = replace(around, parent=file, date=date, depth=around.depth + 1)
    for member in members:
        name = _free_name(member.name, taken)
        taken.add(name)
        path = f"{file}/{name}" if name else file
        match member:
            case Refusal():
                yield skip_file(path, member.reason, member.detail, date=date)
            case _ if around.depth >= _DEEPEST:
                yield skip_file(path, "unsupported", _TOO_DEEP, date=date)
            case Attachment():
                yield from _read_source(path, member.content, member.kind, inside)
            case Enclosed():
                yield from _list_reading(path, member.content, member.reading, inside)


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, or with (2), (3)… where several files of one name stand together."""
    path = PurePosixPath(name)
    number, free = 1, name
    while free and free in taken:
        number += 1
        free = str(path.with_name(f"{path.stem}({number}){path.suffix}"))
    return free
