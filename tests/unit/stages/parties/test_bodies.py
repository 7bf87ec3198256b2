"""Two bodies of one unit that write to each other: 党委 and 行政, 工会 and 行政, 董事会 and 经理层."""

from __future__ import annotations

import pytest
from notation import folder

from coordnlp.names import Names, gather_names
from coordnlp.records import TeamsProposal
from coordnlp.stages.parties import propose_teams

SURE = 0.7


def propose(text: str) -> tuple[TeamsProposal, Names]:
    proposal = propose_teams(folder(text))
    assert proposal.teams is not None, proposal
    return proposal, gather_names(proposal.teams)


COMMITTEE = """
中共澜阳设计研究院委员会 > 院行政班子
澜阳设计研究院 > 院党委
中共澜阳设计研究院委员会 > 院行政班子
澜阳设计研究院 > 院党委
院长办公室 > 党委办公室
党委办公室 > 院长办公室
"""
UNION = """
沄州纺织机械厂工会委员会 > 厂行政
沄州纺织机械厂 > 厂工会委员会
沄州纺织机械厂工会委员会 > 厂行政
沄州纺织机械厂 > 厂工会
沄州纺织机械厂工会委员会 > 厂行政
"""
SCHOOL = """
中共临溪职业技术学院委员会 > 校长办公室
校长办公室 > 学校党委
党委办公室 > 校长办公室
临溪职业技术学院 > 党委办公室
"""
HOSPITAL = """
市二院党委 > 医院行政领导班子
市二院行政办公室 > 院党委办公室
院党委 > 院长办公会
院办公室 > 院党委
"""
BOARD = """
澜江交通投资集团有限公司董事会办公室 > 总经理办公室
总经理办公室 > 董事会办公室
董事会 > 经理层
"""


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            COMMITTEE,
            ["中共澜阳设计研究院委员会", "院党委", "党委办公室"],
            ["澜阳设计研究院", "院行政班子", "院长办公室"],
        ),
        (UNION, ["沄州纺织机械厂工会委员会", "厂工会"], ["沄州纺织机械厂", "厂行政"]),
        (
            SCHOOL,
            ["中共临溪职业技术学院委员会", "学校党委", "党委办公室"],
            ["临溪职业技术学院", "校长办公室"],
        ),
        (HOSPITAL, ["市二院党委", "院党委", "院党委办公室"], ["医院行政领导班子", "院长办公会", "市二院行政办公室"]),
    ],
)
def test_two_bodies_of_one_unit_are_the_two_sides(text: str, one: list[str], other: list[str]) -> None:
    proposal, names = propose(text * 2)
    assert proposal.confidence >= SURE
    first, second = {names.party(name) for name in one}, {names.party(name) for name in other}
    assert len(first) == len(second) == 1
    assert first | second == {"A", "B"}


def test_people_listed_by_body_are_seated() -> None:
    _, names = propose(COMMITTEE + "党委班子：向景川、佘慧敏 | 行政班子：闵泽洲、褚立人")
    assert names.people["向景川"] == names.people["佘慧敏"] == names.party("院党委")
    assert names.people["闵泽洲"] == names.people["褚立人"] == names.party("院行政班子")


def test_departments_are_of_the_body_that_they_serve() -> None:
    more = "党委组织部 > 人力资源部\n人力资源部 > 党委组织部\n"
    _, names = propose(COMMITTEE + more)
    assert names.party("党委组织部") == names.party("院党委")
    assert names.party("人力资源部") == names.party("院行政班子")


def test_who_writes_from_above_is_neither() -> None:
    _, names = propose(COMMITTEE + "通知 省国资委党委 > 院党委、院行政班子\n请示 澜阳设计研究院 > 省国资委\n")
    assert names.units.get("省国资委党委") is None
    assert names.units.get("省国资委") is None


@pytest.mark.parametrize(
    "text",
    [
        # The party committee of a bureau speaks for the bureau where it writes to another unit.
        """
        中共禾溪县水利局党组 > 青溪镇人民政府
        青溪镇人民政府 > 禾溪县水利局
        禾溪县水利局 > 青溪镇人民政府
        青溪镇人民政府 > 禾溪县水利局党组
        通知 禾溪县水利局党组 > 水利局办公室
        """,
        # One letter inside a unit among those between two.
        """
        澜阳设计研究院 > 临江建设集团有限公司
        临江建设集团有限公司 > 澜阳设计研究院
        中共澜阳设计研究院委员会 > 院行政班子
        临江建设集团有限公司 > 中共澜阳设计研究院委员会
        澜阳设计研究院 > 临江建设集团有限公司
        """,
    ],
)
def test_bodies_of_one_unit_are_one_side_where_it_writes_to_another(text: str) -> None:
    _, names = propose(text)
    for whole, body in [("禾溪县水利局", "禾溪县水利局党组"), ("澜阳设计研究院", "中共澜阳设计研究院委员会")]:
        if whole in text:
            assert names.party(whole) == names.party(body) is not None


def test_bodies_of_two_units_are_no_bodies_of_one() -> None:
    text = "\n".join(["中共澜阳设计研究院委员会 > 临江建设集团行政班子", "临江建设集团 > 澜阳设计研究院党委"] * 3)
    _, names = propose(text)
    assert names.party("中共澜阳设计研究院委员会") == names.party("澜阳设计研究院党委") is not None
    assert names.party("临江建设集团") not in (names.party("澜阳设计研究院党委"), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (COMMITTEE, {"中共澜阳设计研究院委员会", "澜阳设计研究院行政班子"}),
        (UNION, {"沄州纺织机械厂工会委员会", "沄州纺织机械厂行政班子"}),
        (BOARD, {"澜江交通投资集团有限公司董事会", "澜江交通投资集团有限公司经理层"}),
        (SCHOOL, {"中共临溪职业技术学院委员会", "临溪职业技术学院行政班子"}),
    ],
)
def test_a_team_is_called_by_its_unit_and_body(text: str, expected: set[str]) -> None:
    proposal, _ = propose(text * 2)
    assert proposal.teams is not None
    assert {team.name for team in proposal.teams.teams} == expected


def test_one_mail_within_the_house_of_a_unit_tells_no_side() -> None:
    more = "~ 骆正廷@lysjy.example > 詹远帆@lysjy.example\n党委班子：向景川、骆正廷 | 行政班子：闵泽洲、詹远帆\n"
    proposal, names = propose(COMMITTEE + more)
    assert proposal.teams is not None
    assert not any(team.domains for team in proposal.teams.teams)
    assert names.people["骆正廷"] == names.party("院党委")
    assert names.people["詹远帆"] == names.party("院行政班子")


def test_a_board_and_its_managers_are_two_sides() -> None:
    _, names = propose(BOARD)
    assert names.party("董事会") == names.party("澜江交通投资集团有限公司董事会办公室")
    assert {names.party("董事会"), names.party("经理层")} == {"A", "B"}
