"""An evaluation as lines for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import groupby

from coordnlp.evaluation.figures import Figure, figures, label_figures
from coordnlp.evaluation.runs import Evaluation

_LONGEST_QUOTE = 60


def to_lines(evaluation: Evaluation, *, worst: int) -> Iterator[str]:
    """Yield the pooled figures, those of each label, and mistakes by kind with their number.

    Args:
        worst: So many mistakes of each kind are quoted.
    """
    yield f"卷宗 {len(evaluation.by_dossier)} 个：{'、'.join(evaluation.by_dossier)}"
    yield f"{'':26s} {'':>6s}  {'例数':>5s}  95% 区间"
    for name, figure in figures(evaluation.pooled).items():
        yield _line(name, figure)
    for name, per in evaluation.pooled.labels.items():
        yield f"\n{name}，逐个标签的 F1"
        yield from (_line(label, figure) for label, figure in label_figures(per).items())
    kinds = Counter(mistake.kind for mistake in evaluation.mistakes)
    yield f"\n差错 {len(evaluation.mistakes)} 处：" + "，".join(f"{kind} {number}" for kind, number in kinds.items())
    for kind, group in groupby(sorted(evaluation.mistakes, key=lambda m: list(kinds).index(m.kind)), lambda m: m.kind):
        shown = list(group)[:worst]
        yield from ([f"\n{kind}（{kinds[kind]} 处）"] if shown else [])
        for one in shown:
            quote = " ".join(one.quote.split())
            cut = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"
            told = f"应为 {one.expected or '无'}，得到 {one.found or '无'}（{one.score:.2f}）"
            yield f"  {one.dossier}/{one.file}：“{cut}” {told}"


def to_json(evaluation: Evaluation) -> dict[str, object]:
    """Return figures pooled and by dossier, figures by label, and all mistakes."""
    return {
        "pooled": _figures(figures(evaluation.pooled)),
        "by_dossier": {name: _figures(figures(counts)) for name, counts in evaluation.by_dossier.items()},
        "by_label": {name: _figures(label_figures(per)) for name, per in evaluation.pooled.labels.items()},
        "mistakes": [asdict(mistake) for mistake in evaluation.mistakes],
    }


def _line(name: str, figure: Figure) -> str:
    value = "-" if figure.value is None else f"{figure.value:.3f}"
    bounds = "" if figure.low is None else f"  {figure.low:.3f}–{figure.high:.3f}"
    return f"{name:26s} {value:>6s}  {figure.cases:5d}{bounds}"


def _figures(found: Mapping[str, Figure]) -> dict[str, object]:
    return {name: asdict(figure) for name, figure in found.items()}
