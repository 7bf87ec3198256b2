"""Count what gaps in the folder do to claims of silence: papers taken out, replies turned into scans, nothing changed.

Usage: PYTHONPATH=pipeline python benchmarks/coverage.py DOSSIER...

Taken out: one side's papers of 91 days, at up to four places of each side. Scan: every second answering document.
Counted are the requests that those papers had touched and that are now open and due: how many are `cannot_tell`, and
how many are held against somebody (`gap`). Untouched: rows of requests, and what is no row for a hole alone.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from coordnlp.analysis import analyse
from coordnlp.gold.records import load_gold
from coordnlp.nlp import load_nlp
from coordnlp.records import Document, Dossier, Life, Side, Skipped
from coordnlp.stages.ingest import read_dossier
from coordnlp.stages.ingest.skips import skip_file
from coordnlp.teams import load_teams

QUARTER = dt.timedelta(days=91)
PLACES = 4
SIDES: tuple[Side, ...] = ("A", "B")
OPEN = ("unanswered", "acknowledged", "partial")
HOLE = "可能没有收全"

Read = Sequence[Document | Skipped]
Run = Callable[[Read], Dossier]


def main() -> None:
    """Print the counts of each dossier, and of all."""
    nlp, total = load_nlp(), Counter[str]()
    for folder in map(Path, sys.argv[1:]):
        as_of = dt.date.fromisoformat(load_gold(folder).as_of)
        teams, read = load_teams(folder / "corpus/teams.toml"), read_dossier(folder / "corpus")

        def run(papers: Read) -> Dossier:
            return analyse(folder.name, papers, teams, as_of=as_of, nlp=nlp)  # noqa: B023 - called in this turn only

        before = run(read)
        counts = taken_out(before, read, run) + scanned(before, read, run) + untouched(before)
        print(folder.name, dict(counts))
        total += counts
    print("all", dict(total))


def taken_out(before: Dossier, read: Read, run: Run) -> Counter[str]:
    """Count what becomes of the requests that a side's papers of a quarter had touched."""
    counts = Counter[str]()
    for side in SIDES:
        for gone in quarters(before, side):
            after = run(without(read, before, gone))
            owing = {request.id for request in after.requests if request.responsible == side}
            counts += verdicts("taken out", touched(before, gone) & owing, after)
    return counts


def scanned(before: Dossier, read: Read, run: Run) -> Counter[str]:
    """Count what becomes of the requests that a document had touched which is now a scan."""
    counts = Counter[str]()
    files = {header.id: header.file for header in before.headers}
    for document in sorted({event.document for event in before.events if event.type == "answer"})[::2]:
        scan = skip_file(f"{files[document].rpartition('.')[0]}.pdf", "no_text", "")
        after = run([*without(read, before, {document}), scan])
        affected = touched(before, {document})
        counts += verdicts("scan", affected, after)
        counts["scan: named"] += sum(scan.file in due_lives(after)[id].why for id in affected & set(due_lives(after)))
    return counts


def untouched(before: Dossier) -> Counter[str]:
    """Count rows of requests, and requests that are none for a hole alone."""
    verdict = Counter(life.verdict for life in before.lives)
    doubted = [life.why for life in before.lives if life.verdict == "cannot_tell"]
    alone = sum(why.endswith(HOLE) and "；" not in why for why in doubted)
    return Counter({"untouched: rows": verdict["gap"], "untouched: lost to holes": alone})


def verdicts(label: str, requests: set[str], after: Dossier) -> Counter[str]:
    """Count the verdicts of those requests that are open and due."""
    lives = due_lives(after)
    found = [lives[id] for id in requests & set(lives)]
    counts = Counter(f"{label}: {life.verdict}" for life in found)
    counts[f"{label}: by the hole alone"] += sum(life.why.endswith(HOLE) and "；" not in life.why for life in found)
    return counts


def quarters(before: Dossier, side: Side) -> list[set[str]]:
    """Return the papers of a side in 91 days at up to four places, never its first or last paper."""
    own = sorted((dt.date.fromisoformat(h.date), h.id) for h in before.headers if h.sender == side and h.date)
    found = [{id for day, id in own if start < day <= start + QUARTER} for start, _ in own[:-1]]
    inner = [one for one in found if len(one) > 1 and own[-1][1] not in one]
    return inner[:: max(1, len(inner) // PLACES)][:PLACES]


def without(read: Read, before: Dossier, documents: set[str]) -> list[Document | Skipped]:
    """Return what was read, less these documents and what came with them."""
    files = {header.file for header in before.headers if header.id in documents}
    return [one for one in read if not {one.file, getattr(one, "parent", "")} & files]


def touched(dossier: Dossier, documents: set[str]) -> set[str]:
    """Return the requests that something in these documents happened to, and that were not asked in them."""
    source = {request.id: request.document for request in dossier.requests}
    return {e.request for e in dossier.events if e.document in documents and source[e.request] not in documents}


def due_lives(dossier: Dossier) -> dict[str, Life]:
    """Return the lives of open requests whose time is over."""
    return {life.request: life for life in dossier.lives if life.status in OPEN and life.verdict != "pending"}


if __name__ == "__main__":
    main()
