"""Run dossiers that have gold, and lay what was found beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coordnlp.analysis import Scorers, analyse, load_scorers
from coordnlp.encoders import load_encoder
from coordnlp.errors import NothingReadableError
from coordnlp.evaluation.alignment import Alignment, Data
from coordnlp.evaluation.counting import count
from coordnlp.evaluation.figures import Counts, pool
from coordnlp.evaluation.mistakes import Mistake, list_mistakes
from coordnlp.features import Encoder
from coordnlp.gold.records import Gold, load_gold
from coordnlp.nlp import Models, load_nlp, set_models
from coordnlp.records import Document, Dossier, Skipped, Teams
from coordnlp.report.jsonl import data_files
from coordnlp.stages.ingest import read_dossier
from coordnlp.taxonomy import load_taxonomy
from coordnlp.teams import find_teams_file, load_teams
from coordnlp.training import fit_scorers
from coordnlp.training.dossiers import judge_again
from coordnlp.training.judges import fit_judges
from coordnlp.training.material import annotate_read, read_sets
from coordnlp.training.passages import label_passages
from coordnlp.training.problems import load_recipes

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True)
class Evaluation:
    """How well runs agree with gold: counts by dossier, pooled ones, and every mistake, the costliest kinds first."""

    by_dossier: Mapping[str, Counts]
    pooled: Counts
    mistakes: Sequence[Mistake]


@dataclass(frozen=True, slots=True)
class _Graded:
    """A dossier with gold as it was read."""

    name: str
    folder: Path
    gold: Gold
    read: Sequence[Document | Skipped]
    teams: Teams | None


def evaluate(
    folders: Sequence[Path],
    *,
    leave_one_out: bool,
    encoder_name: str = "",
    on_stage: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Run every dossier as of the day that its gold names, and compare.

    Args:
        folders: Each holds `corpus/` and `gold.json`.
        leave_one_out: Fit weights and classifiers anew for each dossier, on others; thresholds serve all of them.
        encoder_name: A sentence-transformers model by folder or name; '' compares by characters alone.

    Raises:
        NothingReadableError: A folder holds no corpus.
        ConfigurationError: A gold or teams file is missing or broken, or weights are to be fitted without the extra
            `train`.
    """
    encoder = load_encoder(encoder_name) if encoder_name else None
    graded = [_read(folder) for folder in folders]
    nlp = load_nlp()
    fitted = _fit_without_each(graded, nlp, encoder, on_stage) if leave_one_out else {}
    compared = []
    for one in graded:
        on_stage(one.name)
        if leave_one_out:
            scorers, models = fitted[one.name]
            set_models(nlp, models)
        else:
            scorers = load_scorers()
        compared.append(_compare(one, scorers, nlp, encoder))
    counts = {one.name: count(one) for one in compared}
    mistakes = [mistake for one in compared for mistake in list_mistakes(one)]
    return Evaluation(counts, pool(list(counts.values())), mistakes)


def _read(folder: Path) -> _Graded:
    corpus = folder / "corpus"
    if not corpus.is_dir():
        raise NothingReadableError(f"{folder} 里没有 corpus 文件夹。", "请给出带 corpus 和 gold.json 的卷宗文件夹。")
    file = find_teams_file(corpus)
    teams = load_teams(file) if file else None
    return _Graded(folder.resolve().name, folder.resolve(), load_gold(folder), read_dossier(corpus), teams)


def _fit_without_each(
    graded: Sequence[_Graded], nlp: Language, encoder: Encoder | None, on_stage: Callable[[str], None]
) -> dict[str, tuple[Scorers, Models]]:
    """Return scorers and models by dossier, fitted on the others and on the sets that lie beside the dossiers."""
    set_models(nlp, None)
    annotated = []
    for one in graded:
        on_stage(f"学习 {one.name}")
        read = annotate_read(one.name, one.gold, one.read, one.teams, nlp)
        annotated.append(replace(read, encoder=encoder))
    taxonomy = load_taxonomy()
    rows = [row for one in annotated for row in label_passages(one)]
    rows += [row for folder in sorted({one.folder.parent for one in graded}) for row in read_sets(folder, nlp)]
    judges = fit_judges(rows, [one.name for one in annotated], load_recipes(), taxonomy, on_stage=on_stage).without
    on_stage("学习 requests")
    fitted = fit_scorers([judge_again(one, judges[one.name], taxonomy) for one in annotated])
    return {one.name: (fitted.without[one.name], judges[one.name]) for one in annotated}


def _compare(one: _Graded, scorers: Scorers, nlp: Language, encoder: Encoder | None) -> Alignment:
    day = dt.date.fromisoformat(one.gold.as_of)
    found = analyse(one.name, one.read, one.teams, as_of=day, nlp=nlp, scorers=scorers, encoder=encoder)
    return Alignment(one.name, one.gold, data_of(found))


def data_of(dossier: Dossier) -> Data:
    """Return the records that a run of a dossier would write to `data/`."""
    return {stem: list(records) for stem, records in data_files(dossier, lambda _: "new").items()}
