"""One run of `coordnlp report`: read the folders, analyse, obey the reviewers, write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coordnlp.analysis import OnStage, analyse, first_details, load_scorers, timed
from coordnlp.encoders import load_encoder
from coordnlp.errors import NothingReadableError
from coordnlp.features import Encoder
from coordnlp.judgements import load_judgements
from coordnlp.nlp import load_nlp, set_taxonomy
from coordnlp.records import Dossier, ReportLanguage
from coordnlp.report import Written, check_writable, describe_run, read_edits, redact, repair, write_outputs
from coordnlp.reviewing import adapt_claims, review
from coordnlp.settings import load_settings
from coordnlp.stages.ingest import DossierFolder, find_dossiers, read_dossier
from coordnlp.stages.lives import ClaimTable
from coordnlp.taxonomy import load_taxonomy
from coordnlp.teams import find_teams_file, load_teams

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, and the files that it wrote."""

    dossiers: tuple[Dossier, ...]
    written: Written


def report(
    corpus: Path,
    out: Path,
    *,
    as_of: dt.date | None,
    teams_file: Path | None,
    on_stage: OnStage,
    include_marked: bool = False,
    language: ReportLanguage = "zh",
    redacted: bool = False,
    encoder_name: str = "",
) -> Outcome:
    """Read every dossier of a corpus folder, find its gaps, and write the outputs.

    Args:
        corpus: Folder with documents, or with folders that hold a `teams.toml` each.
        out: Folder for the results; made if it is not there.
        as_of: Documents dated later count as not yet written; None takes the day that a dossier's `teams.toml` names,
            else today.
        teams_file: Takes the place of each dossier's own `teams.toml`. Without any the teams are proposed from the
            papers, and where that is not sure enough nothing is held against anybody.
        on_stage: Called with the name of each step as it begins.
        include_marked: Analyse papers with a 密级 mark too; every output then carries the highest.
        language: Of what the outputs say beside the documents' own words.
        redacted: Write people's names masked, into a folder of its own.
        encoder_name: A sentence-transformers model of the user's, by folder or name; '' compares by characters alone.

    Raises:
        NothingReadableError: There is no dossier, or none with a document that can be read.
        ConfigurationError: `teams.toml` is broken, or missing where the papers do not tell who the two teams are; or
            the extra `transformers` is not installed.
        ModelError: The encoder cannot be read.
        UsageError: `out` cannot be written to.
    """
    encoder = load_encoder(encoder_name) if encoder_name else None
    notes = check_writable(out, language, redacted=redacted)
    repair(out)
    folders = find_dossiers(corpus)
    if not folders:
        raise NothingReadableError(f"{corpus} 里没有文件。", "请把会议纪要和往来函件放进去，再运行一次。")
    edits, clashes = read_edits(out, [folder.name for folder in folders], language)
    nlp: list[Language] = []

    def run(folder: DossierFolder) -> Dossier:
        known, unread = load_judgements(folder.path)
        claims, moved = adapt_claims(known, [edit for edit in edits if edit.dossier == folder.name])
        dossier = _analyse(
            folder,
            as_of=as_of,
            teams_file=teams_file,
            on_stage=on_stage,
            nlp=nlp,
            include_marked=include_marked,
            claims=claims,
            language=language,
            encoder=encoder,
        )
        on_stage("用复核意见")
        reviewed = review(dossier, folder.path, known, edits)
        return replace(reviewed, notes=(*reviewed.notes, *unread, *moved))

    dossiers = tuple(map(run, folders))
    if not any(dossier.documents for dossier in dossiers):
        skipped = [one for dossier in dossiers for one in dossier.skipped]
        notes_ = "\n".join(note for dossier in dossiers for note in dossier.notes)
        raise NothingReadableError(f"{corpus} 里没有读得出来的文件。", first_details(skipped) or notes_)
    on_stage("写结果")
    dossiers = tuple(map(redact, dossiers)) if redacted else dossiers
    about = describe_run(dossiers, load_settings(), redacted=redacted, encoder=encoder_name)
    written = write_outputs(out, dossiers, about, language)
    return Outcome(dossiers, replace(written, notes=(*notes, *clashes, *written.notes)))


def _analyse(
    folder: DossierFolder,
    *,
    as_of: dt.date | None,
    teams_file: Path | None,
    on_stage: OnStage,
    nlp: list[Language],
    include_marked: bool,
    claims: ClaimTable,
    language: ReportLanguage,
    encoder: Encoder | None,
) -> Dossier:
    file = find_teams_file(folder.path, teams_file)
    teams = load_teams(file) if file else None
    taxonomy = load_taxonomy(folder.path)
    timings: dict[str, float] = {}
    with timed(timings, "读文件", on_stage):
        read = read_dossier(folder.path)
    day = as_of or (dt.date.fromisoformat(teams.as_of) if teams and teams.as_of else dt.date.today())
    if not nlp:
        with timed(timings, "装词典", on_stage):
            nlp.append(load_nlp())
    set_taxonomy(nlp[0], taxonomy)
    return analyse(
        folder.name,
        read,
        teams,
        as_of=day,
        nlp=nlp[0],
        scorers=replace(load_scorers(), claims=claims),
        taxonomy=taxonomy,
        on_stage=on_stage,
        timings=timings,
        include_marked=include_marked,
        language=language,
        encoder=encoder,
    )
