"""Each indicator on papers small enough to count by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from papers import TEAMS, paper

from coordnlp.records import (
    Annotation,
    Document,
    Event,
    EventType,
    Evidence,
    Indicator,
    Issue,
    Life,
    MeasureScore,
    Occasion,
    Request,
    RequestStatus,
    Verdict,
)
from coordnlp.stages.indicators import compute_indicators
from coordnlp.stages.indicators.answers import percentile
from coordnlp.stages.parse import parse_dossier

AS_OF = dt.date(2024, 12, 31)
Carried = Mapping[str, tuple[str, Evidence]]
"""By the words of a passage: the measure that it carries and the evidence."""


def minutes(day: str, *lines: str, present: str = "周启山、何映雪、罗建川", title: str = "联席会议纪要") -> Document:
    year, month, date = day.split("-")
    head = f"{title}\n时间：{year}年{int(month)}月{int(date)}日\n出席：{present}"
    return paper("\n".join([head, *(lines or ("会议研究了有关工作。",))]), f"{day} {title}.txt")


def letter(day: str, *lines: str, writer: str = "A") -> Document:
    year, month, date = day.split("-")
    to, sender = ("黑松林场", "青溪镇人民政府") if writer == "A" else ("青溪镇人民政府", "黑松林场")
    body = "\n".join(lines or ("现将有关情况函告。",))
    return paper(
        f"关于有关事项的函\n{to}：\n{body}\n{sender}\n{year}年{int(month)}月{int(date)}日", f"{day} {writer}.txt"
    )


def compute(
    documents: Sequence[Document],
    carried: Carried | None = None,
    *,
    requests: Sequence[Request] = (),
    events: Sequence[Event] = (),
    lives: Sequence[Life] = (),
    issues: Sequence[Issue] = (),
    as_of: dt.date = AS_OF,
) -> dict[tuple[str, str | None], Indicator]:
    """Return the indicators by code and party; of joint events those of each measure by its code."""
    parsed, names = parse_dossier(documents, TEAMS)
    annotations = {
        passage.id: Annotation(passage.id, (), (), measures=_measures(one.words(passage), carried or {}))
        for one in parsed
        for passage in one.passages
    }
    found = compute_indicators(
        parsed, annotations, requests, events, lives, issues, teams=TEAMS, names=names, as_of=as_of
    )
    return {(one.measures[0] if one.code == "joint_events" else one.code, one.party): one for one in found}


def _measures(text: str, carried: Carried) -> tuple[MeasureScore, ...]:
    fits = [given for words, given in carried.items() if text.strip() == words]
    return tuple(MeasureScore(code, 0.9, evidence, 0.9) for code, evidence in fits)


# --- rhythm --------------------------------------------------------------------------------------

QUARTERLY = "会议商定，联席会议每季度召开一次，两家轮流做东。"
FIRST_MONTH = "会议商定，联席会议每季度首月下旬召开。"
EVEN = "会议商定，联席会议逢双月召开。"
MONTHLY = "会议商定，今后每月碰一次头。"
LETTERS = [letter(f"2024-{month:02}-15", writer="AB"[month % 2]) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("words", "held", "missed"),
    [
        (QUARTERLY, ["2024-05-10", "2024-08-10", "2024-11-10"], []),
        (QUARTERLY, ["2024-05-10", "2024-11-10"], ["2024-09-30"]),
        (QUARTERLY, [], ["2024-06-30", "2024-09-30", "2024-12-31"]),
        (FIRST_MONTH, ["2024-04-20", "2024-07-20", "2024-11-05"], ["2024-10-31"]),
        (EVEN, ["2024-04-20", "2024-06-20", "2024-10-20", "2024-12-20"], ["2024-08-31"]),
        # A meeting a month late still fills the two months that it was due in.
        (EVEN, ["2024-03-20", "2024-05-20", "2024-07-20", "2024-09-20", "2024-11-20"], []),
        (MONTHLY, [f"2024-{month:02}-10" for month in (2, 3, 4, 5, 6, 7, 8, 9, 11, 12)], ["2024-10-31"]),
    ],
)
def test_a_period_without_a_meeting_is_missed(words: str, held: list[str], missed: list[str]) -> None:
    start = "2024-02-01" if words == EVEN else "2024-01-20"
    documents = [minutes(start, words), *map(minutes, held), *LETTERS]
    rhythm = compute(documents, {words: ("regular_meetings", "planned")})["meeting_rhythm", None]
    assert rhythm.value == len(missed)
    assert rhythm.date == (missed[0] if missed else "")
    assert all(day in rhythm.words for day in missed)
    assert rhythm.cases == len(held) + 1


def test_what_the_folder_does_not_reach_is_not_missed() -> None:
    documents = [minutes("2024-01-20", QUARTERLY), minutes("2024-05-10"), *LETTERS[:6]]
    rhythm = compute(documents, {QUARTERLY: ("regular_meetings", "planned")})["meeting_rhythm", None]
    assert (rhythm.value, rhythm.date, rhythm.lapsed_since) == (0, "", "")


def test_two_missed_in_a_row_at_the_end_are_a_lapse_where_both_went_on_writing() -> None:
    carried: Carried = {QUARTERLY: ("regular_meetings", "planned")}
    documents = [minutes("2024-01-20", QUARTERLY), minutes("2024-05-10")]
    assert compute([*documents, *LETTERS], carried)["meeting_rhythm", None].lapsed_since == "2024-09-30"
    one_sided = [one for one in LETTERS if one.file.endswith("A.txt")]
    assert compute([*documents, *one_sided], carried)["meeting_rhythm", None].lapsed_since == ""


def test_numbers_of_meetings_tell_of_those_whose_papers_are_missing() -> None:
    def numbered(day: str, number: int, *lines: str) -> Document:
        return minutes(day, *lines, title=f"第{number}次联席会议纪要")

    carried: Carried = {QUARTERLY: ("regular_meetings", "planned")}
    documents = [numbered("2024-01-20", 1, QUARTERLY), numbered("2024-11-10", 4), *LETTERS]
    assert compute(documents, carried)["meeting_rhythm", None].value == 0
    documents = [numbered("2024-01-20", 1, QUARTERLY), numbered("2024-11-10", 2), *LETTERS]
    assert compute(documents, carried)["meeting_rhythm", None].value == 2


def test_without_an_agreement_the_rhythm_is_inferred_and_says_so() -> None:
    held = ["2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10"]
    rhythm = compute([*map(minutes, held), *LETTERS])["meeting_rhythm", None]
    assert rhythm.caution == "周期是推算的"
    assert (rhythm.value or 0) > 2


@pytest.mark.parametrize(
    "document",
    [
        paper(
            "防火工作群聊天记录\n2024年3月5日\n何映雪：收到。\n罗建川：好的。\n秦越：好。", "2024-03-05 群聊天记录.txt"
        ),
        paper("防火数据对接（19）\n2024年3月5日\n何映雪：收到。\n罗建川：好的。\n秦越：好。", "f01.txt"),
        minutes("2024-03-05", title="联络专班周例会纪要"),
        letter("2024-03-05"),
    ],
    ids=["a chat", "a chat that only its members know as one", "a working group", "a letter"],
)
def test_what_is_no_meeting_of_the_two_teams(document: Document) -> None:
    assert ("meeting_rhythm", None) not in compute([document])


# --- who came ------------------------------------------------------------------------------------


def test_a_principal_is_there_when_listed_and_not_when_excused() -> None:
    documents = [
        minutes("2024-01-20"),
        minutes("2024-04-20", "请假：周启山（在县里开会）", present="何映雪、罗建川"),
        minutes("2024-07-20", present="杜文清、秦越、田小满"),
    ]
    found = compute(documents)
    assert (found["principals_present", "A"].value, found["principals_present", "A"].cases) == (66.7, 3)
    assert found["principals_present", "B"].value == 66.7
    assert found["principals_present", "A"].caution


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ("镇里：杜文清（周启山在省里开会）", False),
        ("镇里：杜文清；周启山因病请假", False),
        ("缺席：周启山", False),
        ("周启山主持会议。", True),
        ("镇里：周启山、杜文清", True),
    ],
)
def test_who_is_named_in_the_opening_was_there_unless_it_says_otherwise(line: str, there: bool) -> None:
    head = f"联席会议记录\n2024年3月5日\n{line}\n林场：罗建川、秦越\n罗建川：开始吧。\n杜文清：好。\n秦越：我记。"
    found = compute([paper(head, "2024-03-05 联席会议记录.txt")])
    assert found["principals_present", "A"].value == (100.0 if there else 0.0)


# --- answers -------------------------------------------------------------------------------------


def ask(number: int, day: str, *, asked: str = "B", kind: str = "request") -> Request:
    asker = "A" if asked == "B" else "B"
    return Request(f"Q-{number}", kind, asker, asked, "D-0", "P-0", 0, 4, day, None, 0.9)  # type: ignore[arg-type]


def live(number: int, status: RequestStatus, verdict: Verdict = "closed") -> Life:
    return Life(f"Q-{number}", status, verdict, False, 0, 0, 1, "")


def answer(number: int, day: str, document: str, type: EventType = "answer") -> Event:
    return Event(f"Q-{number}", type, document, "P-1", 0, 4, day, 0.9)


def test_days_to_the_first_answer_in_substance() -> None:
    parsed, _ = parse_dossier([letter("2024-03-01"), minutes("2024-03-11")], TEAMS)
    reply, meeting = (one.header.id for one in parsed)
    found = compute(
        [letter("2024-03-01"), minutes("2024-03-11")],
        requests=[ask(1, "2024-02-01"), ask(2, "2024-02-01"), ask(3, "2024-02-01"), ask(4, "2024-02-01"), ask(5, "")],
        events=[
            answer(1, "2024-02-05", reply, "acknowledgement"),
            answer(1, "2024-03-01", reply),
            answer(1, "2024-03-11", meeting),
            answer(2, "2024-03-11", meeting, "refusal"),
            answer(3, "2024-03-01", reply, "partial_answer"),
        ],
        lives=[
            live(1, "answered"),
            live(2, "declined"),
            live(3, "partial", "gap"),
            live(4, "unanswered", "cannot_tell"),
            live(5, "answered"),
        ],
    )
    days, share = found["answer_days", "B"], found["answered_share", "B"]
    assert (days.value, days.cases) == (34.0, 2)
    assert (share.value, share.cases) == (66.7, 3)
    assert share.caution
    assert found["reply_channels", "B"].words == "函1件，会议1件"
    assert not any(party == "A" for code, party in found if code in ("answer_days", "answered_share"))


def test_both_sides_are_compared_only_where_both_have_enough() -> None:
    few = compute([], requests=[ask(1, "2024-02-01")], lives=[live(1, "unanswered", "gap")])
    assert "对方" not in few["answered_share", "B"].words
    requests = [ask(n, "2024-02-01", asked="AB"[n % 2]) for n in range(10)]
    many = compute([], requests=requests, lives=[live(n, "unanswered", "gap") for n in range(10)])
    assert "对方收到5件，答复0件" in many["answered_share", "B"].words


@pytest.mark.parametrize(
    ("days", "share", "value"),
    [([7], 0.9, 7), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9), ([1, 2], 0.5, 1), ([3, 3, 9], 0.9, 9)],
)
def test_a_percentile_is_the_nearest_rank(days: list[int], share: float, value: int) -> None:
    assert percentile(days, share) == value


# --- liaison, bodies, consulting -----------------------------------------------------------------

NAMED = "日常联络由办公室主任杜文清负责与贵场对接。"
CHANGED = "自即日起，与贵场的日常对接改由副主任何俊承担。"


def liaison(*lines: str) -> dict[tuple[str, str | None], Indicator]:
    documents = [letter(f"2024-0{at + 1}-10", line) for at, line in enumerate(lines)]
    return compute(documents, dict.fromkeys(lines, ("liaison", "practised")))


def test_a_contact_who_follows_another_is_a_change() -> None:
    found = liaison(NAMED, CHANGED)["liaison_changes", "A"]
    assert (found.value, found.date) == (1.0, "2024-02-10")
    assert "杜文清" in found.words
    assert "何俊" in found.words


def test_the_same_contact_named_again_is_none() -> None:
    assert liaison(NAMED, NAMED.replace("日常", "今后"))["liaison_changes", "A"].value == 0.0


@pytest.mark.parametrize(
    "words",
    ["联系人：杜文清，电话：0000-3316025", "（联系人：何俊）", "请贵场明确联系人。", "双方要加强联络。"],
)
def test_a_contact_line_or_no_name_names_nobody(words: str) -> None:
    assert ("liaison_changes", "A") not in liaison(words)


def test_without_the_letter_that_names_him_only_the_contact_is_missing() -> None:
    documents = [letter("2024-01-10", NAMED), letter("2024-02-10", CHANGED), minutes("2024-03-10")]
    carried: Carried = dict.fromkeys((NAMED, CHANGED), ("liaison", "practised"))
    before, after = compute(documents, carried), compute(documents[:1] + documents[2:], carried)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed == {("liaison_changes", "A")}


GROUP = "会议决定成立镇场联络专班，每周碰头一次。"
WORKS = "联络专班碰头十一次，转办小事四十六件。"
STOPPED = "联络专班从秋天起再没有碰过头。"


@pytest.mark.parametrize(
    ("lines", "date", "told"),
    [
        ([GROUP], "2024-01-10", "没有哪份文书说它在运转"),
        ([GROUP, WORKS], "2024-02-10", "见它在运转"),
        ([GROUP, WORKS, STOPPED], "2024-03-10", "说它停了"),
    ],
)
def test_the_last_sign_of_a_group(lines: list[str], date: str, told: str) -> None:
    kinds: Carried = {
        GROUP: ("coordination_group", "planned"),
        WORKS: ("coordination_group", "practised"),
        STOPPED: ("coordination_group", "lacking"),
    }
    found = compute([minutes(f"2024-0{at + 1}-10", line) for at, line in enumerate(lines)], kinds)
    assert found["group_active", None].date == date
    assert told in found["group_active", None].words


def test_consulting_and_deciding_alone_are_counted_by_paper() -> None:
    asks, blames = "现就合作办法征求贵场意见，请提出修改意见。", "封路一事，贵镇事先没有问过我场一句。"
    found = compute(
        [letter("2024-01-10", asks), letter("2024-02-10", blames, writer="B")],
        {asks: ("joint_decisions", "practised"), blames: ("joint_decisions", "lacking")},
    )
    assert (found["consulted", "A"].value, found["consulted", "A"].cases) == (1.0, 2)
    assert "1份文书说它没有先问" in found["consulted", "A"].words
    assert ("consulted", "B") not in found


def test_joint_events_are_reported_ones_only() -> None:
    done, planned = "两家联合踏勘了大坳片。", "下月两家再去踏勘一次。"
    found = compute(
        [letter("2024-01-10", done), letter("2024-02-10", planned)],
        {done: ("joint_research", "practised"), planned: ("joint_research", "planned")},
    )
    assert (found["joint_research", None].value, found["joint_research", None].date) == (1.0, "2024-01-10")


# --- disagreements, old matters, items -----------------------------------------------------------


def issue(number: int, first: str, settled: str = "") -> Issue:
    occasion = Occasion("P", "D", 0, 4, first, "A", 0.9)
    end = Occasion("P", "D", 0, 4, settled, "AB", 0.9) if settled else None
    return Issue(f"I-{number}", "", (occasion,), "resolved" if end else "open", False, end, (), 0.8)


def test_days_to_settle_and_what_is_left_open() -> None:
    issues = [issue(1, "2024-01-01", "2024-01-31"), issue(2, "2024-01-01", "2024-03-01"), issue(3, "2024-01-01")]
    found = compute([], issues=issues)["settling_days", None]
    assert (found.value, found.cases) == (45.0, 2)
    assert "没有谈妥1件" in found.words
    assert compute([], issues=[issue(3, "2024-01-01")])["settling_days", None].value is None
    assert ("settling_days", None) not in compute([])


def test_old_matters_are_counted_by_the_last_word_of_a_paper() -> None:
    still, cleared = "旧账到今天没有清。", "旧账已经全部核清。"
    kinds: Carried = {still: ("legacy_issues", "lacking"), cleared: ("legacy_issues", "practised")}
    found = compute([letter("2024-01-10", still), letter("2024-02-10", still, cleared)], kinds)["legacy_open", None]
    assert (found.value, found.cases) == (1.0, 2)
    assert "最近一份 2024-02-10 说已经了结" in found.words


def test_items_that_no_paper_takes_up_by_the_next_meeting_are_dropped() -> None:
    documents = [minutes("2024-01-20"), letter("2024-03-01", writer="B"), minutes("2024-04-20"), minutes("2024-07-20")]
    parsed, _ = parse_dossier(documents, TEAMS)
    first, reply, second, _third = (one.header.id for one in parsed)

    def item(number: int, document: str, day: str) -> Request:
        return Request(f"Q-{number}", "assignment", "AB", "B", document, "P-0", 0, 4, day, None, 0.9)

    requests = [item(1, first, "2024-01-20"), item(2, first, "2024-01-20"), item(3, second, "2024-04-20")]
    found = compute(
        documents,
        requests=requests,
        events=[answer(1, "2024-03-01", reply), answer(2, "2024-07-20", _third)],
        lives=[live(1, "answered"), live(2, "answered"), live(3, "unanswered", "gap")],
    )["items_kept", None]
    assert (found.value, found.cases) == (33.3, 3)
    assert len(found.quotes) == 2


def test_nothing_gives_nothing() -> None:
    assert compute([]) == {}
