"""How cues add up, and what vetoes take away."""

from __future__ import annotations

import pytest

from coordnlp.nlp.cues import ActCues, Cue, load_cues, score_acts
from coordnlp.records import ActScore


def cue(name: str, pattern: str, weight: float, act: str = "request") -> Cue:
    return Cue(act=act, name=name, pattern=pattern, weight=weight, examples=("x",), counter=("y",))  # type: ignore[arg-type]


CUES = ActCues(
    cue=(cue("请", "请", 0.5), cue("盼", "为盼", 0.6), cue("已办", "已", 0.4, "answer")),
    veto=(cue("客套", "谅解", 0.1), cue("不必", "不必", 0.5), cue("尚未", "尚未", 0.5, "answer")),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("便道塌方", []),
        ("", []),
        ("请修便道", [ActScore("request", 0.5, ("请",))]),
        # 1 - (1 - 0.5) × (1 - 0.6)
        ("请修便道为盼", [ActScore("request", 0.8, ("请", "盼"))]),
        # A cue counts once, however often it matches.
        ("请请请", [ActScore("request", 0.5, ("请",))]),
        ("请予谅解", [ActScore("request", 0.05, ("请", "但：客套"))]),
        ("请谅解，不必来，为盼", [ActScore("request", 0.04, ("请", "盼", "但：客套", "但：不必"))]),
        # A veto alone is nothing.
        ("谅解", []),
        # The veto of another act takes nothing away.
        ("请，尚未", [ActScore("request", 0.5, ("请",))]),
        ("已请", [ActScore("request", 0.5, ("请",)), ActScore("answer", 0.4, ("已办",))]),
    ],
)
def test_scores_add_up(text: str, expected: list[ActScore]) -> None:
    assert list(score_acts(text, CUES)) == expected


# Role text and an act that it performs; `-` where none may reach 0.35.
ACTS = """
请<O>于<D>前提供界线图。                    | request
<O>能否派两个人来？                          | request
闸房的钥匙，也配一把吧                        | request
<S>将于<D>前把清单送给<O>。                  | commitment
会议议定由<B>于<D>前修好桥头。                | assignment
由<A>负责补齐界桩。                          | assignment
界线图随函附上。                              | answer
经查，共计十二处。                            | answer
来函收悉。                                    | acknowledgement
正在研究，待有结果后另行函复。                | acknowledgement
已交前两章，第三章尚未写。                    | partial_answer
恕难从命。                                    | refusal
至今未见<O>答复。                            | urge
再次催请<O>明确。                            | urge
<O>不用再找了。                              | withdrawal
<S>不能接受。                                | disagreement
双方各执一词。                                | disagreement
双方一致同意。                                | agreement
今年雨水多。                                  | -
便道全长三公里。                              | -
会议由<A>主持。                              | -
感谢<O>的支持。                              | -
敬请谅解。                                    | -
如有疑问，请与杜文清联系。                    | -
此致敬礼                                      | -
"""


@pytest.mark.parametrize("row", ACTS.strip().splitlines())
def test_the_acts_of_plain_sentences(row: str) -> None:
    text, act = (part.strip() for part in row.split("|"))
    told = {found.label for found in score_acts(text, load_cues()) if found.score >= 0.35}
    assert act in told if act != "-" else not told


def test_scores_lie_between_nothing_and_one() -> None:
    for row in ACTS.strip().splitlines():
        assert all(0 < found.score <= 1 and found.reasons for found in score_acts(row, load_cues()))
