"""The two teams."""

from __future__ import annotations

from dataclasses import dataclass

from coordnlp.records.labels import Party, Side


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a leadership team or of its office; `post` may be empty."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """One of the two leadership teams, as `teams.toml` names it."""

    id: Side
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teams:
    """The two teams of a dossier; `ours` is the side that the reader of the report belongs to.

    `as_of` is the ISO day on which a closed dossier is looked at, '' for the day of the run. `complete` is True where a
    person vouches that no paper is missing, so that a stretch without papers is silence indeed.
    """

    teams: tuple[Team, Team]
    ours: Side | None = None
    as_of: str = ""
    complete: bool = False

    def name(self, party: Party | None) -> str:
        """Return the name that reports use for a party; `AB` is 双方, `X` 其他单位."""
        names = {team.id: team.name for team in self.teams}
        match party:
            case "A" | "B":
                return names[party]
            case "AB":
                return "双方"
            case "X":
                return "其他单位"
            case None:
                return ""
