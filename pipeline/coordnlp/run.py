"""The order of the stages: the only module that knows it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from coordnlp.dates import WorkCalendar
from coordnlp.encoders import load_encoder
from coordnlp.errors import NothingReadableError
from coordnlp.features import Encoder
from coordnlp.features.lookup import index_dossier
from coordnlp.judgements import (
    FILE_NAME,
    Edit,
    append_judgements,
    correct_records,
    decide_rows,
    judge_edits,
    load_judgements,
    load_review_words,
    move_threshold,
    settle_rulings,
    show_rows,
)
from coordnlp.names import Names, load_voices
from coordnlp.nlp import load_nlp, set_taxonomy
from coordnlp.places import word_places
from coordnlp.records import Document, Dossier, Gap, Judgement, ReportLanguage, Skipped, Teams, TeamsProposal
from coordnlp.report import Written, check_writable, describe_run, read_edits, redact, repair, write_outputs
from coordnlp.settings import load_settings
from coordnlp.stages.annotations import annotate_passages
from coordnlp.stages.asks import AskTable, find_requests, load_ask_table
from coordnlp.stages.coverage import doubt_requests, load_doubt_words, take_stock
from coordnlp.stages.disagreements import IssueScorer, find_issues, load_issue_scorer
from coordnlp.stages.doubles import fold_doubles
from coordnlp.stages.gaps import find_gaps
from coordnlp.stages.indicators import compute_indicators
from coordnlp.stages.ingest import DossierFolder, find_dossiers, read_dossier
from coordnlp.stages.links import Linking, link_requests, load_linking
from coordnlp.stages.lives import ClaimTable, load_claim_table, settle_requests
from coordnlp.stages.markings import find_markings, hold_back
from coordnlp.stages.measures import StatusTable, assess_measures, load_status_table
from coordnlp.stages.parse import parse_dossier
from coordnlp.stages.parties import propose_teams
from coordnlp.stages.registers import apply_receipts, read_registers
from coordnlp.stages.surroundings import ActLook, load_act_look, look_again
from coordnlp.taxonomy import Taxonomy, load_taxonomy, word_taxonomy
from coordnlp.teams import find_teams_file, load_teams, no_teams

if TYPE_CHECKING:
    from spacy.language import Language

OnStage = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scorers:
    """The weights that a run judges by; training fits others."""

    acts: ActLook
    asks: AskTable
    links: Linking
    claims: ClaimTable
    issues: IssueScorer
    measures: StatusTable


def load_scorers() -> Scorers:
    """Load the weights that ship."""
    return Scorers(
        load_act_look(),
        load_ask_table(),
        load_linking(),
        load_claim_table(),
        load_issue_scorer(),
        load_status_table(),
    )


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
        claims, moved = _claims(known, [edit for edit in edits if edit.dossier == folder.name])
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
        raise NothingReadableError(f"{corpus} 里没有读得出来的文件。", _first_details(skipped) or notes_)
    on_stage("写结果")
    dossiers = tuple(map(redact, dossiers)) if redacted else dossiers
    about = describe_run(dossiers, load_settings(), redacted=redacted, encoder=encoder_name)
    written = write_outputs(out, dossiers, about, language)
    return Outcome(dossiers, replace(written, notes=(*notes, *clashes, *written.notes)))


def _first_details(read: Sequence[Document | Skipped]) -> str:
    skipped = [one for one in read if isinstance(one, Skipped)]
    return "".join(f"\n  {one.file}：{one.detail}" for one in skipped[:5]).strip()


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
    with _timed(timings, "读文件", on_stage):
        read = read_dossier(folder.path)
    day = as_of or (dt.date.fromisoformat(teams.as_of) if teams and teams.as_of else dt.date.today())
    if not nlp:
        with _timed(timings, "装词典", on_stage):
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


def _claims(known: Sequence[Judgement], edits: Sequence[Edit]) -> tuple[ClaimTable, tuple[str, ...]]:
    """Return the weights of claims with the threshold that this dossier's verdicts ask for, and a note if it moved."""
    table = load_claim_table()
    threshold, count = move_threshold(table.threshold, known, edits, load_review_words())
    if threshold == table.threshold:
        return table, ()
    note = f"照 {count} 条“确认”“误报”，列入缺口的把握界限由 {table.threshold:.3f} 调到 {threshold:.3f}"
    return table.model_copy(update={"threshold": threshold}), (note,)


@dataclass(frozen=True, slots=True)
class Sifted:
    """The papers to analyse, each once; what was set aside; and the highest 密级 among the papers, '' for none."""

    documents: list[Document]
    skipped: list[Skipped]
    marking: str


def sift(read: Sequence[Document | Skipped], *, include_marked: bool = False) -> Sifted:
    """Fold what holds the same paper, and hold back what is marked, before anything is made of them."""
    copies = [one for one in read if isinstance(one, Document)]
    documents, doubles = fold_doubles(copies, load_settings())
    documents, held, marking = hold_back(documents, find_markings(copies), include_marked=include_marked)
    return Sifted(documents, [*(one for one in read if isinstance(one, Skipped)), *doubles, *held], marking)


def propose(name: str, sifted: Sifted) -> TeamsProposal:
    """Return who the two teams seem to be.

    Raises:
        ConfigurationError: Nothing passed between two units.
        NothingReadableError: There is nothing that can be read.
    """
    if not sifted.documents:
        raise NothingReadableError(f"卷宗 {name} 里没有读得出来的文件。", _first_details(sifted.skipped))
    proposal = propose_teams(sifted.documents)
    if proposal.teams is None:
        raise no_teams(name, proposal.questions)
    return proposal


def analyse(
    name: str,
    read: Sequence[Document | Skipped],
    teams: Teams | None,
    *,
    as_of: dt.date,
    nlp: Language,
    scorers: Scorers | None = None,
    taxonomy: Taxonomy | None = None,
    on_stage: OnStage = lambda _: None,
    timings: dict[str, float] | None = None,
    include_marked: bool = False,
    language: ReportLanguage = "zh",
    encoder: Encoder | None = None,
) -> Dossier:
    """Run all stages after reading on one dossier.

    Args:
        read: What the reading stage gave, in any order.
        teams: None proposes them from the papers.
        scorers: The weights to judge by; None takes those that ship.
        taxonomy: The measures to assess; None takes those that ship.
        timings: Filled with seconds a stage.
        include_marked: Analyse papers with a 密级 mark, too.
        language: Of rows, names of measures and labels of places.
        encoder: Takes part in the similarity of texts; None compares by characters alone.

    Raises:
        ConfigurationError: `teams` is None, and nothing passed between two units.
        NothingReadableError: `teams` is None, and there is nothing that can be read.
    """
    timings = {} if timings is None else timings
    scorers = scorers or load_scorers()
    settings, voices, calendar = load_settings(), load_voices(), WorkCalendar()
    with _timed(timings, "找重复", on_stage):
        sifted = sift(read, include_marked=include_marked)
    proposal: TeamsProposal | None = None
    if teams is None:
        with _timed(timings, "认双方", on_stage):
            proposal = propose(name, sifted)
            # `propose` raises where there are none.
            teams = cast(Teams, proposal.teams)
    with _timed(timings, "认文件", on_stage):
        everything, names = parse_dossier(sifted.documents, teams)
        parsed = [one for one in everything if one.header.date <= as_of.isoformat()]
        entries = read_registers(parsed, names, teams.ours)
        parsed = apply_receipts(parsed, entries)
    with _timed(timings, "读句子", on_stage):
        annotations = annotate_passages(parsed, names, voices, nlp, calendar)
    with _timed(timings, "找事项", on_stage):
        found = find_requests(parsed, annotations, names, voices, teams, settings, scorers.asks)
    lookup = index_dossier(parsed, annotations, encoder)
    with _timed(timings, "对答复", on_stage):
        linked = link_requests(lookup, found, names, settings, scorers.links)
        requests, events, ties = linked.requests, linked.events, linked.ties
        # What stages go by are the acts of the first look, on which they were fitted; what is told is the second.
        reread = look_again(parsed, annotations, requests, linked.bearings, scorers.acts)
    with _timed(timings, "理分歧", on_stage):
        issues = find_issues(lookup, requests, events, names, scorers.issues)
    with _timed(timings, "定状态", on_stage):
        unsure = proposal is not None and proposal.confidence < settings.parties.accuse
        coverage = take_stock(parsed, sifted.skipped, entries, names, settings, complete=teams.complete)
        doubts = doubt_requests(
            requests, events, coverage, parsed, names=names, teams=teams, settings=settings, language=language
        )
        # Nobody may be held to anything where the two teams are an unsure guess: a wrong pair falsifies every row.
        doubts |= {request.id: load_doubt_words(language).unconfirmed for request in requests if unsure}
        lives = settle_requests(parsed, requests, events, ties, doubts, as_of, settings, scorers.claims, language)
    with _timed(timings, "评措施", on_stage):
        indicators = compute_indicators(
            parsed,
            annotations,
            requests,
            events,
            lives,
            issues,
            teams=teams,
            names=names,
            as_of=as_of,
            language=language,
        )
        known = word_taxonomy(taxonomy or load_taxonomy(), language)
        measures = assess_measures(parsed, annotations, indicators, coverage, known, scorers.measures)
    absent = _absent(teams, [one.document for one in parsed], names) if proposal is None else []
    later = sorted(one.header.file for one in everything if one.header.date > as_of.isoformat())
    whole = Dossier(
        name=name,
        as_of=as_of.isoformat(),
        teams=teams,
        documents=tuple(word_places(one.document, language) for one in parsed),
        headers=tuple(one.header for one in parsed),
        passages=tuple(passage for one in parsed for passage in one.passages),
        annotations=tuple(reread.values()),
        requests=tuple(requests),
        events=tuple(events),
        ties=tuple(ties),
        lives=tuple(lives),
        issues=tuple(issues),
        gaps=(),
        skipped=tuple(sorted(sifted.skipped, key=lambda one: one.file)),
        measures=tuple(measures),
        indicators=tuple(indicators),
        coverage=coverage,
        proposal=proposal,
        marking=sifted.marking,
        notes=tuple(_notes(absent, later, as_of, [one.document for one in parsed])),
        claim_threshold=scorers.claims.threshold,
        language=language,
        timings=tuple(timings.items()),
    )
    return whole if unsure else replace(whole, gaps=tuple(find_gaps(whole)))


def review(dossier: Dossier, folder: Path, known: Sequence[Judgement], edits: Sequence[Edit]) -> Dossier:
    """Store what reviewers changed in the sheets of the last run, and let every judgement of the dossier hold.

    What cannot be stored does not hold yet: it stays in the sheet, and the next run tries again.

    Args:
        folder: Of the dossier; `judgements.jsonl` lies in it.
        known: What is in that file.
        edits: Of all dossiers.
    """
    if not known and not edits:
        return dossier
    words = load_review_words()
    possible = _possible_rows(dossier)
    ids = {gap.id for gap in possible} | {one.shown.gap for one in known}
    own = [edit for edit in edits if edit.dossier == dossier.name or (not edit.dossier and edit.shown.gap in ids)]
    new, unread = judge_edits(own, known, list(show_rows(possible, dossier)), dossier, words)
    try:
        append_judgements(folder, new)
    except OSError as error:
        why = error.strerror or str(error)
        unread = [*unread, f"复核意见没能存进 {FILE_NAME}（{why}），仍在表里；请检查该文件夹的权限，再运行一次"]
        new = []
    judged = judge(dossier, [*known, *new], possible)
    return replace(judged, notes=(*judged.notes, *unread))


def judge(dossier: Dossier, judgements: Sequence[Judgement], possible: Sequence[Gap] | None = None) -> Dossier:
    """Return a dossier as people have judged it; where the two teams are an unsure guess, nothing is done.

    Args:
        judgements: Of this dossier, oldest first.
        possible: Its rows and those that only doubt keeps away; None works them out.
    """
    if not judgements or _is_unsure(dossier):
        return dossier
    possible = _possible_rows(dossier) if possible is None else possible
    rulings = settle_rulings(judgements, possible, dossier, load_review_words())
    corrected = correct_records(dossier, rulings)
    return decide_rows(replace(corrected, gaps=tuple(find_gaps(corrected))), rulings)


def _possible_rows(dossier: Dossier) -> list[Gap]:
    """Return the rows that there are, and those that only doubt keeps from the dashboard."""
    lives = (replace(life, verdict="gap") if life.verdict == "cannot_tell" else life for life in dossier.lives)
    return find_gaps(replace(dossier, lives=tuple(lives)))


def _is_unsure(dossier: Dossier) -> bool:
    return dossier.proposal is not None and dossier.proposal.confidence < load_settings().parties.accuse


def _notes(absent: Sequence[str], later: Sequence[str], as_of: dt.date, documents: Sequence[Document]) -> Iterator[str]:
    """Say which teams no paper mentions, which papers are dated after the day, and what was or was not recognised."""
    yield from (f"名单里的{name}在文书里一次也没有出现，请核对 teams.toml 里的名称和叫法" for name in absent)
    yield from (f"{file}：日期在统计日 {as_of.isoformat()} 之后，未计入" for file in later)
    scans = [one for one in documents if one.scanned or one.unread]
    yield from (f"{one.file}：{note}" for one in scans[:_SCANS_TOLD] for note in one.notes)
    if len(scans) > _SCANS_TOLD:
        yield f"另有 {len(scans) - _SCANS_TOLD} 份文书有扫描的页面，说明见 data/documents.jsonl 的 notes"


def _absent(teams: Teams, documents: Sequence[Document], names: Names) -> list[str]:
    """Return the names of teams that no paper mentions: the list may be another dossier's."""
    sought: set[str] = {"A", "B"} if documents else set()
    for document in documents:
        sought -= {mention.party for mention in names.find(document.plain) if mention.party}
        if not sought:
            break
    return [teams.name(side) for side in ("A", "B") if side in sought]


# Papers with scanned pages whose notes are told on the screen and in the report.
_SCANS_TOLD = 20


@contextmanager
def _timed(timings: dict[str, float], stage: str, on_stage: OnStage) -> Iterator[None]:
    on_stage(stage)
    begin = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + time.perf_counter() - begin
