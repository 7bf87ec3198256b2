"""Judge the acts of all passages once more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from coordnlp.features import log_odds
from coordnlp.nlp import JUDGED_ACTS
from coordnlp.reasons import weigh_second
from coordnlp.records import ActScore, Annotation, Bearing, Parsed, Request
from coordnlp.stages.surroundings.features import asking_passages, describe_surroundings, first_scores
from coordnlp.stages.surroundings.table import ActLook

# A second look that moves a probability by less is not told; log-odds are told as if none were surer than that.
_TELLING, _LEAST = 0.1, 0.01
_MORE, _LESS = "连前后文和来往看更像", "连前后文和来往看不那么像"


def look_again(
    parsed: Sequence[Parsed],
    annotations: Mapping[str, Annotation],
    requests: Iterable[Request],
    bearings: Mapping[str, Bearing],
    look: ActLook,
) -> dict[str, Annotation]:
    """Return annotations, in their order, with every act judged by its surroundings, too.

    What the second round adds is one more reason. Where no judge was at work there is nothing to look at again.
    """
    if not any(annotation.acts for annotation in annotations.values()):
        return dict(annotations)
    judged, asking = dict(annotations), asking_passages(requests)
    for one in parsed:
        if one.passages:
            first = first_scores(one.passages, annotations)
            told = look.probabilities(describe_surroundings(one.passages, one.header, first, asking, bearings), first)
            for passage, row in zip(one.passages, told.tolist(), strict=True):
                annotation = annotations[passage.id]
                probabilities = dict(zip(JUDGED_ACTS, row, strict=True))
                acts = tuple(_judge(act, probabilities[act.label], look) for act in annotation.acts)
                judged[passage.id] = replace(annotation, acts=acts)
    return judged


def _judge(first: ActScore, probability: float, look: ActLook) -> ActScore:
    level = look.table.level(first.label, probability)
    # The mean of two looks is less extreme than either: that alone is no reason.
    told = level != "low" and abs(probability - first.score) >= _TELLING
    moved = log_odds(probability) - log_odds(min(max(first.score, _LEAST), 1 - _LEAST))
    among = weigh_second(_MORE, _LESS, moved) if told else ()
    return replace(first, score=round(probability, 3), level=level, reasons=(*first.reasons, *among))
