"""Names of files, their order, and which team is called A change no finding."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

from cases import Case
from comparing import agreement, changed, differences, judged, rows

from coordnlp.records import Side, Teams
from coordnlp.stages.ingest import read_dossier

_SWAP = {"A": "B", "B": "A", "<A>": "<B>", "<B>": "<A>"}


def _rename(case: Case, to: Path) -> list[str]:
    """Copy a dossier under meaningless names into shuffled folders; return the names that had to stay."""
    paths = sorted(path for path in case.folder.rglob("*") if path.is_file() and path.name != "teams.toml")
    random.Random(20250110).shuffle(paths)
    dated_by_name = {header.file for header in case.before.headers if header.date_source == "file_name"}
    kept = []
    for ordinal, path in enumerate(paths):
        stays = path.relative_to(case.folder).as_posix() in dated_by_name
        kept += [path.name] if stays else []
        folder = to / f"甲{ordinal % 3}" / f"乙{ordinal % 2}"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / (path.name if stays else f"f{ordinal:02d}{path.suffix}"))
    return kept


def test_renamed_files_give_the_same_findings(case: Case, tmp_path: Path):
    kept = _rename(case, tmp_path)
    assert len(kept) <= len(case.documents) / 4
    after = case.run(read_dossier(tmp_path))
    assert differences(rows(case.before), rows(after)) == []


def test_order_of_files_does_not_matter(case: Case):
    shuffled = list(case.read)
    random.Random(7).shuffle(shuffled)
    assert case.run(shuffled) == case.before


def _flip(text: str) -> str:
    return " ".join(_SWAP.get(word, word) for word in text.split(" "))


def _exchange(teams: Teams) -> Teams:
    first, second = teams.teams
    ours: Side | None = None if teams.ours is None else "B" if teams.ours == "A" else "A"
    return replace(teams, teams=(replace(second, id="A"), replace(first, id="B")), ours=ours)


def test_exchanged_teams_flip_directions_and_nothing_else(case: Case):
    after = case.run(case.read, teams=_exchange(case.teams))
    flipped = changed(rows(case.before), _flip)
    assert differences(rows(case.before), rows(after)) != []
    assert differences(flipped, rows(after)) == []


def test_exchanged_teams_hardly_change_what_passages_do(case: Case):
    after = case.run(case.read, teams=_exchange(case.teams))
    assert judged(case.before)
    assert agreement(judged(case.before), judged(after)) >= 0.9
