"""The order of the stages on one dossier: the only module that knows it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from coordnlp.dates import WorkCalendar
from coordnlp.errors import NothingReadableError
from coordnlp.features import Encoder
from coordnlp.features.lookup import index_dossier
from coordnlp.names import Names, load_voices
from coordnlp.places import word_places
from coordnlp.records import (
    Annotation,
    Coverage,
    Document,
    Dossier,
    Indicator,
    Issue,
    Life,
    MeasureStatus,
    Parsed,
    RegisterEntry,
    ReportLanguage,
    Skipped,
    Teams,
    TeamsProposal,
)
from coordnlp.settings import Settings, load_settings
from coordnlp.stages.annotations import annotate_passages
from coordnlp.stages.asks import AskTable, find_requests, load_ask_table
from coordnlp.stages.coverage import doubt_requests, load_doubt_words, take_stock
from coordnlp.stages.disagreements import IssueScorer, find_issues, load_issue_scorer
from coordnlp.stages.doubles import fold_doubles
from coordnlp.stages.gaps import find_gaps
from coordnlp.stages.indicators import compute_indicators
from coordnlp.stages.links import Linked, Linking, link_requests, load_linking
from coordnlp.stages.lives import ClaimTable, load_claim_table, settle_requests
from coordnlp.stages.markings import find_markings, hold_back
from coordnlp.stages.measures import StatusTable, assess_measures, load_status_table
from coordnlp.stages.parse import parse_dossier
from coordnlp.stages.parties import propose_teams
from coordnlp.stages.registers import apply_receipts, read_registers
from coordnlp.stages.surroundings import ActLook, load_act_look, look_again
from coordnlp.taxonomy import Taxonomy, load_taxonomy, word_taxonomy
from coordnlp.teams import no_teams

if TYPE_CHECKING:
    from spacy.language import Language

OnStage = Callable[[str], None]
# Papers with scanned pages whose notes are told on the screen and in the report.
_SCANS_TOLD = 20


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
        raise NothingReadableError(f"卷宗 {name} 里没有读得出来的文件。", first_details(sifted.skipped))
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
    rules = _Rules(
        as_of=as_of,
        scorers=scorers or load_scorers(),
        taxonomy=taxonomy or load_taxonomy(),
        settings=load_settings(),
        language=language,
        stage=lambda told: timed(timings, told, on_stage),
    )
    papers = _recognise(name, read, teams, rules, include_marked=include_marked)
    findings = _find(papers, nlp, encoder, rules)
    verdicts = _judge(papers, findings, rules)
    whole = _put_together(name, papers, findings, verdicts, rules)
    whole = whole if papers.unsure(rules.settings) else replace(whole, gaps=tuple(find_gaps(whole)))
    return replace(whole, timings=tuple(timings.items()))


# --- the stages, one behind the other ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rules:
    """What all stages of a run go by; `stage` times a stage while it runs, by what people are told of it."""

    as_of: dt.date
    scorers: Scorers
    taxonomy: Taxonomy
    settings: Settings
    language: ReportLanguage
    stage: Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class _Papers:
    """The papers of a dossier, whose they are, and what registers say of them; `later` are dated after the day."""

    sifted: Sifted
    teams: Teams
    proposal: TeamsProposal | None
    names: Names
    parsed: Sequence[Parsed]
    later: Sequence[str]
    entries: Sequence[RegisterEntry]

    @property
    def documents(self) -> list[Document]:
        """The papers as they were read."""
        return [one.document for one in self.parsed]

    def unsure(self, settings: Settings) -> bool:
        """Tell whether the two teams are a guess, and too unsure a one to hold anything against them."""
        return self.proposal is not None and self.proposal.confidence < settings.parties.accuse


@dataclass(frozen=True, slots=True)
class _Findings:
    """What the papers say: passages as judged at first and once more, requests with what happened to them, issues."""

    annotations: Mapping[str, Annotation]
    reread: Mapping[str, Annotation]
    linked: Linked
    issues: Sequence[Issue]


@dataclass(frozen=True, slots=True)
class _Verdicts:
    """What is to be made of it on the day."""

    coverage: Coverage
    lives: Sequence[Life]
    indicators: Sequence[Indicator]
    measures: Sequence[MeasureStatus]


def _recognise(
    name: str, read: Sequence[Document | Skipped], teams: Teams | None, rules: _Rules, *, include_marked: bool
) -> _Papers:
    """Keep each paper once, tell who the two teams are, and take the papers apart."""
    with rules.stage("找重复"):
        sifted = sift(read, include_marked=include_marked)
    proposal: TeamsProposal | None = None
    if teams is None:
        with rules.stage("认双方"):
            proposal = propose(name, sifted)
            # `propose` raises where there are none.
            teams = cast(Teams, proposal.teams)
    with rules.stage("认文件"):
        everything, names = parse_dossier(sifted.documents, teams)
        day = rules.as_of.isoformat()
        parsed = [one for one in everything if one.header.date <= day]
        later = sorted(one.header.file for one in everything if one.header.date > day)
        entries = read_registers(parsed, names, teams.ours)
        return _Papers(sifted, teams, proposal, names, apply_receipts(parsed, entries), later, entries)


def _find(papers: _Papers, nlp: Language, encoder: Encoder | None, rules: _Rules) -> _Findings:
    """Read the papers: what each passage does, what was asked, what became of it, what the two disagree about."""
    parsed, names, scorers, settings, voices = papers.parsed, papers.names, rules.scorers, rules.settings, load_voices()
    with rules.stage("读句子"):
        annotations = annotate_passages(parsed, names, voices, nlp, WorkCalendar())
    with rules.stage("找事项"):
        found = find_requests(parsed, annotations, names, voices, papers.teams, settings, scorers.asks)
    lookup = index_dossier(parsed, annotations, encoder)
    with rules.stage("对答复"):
        linked = link_requests(lookup, found, names, settings, scorers.links)
        # What stages go by are the acts of the first look, on which they were fitted; what is told is the second.
        reread = look_again(parsed, annotations, linked.requests, linked.bearings, scorers.acts)
    with rules.stage("理分歧"):
        issues = find_issues(lookup, linked.requests, linked.events, names, scorers.issues)
    return _Findings(annotations, reread, linked, issues)


def _judge(papers: _Papers, findings: _Findings, rules: _Rules) -> _Verdicts:
    """Settle what is open on the day, and how the two coordinate."""
    parsed, names, teams, linked = papers.parsed, papers.names, papers.teams, findings.linked
    settings, language = rules.settings, rules.language
    requests, events = linked.requests, linked.events
    with rules.stage("定状态"):
        coverage = take_stock(
            parsed,
            papers.sifted.skipped,
            papers.entries,
            names,
            settings,
            as_of=rules.as_of,
            complete=teams.complete,
        )
        doubts = doubt_requests(
            requests, events, coverage, parsed, names=names, teams=teams, settings=settings, language=language
        )
        if papers.unsure(settings):
            # Nobody may be held to anything where the two teams are an unsure guess: a wrong pair falsifies every row.
            doubts |= dict.fromkeys((one.id for one in requests), load_doubt_words(language).unconfirmed)
        claims = rules.scorers.claims
        lives = settle_requests(
            parsed, requests, events, linked.ties, linked.closings, doubts, rules.as_of, settings, claims, language
        )
    with rules.stage("评措施"):
        indicators = compute_indicators(
            parsed,
            findings.annotations,
            requests,
            events,
            lives,
            findings.issues,
            teams=teams,
            names=names,
            as_of=rules.as_of,
            language=language,
        )
        known = word_taxonomy(rules.taxonomy, language)
        measures = assess_measures(parsed, findings.annotations, indicators, coverage, known, rules.scorers.measures)
    return _Verdicts(coverage, lives, indicators, measures)


def _put_together(name: str, papers: _Papers, findings: _Findings, verdicts: _Verdicts, rules: _Rules) -> Dossier:
    """Return all that is known of a dossier, without gaps and timings."""
    parsed, linked = papers.parsed, findings.linked
    return Dossier(
        name=name,
        as_of=rules.as_of.isoformat(),
        teams=papers.teams,
        documents=tuple(word_places(one, rules.language) for one in papers.documents),
        headers=tuple(one.header for one in parsed),
        passages=tuple(passage for one in parsed for passage in one.passages),
        annotations=tuple(findings.reread.values()),
        requests=tuple(linked.requests),
        events=tuple(linked.events),
        ties=tuple(linked.ties),
        lives=tuple(verdicts.lives),
        issues=tuple(findings.issues),
        gaps=(),
        skipped=tuple(sorted(papers.sifted.skipped, key=lambda one: one.file)),
        measures=tuple(verdicts.measures),
        indicators=tuple(verdicts.indicators),
        coverage=verdicts.coverage,
        proposal=papers.proposal,
        marking=papers.sifted.marking,
        notes=tuple(_notes(papers, rules.as_of)),
        claim_threshold=rules.scorers.claims.threshold,
        language=rules.language,
    )


def _notes(papers: _Papers, as_of: dt.date) -> Iterator[str]:
    """Say which teams no paper mentions, which papers are dated after the day, and what was or was not recognised."""
    absent = _absent(papers.teams, papers.documents, papers.names) if papers.proposal is None else []
    yield from (f"名单里的{name}在文书里一次也没有出现，请核对 teams.toml 里的名称和叫法" for name in absent)
    yield from (f"{file}：日期在统计日 {as_of.isoformat()} 之后，未计入" for file in papers.later)
    scans = [one for one in papers.documents if one.scanned or one.unread]
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


def first_details(read: Sequence[Document | Skipped]) -> str:
    """Return why the first files could not be read, a line each."""
    skipped = [one for one in read if isinstance(one, Skipped)]
    return "".join(f"\n  {one.file}：{one.detail}" for one in skipped[:5]).strip()


@contextmanager
def timed(timings: dict[str, float], stage: str, on_stage: OnStage) -> Iterator[None]:
    """Tell that a stage begins, and add the seconds that it took."""
    on_stage(stage)
    begin = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + time.perf_counter() - begin
