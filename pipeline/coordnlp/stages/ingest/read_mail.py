"""Read a mail: its header, its own words zoned apart from quoted ones, its attachments."""

from __future__ import annotations

import email
import email.message
import email.policy

from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.encodings import decode_text, find_page_label
from coordnlp.stages.ingest.hard_wraps import join_lines
from coordnlp.stages.ingest.mail_bodies import MailParts, draft_mail, tidy_name
from coordnlp.stages.ingest.mail_headers import decode_words, read_header, repair_fields
from coordnlp.stages.ingest.readings import Attachment, Reading

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


def read_mail(content: bytes) -> Reading:
    """Read an .eml file; the text is the body only, marks are its line numbers.

    Raises:
        UnreadableError: `empty`, when it has neither words, nor a subject, nor attachments.
    """
    message = email.message_from_bytes(content.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)
    mail = read_header(message)
    parts = MailParts()
    _sort_parts(message, parts)
    return draft_mail(mail, parts)


def _sort_parts(message: _MESSAGE, parts: MailParts) -> None:
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


def _add_body(part: _MESSAGE, kind: str, parts: MailParts) -> None:
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


def _part_name(part: _MESSAGE, parts: MailParts) -> str:
    """Return a name for an attachment, without folders; nameless ones are numbered."""
    kind = part.get_content_type()
    name = tidy_name(_raw_name(part))
    if name:
        return name
    subject = ""
    if kind == "message/rfc822":
        subject = tidy_name(next((read_header(child).subject for child in _children(part)), ""))
    return f"{subject or f'附件{len(parts.attachments) + 1}'}{_SUFFIXES.get(kind, '.dat')}"


def _embedded_mail(part: _MESSAGE) -> bytes:
    children = _children(part)
    if children:
        return children[0].as_bytes(policy=email.policy.compat32.clone(mangle_from_=False))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
