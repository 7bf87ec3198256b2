"""Count how well senders and voices are told in the invented office folders of the tests.

Usage: PYTHONPATH=pipeline:tests:tests/folders python benchmarks/folders.py [--with-teams] [--wrong] [FOLDER...]

`--with-teams` gives the program the teams of the gold; without it they are found. `--wrong` lists the sentences whose
voice is wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from building import build

from coordnlp.analysis import analyse
from coordnlp.gold.matching import fold
from coordnlp.nlp import load_nlp
from coordnlp.records import Document, Dossier, Member, Side, Team, Teams
from coordnlp.stages.ingest import read_dossier
from coordnlp.teams import find_teams_file, load_teams

FOLDERS = Path(__file__).parents[1] / "tests/folders"


def teams_of(gold: Mapping[str, Any]) -> Teams:
    """Return the teams as gold names them."""

    def team(id: Side) -> Team:
        one = gold["teams"][id]
        members = tuple(Member(*name.split(maxsplit=1)) for name in one.get("members", []))
        return Team(id, one["name"], tuple(one.get("aliases", [])), members, tuple(one.get("domains", [])))

    return Teams((team("A"), team("B")))


def run(folder: Path, gold: Mapping[str, Any], *, with_teams: bool) -> Dossier:
    """Build a folder, read it and run all stages."""
    with tempfile.TemporaryDirectory() as target:
        build(folder, Path(target))
        read = read_dossier(Path(target))
        file = find_teams_file(Path(target))
        teams = teams_of(gold) if with_teams else load_teams(file) if file else None
    return analyse(folder.name, read, teams, as_of=dt.date.fromisoformat(gold["as_of"]), nlp=load_nlp())


def voices(gold: Mapping[str, Any], found: Dossier) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Yield each gold sentence with the party of the passage that holds most of it."""
    documents = {file: document for document in found.documents for file in (document.file, *document.also)}
    ids = {header.file: header.id for header in found.headers}
    for sentence in gold["sentences"]:
        document = documents.get(sentence["file"])
        yield sentence, _voice(document, ids, found, sentence["quote"]) if document else "unread"


def _voice(document: Document, ids: Mapping[str, str], found: Dossier, quote: str) -> str | None:
    wanted = fold(quote)
    best, party = 0, "not found"
    for passage in found.passages:
        if passage.document != ids[document.file] or passage.label:
            continue
        words = fold(document.text[passage.start : passage.end])
        size = len(words) if words in wanted else len(wanted) if wanted in words else 0
        if size > best:
            best, party = size, passage.party
    return party


def main() -> None:
    """Print a line a folder, and the mistakes."""
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    for folder in sorted(path for path in FOLDERS.iterdir() if (path / "gold.json").exists()):
        if names and folder.name not in names:
            continue
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        found = run(folder, gold, with_teams="--with-teams" in sys.argv)
        swap = {"A": "B", "B": "A"} if _is_crossed(gold, found) else {}
        pairs = [(sentence, swap.get(str(party), party)) for sentence, party in voices(gold, found)]
        right = [party in (sentence["party"], sentence.get("or")) for sentence, party in pairs]
        senders = {header.file: swap.get(str(header.sender), header.sender) for header in found.headers}
        named = [one for one in gold["documents"] if one["file"] in senders]
        sent = sum(senders[one["file"]] in (one["from"], one["from"] or "X") for one in named)
        dated = {header.file: header.date for header in found.headers}
        days = sum(dated[one["file"]] == one["date"] for one in named)
        share = f"{sum(right)} of {len(right)} = {sum(right) / len(right):.3f}"
        read = f"documents {len(named)} of {len(gold['documents'])}, sender {sent}, date {days}"
        print(f"{folder.name}: {read}; voice {share}")
        if found.proposal:
            print(f"  {found.teams.teams[0].name} / {found.teams.teams[1].name}: {found.proposal.confidence:.2f}")
        if "--wrong" in sys.argv:
            for one in named:
                told = (senders[one["file"]], dated[one["file"]])
                if told != (one["from"], one["date"]):
                    print(f"  document {one['file']}: {one['from']} {one['date']} found {told}")
            for (sentence, party), fits in zip(pairs, right, strict=True):
                if not fits:
                    print(f"  {sentence['file']}: {sentence['party']} found {party}: {sentence['quote'][:60]}")


def _is_crossed(gold: Mapping[str, Any], found: Dossier) -> bool:
    """Tell whether the run calls A what gold calls B, by who wrote what."""
    senders = {header.file: header.sender for header in found.headers}
    votes = [(one["from"], senders.get(one["file"])) for one in gold["documents"]]
    return sum({a, b} == {"A", "B"} and a != b for a, b in votes) > sum(a == b in ("A", "B") for a, b in votes)


if __name__ == "__main__":
    main()
