"""What parties are called in what people read: a team by its name, both and others by `lexicons/party_names.toml`."""

from __future__ import annotations

from functools import cache

from coordnlp.records import Party, ReportLanguage, Teams
from coordnlp.tables import Table, load_table


class PartyNames(Table):
    """`lexicons/party_names.toml`: both teams together, and anyone else."""

    source: str
    AB: str
    X: str


@cache
def load_party_names(language: ReportLanguage) -> PartyNames:
    """Load `lexicons/party_names.toml` or its twin."""
    return load_table("party_names", PartyNames, language)


def name_party(party: Party | None, teams: Teams, language: ReportLanguage) -> str:
    """Return what a party is called, '' for none."""
    match party:
        case "AB":
            return load_party_names(language).AB
        case "X":
            return load_party_names(language).X
        case _:
            return teams.name(party)
