"""Whom a name stands for."""

from __future__ import annotations

import pytest

from coordnlp.names import Names, gather_names
from coordnlp.records import Member, Party, Team, Teams

TEAMS = Teams(
    (
        Team(
            "A",
            "青溪镇党委班子",
            aliases=("青溪镇", "镇里", "我镇", "区总"),
            members=(
                Member("周启山", "书记"),
                Member("何映雪", "镇长"),
                Member("杜文", "主任"),
                Member("欧阳静", "委员"),
            ),
            domains=("@Qingxi.example",),
        ),
        Team(
            "B",
            "黑松林场领导班子",
            aliases=("黑松林场", "林场", "场部", "青溪镇林站"),
            members=(Member("罗建川", "场长"), Member("周海", "副场长"), Member("田小满", "会计")),
            domains=("heisong.example",),
        ),
    )
)


@pytest.fixture
def names() -> Names:
    return gather_names(TEAMS)


def told(names: Names, text: str) -> str:
    return " ".join(f"{text[m.start : m.end]}={m.party}{'*' if m.person else ''}" for m in names.find(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("青溪镇来函", "青溪镇=A"),
        ("黑松林场来函", "黑松林场=B"),
        ("青溪镇党委来函", "青溪镇=A"),
        ("青溪镇党委班子来函", "青溪镇党委班子=A"),
        ("何映雪与罗建川会商", "何映雪=A* 罗建川=B*"),
        ("青溪镇林站报数", "青溪镇林站=B"),
        ("镇里和场部商定", "镇里=A 场部=B"),
        ("镇财政所拨款", "镇=A"),
        ("场指挥室值班", "场=B"),
        ("罗场长说", "罗场长=B*"),
        ("建川同志说", "建川同志=B*"),
        ("欧阳委员说", "欧阳委员=A*"),
        ("何镇长请田会计核对", "何镇长=A* 田会计=B*"),
        # Nothing of it names either.
        ("", ""),
        ("县林业局来函", ""),
        ("城镇化", ""),
        ("集镇改造", ""),
        ("林业站", ""),
        # 周 is a surname on both sides.
        ("周书记说", ""),
        ("周边道路", ""),
        ("罗列数据", ""),
        ("我镇与贵场", ""),
    ],
)
def test_names_are_found_leftmost_and_longest(names: Names, text: str, found: str) -> None:
    assert told(names, text) == found


@pytest.mark.xfail(strict=True, reason="names are not held to the borders of words: 场部 in 广场部分")
def test_a_name_inside_another_word_is_no_name(names: Names) -> None:
    assert told(names, "广场部分开放") == ""


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("青溪镇", "A"),
        ("黑松林场：", "B"),
        ("青溪镇、黑松林场", "AB"),
        ("县林业局、黑松林场", "B"),
        ("县林业局", None),
        ("", None),
    ],
)
def test_a_name_line_stands_for_a_party(names: Names, text: str, party: Party | None) -> None:
    assert names.party(text) == party


@pytest.mark.parametrize(
    ("signature", "party"),
    [
        ("建川", "B"),
        ("映雪\n5月8日", "A"),
        ("罗建川", "B"),
        ("映雪、建川", None),
        ("山川", None),
        ("建川水库", None),
    ],
)
def test_a_person_may_sign_with_the_given_name(names: Names, signature: str, party: Party | None) -> None:
    assert names.signer(signature) == party


@pytest.mark.parametrize(
    ("name", "address", "party"),
    [
        ("", "a@qingxi.example", "A"),
        ("", "a@QINGXI.EXAMPLE", "A"),
        ("", "a@mail.heisong.example", "B"),
        ("罗建川", "luo@mail.example", "B"),
        ("罗建川", "a@qingxi.example", "A"),
        ("", "a@notqingxi.example", None),
        ("", "a@qingxi.example.com", None),
        ("", "", None),
        ("贺言", "he@mail.example", None),
        ("何映雪、罗建川", "all@mail.example", None),
    ],
)
def test_an_address_belongs_by_domain_and_else_by_name(
    names: Names, name: str, address: str, party: Party | None
) -> None:
    assert names.of_address(name, address) == party


def test_people_that_are_learned_do_not_change_sides(names: Names) -> None:
    more = names.with_people({"罗建川": "A", "吴敏学": "A"})
    assert (more.people["罗建川"], more.people["吴敏学"]) == ("B", "A")
    assert "吴敏学" not in names.people


def test_a_surname_stops_standing_for_one_side_when_the_other_has_it_too(names: Names) -> None:
    assert told(names.with_people({"罗敏": "A"}), "罗场长说") == ""


def test_short_forms_that_are_learned_do_not_change_sides(names: Names) -> None:
    more = names.with_units({"林场": "A", "黑场": "B"})
    assert (more.party("林场"), more.party("黑场"), names.party("黑场")) == ("B", "B", None)


@pytest.mark.parametrize("word", ["罗建川", "何雪", "欧阳静", "欧阳静怡", "诸葛明"])
def test_personal_names(names: Names, word: str) -> None:
    assert names.words.is_person(word)


@pytest.mark.parametrize("word", ["罗", "便道", "罗建川等", "联系人", "Luo", "罗建 川", "会议纪要", ""])
def test_what_is_no_personal_name(names: Names, word: str) -> None:
    assert not names.words.is_person(word)


@pytest.mark.parametrize(
    ("aliases", "other", "found"),
    [
        (("镇里",), (), "镇=A"),
        (("镇上", "镇里头"), (), "镇=A"),
        (("镇里",), ("镇上",), ""),
        (("青溪镇",), (), ""),
        (("我镇",), (), ""),
    ],
)
def test_a_root_is_shown_by_the_aliases_of_one_side(
    aliases: tuple[str, ...], other: tuple[str, ...], found: str
) -> None:
    teams = Teams((Team("A", "甲单位", aliases), Team("B", "乙单位", other)))
    assert told(gather_names(teams), "镇财政所拨款") == found


def test_teams_without_any_names_find_nothing() -> None:
    names = gather_names(Teams((Team("A", ""), Team("B", ""))))
    assert told(names, "青溪镇与黑松林场") == ""


def test_traditional_names_count_in_both_writings() -> None:
    first, _ = TEAMS.teams
    there = Team("B", "黑松林場領導班子", aliases=("黑松林場", "場裡"), members=(Member("羅建川"), Member("石乾明")))
    names = gather_names(Teams((first, there)))
    for text in ("黑松林場", "黑松林场", "羅建川", "罗建川", "石乾明", "石干明", "罗场长"):
        assert names.party(text) == "B", text
    assert names.roots.get("场") == "B"
    assert names.party("周启山") == "A"


def test_simplified_names_have_one_writing() -> None:
    there = Team("B", "石场", members=(Member("石乾明"),))
    assert "石干明" not in gather_names(Teams((TEAMS.teams[0], there))).people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("禾溪县供销社来函", "B"),
        ("县供销社来函", "B"),
        ("供销社来函", "B"),
        ("遥江市供销合作社联合社检查", None),
        ("市供销社检查", None),
        ("全省农业农村局", None),
        ("本地供销社", "B"),
    ],
)
def test_a_unit_of_another_place_is_no_side(text: str, expected: str | None) -> None:
    teams = Teams(
        (
            Team("A", "禾溪县农业农村局", ("县农局", "农业农村局")),
            Team("B", "禾溪县供销合作社联合社", ("县供销社", "供销社", "供销合作社联合社")),
        )
    )
    assert gather_names(teams).party(text) == expected


PLANT = Teams(
    (
        Team("A", "朔原风电有限公司北疆分公司", (), (), ()),
        Team("B", "乌仁县人民政府", ("县里",), (), ()),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("由分公司于5月底前立好", "分公司=A"),
        ("：分公司不同意", "分公司=A"),
        ("请公司办理", "公司=A"),
        ("公司说过", "公司=A"),
        # Another one, or another word.
        ("保险公司正在勘验", ""),
        ("按公司法办理", ""),
        ("各公司自查", ""),
    ],
)
def test_the_one_side_of_a_kind_is_called_by_it(text: str, found: str) -> None:
    assert told(gather_names(PLANT), text) == found


def test_a_kind_that_both_sides_are_of_names_neither() -> None:
    both = Teams((Team("A", "云渡热力有限公司", (), (), ()), Team("B", "青溪矿业有限公司", (), (), ())))
    assert told(gather_names(both), "请公司办理") == ""


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("云渡市环卫集团有限公司", {"公司", "集团"}),
        ("澜衡产业园管理委员会", {"园区"}),
        ("乌仁县人民政府", {"县政府"}),
        ("云渡大学", {"学校"}),
        ("云渡市住房和城乡建设局", set()),
    ],
)
def test_kinds_of_units(names: Names, name: str, kinds: set[str]) -> None:
    assert set(names.words.kinds.of(name)) == kinds


@pytest.mark.parametrize(
    ("given", "signed"),
    [
        ("市轨道交通公司", "市轨道交通有限公司"),
        ("北辰电商有限公司", "北辰电商股份有限公司"),
        ("北辰电商有限责任公司班子", "北辰电商公司"),
    ],
)
def test_a_company_is_known_in_every_legal_form(given: str, signed: str) -> None:
    found = gather_names(Teams((Team("A", given), Team("B", "黑松林场"))))
    assert found.party(signed) == "A"


def test_no_company_is_made_of_a_branch() -> None:
    found = gather_names(Teams((Team("A", "临江分公司"), Team("B", "黑松林场"))))
    assert found.party("临江分有限公司") is None
