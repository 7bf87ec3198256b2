"""Print how far two annotators of a dossier agree, kind of label by kind of label, and where they do not.

Usage: PYTHONPATH=pipeline python benchmarks/agreement.py FIRST.json SECOND.json [--differ]

Items and occasions are matched by their words (half of the shorter quote shared), labels of passages by quote and code.
F1 treats neither annotator as right. `--differ` lists what only one of the two has, and what they label differently.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from coordnlp.gold.matching import Span, match_spans
from coordnlp.gold.records import REACTIONS, Gold, GoldRequest


class Figure(NamedTuple):
    """Agreement on one kind of label: what both have, of how many each has."""

    name: str
    both: int
    first: int
    second: int

    @property
    def f1(self) -> float:
        """Twice what both have, over what each has."""
        return 2 * self.both / (self.first + self.second) if self.first + self.second else 1.0


def read(path: Path) -> Gold:
    """Read a gold file, or a second reading, which may leave out the documents."""
    data: dict[str, Any] = {"documents": [], "as_of": "", **json.loads(path.read_text("utf-8"))}
    return Gold.model_validate(data)


def compare(first: Gold, second: Gold) -> Iterator[tuple[Figure, list[str]]]:
    """Yield each figure with the lines that tell where the two differ."""
    pairs, lines = _items(first.requests, second.requests)
    yield Figure("items", len(pairs), len(first.requests), len(second.requests)), lines
    for name in ("kind", "asker", "asked", "due", "status"):
        yield _attribute(name, pairs)
    yield _events(first, second, pairs)
    yield _occasions(first, second)
    for name in ("measures", "acts"):
        yield _labels(name, first, second)
    yield _evidence(first, second)
    yield _measure_status(first, second)


def _items(
    first: Sequence[GoldRequest], second: Sequence[GoldRequest]
) -> tuple[list[tuple[GoldRequest, GoldRequest]], list[str]]:
    def spans(one: GoldRequest) -> list[Span]:
        return [Span(one.file, one.quote), *(Span(also.file, also.quote) for also in one.also)]

    matched = match_spans([spans(one) for one in first], [Span(one.file, one.quote) for one in second])
    pairs = [(first[i], second[j]) for i, j in matched]
    lines = [
        f"1 only: {one.id} {one.kind} {one.file}: {one.quote}" for one in first if all(one is not a for a, _ in pairs)
    ]
    lines += [f"2 only: {one.kind} {one.file}: {one.quote}" for one in second if all(one is not b for _, b in pairs)]
    return pairs, lines


def _attribute(name: str, pairs: Sequence[tuple[GoldRequest, GoldRequest]]) -> tuple[Figure, list[str]]:
    values = [(one, getattr(one, name) or None, getattr(other, name) or None) for one, other in pairs]
    lines = [f"{one.id} {a} / {b}: {one.quote}" for one, a, b in values if a != b]
    return Figure(f"items.{name}", len(values) - len(lines), len(values), len(values)), lines


def _events(first: Gold, second: Gold, pairs: Sequence[tuple[GoldRequest, GoldRequest]]) -> tuple[Figure, list[str]]:
    def links(one: GoldRequest) -> set[tuple[str, str]]:
        return {(event.file, event.type) for event in one.events if event.type in REACTIONS}

    both = sum(len(links(one) & links(other)) for one, other in pairs)
    lines = [
        f"{one.id} {sorted(links(one) - links(other))} / {sorted(links(other) - links(one))}: {one.quote}"
        for one, other in pairs
        if links(one) != links(other)
    ]
    count = [sum(len(links(one)) for one in gold.requests) for gold in (first, second)]
    return Figure("events", both, *count), lines


def _occasions(first: Gold, second: Gold) -> tuple[Figure, list[str]]:
    sides = [
        [(issue.id, Span(one.file, one.quote)) for issue in gold.disagreements for one in issue.occasions]
        for gold in (first, second)
    ]
    matched = match_spans([[span] for _, span in sides[0]], [span for _, span in sides[1]])
    mine, theirs = {i for i, _ in matched}, {j for _, j in matched}
    lines = [f"1 only: {id} {span.file}: {span.text}" for i, (id, span) in enumerate(sides[0]) if i not in mine]
    lines += [f"2 only: {id} {span.file}: {span.text}" for j, (id, span) in enumerate(sides[1]) if j not in theirs]
    return Figure("occasions", len(matched), len(sides[0]), len(sides[1])), lines


def _codes(name: str, gold: Gold) -> list[tuple[str, Span]]:
    if name == "acts":
        return [(label, Span(one.file, one.quote)) for one in gold.acts for label in one.labels]
    return [(label.code, Span(one.file, one.quote)) for one in gold.measures for label in one.labels]


def _labels(name: str, first: Gold, second: Gold) -> tuple[Figure, list[str]]:
    mine, theirs = _codes(name, _exhaustive(first, first)), _codes(name, _exhaustive(second, first))
    both, lines = 0, []
    for code in sorted({code for code, _ in (*mine, *theirs)}):
        one, other = [s for c, s in mine if c == code], [s for c, s in theirs if c == code]
        matched = match_spans([[span] for span in one], other)
        both += len(matched)
        found, told = {i for i, _ in matched}, {j for _, j in matched}
        lines += [f"1 only: {code} {s.file}: {s.text}" for i, s in enumerate(one) if i not in found]
        lines += [f"2 only: {code} {s.file}: {s.text}" for j, s in enumerate(other) if j not in told]
    return Figure(name, both, len(mine), len(theirs)), lines


def _exhaustive(gold: Gold, frame: Gold) -> Gold:
    """Leave only the labels in files where every sentence is labelled."""
    files = set(frame.exhaustive)
    return gold.model_copy(
        update={
            "acts": tuple(one for one in gold.acts if one.file in files),
            "measures": tuple(one for one in gold.measures if one.file in files),
        }
    )


def _evidence(first: Gold, second: Gold) -> tuple[Figure, list[str]]:
    sides = [
        [(label.code, label.evidence, Span(one.file, one.quote)) for one in gold.measures for label in one.labels]
        for gold in (_exhaustive(first, first), _exhaustive(second, first))
    ]
    same, lines, cases = 0, [], 0
    for code in sorted({code for code, _, _ in sides[0]}):
        one, other = ([row for row in side if row[0] == code] for side in sides)
        for i, j in match_spans([[row[2]] for row in one], [row[2] for row in other]):
            cases += 1
            same += one[i][1] == other[j][1]
            if one[i][1] != other[j][1]:
                lines.append(f"{code} {one[i][1]} / {other[j][1]}: {one[i][2].file}: {one[i][2].text}")
    return Figure("measures.evidence", same, cases, cases), lines


def _measure_status(first: Gold, second: Gold) -> tuple[Figure, list[str]]:
    theirs = {one.code: one.status for one in second.measure_status}
    lines = [
        f"{one.code} {one.status} / {theirs.get(one.code)}"
        for one in first.measure_status
        if one.status != theirs.get(one.code)
    ]
    cases = len(first.measure_status)
    return Figure("measure_status", cases - len(lines), cases, cases), lines


def main() -> None:
    """Print a line a kind of label, and the differences where they are asked for."""
    first, second = (read(Path(name)) for name in sys.argv[1:3])
    for figure, lines in compare(first, second):
        print(f"{figure.name:20s} {figure.f1:.3f}  {figure.both} of {figure.first} and {figure.second}")
        if "--differ" in sys.argv:
            print("".join(f"    {line}\n" for line in lines), end="")


if __name__ == "__main__":
    main()
