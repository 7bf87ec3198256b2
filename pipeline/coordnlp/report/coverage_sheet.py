"""The sheet of what the folder holds: a row for every month and party, with the papers known to be missing."""

from __future__ import annotations

from collections.abc import Iterator

from coordnlp.records import Coverage, Dossier, Party
from coordnlp.report.labels import Column, Labels
from coordnlp.report.sheets import Cells

COVERAGE_COLUMNS: tuple[Column, ...] = ("month", "party", "read", "unseen", "detail")


def coverage_rows(dossier: Dossier, labels: Labels) -> Iterator[Cells]:
    """Yield the ledger of one dossier by month and party; papers of no known date stand at the end."""
    coverage = dossier.coverage
    for month in coverage.months:
        details = [
            *_missing(coverage, month.month, month.party, labels),
            *_silent(coverage, month.month, month.party, labels),
        ]
        yield {
            "dossier": dossier.name,
            "month": month.month,
            "party": labels.party(month.party, dossier.teams),
            "read": month.read,
            "unseen": month.unseen,
            "detail": labels.phrases.clause_separator.join(details),
        }
    for party in dict.fromkeys(one.party for one in coverage.unseen if not one.date):
        names = list(_missing(coverage, "", party, labels))
        yield {
            "dossier": dossier.name,
            "month": labels.phrases.undated,
            "party": labels.party(party, dossier.teams) or labels.phrases.unknown_party,
            "read": 0,
            "unseen": len(names),
            "detail": labels.phrases.clause_separator.join(names),
        }


def _missing(coverage: Coverage, month: str, party: Party | None, labels: Labels) -> Iterator[str]:
    for one in coverage.unseen:
        # The ledger counts a dated paper of an unknown writer among the others.
        writer = one.party or ("X" if one.date else None)
        if one.date[:7] == month and writer == party:
            is_titled = one.title and one.kind == "registered" and one.title != one.name
            name = labels.phrases.titled.format(name=one.name, title=one.title) if is_titled else one.name
            yield labels.unseen_kinds[one.kind].format(name=name)


def _silent(coverage: Coverage, month: str, party: Party, labels: Labels) -> Iterator[str]:
    for silence in coverage.silences:
        if silence.party == party and silence.start[:7] <= month <= silence.end[:7]:
            yield labels.phrases.silence.format(start=silence.start, end=silence.end)
