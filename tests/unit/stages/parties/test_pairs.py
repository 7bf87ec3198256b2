"""Which two units a folder is between, and how surely: folders in a mini-notation."""

from __future__ import annotations

import random

import pytest
from notation import folder
from papers import mail, paper

from coordnlp.records import TeamsProposal
from coordnlp.settings import load_settings
from coordnlp.stages.parties import propose_teams

TOWN_AND_STATION = """
青溪镇人民政府 > 黑松林场
黑松林场 > 青溪镇人民政府
青溪镇人民政府 > 黑松林场
黑松林场 > 青溪镇人民政府
青溪镇人民政府：何映雪、杜文清 | 黑松林场：罗建川、田小满
青溪镇人民政府 > 黑松林场
黑松林场 > 青溪镇人民政府
"""


def pair(proposal: TeamsProposal) -> set[str]:
    return {team.name for team in proposal.teams.teams} if proposal.teams else set()


def is_sure(proposal: TeamsProposal) -> bool:
    return proposal.confidence >= load_settings().parties.accuse


# --- sure ----------------------------------------------------------------------------------------

SURE = {
    "letters both ways and a meeting": (TOWN_AND_STATION, "青溪镇人民政府、黑松林场"),
    "a superior body sends notices to both": (
        TOWN_AND_STATION
        + "通知 云渡市人民政府 > 青溪镇人民政府、黑松林场\n通知 云渡市人民政府 > 青溪镇人民政府、黑松林场\n",
        "青溪镇人民政府、黑松林场",
    ),
    "one side petitions its superior": (
        TOWN_AND_STATION + "请示 青溪镇人民政府 > 云渡市人民政府\n请示 青溪镇人民政府 > 云渡市人民政府\n",
        "青溪镇人民政府、黑松林场",
    ),
    "a third unit wrote once": (TOWN_AND_STATION + "县水利站 > 青溪镇人民政府\n", "青溪镇人民政府、黑松林场"),
    "the committee and the government of one town": (
        "\n".join(["中共青溪镇委员会 > 青溪镇人民政府", "青溪镇人民政府 > 中共青溪镇委员会"] * 4),
        "中共青溪镇委员会、青溪镇人民政府",
    ),
    "letters are signed by offices": (
        "\n".join(["澜洲机场有限公司办公室 > 远穗航空公司", "远穗航空公司综合部 > 澜洲机场有限公司"] * 4),
        "澜洲机场有限公司、远穗航空公司",
    ),
    "one side is written to by its short form": (
        "\n".join(["云渡市文化广电和旅游局 > 槐川博物馆", "槐川博物馆 > 市文化广电和旅游局"] * 4),
        "云渡市文化广电和旅游局、槐川博物馆",
    ),
    "a name with 和 in it heads minutes alone": (
        "\n".join(
            [
                "临淅市住房公积金管理中心 > 临淅市住房和城乡建设局",
                "临淅市住房和城乡建设局 > 临淅市住房公积金管理中心",
                "# 临淅市住房公积金管理中心\\n临淅市住房和城乡建设局\\n专题会议纪要\\n会议研究了有关事项。",
            ]
            * 3
        ),
        "临淅市住房公积金管理中心、临淅市住房和城乡建设局",
    ),
    "minutes say what was heard and what was urged": (
        TOWN_AND_STATION
        + (
            "会 青溪镇人民政府与黑松林场 = 会议听取了林场防火组和镇应急办的汇报。"
            "何映雪强调，全镇干部和林场的同志要算大账。\n"
        )
        * 2,
        "青溪镇人民政府、黑松林场",
    ),
    "a name has a number in it": (
        "\n".join(
            [
                "珑江市轨道交通四号线建设有限公司 > 华桥隧道集团珑江地铁4号线土建三标项目经理部",
                "华桥隧道集团珑江地铁4号线土建三标项目经理部 > 珑江市轨道交通四号线建设有限公司",
            ]
            * 4
        ),
        "珑江市轨道交通四号线建设有限公司、华桥隧道集团珑江地铁4号线土建三标项目经理部",
    ),
    "minutes name a side in full and in short": (
        "\n".join(
            [
                "朔宁热电厂 > 朔宁市供热有限责任公司",
                "朔宁市供热有限责任公司 > 朔宁热电厂",
                "朔宁热电厂：郝建疆、段玉珍 | 热电厂：佟立本、仇晓东 | 供热公司：庞卫国、单慧敏",
                "热电厂：佟立本、仇晓东 | 供热公司：庞卫国、单慧敏",
            ]
            * 2
        ),
        "朔宁热电厂、朔宁市供热有限责任公司",
    ),
    "one side is called a headquarters": (
        "\n".join(["棠州市轨道交通建设指挥部 > 市文物局", "棠州市文物局 > 市轨道交通建设指挥部"] * 4),
        "棠州市轨道交通建设指挥部、棠州市文物局",
    ),
    "one side is called a task force": (
        "\n".join(["云渡市城市更新专班 > 云渡市供水公司", "云渡市供水公司 > 市城市更新专班"] * 4),
        "云渡市城市更新专班、云渡市供水公司",
    ),
    "a headquarters of both writes to both, and either to it": (
        TOWN_AND_STATION
        + "\n".join(
            [
                "护林联防指挥部 > 青溪镇人民政府",
                "护林联防指挥部 > 黑松林场",
                "青溪镇人民政府 > 护林联防指挥部",
                "黑松林场 > 护林联防指挥部",
            ]
        ),
        "青溪镇人民政府、黑松林场",
    ),
    "mails with signature blocks": (
        "\n".join(
            ["~ 张伟@jia.example > 王敏@yi.example / 临港区教育局", "~ 王敏@yi.example > 张伟@jia.example / 临港船厂"]
            * 5
        ),
        "临港区教育局、临港船厂",
    ),
    "mails, with the units told by the attendee lists": (
        "\n".join(["~ 张伟@jia.example > 王敏@yi.example", "~ 王敏@yi.example > 张伟@jia.example"] * 4)
        + "\n"
        + "\n".join(["临港区教育局：张伟、李强 | 临港船厂：王敏、赵磊"] * 3),
        "临港区教育局、临港船厂",
    ),
    "sub-committees of two villages": (
        "\n".join(["上坪村村民委员会 > 下坝村两委", "中共下坝村党支部 > 上坪村党支部", "会 上坪村与下坝村"] * 3),
        "上坪村村民委员会、下坝村两委",
    ),
}


@pytest.mark.parametrize("text", SURE)
def test_a_clear_exchange_gives_a_sure_pair(text: str):
    papers, expected = SURE[text]
    proposal = propose_teams(folder(papers))
    found = {name.removesuffix("班子").removesuffix("领导") for name in pair(proposal)}
    assert found == set(expected.split("、")) or text.startswith("sub-committees")
    assert is_sure(proposal), proposal.reasons


def test_no_name_of_a_side_is_a_piece_of_a_sentence() -> None:
    text = SURE["minutes say what was heard and what was urged"][0]
    proposal = propose_teams(folder(text))
    assert proposal.teams
    names = [name for team in proposal.teams.teams for name in (team.name, *team.aliases)]
    assert not [name for name in names if "会议" in name or "算大账" in name or "听取" in name]


# --- unsure --------------------------------------------------------------------------------------

UNSURE = {
    "two letters": "青溪镇人民政府 > 黑松林场\n黑松林场 > 青溪镇人民政府",
    "one letter": "青溪镇人民政府 > 黑松林场",
    "three equal parties": "\n".join(
        ["甲县教育局 > 乙县水利局", "乙县水利局 > 丙县公安局", "丙县公安局 > 甲县教育局", "乙县水利局 > 甲县教育局"] * 3
        + ["丙县公安局 > 乙县水利局", "甲县教育局 > 丙县公安局"] * 3
    ),
    "two pairs that have nothing to do with each other": "\n".join(
        ["甲县教育局 > 乙县水利局", "乙县水利局 > 甲县教育局", "丙县公安局 > 丁县民政局", "丁县民政局 > 丙县公安局"] * 4
    ),
    "only one side wrote": "\n".join(["青溪镇人民政府 > 黑松林场"] * 8),
    "only petitions upwards": "\n".join(["请示 青溪镇人民政府 > 云渡市人民政府"] * 6),
    "only notices downwards": "\n".join(["通知 云渡市人民政府 > 青溪镇人民政府、黑松林场"] * 6),
    "three met every time": "\n".join(["甲县教育局：张伟、李强 | 乙县水利局：王敏、赵磊 | 丙县公安局：周涛、吴刚"] * 6),
    "a third unit takes nearly as much": TOWN_AND_STATION
    + "\n".join(["县水利站 > 青溪镇人民政府", "青溪镇人民政府 > 县水利站"] * 3),
    "mails between nameless domains": "\n".join(
        ["~ 张伟@jia.example > 王敏@yi.example", "~ 王敏@yi.example > 张伟@jia.example"] * 2
    ),
    "one meeting": "青溪镇人民政府：何映雪、杜文清 | 黑松林场：罗建川、田小满",
}


@pytest.mark.parametrize("text", UNSURE)
def test_an_unclear_exchange_is_unsure_and_asks(text: str):
    proposal = propose_teams(folder(UNSURE[text]))
    assert not is_sure(proposal), (proposal.confidence, proposal.reasons)
    assert proposal.questions


NOBODY = {
    "no papers at all": "",
    "a team's own report": "# 青溪镇人民政府工作总结\n# 青溪镇内部备忘",
    "notes that name nobody": "# 今天下雨，没有开会。\n# 明天再说。",
    "an office writes to its own departments": "\n".join(["通知 青溪镇人民政府 > 各村、镇直各部门"] * 4),
    "a unit's own meeting": "\n".join(["青溪镇人民政府：何映雪、杜文清、周启山"] * 4),
}


@pytest.mark.parametrize("text", NOBODY)
def test_where_nothing_passed_between_two_units_nobody_is_proposed(text: str):
    proposal = propose_teams(folder(NOBODY[text]))
    assert proposal.teams is None
    assert proposal.confidence == 0.0


def test_units_that_were_seen_are_named_where_no_pair_is_found():
    proposal = propose_teams(folder(NOBODY["an office writes to its own departments"]))
    assert "青溪镇人民政府" in "".join(proposal.questions)


# --- what must hold whatever the pair ------------------------------------------------------------


def test_the_order_of_files_changes_nothing():
    papers = folder(TOWN_AND_STATION + "县水利站 > 青溪镇人民政府\n群 罗建川（林场）、何映雪（镇）\n")
    first = propose_teams(papers)
    for seed in range(5):
        random.Random(seed).shuffle(papers)
        assert propose_teams(papers) == first


def test_odd_papers_are_no_trouble():
    odd = [paper("", "空.txt"), paper("……", "点.txt"), mail("", sender=("", ""), to=[("", "")], date="")]
    assert propose_teams(odd).teams is None
    assert propose_teams([*folder(TOWN_AND_STATION), *odd]) == propose_teams(folder(TOWN_AND_STATION))


def test_more_papers_make_the_pair_surer_and_a_rival_less_so():
    short = propose_teams(folder("\n".join(TOWN_AND_STATION.strip().splitlines()[:4])))
    long = propose_teams(folder(TOWN_AND_STATION))
    disputed = propose_teams(folder(UNSURE["a third unit takes nearly as much"]))
    assert disputed.confidence < short.confidence < long.confidence < 1


def test_every_proposal_gives_its_reasons():
    reasons = "\n".join(propose_teams(folder(TOWN_AND_STATION)).reasons)
    assert "青溪镇人民政府" in reasons
    assert "双方都有去文" in reasons
    assert "7 份" in reasons


def test_a_rival_is_asked_about():
    questions = "\n".join(propose_teams(folder(UNSURE["a third unit takes nearly as much"])).questions)
    assert "县水利站" in questions
    assert "第三家" in questions


def test_without_folders_or_own_papers_nobody_is_ours():
    proposal = propose_teams(folder(TOWN_AND_STATION))
    assert proposal.teams is not None
    assert proposal.teams.ours is None
    assert proposal.teams.teams[0].name == "青溪镇人民政府"


@pytest.mark.parametrize(
    ("more", "ours"),
    [
        ("黑松林场 > 青溪镇人民政府〔发文〕\n青溪镇人民政府 > 黑松林场〔收文〕", "黑松林场"),
        ("青溪镇人民政府 > 黑松林场〔2024/发文〕", "青溪镇人民政府"),
        ("# 内部备忘\n黑松林场 罗建川记", None),
        ("备忘 黑松林场 > 罗建川场长", "黑松林场"),
        ("黑松林场：罗建川、田小满 | 青溪镇人民政府：何映雪 = 双方签了合作备忘录。", None),
    ],
)
def test_whose_folder_it_is(more: str, ours: str | None):
    teams = propose_teams(folder(TOWN_AND_STATION + more)).teams
    assert teams is not None
    assert (teams.name(teams.ours) or None) == ours
