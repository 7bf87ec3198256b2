"""`teams.toml` as people write and save it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordnlp.errors import ConfigurationError, UsageError
from coordnlp.records import Member, Team, Teams
from coordnlp.teams import (
    TEMPLATE,
    describe_teams,
    doubts,
    find_teams_file,
    format_teams,
    load_teams,
    no_teams,
    parse_teams,
)

GOOD = """\
ours = "A"

[[team]]
id = "A"
name = "临港区总工会"
aliases = ["区总", "我会", "区总", "临港区总工会", ""]
members = ["钱守业 主席", "闻小雨", "李　明　副主席", "赵北（办公室 主任）", "闻小雨"]
domains = ["@LGQGH.example"]

[[team]]
id = "B"
name = "临港船厂工会"
aliases = ["船厂工会"]
"""


def both(first: str, second: str = 'id = "B"\nname = "乙"', top: str = "") -> str:
    return f"{top}\n[[team]]\n{first}\n[[team]]\n{second}\n"


def complaint(text: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        parse_teams(text)
    assert caught.value.advice
    return caught.value.message


def test_a_file_is_read_as_written_without_duplicates():
    teams = parse_teams(GOOD)
    first, second = teams.teams
    assert teams.ours == "A"
    assert (first.id, first.name, first.aliases) == ("A", "临港区总工会", ("区总", "我会"))
    assert first.members == (
        Member("钱守业", "主席"),
        Member("闻小雨"),
        Member("李明", "副主席"),
        Member("赵北", "办公室 主任"),
    )
    assert first.domains == ("lgqgh.example",)
    assert second == Team("B", "临港船厂工会", ("船厂工会",))


def test_team_a_comes_first_and_ours_may_be_left_out():
    teams = parse_teams(both('id = "B"\nname = "乙"', 'id = "A"\nname = "甲"'))
    assert [team.name for team in teams.teams] == ["甲", "乙"]
    assert teams.ours is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_way_that_notepad_saves(tmp_path: Path, encoding: str, line_end: str):
    file = tmp_path / "teams.toml"
    file.write_bytes(GOOD.replace("\n", line_end).encode(encoding))
    assert load_teams(file) == parse_teams(GOOD)


def test_an_unknown_encoding_and_an_unreadable_file_are_told(tmp_path: Path):
    file = tmp_path / "teams.toml"
    file.write_bytes(b'name = "\xff\xff\x80"')
    with pytest.raises(ConfigurationError, match="编码"):
        load_teams(file)
    with pytest.raises(ConfigurationError, match="打不开"):
        load_teams(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('# 注\nours＝"A"', "teams.toml 第2行：用了全角符号“＝”"),
        ("\n\nname = “临港”", "第3行：用了全角符号““”"),
        ('name = "临港”', "第1行：用了全角符号“””"),
        ('a = 1\naliases = ["甲"，"乙"]', "第2行：用了全角符号“，”"),
        ('aliases = ["甲，乙“丙”" "丁"]', "缺少右方括号"),
        ("name = 临港", "第1行：等号后面的文字要放在英文引号里（name = 临港）"),
        ("name 临港", "第1行：缺少等号"),
        ('电话 = "1"', "第1行：这一行不是“英文名称 = 内容”的写法"),
        ('ours = "A"\nours = "B"', "第2行：同一个名称写了两次"),
        ('aliases = ["甲"', "第1行：缺少右方括号"),
        ('name = "甲', "第1行：引号没有成对"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, expected: str):
    assert expected in complaint(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "没有 [[team]]"),
        ('team = "甲"', "没有 [[team]]"),
        ('[team]\nid = "A"', "没有 [[team]]"),
        ('[[team]]\nid = "A"\nname = "甲"', "现在有 1 个"),
        (both('id = "A"\nname = "甲"') + '[[team]]\nid = "C"', "第8行：要有两个 [[team]]，现在有 3 个"),
        (both('id = "C"\nname = "甲"'), '第3行：id 只能是 "A" 或 "B"，不能是 \'C\'（id = "C"）'),
        (both('id = 1\nname = "甲"'), "第3行：id 只能是"),
        (both('name = "甲"'), "没有写 id"),
        (both('id = "B"\nname = "甲"'), '第6行：两个 [[team]] 的 id 都是 "B"'),
        (both('id = "A"'), "第1个 [[team]] 的 name（单位全称）还没有填"),
        (both('id = "A"\nname = "　"'), "第4行：第1个 [[team]] 的 name"),
        (both('id = "A"\nname = 3'), "第4行：name 要写成"),
        (both('id = "A"\nname = "甲"\nmembers = ["丙", 3]'), "第5行：members 里的 3 不是文字"),
        (both('id = "A"\nname = "甲"\naliases = "丙"'), "第5行：aliases 要写成列表"),
        (both('id = "A"\nname = "甲"\nalias = ["丙"]'), "第5行：不认识 alias，是不是 aliases"),
        (both('id = "A"\nname = "甲"\nphone = "丙"'), "不认识 phone，可以写的有 id、name"),
        (both('id = "A"\nname = "甲"', top='our = "A"'), "第1行：不认识 our，是不是 ours"),
        (both('id = "A"\nname = "甲"\nours = "A"'), "第5行：ours 要写在第一个 [[team]] 的上面"),
        (both('id = "A"\nname = "甲"', top='ours = "C"'), '第1行：ours 只能是 "A" 或 "B"'),
        (both('id = "A"\nname = "甲"', top='complete = "true"'), "第1行：complete 只能是 true 或 false"),
        (both('id = "A"\nname = "甲"\ncomplete = true'), "第5行：complete 要写在第一个 [[team]] 的上面"),
        (both('id = "A"\nname = "甲"\naliases = ["两委"]', 'id = "B"\nname = "两委"'), "“两委”在双方"),
        (both('id = "A"\nname = "甲"\naliases = ["ＡＢ局"]', 'id = "B"\nname = "ab局"'), "“ab局”在双方"),
    ],
)
def test_a_wrong_shape_is_told_with_key_and_line(text: str, expected: str):
    assert expected in complaint(text)


@pytest.mark.parametrize(("top", "complete"), [("", False), ("complete = true", True), ("complete = false", False)])
def test_somebody_may_vouch_that_no_paper_is_missing(top: str, complete: bool):
    teams = parse_teams(both('id = "A"\nname = "甲"', top=top))
    assert teams.complete is complete
    assert parse_teams(format_teams(teams)) == teams


def test_the_template_asks_for_the_names_and_is_good_once_filled():
    assert "name（单位全称）还没有填" in complaint(TEMPLATE)
    filled = TEMPLATE.replace('name = ""', 'name = "甲"', 1).replace('name = ""', 'name = "乙"', 1)
    assert parse_teams(filled).ours == "A"


_words = st.text(st.characters(exclude_categories=("Cs", "Z")) | st.sampled_from('"\\#\x7f\x01＝'), min_size=1).filter(
    lambda text: text.strip() == text and text and not set(text) & set("()（）")
)


@st.composite
def _teams(draw: st.DrawFn) -> Teams:
    names = draw(st.lists(_words, min_size=6, max_size=6, unique_by=lambda text: text.casefold()))
    people = st.builds(Member, _words.filter(lambda name: len(name.split()) == 1 and len(name) > 1))
    teams = [
        Team(side, name, tuple(aliases), tuple(draw(st.lists(people, unique=True))), ("x.example",))
        for side, name, *aliases in (("A", *names[:3]), ("B", *names[3:]))
    ]
    return Teams((teams[0], teams[1]), draw(st.sampled_from(["A", "B", None])))


@given(_teams())
def test_what_is_written_is_read_back(teams: Teams):
    try:
        again = parse_teams(format_teams(teams))
    except ConfigurationError as error:
        # Names that differ only in width are one name to the reader.
        assert "双方" in error.message  # noqa: PT017
        return
    assert again == teams


def test_posts_are_written_and_read_back():
    assert parse_teams(format_teams(parse_teams(GOOD))) == parse_teams(GOOD)


def test_the_file_given_wins_over_that_of_the_dossier(tmp_path: Path):
    own, given_file = tmp_path / "teams.toml", tmp_path / "other.toml"
    assert find_teams_file(tmp_path) is None
    own.write_text(GOOD, "utf-8")
    given_file.write_text(GOOD, "utf-8")
    assert find_teams_file(tmp_path) == own
    assert find_teams_file(tmp_path, given_file) == given_file
    with pytest.raises(UsageError, match="不在"):
        find_teams_file(tmp_path, tmp_path / "不在.toml")


def test_a_file_that_notepad_misnamed_is_told(tmp_path: Path):
    (tmp_path / "teams.toml.txt").write_text(GOOD, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        find_teams_file(tmp_path)
    assert ".txt 去掉" in caught.value.advice


def test_the_blank_file_of_init_counts_as_none(tmp_path: Path):
    file = tmp_path / "teams.toml"
    file.write_text(TEMPLATE, "utf-8")
    assert find_teams_file(tmp_path) is None
    file.write_text(TEMPLATE.replace('name = ""', 'name = "甲局"', 1), "utf-8")
    assert find_teams_file(tmp_path) == file


def test_teams_that_nothing_tells_are_an_error_that_names_what_was_seen(tmp_path: Path):
    error = no_teams(tmp_path, ["文书里出现过的单位：甲局、乙局。往来双方是哪两家？"])
    assert "甲局、乙局" in error.message
    assert "coordnlp teams" in error.advice


def test_doubts_name_what_could_go_wrong():
    text = both(
        'id = "A"\nname = "甲局"\naliases = ["甲"]\nmembers = ["李明"]\ndomains = ["x.example"]',
        'id = "B"\nname = "乙局"\nmembers = ["李明 主任"]\ndomains = ["x.example"]',
    )
    found = "\n".join(doubts(parse_teams(text)))
    for expected in ("李明 同时", "x.example 双方都有", "“甲”只有一个字", "乙局 没有写 aliases"):
        assert expected in found


def test_a_full_file_raises_no_doubts():
    text = both(*(f'id = "{s}"\nname = "{s}局"\naliases = ["{s}{s}"]\nmembers = ["{s}三"]' for s in "AB"))
    assert doubts(parse_teams(text)) == ()


def test_the_description_shows_what_was_read():
    shown = describe_teams(parse_teams(GOOD))
    for expected in ("我方：临港区总工会", "区总、我会", "钱守业（主席）、闻小雨", "lgqgh.example", "请留意"):
        assert expected in shown
