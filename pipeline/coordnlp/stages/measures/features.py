"""What the sayings about a measure amount to: the features by which its status is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from coordnlp.stages.measures.sayings import Saying
from coordnlp.stages.measures.words import load_measure_words

FEATURES: Mapping[str, str] = {
    "planned": "有打算、要求或约定的话",
    "nothing": "没有哪句话可靠地说到它",
    "last_planned": "最后的话是打算",
    "last_lapse": "最后的话说停了、断了",
    "last_done_lapse": "打算之外，最后的话说停了、断了",
    "practised": "两家自己说过做了",
    "stood_then_lacked": "做过，后来说缺",
    "resumed": "说缺以后又做了",
    "dispute": "两家为它本身争过",
    "well_kept": "最近一次说的按期率高",
    "last_paper_lacks": "最后说到它的文书多是说缺",
}
"""Features with the words that users see; in [0, 1], but `planned`, which grows with the logarithm of the count."""

_PLANNED, _PRACTISED, _LACKING = range(3)


def describe(sayings: Sequence[Saying]) -> dict[str, float]:
    """Return the features of a measure by what is said of it, in order of time."""
    if not sayings:
        return dict.fromkeys(FEATURES, 0.0) | {"nothing": 1.0}
    words = load_measure_words()
    carries = np.array([one.found.score for one in sayings])
    shares = np.array([one.shares for one in sayings])
    lapse = np.array([words.tells_lapse(one.text) for one in sayings], dtype=float)
    last = _last_weights(carries)
    last_done = _last_weights(carries * (1 - shares[:, _PLANNED]))
    own = np.array([one.passage.party != "X" for one in sayings], dtype=float)
    practised, lacking = carries * shares[:, _PRACTISED], carries * shares[:, _LACKING]
    rates = [rate for one in sayings if (rate := words.rate(one.text)) is not None]
    values = {
        "planned": float(np.log1p((carries * shares[:, _PLANNED]).sum())),
        "nothing": float(np.prod(1 - carries)),
        "last_planned": float(last @ shares[:, _PLANNED]),
        "last_lapse": float(last @ (lapse * shares[:, _LACKING])),
        "last_done_lapse": float(last_done @ (lapse * shares[:, _LACKING])),
        "practised": float((practised * own).max()),
        "stood_then_lacked": _first_then(practised, lacking),
        "resumed": _first_then(lacking, practised * own),
        "dispute": float((carries * np.array([one.dispute for one in sayings])).max()),
        "well_kept": float(bool(rates) and rates[-1] >= words.well.rate),
        "last_paper_lacks": _last_paper(sayings, carries, shares[:, _LACKING]),
    }
    return {name: round(values[name], 3) for name in FEATURES}


def _last_weights(chances: np.ndarray) -> np.ndarray:
    """Return how likely each saying is the last that truly counts, where each counts with a chance of its own."""
    later_fail = np.cumprod((1 - chances)[::-1])[::-1]
    weights: np.ndarray = chances * np.append(later_fail[1:], 1.0)
    return weights


def _first_then(first: np.ndarray, then: np.ndarray) -> float:
    """Return how surely one thing was followed by another: the best product of an earlier and a later saying."""
    before = np.maximum.accumulate(first)
    return float((before[:-1] * then[1:]).max()) if len(first) > 1 else 0.0


def _last_paper(sayings: Sequence[Saying], carries: np.ndarray, lacking: np.ndarray) -> float:
    """Return the share of lacking in the last paper that has a finding."""
    found = [one.one.header.id for one in sayings if one.found.level == "found"]
    if not found:
        return 0.0
    here = np.array([one.one.header.id == found[-1] for one in sayings], dtype=float) * carries
    return float((here @ lacking) / here.sum())
