"""What a run was: versions, settings and counts, for run.json."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import get_args

import coordnlp
from coordnlp.records import Dossier, Outcome
from coordnlp.settings import Settings
from coordnlp.stages.markings import highest_level


def describe_run(
    dossiers: Sequence[Dossier], settings: Settings, *, redacted: bool = False, encoder: str = ""
) -> Mapping[str, object]:
    """Return what run.json says beside the files: versions, settings, counts by dossier, seconds by stage."""
    libraries = ("spacy", "jieba", "scikit-learn", "lxml", "pypdfium2", "opencc", "xlsxwriter")
    return {
        "coordnlp": coordnlp.__version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in libraries},
        "as_of": max((dossier.as_of for dossier in dossiers), default=""),
        "marking": highest_level([dossier.marking for dossier in dossiers]),
        "redacted": redacted,
        "encoder": encoder,
        "settings": settings.model_dump(),
        "dossiers": [_counts(dossier) for dossier in dossiers],
        "timings": {dossier.name: {k: round(v, 3) for k, v in dossier.timings} for dossier in dossiers},
    }


def _counts(dossier: Dossier) -> dict[str, object]:
    return {
        "name": dossier.name,
        "as_of": dossier.as_of,
        "marking": dossier.marking,
        "teams": asdict(dossier.teams) | {"confidence": dossier.proposal.confidence if dossier.proposal else None},
        "documents": len(dossier.documents),
        "doubles": sum(one.reason == "duplicate" for one in dossier.skipped),
        "passages": len(dossier.passages),
        "requests": len(dossier.requests),
        "gaps": len(dossier.gaps),
        "issues": dict(Counter(one.status for one in dossier.issues)),
        "measures": dict(Counter(one.status for one in dossier.measures)),
        "skipped": len(dossier.skipped),
        "claim_threshold": dossier.claim_threshold,
        "judged": _judged(dossier),
        "coverage": asdict(dossier.coverage),
    }


def _judged(dossier: Dossier) -> dict[str, object]:
    """Return how many judged rows went where, and what could not be obeyed."""
    counts = Counter(one.outcome for one in dossier.judged)
    return {outcome: counts[outcome] for outcome in get_args(Outcome)} | {"conflicts": dossier.conflicts}
