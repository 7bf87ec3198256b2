"""All dates moved by 52 weeks move every date that is found, and nothing else.

Moved are days named with their month, in any form, ranges, and years that stand alone. Left as they are: months and
days of the month that stand alone (6月底, 10号以前), feasts, and years in document numbers; deadlines that follow from
those are not compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import pytest
from cases import Case
from comparing import MOST, SCORES, Rows, by_place, changed, decided, differences, kept, only, without
from rewriting import change_words, move_dates, redate_document

_DAYS = 364
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_FIRM = re.compile(r"\d月\d+[日号]|\d{4}[-.]\d|星期|周[一二三四五六日]|[今明]天|日内")
# Offsets move with the width of a date; titles, quotes and reasons hold the dates as they are written.
_LEFT_OUT = (
    *SCORES,
    "start",
    "end",
    "score",
    "reasons",
    "references",
    "attendees",
    "body",
    "terms",
    "title",
    "summary",
    "quotes",
    "why",
)
# What follows from a deadline.
_OF_DUE = ("overdue", "days_overdue", "verdict", "severity", "severity_reason", "due")


def _later(text: str) -> str:
    return _ISO.sub(lambda match: (dt.date.fromisoformat(match.group()) + dt.timedelta(_DAYS)).isoformat(), text)


def _comparable(found: Rows) -> Rows:
    """Return rows with due dates as ISO, and without what follows from a deadline that was left as it is."""
    loose = {key for (table, key), row in found.items() if table == "request" and not _is_firm(row["due"])}
    kept: Rows = {}
    for (table, key), row in decided(without(found, *_LEFT_OUT)).items():
        request = key if table == "life" else str(row.get("request", "")) if table == "gap" else ""
        if request in loose:
            row = {name: value for name, value in row.items() if name not in _OF_DUE}
            if table == "gap":
                continue
        kept[table, key] = {name: _due(value) if name == "due" else value for name, value in row.items()}
    return kept


def _is_firm(due: object) -> bool:
    return not isinstance(due, Mapping) or not due["date"] or bool(_FIRM.search(str(due["written"])))


def _due(due: object) -> object:
    if not isinstance(due, Mapping):
        return due
    return due["date"] if _is_firm(due) else None


def test_dates_move_and_nothing_else(case: Case):
    written = {header.file: dt.date.fromisoformat(header.date) for header in case.before.headers}
    # A quoted mail that was folded has its mail's day.
    read = [redate_document(one, written.get(one.file) or written[one.parent], _DAYS) for one in case.documents]
    after = case.run(read, as_of=case.as_of + dt.timedelta(_DAYS))
    before = changed(by_place(case.before, [one.file for one in case.documents]), _later)
    found = by_place(after, [one.file for one in read])
    assert kept(_comparable(before), _comparable(found)) >= MOST
    stated = "document", "passage"
    assert differences(only(_comparable(before), *stated), only(_comparable(found), *stated)) == []


def test_most_deadlines_are_compared(case: Case):
    dues = [request.due.written for request in case.before.requests if request.due and request.due.date]
    # Measured: 19 of 20 (example), 15 of 25 (institute-factory).
    assert sum(bool(_FIRM.search(one)) for one in dues) >= len(dues) / 2


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2024年6月21日", "2025年6月20日"),
        ("2024.06.04", "2025.06.03"),
        ("2024/1/16 20:10", "2025/1/14 20:10"),
        ("二〇二四年六月十三日", "二〇二五年六月十二日"),
        ("2月29日前", "2月27日前"),
        ("9月15日至17日举办", "9月14日至16日举办"),
        ("2024年度，古街函〔2024〕7号，12月", "2025年度，古街函〔2024〕7号，12月"),
    ],
)
def test_forms_of_dates_that_are_moved(text: str, moved: str):
    assert change_words(text, move_dates(text, dt.date(2024, 6, 1), _DAYS))[0] == moved
