"""Features of a passage that may make an ask: small facts, each with a name that the table weighs.

Cues are features too, under `act：cue`; vetoes count through the score of their act.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coordnlp.nlp.cues import AGAINST
from coordnlp.records import Act, Annotation, Header, Passage

_CUED: Mapping[Act, str] = {"request": "请求用语", "commitment": "承诺用语", "assignment": "交办用语"}
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
    "答复用语": lambda s: s.annotation.cue("answer"),
    "部分答复用语": lambda s: s.annotation.cue("partial_answer"),
    "收悉或在办": lambda s: s.annotation.cue("acknowledgement"),
    "拒绝用语": lambda s: s.annotation.cue("refusal"),
    "催办用语": lambda s: s.annotation.cue("urge"),
    "分歧用语": lambda s: s.annotation.cue("disagreement"),
}


def evaluate(sentence: Sentence) -> dict[str, float]:
    """Return the features of a sentence that are not zero, rounded to 3 decimals."""
    values = {name: round(fact(sentence), 3) for name, fact in FACTS.items()}
    for act in _CUED:
        values[_CUED[act]] = sentence.annotation.cue(act)
        cues = (reason for reason in sentence.annotation.reasons(act) if not reason.startswith(AGAINST))
        values |= {f"{act}：{cue}": 1.0 for cue in cues}

    return {name: value for name, value in values.items() if value}
