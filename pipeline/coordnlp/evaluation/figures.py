"""Counts of agreement, pooled over dossiers into figures with the number of cases and a 95 % interval."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_Z = 1.959964  # of the normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of the cases are right."""

    hits: int
    cases: int

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.hits + other.hits, self.cases + other.cases)


@dataclass(frozen=True, slots=True)
class Detection:
    """Right findings, wrong ones, and what was missed."""

    right: int
    wrong: int
    missed: int

    def __add__(self, other: Detection) -> Detection:
        return Detection(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in all dossiers: gold quotes found and missed, passages labelled rightly and wrongly."""

    found: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0

    def __add__(self, other: Label) -> Label:
        return Label(
            self.found + other.found,
            self.missed + other.missed,
            self.right + other.right,
            self.wrong + other.wrong,
        )

    @property
    def f1(self) -> float:
        """F1 of recall over gold quotes and precision over labelled passages."""
        return _f1(_share(self.right, self.right + self.wrong), _share(self.found, self.found + self.missed))


@dataclass(frozen=True)
class Counts:
    """What one dossier's run agrees in with its gold, by the name of the figure."""

    rates: dict[str, Rate] = field(default_factory=dict)
    detections: dict[str, Detection] = field(default_factory=dict)
    labels: dict[str, dict[str, Label]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in [0, 1], None without cases; `low` and `high` bound its 95 % interval."""

    value: float | None
    cases: int
    low: float | None = None
    high: float | None = None


def pool(counts: Sequence[Counts]) -> Counts:
    """Add the counts of several dossiers up."""
    rates: dict[str, Rate] = defaultdict(lambda: Rate(0, 0))
    detections: dict[str, Detection] = defaultdict(lambda: Detection(0, 0, 0))
    labels: dict[str, dict[str, Label]] = defaultdict(lambda: defaultdict(Label))
    for one in counts:
        for name, rate in one.rates.items():
            rates[name] += rate
        for name, detection in one.detections.items():
            detections[name] += detection
        for name, per in one.labels.items():
            for label, count in per.items():
                labels[name][label] += count
    return Counts(dict(rates), dict(detections), {name: dict(per) for name, per in labels.items()})


def figures(counts: Counts) -> dict[str, Figure]:
    """Return every figure by name: rates as they are, detections as precision, recall and F1, labels as F1."""
    found: dict[str, Figure] = {name: rate_figure(rate) for name, rate in counts.rates.items()}
    for name, detection in counts.detections.items():
        found |= dict(_detection_figures(name, detection))
    for name, per in counts.labels.items():
        found |= dict(_label_figures(name, per, found))
    return found


def label_figures(per: Mapping[str, Label]) -> dict[str, Figure]:
    """Return F1 of each label that gold has, with how many quotes gold has."""
    return {
        label: Figure(round(count.f1, 6), count.found + count.missed)
        for label, count in sorted(per.items())
        if count.found + count.missed
    }


def rate_figure(rate: Rate) -> Figure:
    """Return a share with its Wilson interval (Wilson 1927), None without cases."""
    if not rate.cases:
        return Figure(None, 0)
    return Figure(rate.hits / rate.cases, rate.cases, *_wilson(rate.hits, rate.cases))


def _detection_figures(name: str, one: Detection) -> Iterable[tuple[str, Figure]]:
    precision = rate_figure(Rate(one.right, one.right + one.wrong))
    recall = rate_figure(Rate(one.right, one.right + one.missed))
    yield f"{name}.precision", _zero(precision)
    yield f"{name}.recall", _zero(recall)
    yield f"{name}.f1", _f1_figure(one)


def _zero(figure: Figure) -> Figure:
    """Nothing found, or nothing to find, counts as 0 in a detection."""
    return Figure(0.0, 0) if figure.value is None else figure


def _f1_figure(one: Detection) -> Figure:
    """Return F1 with an interval by way of F* = right / (right + wrong + missed), a share (Hand et al. 2021)."""
    union = one.right + one.wrong + one.missed
    if not union:
        return Figure(0.0, 0)
    low, high = (2 * bound / (1 + bound) for bound in _wilson(one.right, union))
    return Figure(2 * one.right / (one.right + union), one.right + one.missed, low, high)


def _label_figures(name: str, per: Mapping[str, Label], found: Mapping[str, Figure]) -> Iterable[tuple[str, Figure]]:
    with_gold = [count for count in per.values() if count.found + count.missed]
    yield f"{name}.macro_f1", Figure(_share(sum(count.f1 for count in with_gold), len(with_gold)), len(with_gold))
    recall = found[f"{name}.recall"]
    yield f"{name}.f1", Figure(_f1(found[f"{name}.precision"].value or 0.0, recall.value or 0.0), recall.cases)


def _wilson(hits: int, cases: int) -> tuple[float, float]:
    share, z2 = hits / cases, _Z * _Z
    centre = (share + z2 / (2 * cases)) / (1 + z2 / cases)
    half = _Z / (1 + z2 / cases) * math.sqrt(share * (1 - share) / cases + z2 / (4 * cases * cases))
    return max(0.0, centre - half), min(1.0, centre + half)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return _share(2 * precision * recall, precision + recall)
