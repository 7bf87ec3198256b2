"""Header fields of a mail, repaired: raw GBK bytes, wrong charset labels, Chinese separators."""

from __future__ import annotations

import datetime
import email.header
import email.message
import email.utils
import re

from coordnlp.records import Mail
from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.encodings import decode_text
from coordnlp.stages.ingest.mail_dates import find_mail_date
from coordnlp.stages.ingest.readings import UnreadableError

FIELD = re.compile(
    rb"^(?:from|to|cc|subject|date|sender|reply-to|message-id|in-reply-to|references|received|return-path|"
    rb"delivered-to|mime-version|content-type|content-transfer-encoding|x-[\w-]+)[ \t]*:",
    re.I,
)
_TELLING = re.compile(rb"^(?:from|to|subject|date|message-id|received|mime-version)[ \t]*:", re.I | re.M)
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bqBQ]\?[^?]*\?=")
_ADDRESS = re.compile(r"[^\s<>\"'(),;，；:：]+@[^\s<>\"'(),;，；:：]+")
_MESSAGE_ID = re.compile(r"<([^<>\s]+)>")
CHINA = datetime.timezone(datetime.timedelta(hours=8))
"""The zone of times that name none."""


def looks_like_mail(content: bytes) -> bool:
    """Tell whether bytes begin with the header of a mail: two fields or more, one of them a telling one."""
    head = re.split(rb"\r?\n\r?\n", content[:20000].lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    lines = head.splitlines()
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    fields = [line for line in lines if FIELD.match(line)]
    return len(fields) >= 2 and bool(lines) and _is_field(lines[0]) and _TELLING.search(head) is not None


def read_header(message: email.message.Message) -> Mail:
    """Return the header fields of a mail, decoded; a field that is missing is empty.

    The mail's raw 8-bit fields are repaired in place.
    """
    repair_fields(message)
    senders = read_addresses(message, "From") or read_addresses(message, "Sender")
    own = _MESSAGE_ID.findall(raw_value(message, "Message-ID"))
    replied = _MESSAGE_ID.findall(raw_value(message, "In-Reply-To"))
    references = reversed(_MESSAGE_ID.findall(raw_value(message, "References")))
    return Mail(
        message_id=own[0] if own else raw_value(message, "Message-ID").strip(),
        in_reply_to=tuple(dict.fromkeys((*replied, *references))),
        subject=decode_words(raw_value(message, "Subject")),
        sender=senders[0] if senders else ("", ""),
        to=read_addresses(message, "To"),
        copies=read_addresses(message, "Cc"),
        date=_read_date(message),
    )


def raw_value(message: email.message.Message, name: str) -> str:
    """Return all fields of a name as one unfolded text, encoded words still encoded."""
    values = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return ", ".join(re.sub(r"[\r\n]+[ \t]*", " ", str(value)) for value in values).strip()


def repair_fields(message: email.message.Message) -> None:
    """Decode the raw 8-bit bytes in the fields of a mail or part: GBK in most old Chinese mail.

    All fields tell the encoding together, with the charset of the body: a name alone is too short for that.
    """
    fields = [(name, str(value)) for name, value in message.raw_items()]
    raw = [value.encode("utf-8", "surrogateescape") for _, value in fields if not value.isascii()]
    if not raw:
        return
    charsets = (part.get_content_charset() for part in message.walk())
    label = next((charset for charset in charsets if charset), "")
    try:
        encoding = decode_text(b"\n".join(raw), label)[1]
    except UnreadableError:
        encoding = "latin-1"
    for name, _ in fields:
        del message[name]
    for name, value in fields:
        message[name] = value.encode("utf-8", "surrogateescape").decode(encoding, "replace")


def decode_words(value: str) -> str:
    """Decode RFC 2047 words; a character cut in two between words of one charset is made whole."""
    if not _ENCODED_WORD.search(value):
        return clean_text(value).strip()
    parts = []
    # The standard library splits no words that touch other text, as Chinese mail programs write them.
    spaced = re.sub(r"\?=(?==\?)", "?= ", value)
    try:
        for words, charset in email.header.decode_header(spaced):
            if isinstance(words, str):
                parts.append(words)
            else:
                parts.append(_decode(words, charset or "") if charset else _decode(words, ""))
    except (email.errors.HeaderParseError, ValueError):
        return clean_text(value).strip()
    return re.sub(r"\s*\n\s*", " ", clean_text("".join(parts))).strip()


def read_addresses(message: email.message.Message, name: str) -> tuple[tuple[str, str], ...]:
    """Return (display name, address) of a field; Chinese separators and unquoted names are understood."""
    return tuple(pair for part in split_addresses(raw_value(message, name)) if (pair := read_address(part)) != ("", ""))


def _is_field(line: bytes) -> bool:
    return re.match(rb"[!-9;-~]+[ \t]*:", line) is not None


def split_addresses(value: str) -> list[str]:
    """Split a list of addresses at commas and semicolons outside quotes, brackets and encoded words."""
    parts, depth, quoted, start = [], 0, False, 0
    for index, character in enumerate(value):
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in "<(":
            depth += 1
        elif character in ">)":
            depth = max(0, depth - 1)
        elif character in ",;，；" and not depth:
            parts.append(value[start:index])
            start = index + 1
    return [*parts, value[start:]]


def read_address(part: str) -> tuple[str, str]:
    """Return (display name, address) of one address as a person or program wrote it; either may be ''."""
    found = re.search(r"<([^<>]*)>\s*$", part)
    if found:
        return _tidy_name(part[: found.start()]), found[1].strip()
    if address := _ADDRESS.search(part):
        comment = re.search(r"\(([^()]*)\)", part)
        rest = comment[1] if comment else part.replace(address[0], "")
        return _tidy_name(rest), address[0]
    return _tidy_name(part), ""


def _tidy_name(name: str) -> str:
    name = re.sub(r"\\(.)", r"\1", decode_words(name.strip().strip('"')))
    return name.strip().strip("\"'“”").strip()


def _read_date(message: email.message.Message) -> str:
    """Return the Date field as ISO with offset, else the time of the last Received; '' for neither."""
    received = raw_value(message, "Received").split(", from ")[0]
    for value in (raw_value(message, "Date"), received.rpartition(";")[2]):
        if value and (date := _parse_date(value)):
            return date
    return ""


def _parse_date(value: str) -> str:
    try:
        date = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        found = find_mail_date(value)
        return found.iso if found else ""
    if date.tzinfo is None:
        # -0000 means UTC; without any zone the program that sent it wrote its local time.
        date = date.replace(tzinfo=datetime.UTC if "-0000" in value else CHINA)
    return date.isoformat()


def _decode(content: bytes, label: str) -> str:
    try:
        return decode_text(content, label)[0]
    except UnreadableError:
        return content.decode("latin-1")
