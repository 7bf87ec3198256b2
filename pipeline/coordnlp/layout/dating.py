"""The date of a document, by precedence.

Mails: the header. Minutes and transcripts: the time of the meeting, else of the last message. Everything else:
the signature line. Then, for all kinds: header lines, a date under the title, the 印发 line, the file name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from coordnlp.dates import file_name_date, find_dates, read_date
from coordnlp.layout.lines import Line
from coordnlp.layout.messages import Opening
from coordnlp.layout.parts import Layout, is_date_line, signature_date_text
from coordnlp.layout.stamps import read_day_line
from coordnlp.records import DateSource, Document, Kind

_YEAR = re.compile(r"\d{4}|[〇○零一二三四五六七八九OＯ]{4}|[０-９]{4}")
_ISSUED = re.compile(r"印\s*[发制]\s*$|印发[）)]?$")
_SPAN = re.compile(r"[—–~～至到]|起止|范围")
# A year that is half over when months begin again: December is followed by January.
_HALF_A_YEAR = 6


def date_document(
    document: Document, kind: Kind, lines: Sequence[Line], layout: Layout, openings: Sequence[Opening] = ()
) -> tuple[str, DateSource]:
    """Return the ISO date of a document and where it stood; ('', 'none') if there is none.

    Args:
        openings: Messages of a chat or turns of a talk, by ordinal of the lines.
    """
    for day, source in _candidates(document, kind, lines, layout, openings):
        if day is not None:
            return day.isoformat(), source
    return "", "none"


def _candidates(
    document: Document, kind: Kind, lines: Sequence[Line], layout: Layout, openings: Sequence[Opening]
) -> Iterator[tuple[dt.date | None, DateSource]]:
    if document.mail:
        yield _iso(document.mail.date), "mail"
    meeting = kind in ("minutes", "transcript")
    if kind == "transcript" and any(one.stamp for one in openings):
        # The export of a chat may be much later than its last message.
        yield _last_stamp(document, lines, openings), "header"
    if meeting:
        yield _from_labels(layout, ("date",)), "header"
        yield (_last_stamp(document, lines, openings) if kind == "transcript" else None), "header"
        yield _from_labels(layout, ("range",)), "header"
        yield _near_title(lines, layout), "header"
    yield _from_signature(document, lines, layout), "signature"
    yield _from_labels(layout, ("date",)), "header"
    yield _near_title(lines, layout), "header"
    yield _from_labels(layout, ("range",)), "header"
    yield _issued(lines, layout), "imprint"
    yield file_name_date(document.file.rpartition("/")[2]), "file_name"
    yield _anywhere(lines), "body"


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _dates_in(text: str) -> list[dt.date]:
    """Return the days named with a year in a text, in order."""
    whole = read_date(text)
    if whole:
        return [whole]
    if not _YEAR.search(text):
        return []
    return [
        found.date
        for found in find_dates(text, _anchor(text))
        if found.precision == "day" and re.search(r"[月./-]", text[found.start : found.end])
    ]


def _anchor(text: str) -> dt.date:
    year = re.search(r"(?:19|20)\d\d", text)
    return dt.date(int(year.group()), 7, 1) if year else dt.date(2000, 1, 1)


def _from_labels(layout: Layout, groups: tuple[str, ...]) -> dt.date | None:
    last = slice(-1, None) if groups == ("range",) else slice(1)
    days = [day for group in groups for value in layout.values(group) for day in _dates_in(value)[last]]
    return days[0] if days else None


def _last_stamp(document: Document, lines: Sequence[Line], openings: Sequence[Opening]) -> dt.date | None:
    """Return the day of the last dated message or day line of a chat."""
    days = [day for _, day in find_days(document, lines, openings)]
    return days[-1] if days else None


def find_days(
    document: Document, lines: Sequence[Line], openings: Sequence[Opening]
) -> Iterator[tuple[int, dt.date | None]]:
    """Yield the dated messages and day lines of a chat by ordinal of their lines; None for a day that is none.

    The year may stand only in an earlier stamp or day line, in the head or in the file name; months that begin again
    are of the next year. A day line of a record without times dates it only if the talk stands below.
    """
    spoken = {one.line: one.stamp for one in openings}
    stamps = [
        (ordinal, stamp)
        for ordinal, line in enumerate(lines)
        if not line.table and (stamp := spoken.get(ordinal) or read_day_line(line.text)) and (stamp.month or stamp.year)
    ]
    days = [stamp for _, stamp in stamps if stamp.month]
    if len(days) == 1 and not spoken:
        return
    head, exported = _head_year(document, lines)
    year, month = head, 0
    for ordinal, stamp in stamps:
        begins_again = month and stamp.month and stamp.month < month - _HALF_A_YEAR
        year = stamp.year or (year + 1 if year and begins_again else year)
        month = stamp.month or month
        if stamp.month:
            yield ordinal, _day(year, stamp.month, stamp.day, exported)


def _day(year: int, month: int, day: int, exported: dt.date | None) -> dt.date | None:
    try:
        found = dt.date(year, month, day)
        return found.replace(year=year - 1) if exported and found > exported else found
    except ValueError:
        return None


def _head_year(document: Document, lines: Sequence[Line]) -> tuple[int, dt.date | None]:
    """Return the year that the head of a chat or its file name gives (0: neither), and the day it was exported on."""
    for line in lines[:8]:
        for day in _dates_in(line.text):
            return day.year, day if "导出" in line.text and not _SPAN.search(line.text) else None
    years = re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", "\n".join(line.text for line in lines[:8]))
    name = document.file.rpartition("/")[2]
    named = file_name_date(name)
    years += [str(named.year)] if named else re.findall(r"(?<!\d)((?:19|20)\d\d)(?=\d{0,4}(?!\d))", name)
    return (int(years[0]) if years else 0), None


def _from_signature(document: Document, lines: Sequence[Line], layout: Layout) -> dt.date | None:
    for line in reversed(lines[layout.signature : layout.imprint]):
        if is_date_line(line.text):
            day = read_date(signature_date_text(line.text))
            return day or _with_year(document, line.text)
    return None


def _with_year(document: Document, text: str) -> dt.date | None:
    """Complete 2月27日 from the file name, when that has a date."""
    anchor = file_name_date(document.file.rpartition("/")[2])
    found = find_dates(text, anchor) if anchor else []
    return found[0].date if found else None


def _near_title(lines: Sequence[Line], layout: Layout) -> dt.date | None:
    """Return a date that stands in the header on a line of its own, in brackets, or opens the text."""
    for ordinal, line in enumerate(lines[: max(layout.body, 6)]):
        text = line.text
        if _ISSUED.search(text):
            continue
        bracketed = text.startswith(("（", "(", "〔", "【"))
        opens = _YEAR.match(text)
        # 请于2024年9月30日前核定。 below the addressee is a deadline, not a date line.
        short = len(text) <= 40 and (ordinal < layout.body or not text.endswith(("。", "；")))
        if (bracketed or opens or short) and (days := _dates_in(text)):
            return days[0] if opens and len(text) > 40 else days[-1]
    return None


def _issued(lines: Sequence[Line], layout: Layout) -> dt.date | None:
    """Return the date of a 印发 line, which may stand in the head, or of what follows the signature."""
    days = [
        day
        for ordinal, line in enumerate(lines)
        if ordinal >= layout.signature or (_ISSUED.search(line.text) and len(line.text) <= 60)
        for day in _dates_in(line.text)[-1:]
    ]
    return days[-1] if days else None


def _anywhere(lines: Sequence[Line]) -> dt.date | None:
    """Return the only full date of the text, where there is exactly one."""
    days = {day for line in lines for day in _dates_in(line.text)}
    return next(iter(days)) if len(days) == 1 else None
