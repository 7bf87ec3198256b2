"""The ledger: papers read and papers known but unseen, by month and party."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from coordnlp.names import Names
from coordnlp.records import Coverage, Month, Parsed, Party, RegisterEntry, Skipped, Unseen
from coordnlp.settings import Settings
from coordnlp.stages.coverage.silences import find_silences
from coordnlp.stages.coverage.unseen import find_unseen

_PARTIES: tuple[Party, ...] = ("A", "B", "AB", "X")


def take_stock(
    parsed: Sequence[Parsed],
    skipped: Sequence[Skipped],
    entries: Sequence[RegisterEntry],
    names: Names,
    settings: Settings,
    *,
    as_of: dt.date,
    complete: bool = False,
) -> Coverage:
    """Return what the dossier holds, what it is known to lack, and where a party's papers seem to be missing.

    Args:
        parsed: In order of date, none later than the as-of date.
        skipped: Files that were not read; doubles, temporary and empty ones tell of nothing missing.
        entries: Lines of the registers in the dossier.
        as_of: The day on which the dossier is looked at.
        complete: A person vouches that nothing is missing: no stretch is taken for a gap in the folder. Files that were
            not read, and papers that a register or another paper names, are missing all the same.
    """
    unseen = find_unseen(parsed, skipped, entries, names)
    return Coverage(
        months=tuple(_months(parsed, unseen)),
        unseen=tuple(unseen),
        silences=() if complete else tuple(find_silences(parsed, unseen, settings.coverage, until=as_of)),
    )


def _months(parsed: Sequence[Parsed], unseen: Sequence[Unseen]) -> Iterator[Month]:
    """Yield every month from the first to the last paper, for both teams also where it is empty."""
    read: Counter[tuple[str, Party]] = Counter()
    for one in parsed:
        if one.header.date:
            read[one.header.date[:7], one.header.sender or "X"] += 1
    missed = Counter((one.date[:7], one.party or "X") for one in unseen if one.date)
    months = sorted({month for month, _ in (*read, *missed)})
    for month in _every_month(months[0], months[-1]) if months else ():
        for party in _PARTIES:
            key = (month, party)
            if party in ("A", "B") or read[key] or missed[key]:
                yield Month(month, party, read[key], missed[key])


def _every_month(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:])
    while (text := f"{year:04}-{month:02}") <= last:
        yield text
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
