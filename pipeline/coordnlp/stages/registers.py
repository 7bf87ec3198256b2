"""Registers of letters in and out (收发文登记簿): which papers there are, and when they came in."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coordnlp.dates import read_date
from coordnlp.ids import normalise
from coordnlp.layout.grids import Grid, Row, read_grids
from coordnlp.layout.lexicon import find_numbers, normalise_number
from coordnlp.layout.lines import split_lines
from coordnlp.layout.prefixes import learn_prefixes, party_of_number
from coordnlp.names import Names
from coordnlp.records import Parsed, Party, RegisterEntry, Side

Direction = Literal["in", "out"]
_OTHER: Mapping[Party, Side] = {"A": "B", "B": "A"}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*[日号]?(?!\d)")
# A title this short fits too many papers.
_SHORTEST_TITLE = 8
# A paper is registered within so many days of its date.
_LONGEST_POST = 45


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a register as it stands there, before it is known whose register it is."""

    document: str
    start: int
    end: int
    direction: Direction
    number: str
    title: str
    dated: str
    registered: str
    unit: Party | None


def read_registers(parsed: Sequence[Parsed], names: Names, ours: Side | None) -> list[RegisterEntry]:
    """Read every line of every register in the dossier.

    Args:
        ours: Whose office keeps the dossier; where it is unknown, the holder is told by whose numbers went out.

    Returns:
        Entries in the order of documents and rows; a line that names several numbers gives one each.
    """
    prefixes = learn_prefixes((one.header.number, one.header.sender) for one in parsed)
    entries: list[RegisterEntry] = []
    for one in parsed:
        lines = list(_read_lines(one, names))
        holder = ours or _holder(lines, prefixes)
        entries += [_entry(line, holder, prefixes) for line in lines]
    return entries


def apply_receipts(parsed: Sequence[Parsed], entries: Sequence[RegisterEntry]) -> list[Parsed]:
    """Set the day of receipt of the documents that a register shows to have come in."""
    receipts: dict[str, str] = {}
    for entry in entries:
        if entry.receipt and (one := find_registered(entry, parsed)):
            receipts.setdefault(one.header.id, entry.receipt)
    return [
        replace(one, header=replace(one.header, receipt=receipts[one.header.id]))
        if one.header.id in receipts and one.header.date <= receipts[one.header.id]
        else one
        for one in parsed
    ]


def find_registered(entry: RegisterEntry, parsed: Sequence[Parsed]) -> Parsed | None:
    """Return the document that a line of a register means: by number, else by title and date; None for two that fit."""
    if entry.number:
        fits = [one for one in parsed if normalise_number(one.header.number) == entry.number]
        return fits[0] if len(fits) == 1 else None
    title = normalise(entry.title)
    if len(title) < _SHORTEST_TITLE:
        return None
    fits = [one for one in parsed if _same_title(title, normalise(one.header.title)) and _near(entry, one)]
    return fits[0] if len(fits) == 1 else None


def _same_title(one: str, other: str) -> bool:
    return len(other) >= _SHORTEST_TITLE and (one in other or other in one)


def _near(entry: RegisterEntry, one: Parsed) -> bool:
    if not entry.date or not one.header.date:
        return False
    days = (dt.date.fromisoformat(entry.date) - dt.date.fromisoformat(one.header.date)).days
    return -1 <= days <= _LONGEST_POST and entry.sender in (None, one.header.sender)


# --- lines ---------------------------------------------------------------------------------------


def _read_lines(one: Parsed, names: Names) -> Iterator[_Line]:
    for grid in read_grids(split_lines(one.document)):
        if grid.is_register:
            yield from _grid_lines(grid, one, names)


def _grid_lines(grid: Grid, one: Parsed, names: Names) -> Iterator[_Line]:
    year = _first_year(grid.title) or _first_year(one.header.title) or _first_year(one.header.file)
    before: dt.date | None = None
    for row in grid.rows:
        received, sent, dated = (_day(row.text(role), year, before) for role in ("received", "sent", "dated"))
        # Where one column says 收 or 发, the only day is that of registration.
        registered = received or sent or (dated if row.text("direction") else None)
        before = registered or dated or before
        direction = _direction(grid, one, row)
        numbers = [found.normalised for found in find_numbers(row.text("number") or row.text("title"))]
        title = row.text("title") or row.text("matter")
        if not (numbers or title) or not direction:
            continue
        places = [line for lines in row.cells.values() for line in lines]
        for number in numbers or [""]:
            yield _Line(
                document=one.header.id,
                start=min(line.start for line in places),
                end=max(line.end for line in places),
                direction=direction,
                number=number,
                title=" ".join(title.split()),
                dated=_iso(dated),
                registered=_iso(registered),
                unit=_unit(row.text("from" if direction == "in" else "to") or row.text("unit"), names),
            )


def _direction(grid: Grid, one: Parsed, row: Row) -> Direction | None:
    """Return whether a row tells of a paper that came in or went out: by its word, by titles, else by what it fills."""
    if word := row.text("direction").strip():
        return "in" if word[0] in "收来" else "out" if word[0] in "发去" else None
    for title in (grid.title, one.header.title, one.header.file.rpartition("/")[2]):
        came, went = bool(re.search("收文|来文|来函", title)), bool(re.search("发文|去文|去函", title))
        if came != went:
            return "in" if came else "out"
    came, went = (
        any(row.text(role) for role in ("received", "from")),
        any(row.text(role) for role in ("sent", "to")),
    )
    return None if came == went else "in" if came else "out"


def _unit(text: str, names: Names) -> Party | None:
    if not text.strip():
        return None
    return names.party(text) or "X"


def _first_year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found.group()) if found else None


def _day(text: str, year: int | None, before: dt.date | None) -> dt.date | None:
    """Return the day in a cell; one without a year (3.5, 3月5日) follows the row before: rows are in order of time."""
    if whole := read_date(text):
        return whole
    found = _DAY.search(text)
    start = before.year if before else year
    if not found or start is None or _YEAR.search(text):
        return None
    try:
        day = dt.date(start, int(found[1]), int(found[2]))
        turned = before is not None and (before - day).days > _LONGEST_POST
        return day.replace(year=start + 1) if turned else day
    except ValueError:
        return None


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


# --- whose register ------------------------------------------------------------------------------


def _holder(lines: Sequence[_Line], prefixes: Mapping[str, Party]) -> Side | None:
    """Return whose register it is: whose numbers went out, or to whom the other side's came in."""
    votes: Counter[Side] = Counter()
    for line in lines:
        party = party_of_number(line.number, prefixes) or line.unit
        if party not in ("A", "B"):
            continue
        own = party == party_of_number(line.number, prefixes) if line.direction == "out" else False
        votes[party if own else _OTHER[party]] += 1
    ranked = votes.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _entry(line: _Line, holder: Side | None, prefixes: Mapping[str, Party]) -> RegisterEntry:
    came = line.direction == "in"
    return RegisterEntry(
        document=line.document,
        start=line.start,
        end=line.end,
        number=line.number,
        title=line.title,
        date=line.dated or line.registered,
        receipt=line.registered if came else "",
        sender=(line.unit or party_of_number(line.number, prefixes)) if came else holder,
        addressee=holder if came else line.unit,
    )
