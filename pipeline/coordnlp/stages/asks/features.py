"""Features of a passage that may make an ask: small facts, each with a name that the table weighs.

What the trained judge makes of the passage counts on the scale of log-odds; the cues count by act, vetoes among them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coordnlp.features import scaled_odds
from coordnlp.nlp.cues import AGAINST
from coordnlp.records import Act, Annotation, Header, Passage

CUED: Mapping[str, Act] = {
    "请求用语": "request",
    "承诺用语": "commitment",
    "交办用语": "assignment",
    "答复用语": "answer",
    "部分答复用语": "partial_answer",
    "收悉或在办": "acknowledgement",
    "拒绝用语": "refusal",
    "催办用语": "urge",
    "分歧用语": "disagreement",
}
"""Features of cues: the sum of the weights of an act's cues in the passage."""
JUDGED: Mapping[str, Act] = {
    "读来像请求": "request",
    "读来像承诺": "commitment",
    "读来像交办": "assignment",
    "读来像答复": "answer",
    "读来像部分答复": "partial_answer",
    "读来像收悉在办": "acknowledgement",
    "读来像拒绝": "refusal",
    "读来像分歧": "disagreement",
    "读来像一致": "agreement",
    "读来像催办": "urge",
}
"""Features of the judge: its probability of an act, as `scaled_odds`."""
_ASKS: tuple[Act, ...] = ("request", "commitment", "assignment")
_QUESTION = re.compile(r"[？?][”」』）)]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage as the scorer sees it.

    Attributes:
        listed: It is the sentence of a numbered point under "请贵方支持以下两件事：" that carries the ask.
        agreed: It is the matter of a follow-up row that both sides agreed on.
        names_other, names_own: The other side, or the own side, is named or addressed in it.
        first: It is the first sentence of its paragraph.
    """

    text: str
    passage: Passage
    header: Header
    annotation: Annotation
    listed: bool
    agreed: bool
    names_other: bool
    names_own: bool
    first: bool


FACTS: Mapping[str, Callable[[Sentence], float]] = {
    "列在请求之下的条目": lambda s: float(s.listed),
    "双方议定表格里的事项": lambda s: float(s.agreed),
    "提到对方": lambda s: float(s.names_other),
    "提到我方": lambda s: float(s.names_own),
    "段首": lambda s: float(s.first),
    "编号条目": lambda s: float(s.passage.item > 0),
    "问句": lambda s: float(bool(_QUESTION.search(s.text))),
    "双方的口吻": lambda s: float(s.passage.party == "AB"),
    "发言": lambda s: float(s.passage.turn is not None),
    "来函": lambda s: float(s.header.kind in ("letter", "petition")),
    "复函": lambda s: float(s.header.kind == "reply"),
    "邮件": lambda s: float(s.header.kind == "email"),
    "纪要": lambda s: float(s.header.kind == "minutes"),
    "报告": lambda s: float(s.header.kind in ("report", "notice", "memo")),
    "表格": lambda s: float(s.passage.row),
    "有时限": lambda s: float(bool(s.annotation.due and s.annotation.due.date)),
    "句长": lambda s: min(1.0, math.log1p(len(s.text)) / 6),
    "读来像要求、承诺或任务": lambda s: scaled_odds(max(map(s.annotation.score, _ASKS))),
}


def evaluate(sentence: Sentence) -> dict[str, float]:
    """Return the features of a sentence that are not zero, rounded to 3 decimals."""
    annotation = sentence.annotation
    values = {name: fact(sentence) for name, fact in FACTS.items()}
    values |= {name: annotation.cue(act) for name, act in CUED.items()}
    values |= {name: scaled_odds(annotation.score(act)) for name, act in JUDGED.items()}
    return {name: round(value, 3) for name, value in values.items() if round(value, 3)}


def describe(name: str, sentence: Sentence) -> str:
    """Return what a feature is called in front of users, with the cues that it rests on."""
    act = CUED.get(name)
    cues = [cue for cue in sentence.annotation.reasons(act) if not cue.startswith(AGAINST)] if act else []
    return f"{name}“{'、'.join(cues[:2])}”" if cues else name
