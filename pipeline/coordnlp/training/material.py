"""All that the classifiers are fitted on: the dossiers of a folder, its contrast sets and its fragments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from coordnlp.analysis import propose, sift
from coordnlp.errors import NothingReadableError
from coordnlp.gold.records import FILE_NAME, Gold, load_gold
from coordnlp.records import Document, Skipped, Teams
from coordnlp.stages.ingest import read_dossier
from coordnlp.teams import find_teams_file, load_teams
from coordnlp.training.dossiers import Annotated, annotate_dossier
from coordnlp.training.passages import Labelled, label_passages
from coordnlp.training.sets import read_contrast, read_fragments

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True)
class Material:
    """Annotated dossiers, and every labelled passage, theirs first."""

    dossiers: Sequence[Annotated]
    rows: Sequence[Labelled]


def read_material(folder: Path, nlp: Language) -> Material:
    """Read training material: sub-folders with `corpus/` and `gold.json`, `contrast/` and `fragments/`.

    Raises:
        NothingReadableError: No sub-folder is a dossier with gold.
        ConfigurationError: A file of it is broken.
    """
    folders = sorted(path.parent for path in folder.glob(f"*/{FILE_NAME}"))
    if not folders:
        raise NothingReadableError(
            f"{folder} 里没有带 gold.json 的卷宗。", "请给出训练材料的文件夹，例如 models/training。"
        )
    dossiers = list(read_dossiers(folders, nlp))
    rows = [row for one in dossiers for row in label_passages(one)]
    return Material(dossiers, [*rows, *read_sets(folder, nlp)])


def read_sets(folder: Path, nlp: Language) -> Iterator[Labelled]:
    """Yield the labelled passages of the contrast sets and fragments of a folder, none where it has none."""
    yield from read_contrast(folder / "contrast", nlp)
    yield from read_fragments(folder / "fragments", nlp)


def read_dossiers(folders: Sequence[Path], nlp: Language) -> Iterator[Annotated]:
    """Yield dossiers with gold, each after the stages that learn nothing from gold."""
    for folder in folders:
        corpus = folder / "corpus"
        file = find_teams_file(corpus)
        teams = load_teams(file) if file else None
        yield annotate_read(folder.resolve().name, load_gold(folder), read_dossier(corpus), teams, nlp)


def annotate_read(
    name: str, gold: Gold, read: Sequence[Document | Skipped], teams: Teams | None, nlp: Language
) -> Annotated:
    """Annotate a dossier with gold as it was read; None for teams proposes them from the papers."""
    sifted = sift(read)
    teams = teams or cast(Teams, propose(name, sifted).teams)
    return annotate_dossier(name, gold, sifted.documents, teams, nlp)
