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
from coordnlp.layout.parts import Layout, is_date_line, signature_date_text
from coordnlp.records import DateSource, Document, Kind

_YEAR = re.compile(r"\d{4}|[〇○零一二三四五六七八九OＯ]{4}|[０-９]{4}")
_ISSUED = re.compile(r"印\s*[发制]\s*$|印发[）)]?$")
_STAMP = re.compile(
    r"^\W*(?:(?P<year>(?:19|20)\d\d)\s*[-/年.]\s*)?(?P<month>\d{1,2})\s*"
    r"(?:[-/月]|\.(?=\d{1,2}\s*(?:周|星期|[（(]|$)))\s*(?P<day>\d{1,2})(?:日|\W|$)"
)


def date_document(document: Document, kind: Kind, lines: Sequence[Line], layout: Layout) -> tuple[str, DateSource]:
    """Return the ISO date of a document and where it stood; ('', 'none') if there is none."""
    for day, source in _candidates(document, kind, lines, layout):
        if day is not None:
            return day.isoformat(), source
    return "", "none"


def _candidates(
    document: Document, kind: Kind, lines: Sequence[Line], layout: Layout
) -> Iterator[tuple[dt.date | None, DateSource]]:
    if document.mail:
        yield _iso(document.mail.date), "mail"
    meeting = kind in ("minutes", "transcript")
    if meeting:
        yield _from_labels(layout, ("date",)), "header"
        yield (_last_stamp(lines) if kind == "transcript" else None), "header"
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


def _last_stamp(lines: Sequence[Line]) -> dt.date | None:
    """Return the day of the last dated message or day line of a chat; a year may stand only in its head."""
    stamps = [match for line in lines if not line.table and len(line.text) <= 60 and (match := _STAMP.match(line.text))]
    head = "\n".join(line.text for line in lines[:8])
    year = next((day.year for line in lines[:8] for day in _dates_in(line.text)), None)
    year = year or next((int(found) for found in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", head)), None)
    if len(stamps) < 2 or not (stamps[-1]["year"] or year):
        return None
    try:
        return dt.date(int(stamps[-1]["year"] or year or 0), int(stamps[-1]["month"]), int(stamps[-1]["day"]))
    except ValueError:
        return None


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
