"""Put the body of a mail into a draft: its own words zoned apart from quoted ones, which are mails again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coordnlp.records import BlockKind, Mail
from coordnlp.scripts import simplify_all
from coordnlp.stages.ingest.hard_wraps import LEAST_JOINS, display_width, find_joins
from coordnlp.stages.ingest.mail_zones import MailLine, zone_lines
from coordnlp.stages.ingest.numbered_lines import add_lines, wrap_notes
from coordnlp.stages.ingest.quoted_mails import QuotedMail, find_quoted_mails
from coordnlp.stages.ingest.readings import Draft, Member, Reading, UnreadableError

_CUT_PLAIN = 30  # characters; a plain part shorter than this beside a page with more words is a stub
_MORE = 3  # times as many words as a stub has
_LEAST_WRAPPED = 64  # columns; mail programs break quoted lines at 65 to 80, so one such break is a wrap


@dataclass(slots=True)
class MailParts:
    """The leaves of a mail, sorted by what they are for."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[Member] = field(default_factory=list)
    pictures: int = 0
    notes: list[str] = field(default_factory=list)


def draft_mail(mail: Mail, parts: MailParts) -> Reading:
    """Return a mail: the text is the body only, marks are its line numbers.

    Raises:
        UnreadableError: `empty`, when it has neither words, nor a subject, nor attachments.
    """
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


def tidy_name(name: str) -> str:
    """Return the name of an attachment as a label, without folders; '' for none."""
    return unicodedata.normalize("NFC", re.sub(r"[/\\\r\n\t]+", "_", name).strip(" ._"))


def _read_body(parts: MailParts) -> tuple[list[MailLine], tuple[str, ...]]:
    """Return the lines of the body, and notes: plain text where it is whole."""
    plain = "\n".join(parts.plain).strip("\n")
    html = "\n".join(parts.html)
    if html and len(plain.strip()) < _CUT_PLAIN:
        from coordnlp.stages.ingest.mail_html import read_html

        lines = read_html(html)
        if sum(len(line.words.strip()) for line in lines) > _MORE * len(plain.strip()):
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
