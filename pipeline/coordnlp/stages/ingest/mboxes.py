"""Part an mbox file into its mails.

The standard library splits at every line that begins with "From ", also in bodies, and keeps ">From " as it is. Here
a line parts two mails only where the head of a mail follows.

Source: RFC 4155; the variants mboxo, mboxrd and Thunderbird's ("From - ", X-Mozilla-Status), as they are met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coordnlp.stages.ingest.mail_headers import FIELD, looks_like_mail
from coordnlp.stages.ingest.readings import Attachment, Member, Refusal

_LINE = re.compile(rb"^From [^\r\n]*(?:\r?\n|\r)", re.M)
# From - Tue Mar 05 10:22:33 2024, From z@x.example Tue Mar  5 10:22:33 +0800 2024
_ENVELOPE = re.compile(
    rb"^From \S.*\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\b\d{1,2}:\d{2}(?::\d{2})?\b.*\b(?:19|20)\d{2}\b", re.I
)
_ESCAPED = re.compile(rb"^>(>*From )", re.M)
_STATUS = re.compile(rb"^X-Mozilla-Status:[ \t]*([0-9a-f]{4})", re.I | re.M)
_EXPUNGED = 0x0008
_HEAD = 20000  # bytes within which the head of a mail ends
_DELETED = "这封邮件在邮件软件里已经删除，只是还没有清理掉；需要的话，请在邮件软件里恢复后重新导出。"


def looks_like_mbox(content: bytes) -> bool:
    """Tell whether bytes begin as an mbox file does: an envelope line and the head of a mail."""
    found = _LINE.search(content, 0, _HEAD)
    return found is not None and not content[: found.start()].strip(b"\xef\xbb\xbf\r\n") and _parts(content, found)


def count_mails(content: bytes) -> int:
    """Return how many mails stand below envelope lines."""
    return sum(1 for _ in _starts(content))


def split_mbox(content: bytes) -> Iterator[Member]:
    """Return the mails of an mbox file under the names 1, 2, 3 … in order.

    A mail that was deleted in Thunderbird and is still in the file counts, so that the numbers of the others do not
    move, but is not read.
    """
    starts = list(_starts(content))
    ends = [line for line, _ in starts[1:]] + [len(content)]
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True), 1):
        mail = _ESCAPED.sub(rb"\1", content[start:end].rstrip(b"\r\n") + b"\n")
        if _is_deleted(mail):
            yield Refusal(str(number), "temporary", _DELETED)
        else:
            yield Attachment(str(number), mail, ".eml")


def _starts(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the offset of each envelope line, and of the head below it."""
    for found in _LINE.finditer(content):
        if _parts(content, found):
            yield found.start(), found.end()


def _parts(content: bytes, found: re.Match[bytes]) -> bool:
    """Tell whether a line that begins with "From " parts two mails.

    A dated envelope needs one field of a mail below it, any other line a blank one above and a whole head.
    """
    below = content[found.end() : found.end() + _HEAD]
    if _ENVELOPE.match(found[0]):
        return FIELD.match(below) is not None
    above = content[max(0, found.start() - 4) : found.start()]
    return (not above.strip(b"\xef\xbb\xbf\r\n") or above.endswith((b"\n\n", b"\n\r\n"))) and looks_like_mail(below)


def _is_deleted(mail: bytes) -> bool:
    head = re.split(rb"\r?\n\r?\n", mail[:_HEAD], maxsplit=1)[0]
    status = _STATUS.search(head)
    return status is not None and bool(int(status[1], 16) & _EXPUNGED)
