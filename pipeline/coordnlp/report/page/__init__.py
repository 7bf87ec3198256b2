"""`report.html`: one page that a browser opens without a network, with pictures, filters and every row's evidence."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import coordnlp
from coordnlp.records import Dossier, Party
from coordnlp.report.cells import clean
from coordnlp.report.jsonl import Changes
from coordnlp.report.labels import Labels
from coordnlp.report.measure_sheets import name_indicator
from coordnlp.report.page.charts import count_ages, draw_answers, draw_issues, grid_coverage, grid_measures
from coordnlp.report.page.ladder import draw_ladder
from coordnlp.report.page.rows import grade_of, make_rows
from coordnlp.report.page.scale import make_scale
from coordnlp.report.page.words import load_page_words
from coordnlp.report.words import load_words
from coordnlp.stages.indicators import load_indicator_words

MARK = '<meta name="generator" content="coordnlp">'
"""Stands in every page that this program wrote, and in no other."""

# The mark stands within so many bytes.
_TOP = 2000


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the summary with its words."""

    value: int
    words: str
    grave: bool = False


def make_page(dossier: Dossier, change: Changes, labels: Labels) -> bytes:
    """Return the page of one dossier, in UTF-8.

    Text of documents is escaped wherever it stands, the script and the style are the page's own and named by their
    hashes in its Content-Security-Policy, and nothing is fetched.
    """
    table, language = load_page_words(labels.language), labels.language
    words, teams = table.words, dossier.teams
    dates = sorted(header.date for header in dossier.headers if header.date)
    span = (dates[0], max(dates[-1], dossier.as_of)) if dates else None
    grades = {gap.id: grade_of(gap.severity, labels) for gap in dossier.gaps}
    style, script = _asset("style.css"), _asset("script.js")
    parties: tuple[Party, ...] = ("A", "B", "AB", "X")
    names = {party: labels.party(party, teams) for party in parties}
    definitions = load_indicator_words(language).indicator
    page: str = _template().render(
        mark=MARK,
        policy=_policy(style, script),
        style=style,
        script=script,
        words=words,
        table=table,
        name_of=table.name_of,
        labels=labels,
        dossier=dossier,
        names=names,
        dates=(dates[0], dates[-1]) if dates else ("", ""),
        figures=_figures(dossier, words),
        ladder=draw_ladder(dossier, make_scale(*span), grades) if span else None,
        ages=count_ages(dossier, table.buckets) if any(gap.request for gap in dossier.gaps) else [],
        answers=draw_answers(dossier, words),
        issues=draw_issues(dossier, *span) if span and dossier.issues else None,
        measures=grid_measures(dossier, labels, table),
        coverage=grid_coverage(dossier.coverage, names),
        indicators=[(definitions[one.code], name_indicator(one, dossier, labels), one) for one in dossier.indicators],
        rows=make_rows(dossier, change, labels, load_words(language).events),
        version=coordnlp.__version__,
    )
    return page.encode("utf-8", "replace")


def is_our_page(path: Path) -> bool:
    """Return whether a page bears the mark of this program near its top."""
    try:
        with path.open("rb") as stream:
            return MARK.encode() in stream.read(_TOP)
    except OSError:
        return False


def _figures(dossier: Dossier, words: Mapping[str, str]) -> list[Figure]:
    verdicts = [life.verdict for life in dossier.lives]
    states = [measure.status for measure in dossier.measures]
    short = sum(state in ("lapsed", "lacking", "contested") for state in states)
    return [
        Figure(sum(bool(gap.request) for gap in dossier.gaps), words["open_requests"], grave=True),
        Figure(sum(bool(gap.issue) for gap in dossier.gaps), words["recurring"], grave=True),
        Figure(short, words["measures_short"], grave=True),
        Figure(verdicts.count("cannot_tell"), words["doubts"]),
        Figure(verdicts.count("closed"), words["answered"]),
        Figure(states.count("practised"), words["measures_kept"]),
    ]


def _policy(style: str, script: str) -> str:
    """Return the policy under which the page shows nothing but itself."""

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _asset(name: str) -> str:
    return (resources.files("coordnlp") / "report/page/templates" / name).read_text("utf-8")


@cache
def _template():  # type: ignore[no-untyped-def]
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("coordnlp", "report/page/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    return environment.get_template("page.html.j2")
