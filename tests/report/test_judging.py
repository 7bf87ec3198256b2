"""What each verdict and correction does to requests, lives and rows of a hand-made dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from handmade import dossier

from coordnlp.judgements import Edit, judge_edits, load_review_words, show_rows
from coordnlp.judgements.reading import ReviewCell
from coordnlp.records import Dossier, Gap, Issue, Judgement, Life, Occasion, Request, TeamsProposal
from coordnlp.reviewing import judge
from coordnlp.stages.gaps import find_gaps

DAY = "2024-07-01"


def start(**changes: object) -> Dossier:
    """Two open requests and a disagreement that came up twice, with the rows that they make."""
    one = dossier(gaps=())
    lives = tuple(replace(life, verdict="gap") if life.request == "Q-CCCC" else life for life in one.lives)
    first = Occasion("P-1", "D-AAAA", 0, 8, "2024-03-05", "A", 0.9)
    second = Occasion("P-2", "D-BBBB", 3, 7, "2024-03-08", "B", 0.9)
    issue = Issue("I-AAAA", "床位怎么分", (first, second), "open", True, None, (), 0.8)
    whole = replace(one, lives=lives, ties=(), issues=(issue,), **changes)  # type: ignore[arg-type]
    return replace(whole, gaps=tuple(find_gaps(whole)))


def row_of(whole: Dossier, about: str) -> Gap:
    return next(gap for gap in whole.gaps if about in (gap.request, gap.issue))


def typed(whole: Dossier, about: str, known: Sequence[Judgement] = (), **cells: str) -> list[Judgement]:
    """Return the judgements after a reviewer typed into the row about a request or issue."""
    rows = list(show_rows(whole.gaps, whole))
    row = next(one for one in rows if about in (one.request, one.issue))
    edit = Edit(whole.name, row, _cells(cells), f"{DAY}T09:00:00", "gaps.csv")
    made, notes = judge_edits([edit], known, rows, whole, load_review_words())
    assert notes == []
    return [*known, *made]


def _cells(cells: dict[str, str]) -> dict[ReviewCell, str]:
    return cells  # type: ignore[return-value]


def life_of(whole: Dossier, request: str) -> Life:
    return next(life for life in whole.lives if life.request == request)


def request_of(whole: Dossier, id: str) -> Request:
    return next(request for request in whole.requests if request.id == id)


def abouts(whole: Dossier) -> set[str]:
    return {gap.request or gap.issue for gap in whole.gaps}


def outcomes(whole: Dossier) -> dict[str, str]:
    return {one.gap.request or one.gap.issue: one.outcome for one in whole.judged}


def test_without_judgements_nothing_changes() -> None:
    assert judge(start(), []) == start()
    assert abouts(start()) == {"Q-AAAA", "Q-CCCC", "I-AAAA"}


@pytest.mark.parametrize(("verdict", "outcome"), [("误报", "hidden"), ("已解决", "closed")])
def test_a_closed_row_is_gone_and_its_request_says_by_whom(verdict: str, outcome: str) -> None:
    whole = start()
    word = typed(
        whole, "Q-AAAA", verdict=verdict, verdict_note="已电话答复", verdict_by="闻小雨", verdict_date="2024/6/3"
    )
    after = judge(whole, word)
    assert abouts(after) == {"Q-CCCC", "I-AAAA"}
    life = life_of(after, "Q-AAAA")
    assert (life.verdict, life.overdue) == ("closed", False)
    for told in ("闻小雨", "2024-06-03", "已电话答复"):
        assert told in life.why
    assert outcomes(after) == {"Q-AAAA": outcome}
    assert after.requests == whole.requests


@pytest.mark.parametrize(("verdict", "outcome"), [("误报", "hidden"), ("已解决", "closed"), ("暂缓", "deferred")])
def test_a_row_about_a_disagreement_goes_as_well(verdict: str, outcome: str) -> None:
    after = judge(start(), typed(start(), "I-AAAA", verdict=verdict))
    assert abouts(after) == {"Q-AAAA", "Q-CCCC"}
    assert outcomes(after) == {"I-AAAA": outcome}


def test_a_disagreement_that_people_called_settled_comes_back_when_it_shows_again() -> None:
    word = typed(start(), "I-AAAA", verdict="已解决", verdict_date="2024-03-07")
    assert outcomes(judge(start(), word)) == {"I-AAAA": "kept"}
    assert "I-AAAA" in abouts(judge(start(), word))


def test_a_confirmed_row_is_certain_and_says_why() -> None:
    whole = start()
    after = judge(whole, typed(whole, "Q-AAAA", verdict="确认", verdict_by="闻小雨"))
    row = row_of(after, "Q-AAAA")
    assert row.confidence == 1.0
    assert "闻小雨" in row.why
    assert row_of(after, "I-AAAA") == row_of(whole, "I-AAAA")
    issue = row_of(judge(whole, typed(whole, "I-AAAA", verdict="确认")), "I-AAAA")
    assert issue.confidence == 1.0


def test_a_confirmed_row_stays_when_the_machine_begins_to_doubt() -> None:
    word = typed(start(), "Q-AAAA", verdict="确认")
    doubted = start()
    lives = (replace(life, verdict="cannot_tell", why="有文件没有读") for life in doubted.lives)
    doubted = replace(doubted, lives=tuple(lives), gaps=())
    after = judge(doubted, word)
    assert {gap.request for gap in after.gaps} - {""} == {"Q-AAAA"}
    assert "有文件没有读" in row_of(after, "Q-AAAA").why


def test_a_confirmed_row_goes_when_an_answer_has_come() -> None:
    word = typed(start(), "Q-AAAA", verdict="确认")
    answered = start()
    lives = (replace(life, verdict="closed", status="answered") for life in answered.lives)
    answered = replace(answered, lives=tuple(lives))
    assert "Q-AAAA" not in abouts(judge(replace(answered, gaps=tuple(find_gaps(answered))), word))


def test_a_verdict_holds_for_what_was_only_doubtful_and_is_not_asked_again() -> None:
    word = typed(start(), "Q-AAAA", verdict="误报")
    doubted = start()
    lives = (replace(life, verdict="cannot_tell") for life in doubted.lives)
    after = judge(replace(doubted, lives=tuple(lives), gaps=()), word)
    assert life_of(after, "Q-AAAA").verdict == "closed"
    assert life_of(after, "Q-CCCC").verdict == "cannot_tell"


@pytest.mark.parametrize(
    ("note", "is_off"),
    [
        ("", True),
        ("等到2024年12月1日再看", True),
        ("2024/7/5", True),
        ("6月10日再看", True),
        ("2023年11月2日电话问过", True),
        ("等到2024年6月20日再看", False),
    ],
)
def test_a_row_put_off_waits_for_its_day(note: str, is_off: bool) -> None:
    whole = start()
    # The day of the verdict is before the day on which the dossier is looked at.
    date = "2023-12-01" if "6月10日" not in note else "2024-06-15"
    after = judge(whole, typed(whole, "Q-AAAA", verdict="暂缓", verdict_note=note, verdict_date=date))
    assert ("Q-AAAA" not in abouts(after)) == is_off
    assert life_of(after, "Q-AAAA").verdict == ("pending" if is_off else "gap")
    if not is_off:
        assert "已经到期" in row_of(after, "Q-AAAA").why


def test_a_joined_row_brings_its_quotes_and_shares_the_fate_of_the_other() -> None:
    whole = start()
    first, second, issue = (row_of(whole, about) for about in ("Q-AAAA", "Q-CCCC", "I-AAAA"))
    words = typed(whole, "Q-CCCC", verdict=f"合并到 {issue.id}")
    after = judge(whole, words)
    assert abouts(after) == {"Q-AAAA", "I-AAAA"}
    assert set(second.quotes) <= set(row_of(after, "I-AAAA").quotes)
    assert second.id in row_of(after, "I-AAAA").why
    chain = typed(whole, "I-AAAA", words, verdict=f"合并到 {first.id}")
    after = judge(whole, chain)
    assert abouts(after) == {"Q-AAAA"}
    assert set(second.quotes) | set(issue.quotes) <= set(row_of(after, "Q-AAAA").quotes)
    closed = judge(whole, typed(whole, "Q-AAAA", chain, verdict="误报"))
    assert closed.gaps == ()
    assert life_of(closed, "Q-CCCC").verdict == "closed"


def test_a_circle_is_a_conflict_and_both_rows_stay() -> None:
    whole = start()
    words = typed(whole, "Q-AAAA", verdict=f"合并到 {row_of(whole, 'Q-CCCC').id}")
    words = typed(whole, "Q-CCCC", words, verdict=f"合并到 {row_of(whole, 'Q-AAAA').id}")
    after = judge(whole, words)
    assert abouts(after) == abouts(whole)
    assert len(after.conflicts) == 1
    assert set(outcomes(after).values()) == {"kept"}


def test_a_row_joined_into_one_that_is_not_there_stays() -> None:
    whole = start()
    after = judge(whole, typed(whole, "Q-AAAA", verdict="合并到 G-ZZZZZZZZ"))
    assert abouts(after) == abouts(whole)
    assert "G-ZZZZZZZZ" in after.conflicts[0]


def test_an_unknown_word_does_nothing_and_is_told() -> None:
    whole = start()
    after = judge(whole, typed(whole, "Q-AAAA", verdict="请转科长"))
    assert abouts(after) == abouts(whole)
    assert "请转科长" in after.conflicts[0]
    assert outcomes(after) == {"Q-AAAA": "kept"}


def test_a_verdict_that_was_taken_back_holds_no_more() -> None:
    whole = start()
    words = typed(whole, "Q-AAAA", verdict="误报", verdict_by="闻小雨")
    back = typed(whole, "Q-AAAA", words, verdict="")
    assert len(back) == 2
    assert abouts(judge(whole, back)) == abouts(whole)


def test_the_same_words_again_make_no_line() -> None:
    whole = start()
    words = typed(whole, "Q-AAAA", verdict="误报", verdict_note="已答复")
    assert typed(whole, "Q-AAAA", words, verdict="误报") == words
    assert len(typed(whole, "Q-AAAA", words, verdict_note="另有说明")) == 2


def test_empty_cells_on_a_row_nobody_judged_make_no_line() -> None:
    assert typed(start(), "Q-AAAA", verdict="", verdict_by="闻小雨") == []


# --- corrections ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "responsible"),
    [("临港区总工会", "A"), ("双方", "AB"), ("其他单位", "X"), ("港务集团工会", "B"), ("b", "B")],
)
def test_another_party_is_held_to_it(cell: str, responsible: str) -> None:
    whole = start()
    after = judge(whole, typed(whole, "Q-AAAA", responsible=cell))
    assert row_of(after, "Q-AAAA").responsible == responsible
    assert request_of(after, "Q-AAAA").responsible == responsible
    assert row_of(after, "Q-AAAA").id == row_of(whole, "Q-AAAA").id


def test_a_promise_of_the_other_side_keeps_its_two_parties() -> None:
    whole = start()
    requests = tuple(replace(one, kind="commitment") if one.id == "Q-AAAA" else one for one in whole.requests)
    whole = replace(whole, requests=requests)
    whole = replace(whole, gaps=tuple(find_gaps(whole)))
    corrected = request_of(judge(whole, typed(whole, "Q-AAAA", responsible="港务集团工会")), "Q-AAAA")
    assert (corrected.asker, corrected.asked, corrected.responsible) == ("B", "A", "B")


def test_a_party_that_nobody_knows_is_told_and_nothing_changes() -> None:
    whole = start()
    rows = list(show_rows(whole.gaps, whole))
    edit = Edit(whole.name, rows[0], {"responsible": "市水务局", "due": "尽快"}, f"{DAY}T09:00:00", "gaps.csv")
    made, notes = judge_edits([edit], [], rows, whole, load_review_words())
    assert made == []
    assert [word in note for word, note in zip(("市水务局", "尽快"), notes, strict=True)] == [True, True]


@pytest.mark.parametrize("cell", ["2024-06-10", "2024/6/10", "45453", "10-Jun-24", "6月10日"])
def test_another_due_date_counts_the_days_anew(cell: str) -> None:
    after = judge(start(), typed(start(), "Q-AAAA", due=cell))
    row = row_of(after, "Q-AAAA")
    assert (row.due, row.days_overdue) == ("2024-06-10", 20)
    assert life_of(after, "Q-AAAA").overdue


def test_before_a_new_due_date_the_row_waits_and_after_it_the_row_is_back() -> None:
    word = typed(start(), "Q-AAAA", due="2024-07-10")
    before = judge(start(), word)
    assert "Q-AAAA" not in abouts(before)
    assert life_of(before, "Q-AAAA").verdict == "pending"
    assert outcomes(before) == {"Q-AAAA": "deferred"}
    assert next(one.gap.due for one in before.judged) == "2024-07-10"
    assert "Q-AAAA" in abouts(judge(start(as_of="2024-07-11"), word))


def test_an_emptied_due_date_takes_the_correction_back() -> None:
    words = typed(start(), "Q-AAAA", due="2024-07-10")
    assert abouts(judge(start(), typed(start(), "Q-AAAA", words, due=""))) == abouts(start())


@pytest.mark.parametrize("named", ["收文/b.txt", "b.txt", "b", "B.TXT"])
def test_a_paper_named_as_the_answer_closes_the_request(named: str) -> None:
    whole = start()
    word = typed(whole, "Q-AAAA", verdict_note=f"电话问过，已答复：{named}", verdict_by="闻小雨")
    after = judge(whole, word)
    life = life_of(after, "Q-AAAA")
    assert (life.status, life.verdict) == ("answered", "closed")
    (event,) = [one for one in after.events if one.type == "answer"]
    assert (event.request, event.document, event.date) == ("Q-AAAA", "D-BBBB", "2024-03-08")
    assert "闻小雨" in event.reasons[0]
    assert outcomes(after) == {"Q-AAAA": "closed"}


def test_the_answer_is_known_under_a_new_name() -> None:
    word = typed(start(), "Q-AAAA", verdict_note="已答复：b.txt")
    moved = start()
    moved = replace(
        moved,
        documents=tuple(replace(one, file=one.file.replace("b.txt", "复函.txt")) for one in moved.documents),
        headers=tuple(replace(one, file=one.file.replace("b.txt", "复函.txt")) for one in moved.headers),
    )
    assert life_of(judge(moved, word), "Q-AAAA").verdict == "closed"


def test_an_answer_that_is_not_in_the_dossier_closes_nothing_and_is_told() -> None:
    after = judge(start(), typed(start(), "Q-AAAA", verdict_note="已答复：没有的.pdf"))
    assert "Q-AAAA" in abouts(after)
    assert "没有的.pdf" in after.conflicts[0]


def test_an_unsure_guess_of_the_teams_leaves_judgements_aside() -> None:
    word = typed(start(), "Q-AAAA", verdict="确认")
    unsure = replace(start(), gaps=(), proposal=TeamsProposal(None, 0.3))
    assert judge(unsure, word) == unsure
