"""The status of measures in a mini-notation: what was said of one measure in turn, and what it amounts to.

p: a plan, d: done, l: lacking, s: stopped; capitals for what the joint minutes say, small letters for team A.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from papers import paper, read

from coordnlp.records import (
    ActScore,
    Annotation,
    Coverage,
    Evidence,
    Indicator,
    MeasureScore,
    MeasureStatus,
    Month,
    Parsed,
    Unseen,
)
from coordnlp.stages.measures import assess_measures, load_status_table
from coordnlp.taxonomy import load_taxonomy

WORDS: dict[str, tuple[str, Evidence]] = {
    "p": ("建议两家的碰头会每季度开一次。", "planned"),
    "d": ("两家的碰头会照常开了。", "practised"),
    "l": ("两家的碰头会，人总是到不齐。", "lacking"),
    "s": ("两家的碰头会从春天停到现在，再没有开过。", "lacking"),
}
FULL = Coverage(months=(Month("2024-01", "A", 20, 0), Month("2024-02", "B", 20, 0)))


def say(codes: str) -> list[Parsed]:
    """Return a paper for each letter, a month apart."""
    return read(*(_paper(at, code) for at, code in enumerate(codes)))


def _paper(at: int, code: str):  # type: ignore[no-untyped-def]
    words, day = WORDS[code.lower()][0], f"2024年{at + 1}月10日"
    if code.isupper():
        return paper(f"第{at}次联席会议纪要\n时间：{day}\n出席：周启山、罗建川\n{words}", f"{at}.txt")
    return paper(f"关于碰头的函（之{at}）\n黑松林场：\n{words}\n青溪镇人民政府\n{day}", f"{at}.txt")


def assess(
    codes: str,
    *,
    code: str = "regular_meetings",
    score: float = 0.95,
    dispute: float = 0.01,
    coverage: Coverage = FULL,
    indicators: tuple[Indicator, ...] = (),
) -> MeasureStatus:
    parsed = say(codes)
    annotations = {
        passage.id: _annotation(passage.id, one.words(passage), code, score, dispute)
        for one in parsed
        for passage in one.passages
    }
    found = assess_measures(parsed, annotations, indicators, coverage, load_taxonomy(), load_status_table())
    return next(one for one in found if one.code == code)


def _annotation(passage: str, text: str, code: str, score: float, dispute: float) -> Annotation:
    evidence = next((evidence for words, evidence in WORDS.values() if words == text.strip()), None)
    level = "found" if score >= 0.4 else "unsure"
    measures = (MeasureScore(code, score, evidence, 0.95, level=level),) if evidence else ()  # type: ignore[arg-type]
    return Annotation(passage, (), (), acts=(ActScore("disagreement", dispute),), measures=measures)


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ("", "unseen"),
        ("p", "promised"),
        ("P", "promised"),
        ("d", "practised"),
        ("pd", "practised"),
        ("Pd", "practised"),
        ("dp", "practised"),
        ("dd", "practised"),
        ("ds", "lapsed"),
        ("Pds", "lapsed"),
        ("pdss", "lapsed"),
        ("sd", "practised"),
        ("dsd", "practised"),
        ("PdsD", "practised"),
    ],
)
def test_the_last_word_decides_and_what_ran_and_stopped_has_lapsed(codes: str, status: str) -> None:
    assert assess(codes).status == status


@pytest.mark.parametrize("codes", ["l", "ll", "pl"])
def test_complaints_alone_are_no_practice(codes: str) -> None:
    assert assess(codes, code="channels").status in ("lacking", "promised")
    assert assess(codes, code="channels").status != "practised"


def test_a_border_case_is_shown_as_one_and_says_less() -> None:
    found = assess("dd", score=0.3)
    assert len(found.mentions) == 1
    assert "像是" in found.reasons[0]
    assert found.by_party == ()
    assert assess("dd").confidence > found.confidence or found.status != "practised"
    assert "像是" not in assess("dd").reasons[0]


def test_what_nobody_speaks_of_has_no_quote_and_is_not_practised() -> None:
    parsed = assess_measures([], {}, (), FULL, load_taxonomy(), load_status_table())
    assert {one.mentions for one in parsed} == {()}
    assert {one.status for one in parsed} == {"unseen"}


def test_what_the_two_dispute_itself_may_be_contested() -> None:
    assert assess("ll", code="role_clarity", dispute=0.98).status == "contested"
    assert assess("dd", code="team_building", dispute=0.01).status == "practised"


MISSING = tuple(Unseen("cited", f"函{n}", "A", "2024-03-01") for n in range(30))


def at_pace(papers: str) -> tuple[Month, ...]:
    """Return months with so many papers each."""
    return tuple(
        Month(f"{2023 + at // 12}-{at % 12 + 1:02}", "A", int(read), 0)
        for at, read in enumerate(papers.replace(" ", ""))
    )


MONTHS = tuple(Month(f"2024-{month:02}", "A", 20 if month < 3 else 0, 0) for month in range(1, 9))


@pytest.mark.parametrize(
    "coverage",
    [
        Coverage(months=MONTHS),
        Coverage(months=FULL.months, unseen=MISSING),
        Coverage(),
        Coverage(months=at_pace("60000 00000 06000 06000")),
        Coverage(months=at_pace("20000 02000 00200 00020")),
    ],
    ids=["months without papers", "many papers missing", "nothing", "long silences", "next to no papers"],
)
def test_nothing_seen_where_much_is_missing_cannot_be_told(coverage: Coverage) -> None:
    assert assess("", coverage=coverage).status == "cannot_tell"
    assert assess("d", coverage=coverage).status == "practised"


@pytest.mark.parametrize("pace", ["11011 21010 12101", "20111 00210 11201", "44444 44004 44444"])
def test_months_that_are_empty_by_chance_hide_nothing(pace: str) -> None:
    assert assess("", coverage=Coverage(months=at_pace(pace))).status == "unseen"


def test_one_paper_missing_of_many_does_not_matter() -> None:
    one = Coverage(months=FULL.months, unseen=(Unseen("cited", "函9号", "A", "2024-03-01"),))
    assert assess("", coverage=one).status == "unseen"


LAPSED = Indicator(
    "meeting_rhythm", None, 2.0, 2, "", measures=("regular_meetings",), date="2024-04-30", lapsed_since="2024-04-30"
)


@pytest.mark.parametrize(("codes", "status"), [("d", "lapsed"), ("p", "lapsed"), ("ds", "lapsed"), ("", "unseen")])
def test_what_has_lapsed_by_the_calendar_has_lapsed_though_nobody_says_so(codes: str, status: str) -> None:
    assert assess(codes, indicators=(LAPSED,)).status == status


def test_a_lapse_by_the_calendar_begins_on_its_day_and_is_told() -> None:
    found = assess("d", indicators=(LAPSED,))
    assert found.since == "2024-04-30"
    assert "2024-04-30" in found.reasons[0]


KEPT = Indicator("meeting_rhythm", None, 0.0, 2, "此后有纪要2次", measures=("regular_meetings",), kept=True)


@pytest.mark.parametrize(
    ("codes", "status"), [("p", ["practised"]), ("l", ["lacking", "lapsed"]), ("s", ["lapsed"]), ("", ["unseen"])]
)
def test_what_was_promised_and_kept_by_the_calendar_is_practised(codes: str, status: list[str]) -> None:
    found = assess(codes, indicators=(KEPT,))
    assert found.status in status
    assert ("此后有纪要2次" in found.reasons) is (codes == "p")


def test_what_was_promised_and_never_shown_stays_a_promise() -> None:
    assert assess("p", indicators=(replace(KEPT, kept=False),)).status == "promised"


def test_the_chain_tells_how_far_it_came() -> None:
    found = assess("pPds")
    assert [(one.step, one.date[:7]) for one in found.chain] == [
        ("proposed", "2024-01"),
        ("promised", "2024-02"),
        ("practised", "2024-03"),
        ("lapsed", "2024-04"),
    ]
    assert found.since == "2024-04-10"


def test_each_party_is_told_by_its_own_words() -> None:
    assert assess("d").by_party == (("A", "practised"),)
    assert assess("D").by_party == ()


def test_every_measure_has_a_record_in_the_order_of_the_taxonomy() -> None:
    found = assess_measures([], {}, (), FULL, load_taxonomy(), load_status_table())
    assert [one.code for one in found] == [one.code for one in load_taxonomy().measure]


def test_chances_add_up_to_one_and_a_strange_measure_has_no_habit() -> None:
    table = load_status_table()
    chances = table.probabilities("our_own_measure", dict.fromkeys(table.status["practised"].weight, 0.0))
    assert sum(chances.values()) == pytest.approx(1.0)
