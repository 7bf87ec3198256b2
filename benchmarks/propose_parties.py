"""Print how well the two teams are found without `teams.toml`, on dossiers that have one.

Usage: python benchmarks/propose_parties.py DOSSIER/corpus …

First each whole dossier: the pair, members and names against the file. Then random subsets of its papers: how often the
pair is right at each confidence, which is what `settings.parties.accuse` rests on.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from coordnlp.names import gather_names
from coordnlp.records import Document, Teams
from coordnlp.stages.ingest import read_dossier
from coordnlp.stages.parties import propose_teams
from coordnlp.teams import load_teams

SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 18)
TRIALS = 6


def sides_met(proposed: Teams, file: Teams) -> list[set[str]]:
    """Return for each proposed team the sides of the file that its name and people are known as."""
    known = gather_names(file)
    met = []
    for team in proposed.teams:
        people = {known.people[member.name] for member in team.members if member.name in known.people}
        met.append({side for side in (known.party(team.name),) if side} | people)
    return met


def is_right(proposed: Teams, file: Teams) -> bool:
    """Tell whether each proposed team is one team of the file, and they are two."""
    first, second = sides_met(proposed, file)
    return len(first) == len(second) == 1 and first != second


def compare(proposed: Teams, file: Teams, totals: Counter[str]) -> None:
    """Count members found and misplaced, and names of the file that the proposed names make known."""
    first, _ = sides_met(proposed, file)
    teams = {"A": 0, "B": 1} if first == {"A"} else {"A": 1, "B": 0}
    known = gather_names(proposed)
    for team in file.teams:
        mine, other = proposed.teams[teams[team.id]], proposed.teams[1 - teams[team.id]]
        people = {member.name for member in team.members}
        totals["members"] += len(people)
        totals["members found"] += len(people & {member.name for member in mine.members})
        totals["members misplaced"] += len(people & {member.name for member in other.members})
        for name in (team.name, *team.aliases):
            if name[0] not in "我贵你本":
                totals["names"] += 1
                totals["names understood"] += known.party(name) == mine.id
                totals["names misunderstood"] += known.party(name) == other.id


def main(folders: list[str]) -> None:
    """Print the figures of whole dossiers and of subsets."""
    totals: Counter[str] = Counter()
    trials: dict[int, list[bool | None]] = {}
    chance = random.Random(7)
    for folder in map(Path, folders):
        documents = [one for one in read_dossier(folder) if isinstance(one, Document)]
        file = load_teams(folder / "teams.toml")
        whole = propose_teams(documents)
        right = whole.teams is not None and is_right(whole.teams, file)
        print(f"{folder}: {'right' if right else 'WRONG'} at {whole.confidence:.2f}")
        if whole.teams and right:
            compare(whole.teams, file, totals)
        for size in (size for size in SIZES if size <= len(documents)):
            for _ in range(TRIALS):
                part = propose_teams(chance.sample(documents, size))
                verdict = is_right(part.teams, file) if part.teams else None
                trials.setdefault(int(part.confidence * 10), []).append(verdict)
    print(dict(totals))
    for tenth, verdicts in sorted(trials.items()):
        right, wrong, none = (verdicts.count(verdict) for verdict in (True, False, None))
        print(f"confidence {tenth / 10:.1f}: {right} right, {wrong} wrong, {none} without a pair")


if __name__ == "__main__":
    main(sys.argv[1:])
