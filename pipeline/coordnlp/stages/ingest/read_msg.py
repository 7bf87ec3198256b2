"""Read a mail that Outlook saved (.msg): header fields, body, attachments and mails within, as of an .eml.

Own reader over olefile: python-oxmsg 0.0.2 tells neither copies from addressees nor mails within, extract-msg is GPL
(tried 2026-11; docs/design.md, "Libraries, by trial").
"""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from dataclasses import replace

import olefile

from coordnlp.records import Mail
from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.encodings import decode_text, find_page_label
from coordnlp.stages.ingest.mail_bodies import MailParts, draft_mail, tidy_name
from coordnlp.stages.ingest.mail_headers import read_address, read_header, split_addresses
from coordnlp.stages.ingest.msg_bodies import find_html, unpack_rtf
from coordnlp.stages.ingest.msg_storages import TOP, Storage
from coordnlp.stages.ingest.read_rtf import read_rtf
from coordnlp.stages.ingest.readings import Attachment, Enclosed, Member, Reading, Refusal, UnreadableError

_DAMAGED = "邮件文件不完整，打不开，请在 Outlook 中重新另存，或另存为 .eml 后再放入。"
_ELSEWHERE = "附件没有存在邮件里，只是一个指向别处的链接，请取得原件后放入。"
_OBJECT = "这是嵌在邮件正文里的对象，请在 Outlook 中打开，另存成文件后放入。"
_TOO_DEEP = "邮件套了太多层，请把里层的邮件单独另存后再放入。"
_DEEPEST = 6  # mails within each other
_BY_VALUE, _OBJECT_METHOD = 1, 6
_RENDERED = 4  # flag of an attachment that the body shows
_TO, _COPY = 1, 2
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06


def read_msg(content: bytes) -> Reading:
    """Read a .msg file; the text is the body only, marks are its line numbers.

    Raises:
        UnreadableError: `damaged`, or `empty` when it has neither words, nor a subject, nor attachments.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return _read_message(Storage(ole, (), TOP), 0)
    except (OSError, IndexError) as error:
        raise UnreadableError("damaged", _DAMAGED) from error


def _read_message(message: Storage, depth: int) -> Reading:
    parts = MailParts()
    _read_body(message, parts)
    for number, storage in enumerate(message.parts("__attach_version1.0_#"), 1):
        if _is_shown_picture(storage, parts):
            parts.pictures += 1
        else:
            parts.attachments.append(_read_attachment(storage, number, depth))
    return draft_mail(_read_mail(message), parts)


def _read_mail(message: Storage) -> Mail:
    """Return the header fields: as the internet knew the mail where that is kept, else as Outlook keeps them."""
    told = read_header(email.message_from_string(message.text(0x007D), policy=email.policy.compat32))
    recipients = list(_list_recipients(message))
    return Mail(
        message_id=told.message_id or message.text(0x1035).strip("<> "),
        in_reply_to=told.in_reply_to or _list_ids(message),
        subject=message.text(0x0037).strip() or told.subject,
        sender=told.sender if told.sender != ("", "") else _read_sender(message),
        to=told.to or tuple(pair for kind, pair in recipients if kind == _TO),
        copies=told.copies or tuple(pair for kind, pair in recipients if kind == _COPY),
        date=told.date or message.time(_SUBMITTED) or message.time(_DELIVERED),
    )


def _list_ids(message: Storage) -> tuple[str, ...]:
    """Return the ids of the mails that this one answers, the nearest first."""
    references = reversed(message.text(0x1039).split())
    ids = (one.strip("<>") for one in (*message.text(0x1042).split(), *references))
    return tuple(dict.fromkeys(filter(None, ids)))


def _read_sender(message: Storage) -> tuple[str, str]:
    """Return name and address of the one for whom the mail was sent, else of the one who sent it."""
    for name, addresses in ((0x0042, (0x5D02, 0x0065)), (0x0C1A, (0x5D01, 0x0C1F))):
        address = _address(message, *addresses)
        if message.text(name) or address:
            return _named(message.text(name), address)
    return "", ""


def _list_recipients(message: Storage) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield (1 for the addressee, 2 for a copy, (name, address)); a draft has no more than names."""
    storages = message.parts("__recip_version1.0_#")
    for storage in storages:
        yield storage.number(0x0C15) or _TO, _named(storage.text(0x3001), _address(storage, 0x39FE, 0x3003))
    for kind, shown in ((_TO, 0x0E04), (_COPY, 0x0E03)) if not storages else ():
        pairs = map(read_address, split_addresses(message.text(shown)))
        yield from ((kind, pair) for pair in pairs if pair != ("", ""))


def _address(storage: Storage, *numbers: int) -> str:
    """Return the first property that is a mail address; inside a company they are directory paths."""
    return next((address for number in numbers if "@" in (address := storage.text(number).strip())), "")


def _named(name: str, address: str) -> tuple[str, str]:
    name = name.strip().strip("'\"")
    return "" if name == address else name, address


def _read_body(message: Storage, parts: MailParts) -> None:
    plain, html = message.text(0x1000), _read_html(message, parts)
    if not plain and not html:
        rtf = unpack_rtf(message.stream(0x1009, 0x0102))
        html = clean_text(find_html(rtf))
        plain = _read_plain(rtf) if rtf and not html else ""
    parts.plain += [plain] if plain.strip() else []
    parts.html += [html] if html.strip() else []


def _read_html(message: Storage, parts: MailParts) -> str:
    content = message.stream(0x1013, 0x0102)
    if not content:
        return message.text(0x1013)
    try:
        text, _, notes = decode_text(content, message.codepage() or find_page_label(content))
    except UnreadableError:
        return ""
    parts.notes.extend(notes)
    return clean_text(text)


def _read_plain(rtf: bytes) -> str:
    try:
        return read_rtf(rtf).text
    except UnreadableError:
        return ""


def _is_shown_picture(storage: Storage, parts: MailParts) -> bool:
    """A picture that the body shows belongs to it: a logo, mostly; a scan comes as an attachment."""
    label = storage.text(0x3712).strip("<>")
    shown = bool(label) and any(f"cid:{label}" in html for html in parts.html)
    rendered = bool(label) and bool((storage.number(0x3714) or 0) & _RENDERED)
    return storage.text(0x370E).lower().startswith("image/") and (shown or rendered)


def _read_attachment(storage: Storage, number: int, depth: int) -> Member:
    name = tidy_name(storage.text(0x3707) or storage.text(0x3704) or storage.text(0x3001))
    content = storage.stream(0x3701, 0x0102)
    inner = storage.message(0x3701)
    if inner is not None:
        return _read_enclosed(inner, name, number, depth)
    label = name or f"附件{number}{storage.text(0x3703) or '.dat'}"
    method = storage.number(0x3705)
    if method == _OBJECT_METHOD:
        return Refusal(label, "unsupported", _OBJECT)
    if not content and method not in {None, _BY_VALUE}:
        return Refusal(label, "unsupported", _ELSEWHERE)
    return Attachment(label, content)


def _read_enclosed(message: Storage, name: str, number: int, depth: int) -> Member:
    subject = tidy_name(message.text(0x0037)) or name.removesuffix(".msg") or f"附件{number}"
    label = f"{subject}.msg"
    if depth >= _DEEPEST:
        return Refusal(label, "unsupported", _TOO_DEEP)
    try:
        reading = _read_message(message, depth + 1)
    except UnreadableError as error:
        return Refusal(label, error.reason, error.detail)
    return Enclosed(label, message.all_bytes(), replace(reading, format="msg"))
