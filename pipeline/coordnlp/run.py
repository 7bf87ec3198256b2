"""The order of the stages: the only module that knows it."""

from __future__ import annotations

import datetime as dt
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import coordnlp
from coordnlp.dates import WorkCalendar
from coordnlp.errors import NothingReadableError
from coordnlp.names import Names, gather_names, load_voices
from coordnlp.nlp import load_nlp
from coordnlp.records import Document, Dossier, Parsed, Request, Skipped, Teams
from coordnlp.report import Written, check_writable, repair, write_outputs
from coordnlp.settings import Settings, load_settings
from coordnlp.stages.acts import annotate_passages
from coordnlp.stages.asks import find_requests
from coordnlp.stages.gaps import find_gaps
from coordnlp.stages.ingest import DossierFolder, find_dossiers, read_dossier
from coordnlp.stages.links import link_events
from coordnlp.stages.lives import settle_requests
from coordnlp.stages.parse import parse_dossier
from coordnlp.teams import read_teams

if TYPE_CHECKING:
    from spacy.language import Language

OnStage = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, and the files that it wrote."""

    dossiers: tuple[Dossier, ...]
    written: Written


def report(corpus: Path, out: Path, *, as_of: dt.date | None, teams_file: Path | None, on_stage: OnStage) -> Outcome:
    """Read every dossier of a corpus folder, find its gaps, and write the outputs.

    Args:
        corpus: Folder with documents, or with folders that hold a `teams.toml` each.
        out: Folder for the results; made if it is not there.
        as_of: Documents dated later count as not yet written; None takes the day that a dossier's `teams.toml` names,
            else today.
        teams_file: Takes the place of each dossier's own `teams.toml`.
        on_stage: Called with the name of each step as it begins.

    Raises:
        NothingReadableError: There is no dossier, or none with a document that can be read.
        ConfigurationError: `teams.toml` is missing or broken.
        UsageError: `out` cannot be written to.
    """
    notes = check_writable(out)
    repair(out)
    folders = find_dossiers(corpus)
    if not folders:
        raise NothingReadableError(f"{corpus} 里没有文件。", "请把会议纪要和往来函件放进去，再运行一次。")
    nlp: list[Language] = []
    dossiers = tuple(
        _analyse(folder, as_of=as_of, teams_file=teams_file, on_stage=on_stage, nlp=nlp) for folder in folders
    )
    if not any(dossier.documents for dossier in dossiers):
        raise NothingReadableError(f"{corpus} 里没有读得出来的文件。", _first_details(dossiers))
    on_stage("写结果")
    written = write_outputs(out, dossiers, _manifest(dossiers, load_settings()))
    return Outcome(dossiers, replace(written, notes=(*notes, *written.notes)))


def _first_details(dossiers: Sequence[Dossier]) -> str:
    return "".join(f"\n  {one.file}：{one.detail}" for dossier in dossiers for one in dossier.skipped[:5]).strip()


def _analyse(
    folder: DossierFolder, *, as_of: dt.date | None, teams_file: Path | None, on_stage: OnStage, nlp: list[Language]
) -> Dossier:
    teams = read_teams(folder.path, teams_file)
    day = as_of or (dt.date.fromisoformat(teams.as_of) if teams.as_of else dt.date.today())
    timings: dict[str, float] = {}
    with _timed(timings, "读文件", on_stage):
        read = read_dossier(folder.path)
    if not nlp:
        with _timed(timings, "装词典", on_stage):
            nlp.append(load_nlp())
    return analyse(folder.name, read, teams, as_of=day, nlp=nlp[0], on_stage=on_stage, timings=timings)


def analyse(
    name: str,
    read: Sequence[Document | Skipped],
    teams: Teams,
    *,
    as_of: dt.date,
    nlp: Language,
    on_stage: OnStage = lambda _: None,
    timings: dict[str, float] | None = None,
) -> Dossier:
    """Run all stages after reading on one dossier.

    Args:
        read: What the reading stage gave, in any order.
        timings: Filled with seconds a stage.
    """
    timings = {} if timings is None else timings
    settings, voices, calendar = load_settings(), load_voices(), WorkCalendar()
    documents = [one for one in read if isinstance(one, Document)]
    skipped = [one for one in read if isinstance(one, Skipped)]
    with _timed(timings, "认文件", on_stage):
        everything, names = parse_dossier(documents, teams)
        parsed = [one for one in everything if one.header.date <= as_of.isoformat()]
    with _timed(timings, "读句子", on_stage):
        annotations = annotate_passages(parsed, names, voices, nlp, calendar)
    with _timed(timings, "找事项", on_stage):
        requests = find_requests(parsed, annotations, names, voices, teams, settings)
    with _timed(timings, "对答复", on_stage):
        events, ties = link_events(parsed, annotations, requests, names, settings)
    with _timed(timings, "定状态", on_stage):
        doubts = find_doubts(requests, skipped, parsed, teams)
        lives = settle_requests(requests, events, ties, doubts, as_of, settings)
        gaps = find_gaps(parsed, requests, events, lives, ties, teams)
    later = [one.header.file for one in everything if one.header.date > as_of.isoformat()]
    return Dossier(
        name=name,
        as_of=as_of.isoformat(),
        teams=teams,
        documents=tuple(one.document for one in parsed),
        headers=tuple(one.header for one in parsed),
        passages=tuple(passage for one in parsed for passage in one.passages),
        annotations=tuple(annotations.values()),
        requests=tuple(requests),
        events=tuple(events),
        ties=tuple(ties),
        lives=tuple(lives),
        gaps=tuple(gaps),
        skipped=tuple(sorted(skipped, key=lambda one: one.file)),
        notes=tuple(f"{file}：日期在统计日 {as_of.isoformat()} 之后，未计入" for file in sorted(later)),
        timings=tuple(timings.items()),
    )


# A file that was left out for these reasons has been read elsewhere, or never was a document.
_HARMLESS = ("duplicate", "temporary", "empty")


def find_doubts(
    requests: Sequence[Request], skipped: Sequence[Skipped], parsed: Sequence[Parsed], teams: Teams
) -> dict[str, str]:
    """Return for each request the first unread file that may hold its answer, in words.

    A file that could not be read may be the missing answer if it is not older than the request and its name does not
    tell that the asker wrote it.
    """
    unread = [one for one in skipped if one.reason not in _HARMLESS]
    if not unread:
        return {}
    names = gather_names(teams)
    dates = {one.header.number: one.header.date for one in parsed if one.header.number}
    writers = {one.file: _writer(one, parsed, names) for one in unread}
    found: dict[str, str] = {}
    for request in requests:
        for one in unread:
            date = one.date or dates.get(one.number, "")
            if (not date or date >= request.date) and writers[one.file] in (
                None,
                "AB",
                "X",
                request.responsible,
            ):
                found.setdefault(request.id, f"文件读不出来，可能就是答复：{one.file}")
    return found


def _writer(skipped: Skipped, parsed: Sequence[Parsed], names: Names) -> str | None:
    """Return whose an unread file seems to be, by its number's prefix or its name."""
    prefix = skipped.number.partition("〔")[0]
    for one in parsed:
        if prefix and one.header.number.startswith(prefix):
            return one.header.sender
    return names.party(skipped.file.rpartition("/")[2])


@contextmanager
def _timed(timings: dict[str, float], stage: str, on_stage: OnStage) -> Iterator[None]:
    on_stage(stage)
    begin = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + time.perf_counter() - begin


def _manifest(dossiers: Sequence[Dossier], settings: Settings) -> Mapping[str, object]:
    libraries = ("spacy", "jieba", "scikit-learn", "lxml", "pypdfium2", "opencc")
    return {
        "coordnlp": coordnlp.__version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in libraries},
        "as_of": max((dossier.as_of for dossier in dossiers), default=""),
        "settings": settings.model_dump(),
        "dossiers": [_counts(dossier) for dossier in dossiers],
        "timings": {dossier.name: {k: round(v, 3) for k, v in dossier.timings} for dossier in dossiers},
    }


def _counts(dossier: Dossier) -> dict[str, object]:
    months: dict[str, dict[str, int]] = {}
    for header in dossier.headers:
        month = months.setdefault(header.date[:7] or "无日期", {})
        month[header.sender or "?"] = month.get(header.sender or "?", 0) + 1
    return {
        "name": dossier.name,
        "as_of": dossier.as_of,
        "teams": asdict(dossier.teams),
        "documents": len(dossier.documents),
        "passages": len(dossier.passages),
        "requests": len(dossier.requests),
        "gaps": len(dossier.gaps),
        "skipped": len(dossier.skipped),
        "coverage": {month: dict(sorted(months[month].items())) for month in sorted(months)},
    }
