"""The order of the stages on one dossier: the only module that knows it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from coordnlp.dates import WorkCalendar
from coordnlp.errors import NothingReadableError
from coordnlp.features import Encoder
from coordnlp.features.lookup import index_dossier
from coordnlp.names import Names, load_voices
from coordnlp.places import word_places
from coordnlp.records import Document, Dossier, ReportLanguage, Skipped, Teams, TeamsProposal
from coordnlp.settings import load_settings
from coordnlp.stages.annotations import annotate_passages
from coordnlp.stages.asks import AskTable, find_requests, load_ask_table
from coordnlp.stages.coverage import doubt_requests, load_doubt_words, take_stock
from coordnlp.stages.disagreements import IssueScorer, find_issues, load_issue_scorer
from coordnlp.stages.doubles import fold_doubles
from coordnlp.stages.gaps import find_gaps
from coordnlp.stages.indicators import compute_indicators
from coordnlp.stages.links import Linking, link_requests, load_linking
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
    scorers = scorers or load_scorers()
    settings, voices, calendar = load_settings(), load_voices(), WorkCalendar()
    with timed(timings, "找重复", on_stage):
        sifted = sift(read, include_marked=include_marked)
    proposal: TeamsProposal | None = None
    if teams is None:
        with timed(timings, "认双方", on_stage):
            proposal = propose(name, sifted)
            # `propose` raises where there are none.
            teams = cast(Teams, proposal.teams)
    with timed(timings, "认文件", on_stage):
        everything, names = parse_dossier(sifted.documents, teams)
        parsed = [one for one in everything if one.header.date <= as_of.isoformat()]
        entries = read_registers(parsed, names, teams.ours)
        parsed = apply_receipts(parsed, entries)
    with timed(timings, "读句子", on_stage):
        annotations = annotate_passages(parsed, names, voices, nlp, calendar)
    with timed(timings, "找事项", on_stage):
        found = find_requests(parsed, annotations, names, voices, teams, settings, scorers.asks)
    lookup = index_dossier(parsed, annotations, encoder)
    with timed(timings, "对答复", on_stage):
        linked = link_requests(lookup, found, names, settings, scorers.links)
        requests, events, ties = linked.requests, linked.events, linked.ties
        # What stages go by are the acts of the first look, on which they were fitted; what is told is the second.
        reread = look_again(parsed, annotations, requests, linked.bearings, scorers.acts)
    with timed(timings, "理分歧", on_stage):
        issues = find_issues(lookup, requests, events, names, scorers.issues)
    with timed(timings, "定状态", on_stage):
        unsure = proposal is not None and proposal.confidence < settings.parties.accuse
        coverage = take_stock(parsed, sifted.skipped, entries, names, settings, complete=teams.complete)
        doubts = doubt_requests(
            requests, events, coverage, parsed, names=names, teams=teams, settings=settings, language=language
        )
        # Nobody may be held to anything where the two teams are an unsure guess: a wrong pair falsifies every row.
        doubts |= {request.id: load_doubt_words(language).unconfirmed for request in requests if unsure}
        lives = settle_requests(
            parsed, requests, events, ties, linked.closings, doubts, as_of, settings, scorers.claims, language
        )
    with timed(timings, "评措施", on_stage):
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
