"""Mentions of other documents: 发文字号, 《title》, "你单位3月5日来函", mail threads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from coordnlp.dates import find_dates
from coordnlp.layout.lexicon import DocumentWords, bare_subject, find_numbers
from coordnlp.names import Names
from coordnlp.records import Document, Party, Reference

_TITLE = re.compile(r"《([^《》]{4,80})》")
# So far before a date the name of its author may stand.
_BEFORE = 16


def find_references(
    document: Document, own_number: str, date: str, words: DocumentWords, names: Names
) -> tuple[Reference, ...]:
    """Find the documents that a document mentions, in order of offset; its own number is not one of them.

    Args:
        date: ISO date of the document, against which "3月5日来函" is resolved; '' leaves those out.
    """
    found = [
        *_messages(document, words),
        *_numbers(document.plain, own_number),
        *_titles(document.plain, words),
    ]
    if date:
        found += _dated(document.plain, dt.date.fromisoformat(date), words, names)
    return tuple(sorted(set(found), key=lambda reference: (reference.start, reference.end, reference.kind)))


def _messages(document: Document, words: DocumentWords) -> Iterator[Reference]:
    if document.mail is None:
        return
    for message in document.mail.in_reply_to:
        yield Reference(0, 0, "message", message)
    subject = bare_subject(document.mail.subject, words)
    if subject and subject != document.mail.subject.strip():
        yield Reference(0, 0, "title", subject)


def _numbers(text: str, own: str) -> Iterator[Reference]:
    for found in find_numbers(text):
        prefix = _clean_prefix(found.prefix)
        number = replace(found, prefix=prefix).normalised
        if not prefix or (own and (own.endswith(number) or number.endswith(own))):
            continue
        # The number begins where its prefix does, behind the words of the sentence.
        begins = text.index(prefix, found.start)
        yield Reference(begins, found.end, "number", number)


# Words that stand before a number in running text and are no part of it.
_LEAD = re.compile(
    r"^.*(?:关于|贵[\u4e00-\u9fff]|你[\u4e00-\u9fff]{1,2}|我[\u4e00-\u9fff]|来函|复函|对|以|按|按照|根据|依据|见|即|及|和|与|由|将|号|的|文|收到|发出|报送|下发)(?=[\u4e00-\u9fff]{2,})"
)


def _clean_prefix(prefix: str) -> str:
    """Cut the words of the sentence off the front of a number: 我委以樟委函 → 樟委函."""
    return _LEAD.sub("", prefix)


def _titles(text: str, words: DocumentWords) -> Iterator[Reference]:
    for match in _TITLE.finditer(text):
        title = match.group(1)
        if "关于" in title or words.kind_of_title(title) in (
            "letter",
            "reply",
            "petition",
            "notice",
            "minutes",
        ):
            yield Reference(match.start(), match.end(), "title", title)


def _dated(text: str, anchor: dt.date, words: DocumentWords, names: Names) -> Iterator[Reference]:
    things = "|".join(sorted(map(re.escape, words.reference.things), key=lambda word: (-len(word), word)))
    # 请于5月30日前函复 sets a deadline and dates no letter.
    behind = re.compile(rf"(?![之以]?[前内])[\u4e00-\u9fff]{{0,8}}?({things})")
    for found in find_dates(text, anchor, prefer="past"):
        if found.precision != "day" or found.date > anchor:
            continue
        match = behind.match(text, found.end)
        if match:
            author = _author(text[max(0, found.start - _BEFORE) : found.start], match.group(), names)
            yield Reference(found.start, match.end(), "dated", found.date.isoformat(), author)


def _author(before: str, behind: str, names: Names) -> Party | None:
    """Return `A` or `B` where a name stands close before the date; 贵/我 are resolved by the caller's sender."""
    clause = re.split(r"[，,。；;：:]", before)[-1]
    mentions = names.find(clause + behind)
    return mentions[-1].party if mentions else None
