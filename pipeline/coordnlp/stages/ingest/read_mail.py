"""Read a mail: its header, its own words zoned apart from quoted ones, its attachments."""

from __future__ import annotations

import email
import email.message
import email.policy
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coordnlp.records import BlockKind
from coordnlp.scripts import simplify_all
from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.encodings import decode_text, find_page_label
from coordnlp.stages.ingest.hard_wraps import LEAST_JOINS, display_width, find_joins, join_lines
from coordnlp.stages.ingest.mail_headers import decode_words, read_header, repair_fields
from coordnlp.stages.ingest.mail_zones import MailLine, zone_lines
from coordnlp.stages.ingest.numbered_lines import add_lines, wrap_notes
from coordnlp.stages.ingest.quoted_mails import QuotedMail, find_quoted_mails
from coordnlp.stages.ingest.readings import Attachment, Draft, Reading, UnreadableError

_MESSAGE = email.message.Message
_BODY_TYPES = frozenset({"text/plain", "text/html"})
_SIGNED = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/rfc822": ".eml",
    "application/zip": ".zip",
}
_CUT_PLAIN = 30  # characters; a plain part shorter than this beside a long HTML one is a stub
_LEAST_WRAPPED = 64  # columns; mail programs break quoted lines at 65 to 80, so one such break is a wrap


def read_mail(content: bytes) -> Reading:
    """Read an .eml file; the text is the body only, marks are its line numbers.

    Raises:
        UnreadableError: `empty`, when it has neither words, nor a subject, nor attachments.
    """
    message = email.message_from_bytes(content.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)
    mail = read_header(message)
    parts = _Parts()
    _sort_parts(message, parts)
    lines, notes = _read_body(parts)
    if not any(line.words.strip() for line in lines):
        if not mail.subject and not parts.attachments:
            raise UnreadableError("empty", "邮件没有主题、正文和附件。")
        notes = (*notes, "邮件没有正文。")
        lines = []
    if parts.pictures:
        notes = (*notes, f"正文里嵌有{parts.pictures}张图片，图中的文字没有读取。")
    reading, kinds = _draft_body(lines, mail.sender[0], notes, least=LEAST_JOINS)
    quoted = tuple(_draft_quoted(one) for one in find_quoted_mails(lines, kinds))
    return replace(reading, mail=mail, quoted=quoted, attachments=tuple(parts.attachments))


@dataclass(slots=True)
class _Parts:
    """The leaves of a mail, sorted by what they are for."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    pictures: int = 0
    notes: list[str] = field(default_factory=list)


def _sort_parts(message: _MESSAGE, parts: _Parts) -> None:
    repair_fields(message)
    kind = message.get_content_type()
    if kind == "message/rfc822":
        parts.attachments.append(Attachment(_part_name(message, parts), _embedded_mail(message)))
    elif message.is_multipart():
        for part in _children(message):
            _sort_parts(part, parts)
    elif kind in _BODY_TYPES and not _is_attached(message):
        _add_body(message, kind, parts)
    elif _is_inline_picture(message):
        parts.pictures += 1
    elif kind not in _SIGNED:
        content = message.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            parts.attachments.append(Attachment(_part_name(message, parts), content))


def _children(message: _MESSAGE) -> list[_MESSAGE]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, email.message.Message)] if isinstance(payload, list) else []


def _is_attached(part: _MESSAGE) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_raw_name(part))


def _is_inline_picture(part: _MESSAGE) -> bool:
    """A picture with a Content-ID belongs to the HTML: a logo, mostly; a scan comes as an attachment."""
    return (
        part.get_content_maintype() == "image"
        and part.get("Content-ID") is not None
        and part.get_content_disposition() != "attachment"
    )


def _add_body(part: _MESSAGE, kind: str, parts: _Parts) -> None:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return
    label = _charset(part)
    if kind == "text/html" and not label:
        label = find_page_label(content)
    text, _, notes = decode_text(content, label)
    text = clean_text(text)
    if kind == "text/plain" and str(part.get_param("format", "")).lower() == "flowed":
        text = _join_flowed(text)
    (parts.html if kind == "text/html" else parts.plain).append(text)
    parts.notes.extend(notes)


def _charset(part: _MESSAGE) -> str:
    value = part.get_param("charset", "")
    return str(value[2] if isinstance(value, tuple) else value or "")


def _join_flowed(text: str) -> str:
    """Undo the soft breaks of format=flowed (RFC 3676): a space before the line end."""
    lines = text.split("\n")
    joined = [lines[0]]
    for line in lines[1:]:
        before = joined[-1]
        if before.endswith(" ") and before != "-- " and not line.startswith(">") and not before.startswith(">"):
            joined[-1] = before.rstrip(" ") + join_lines(before.rstrip(" "), line) + line.removeprefix(" ")
        else:
            joined.append(line)
    return "\n".join(joined)


def _read_body(parts: _Parts) -> tuple[list[MailLine], tuple[str, ...]]:
    """Return the lines of the body, and notes: plain text where it is whole."""
    plain = "\n".join(parts.plain).strip("\n")
    html = "\n".join(parts.html)
    if html and (not plain.strip() or (len(plain.strip()) < _CUT_PLAIN < len(html) / 100)):
        from coordnlp.stages.ingest.mail_html import read_html

        lines = read_html(html)
        if any(line.words.strip() for line in lines):
            return lines, tuple(parts.notes)
    return [MailLine(line) for line in plain.split("\n")] if plain else [], tuple(parts.notes)


def _draft_body(
    lines: Sequence[MailLine], sender: str, notes: tuple[str, ...], *, least: int, ordinals: Sequence[int] = ()
) -> tuple[Reading, list[BlockKind]]:
    """Return the body with its blocks, and the kind of each line; hard-wrapped own words are rejoined.

    Args:
        least: As `hard_wraps.find_joins` takes it.
        ordinals: Of each line in the file, where that is not this body.
    """
    words = [line.words for line in lines]
    sender, *plain = simplify_all([sender, *words])
    kinds, offsets = zone_lines([replace(line, words=told) for line, told in zip(lines, plain, strict=True)], sender)
    own = [line if kind == "paragraph" else "" for line, kind in zip(words, kinds, strict=True)]
    joins = find_joins(own, least=least)
    draft = Draft()
    add_lines(draft, words, joins, kinds=kinds, offsets=offsets, ordinals=ordinals)
    return draft.finish((*notes, *wrap_notes(joins))), kinds


def _draft_quoted(quoted: QuotedMail) -> Reading:
    """Return a quoted mail read as one of its own; marks are the lines of the mail around it."""
    lines = [MailLine(line) for line in quoted.lines]
    full = max(map(display_width, quoted.lines)) >= _LEAST_WRAPPED
    least = 1 if full else LEAST_JOINS
    reading, _ = _draft_body(lines, quoted.mail.sender[0], (), least=least, ordinals=quoted.ordinals)
    return replace(reading, mail=quoted.mail)


def _raw_name(part: _MESSAGE) -> str:
    """Return the file name of a part as RFC 2231, RFC 2047 or raw bytes give it, or ''."""
    for header, key in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        value = part.get_param(key, None, header)
        if isinstance(value, tuple):
            charset, _, words = value
            return decode_text(words.encode("latin-1", "replace"), charset or "")[0]
        if value:
            return decode_words(str(value))
    return ""


def _part_name(part: _MESSAGE, parts: _Parts) -> str:
    """Return a name for an attachment, without folders; nameless ones are numbered."""
    kind = part.get_content_type()
    name = re.sub(r"[/\\\r\n\t]+", "_", _raw_name(part)).strip(" ._") or ""
    if name:
        return unicodedata.normalize("NFC", name)
    subject = ""
    if kind == "message/rfc822":
        subject = next((read_header(child).subject for child in _children(part)), "")
        subject = re.sub(r"[/\\\r\n\t]+", "_", subject).strip(" ._")
    return f"{subject or f'附件{len(parts.attachments) + 1}'}{_SUFFIXES.get(kind, '.dat')}"


def _embedded_mail(part: _MESSAGE) -> bytes:
    children = _children(part)
    if children:
        return children[0].as_bytes(policy=email.policy.compat32.clone(mangle_from_=False))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
