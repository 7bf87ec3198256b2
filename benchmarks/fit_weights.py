"""Fit the weights of `lexicons/asks.toml` and `lexicons/links.toml`, and print them with their figures.

Usage: PYTHONPATH=pipeline python benchmarks/fit_weights.py [--write] DOSSIER...

Each dossier is once left out, and precision, recall and F1 at many thresholds are printed over the left-out ones: for
asks over candidate sentences, for links over (request, document) pairs of gold requests. `--write` puts the weights
fitted on all dossiers into the tables; thresholds and the figures in their heads are for a person to set.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from coordnlp.nlp import load_nlp
from coordnlp.stages.asks import AskTable
from coordnlp.stages.links import LinkTable
from coordnlp.stages.links.features import FEATURES
from coordnlp.training import Annotated, asks, fit_asks, fit_links, links
from coordnlp.training.material import read_dossiers

LEXICONS = Path(__file__).parents[1] / "pipeline/coordnlp/lexicons"
Scored = tuple[set[object], set[object]]
"""What is made at a threshold, and what is true."""


def left_out(dossiers: Sequence[Annotated]) -> Iterator[tuple[Annotated, list[Annotated]]]:
    """Yield each dossier with all the others."""
    for one in dossiers:
        yield one, [other for other in dossiers if other is not one]


def print_curve(name: str, held: Sequence[Callable[[float], Scored]]) -> None:
    """Print precision, recall and F1 over held-out dossiers at many thresholds."""
    for threshold in np.arange(0.05, 0.8, 0.05):
        both = [one(float(threshold)) for one in held]
        hits = sum(len(made & true) for made, true in both)
        made, true = sum(len(one) for one, _ in both), sum(len(one) for _, one in both)
        precision, recall = hits / max(1, made), hits / max(1, true)
        f1 = 2 * hits / max(1, made + true)
        print(f"# {name} at {threshold:.2f}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} of {true}")


def ask_scores(one: Annotated, table: AskTable) -> Callable[[float], Scored]:
    """Return what a table makes of the candidate sentences of a dossier, by threshold."""
    samples = [(at, table.score(values), true) for at, (values, true) in enumerate(asks.list_samples(one))]

    def at(threshold: float) -> Scored:
        return {n for n, score, _ in samples if score >= threshold}, {n for n, _, true in samples if true}

    return at


def link_scores(one: Annotated, table: LinkTable, *, urge: bool) -> Callable[[float], Scored]:
    """Return which (request, document) links a table makes in a dossier, by threshold."""
    part = table.urge if urge else table.reaction
    samples = [sample for sample in links.list_samples(one) if sample.urge == urge]
    weights = np.array([part.weight.get(name, 0.0) for name in FEATURES])
    scores = [1 / (1 + np.exp(-(part.bias + float(weights @ np.array(one.values))))) for one in samples]

    def at(threshold: float) -> Scored:
        made = {one.link for one, score in zip(samples, scores, strict=True) if score >= threshold}
        return made, {one.link for one in samples if one.positive}

    return at


def write_weights(file: str, section: str, bias: float, weights: Mapping[str, float]) -> None:
    """Put bias and weights into a table of a lexicon.

    Comments and thresholds stay, and so do the weights of features that no training dossier has: people set them.
    """
    path = LEXICONS / file
    head, table = (f"[{section}]\n", f"[{section}.weight]\n") if section else ("", "[weight]\n")
    text = path.read_text("utf-8")
    start = text.index(head) if head else 0
    text = text[:start] + re.sub(r"(?m)^bias = .*$", f"bias = {bias:.2f}", text[start:], count=1)
    at = text.index(table) + len(table)
    end = min((found for found in [text.find("\n[", at)] if found >= 0), default=len(text))
    weights = {**tomllib.loads(text[at:end])} | dict(weights)
    lines = sorted(weights.items(), key=lambda item: (-item[1], item[0])) if not section else list(weights.items())
    body = "".join(f"{_key(name)} = {weight:.2f}\n" for name, weight in lines)
    path.write_text(text[:at] + body + text[end:], "utf-8")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[a-z_]+", name) else f'"{name}"'


def main() -> None:
    """Print the curves, and write the tables where that is asked for."""
    folders = [Path(name) for name in sys.argv[1:] if name != "--write"]
    dossiers = list(read_dossiers(folders, load_nlp()))
    print_curve("asks", [ask_scores(one, fit_asks(others)) for one, others in left_out(dossiers)])
    tables = [(one, fit_links(others)) for one, others in left_out(dossiers)]
    for urge in (False, True):
        print_curve("urges" if urge else "reactions", [link_scores(one, table, urge=urge) for one, table in tables])
    if "--write" in sys.argv:
        ask, link = fit_asks(dossiers), fit_links(dossiers)
        write_weights("asks.toml", "", ask.bias, ask.weight)
        write_weights("links.toml", "reaction", link.reaction.bias, link.reaction.weight)
        write_weights("links.toml", "urge", link.urge.bias, link.urge.weight)


if __name__ == "__main__":
    main()
