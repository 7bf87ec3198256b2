"""All that a run found in one dossier."""

from __future__ import annotations

from dataclasses import dataclass, field

from coordnlp.records.annotations import Annotation
from coordnlp.records.coverage import Coverage
from coordnlp.records.documents import Document, Skipped
from coordnlp.records.gaps import Gap
from coordnlp.records.issues import Issue
from coordnlp.records.judgements import Judged
from coordnlp.records.labels import ReportLanguage
from coordnlp.records.measures import Indicator, MeasureStatus
from coordnlp.records.parsed import Header, Passage, TeamsProposal
from coordnlp.records.requests import Event, Life, Request, Tie
from coordnlp.records.teams import Teams


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that one run found in one dossier; what the report writes.

    `proposal` is set where no `teams.toml` names the teams; `marking` is the highest 密级 among the documents, '' if
    none is marked. `judged` are the rows that people have judged, `conflicts` what of their words could not be obeyed,
    in Chinese, a line each. `claim_threshold` is the least confidence, in [0, 1], for saying that a request is open.
    `language` is that of its rows, its names of measures and its labels of places.
    """

    name: str
    as_of: str
    teams: Teams
    documents: tuple[Document, ...]
    headers: tuple[Header, ...]
    passages: tuple[Passage, ...]
    annotations: tuple[Annotation, ...]
    requests: tuple[Request, ...]
    events: tuple[Event, ...]
    ties: tuple[Tie, ...]
    lives: tuple[Life, ...]
    issues: tuple[Issue, ...]
    gaps: tuple[Gap, ...]
    skipped: tuple[Skipped, ...]
    measures: tuple[MeasureStatus, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    proposal: TeamsProposal | None = None
    marking: str = ""
    notes: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    conflicts: tuple[str, ...] = ()
    claim_threshold: float = 0.0
    language: ReportLanguage = "zh"
    timings: tuple[tuple[str, float], ...] = field(default=(), compare=False)
