"""Proposals in words and as a file, and what a person changes in one."""

from dataclasses import replace

import pytest

from coordnlp.proposals import (
    change_teams,
    confidence_words,
    describe_proposal,
    format_proposal,
    is_sure,
    summarise_proposal,
)
from coordnlp.records import Member, Team, Teams, TeamsProposal
from coordnlp.teams import parse_teams

TEAMS = Teams(
    (Team("A", "甲局", ("甲甲", "局里"), (Member("张伟", "局长"),), ("jia.example",)), Team("B", "乙厂", ("乙乙",)))
)
SURE = TeamsProposal(TEAMS, 0.91, ("两家之间的文书有 20 份",), ("“协调办”是哪一方？",))
UNSURE = TeamsProposal(TEAMS, 0.3, ("两家之间的文书有 2 份",), ("要看的是不是“甲局”与“乙厂”这两家？",))
NOBODY = TeamsProposal(None, 0.0, ("没有找到两家单位之间的往来。",), ("文书里出现过的单位：甲局。",))


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.0, "没有把握"), (0.39, "没有把握"), (0.4, "把握不大"), (0.7, "有把握"), (0.9, "很有把握")],
)
def test_confidence_in_words(confidence: float, words: str):
    assert confidence_words(confidence).startswith(words)


def test_from_which_confidence_on_gaps_may_be_held_against_somebody():
    assert is_sure(SURE)
    assert not is_sure(UNSURE)
    assert not is_sure(NOBODY)


def test_what_a_run_says_of_a_guess():
    sure, unsure = "\n".join(summarise_proposal(SURE)), "\n".join(summarise_proposal(UNSURE))
    assert "以它为准" in sure
    assert "不列任何一方的缺口" in unsure
    for said in (sure, unsure):
        assert "没有填好的 teams.toml" in said
        assert "理由：" in said
        assert "待定：" in said


def test_a_description_shows_everything():
    shown = describe_proposal(SURE)
    for expected in ("甲局", "甲甲、局里", "张伟（局长）", "jia.example", "理由：", "待定："):
        assert expected in shown
    assert "甲局" in describe_proposal(NOBODY)


@pytest.mark.parametrize("proposal", [SURE, UNSURE])
def test_what_is_written_is_read_back_as_the_same_teams(proposal: TeamsProposal):
    text = format_proposal(TEAMS, proposal)
    assert parse_teams(text) == TEAMS
    assert "# 待定：" in text


def test_a_line_break_in_a_reason_stays_a_comment():
    text = format_proposal(TEAMS, TeamsProposal(TEAMS, 0.9, ('名\nname = "丙"\r\n',)))
    assert parse_teams(text) == TEAMS


@pytest.mark.parametrize(
    ("words", "names", "aliases", "ours"),
    [
        ("我方 A", ("甲局", "乙厂"), (("甲甲", "局里"), ("乙乙",)), "A"),
        ("我方 b", ("甲局", "乙厂"), (("甲甲", "局里"), ("乙乙",)), "B"),
        ("我方 无", ("甲局", "乙厂"), (("甲甲", "局里"), ("乙乙",)), None),
        ("加 A 局机关", ("甲局", "乙厂"), (("甲甲", "局里", "局机关"), ("乙乙",)), None),
        ("改名 B 乙船厂", ("甲局", "乙船厂"), (("甲甲", "局里"), ("乙厂", "乙乙")), None),
        ("移 局里", ("甲局", "乙厂"), (("甲甲",), ("乙乙", "局里")), None),
        ("移 乙乙", ("甲局", "乙厂"), (("甲甲", "局里", "乙乙"), ()), None),
        ("删 甲甲", ("甲局", "乙厂"), (("局里",), ("乙乙",)), None),
    ],
)
def test_what_a_person_may_change(words: str, names: tuple[str, ...], aliases: tuple[object, ...], ours: str | None):
    changed = change_teams(TEAMS, words)
    assert changed is not None
    assert tuple(team.name for team in changed.teams) == names
    assert tuple(team.aliases for team in changed.teams) == aliases
    assert changed.ours == ours


@pytest.mark.parametrize(
    "words",
    [
        "",
        "改",
        "我方",
        "我方 C",
        "改名 A",
        "改名 C 丙",
        "加 A 乙乙",
        "加 C 丙",
        "加 丙",
        "移 丙丙",
        "删 丙丙",
        "好的",
        "A",
    ],
)
def test_what_is_not_understood_changes_nothing(words: str):
    assert change_teams(TEAMS, words) is None


def test_a_run_shows_few_of_many_questions_and_counts_the_rest():
    many = "\n".join(summarise_proposal(replace(UNSURE, questions=tuple(f"第{n}问？" for n in range(1, 6)))))
    assert "第3问" in many
    assert "第4问" not in many
    assert "另有 2 处待定" in many
    assert "另有" not in "\n".join(summarise_proposal(replace(UNSURE, questions=("第1问？",))))
