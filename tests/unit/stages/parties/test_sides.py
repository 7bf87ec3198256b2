"""What a proposal says of the two sides: names, short forms, people, domains; rolls and nicknames by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from notation import folder

from coordnlp.layout.lexicon import load_document_words
from coordnlp.names import NameWords, gather_names
from coordnlp.records import Team
from coordnlp.stages.parties import propose_teams
from coordnlp.stages.parties.meetings import read_nickname
from coordnlp.stages.parties.rolls import read_roll, split_piece
from coordnlp.stages.parties.spellings import Spelling, abbreviates, close_up
from coordnlp.stages.parties.words import load_party_words
from coordnlp.tables import load_table

BOARD, TOWN = "云渡市古城保护管理委员会", "青溪镇人民政府"
LETTERS = "\n".join(["云渡市古城保护管理委员会 > 青溪镇人民政府", "青溪镇人民政府 > 云渡市古城保护管理委员会"] * 3)
HEADS = ("磐屿港口集团有限公司", "磐屿海关", "澜洲机场有限公司", "中共樟沐镇委员会", "国有鹤背岭林场")


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    words = load_document_words()
    return Spelling(load_party_words(), load_table("names", NameWords), words, heads=frozenset(HEADS))


def sides(text: str) -> dict[str, Team]:
    teams = propose_teams(folder(text)).teams
    assert teams is not None
    return {team.name: team for team in teams.teams}


def people(team: Team) -> set[str]:
    return {member.name for member in team.members}


# --- short forms ---------------------------------------------------------------------------------


def test_a_defined_short_form_belongs_to_its_unit():
    found = sides(
        LETTERS
        + f"\n{BOARD} > {TOWN} = {BOARD}（以下简称“古保委”）已办。"
        + "\n古保委：沈维岳、丁若兰 | 青溪镇：何映雪、杜文清"
    )
    assert "古保委" in found["云渡市古城保护管理委员会"].aliases


@pytest.mark.parametrize(
    ("words", "side", "form"),
    [
        ("请古管委尽快办理。古管委已知。古管委同意。", "云渡市古城保护管理委员会", "古管委"),
        ("请镇政府尽快办理。镇政府已知。镇政府同意。", "青溪镇人民政府", "镇政府"),
        ("请管委会尽快办理。管委会已知。管委会同意。", "云渡市古城保护管理委员会", "管委会"),
        ("镇里的人来过。镇里同意。由镇里出钱。", "青溪镇人民政府", "镇里"),
    ],
)
def test_short_forms_of_the_texts_are_found(words: str, side: str, form: str):
    text = (
        LETTERS
        + f"\n云渡市古城保护管理委员会 > 青溪镇人民政府 = {words}\n青溪镇人民政府 > 云渡市古城保护管理委员会 = {words}"
    )
    assert form in sides(text)[side].aliases


@pytest.mark.parametrize(
    "words",
    [
        "请市政府尽快办理。市政府已知。市政府同意。",
        "请委员会尽快办理。委员会已知。委员会同意。",
        "请水管所尽快办理。水管所已知。水管所同意。",
        "会上说过。会里同意。会上定了。",
    ],
)
def test_forms_that_name_somebody_else_or_nobody_are_no_short_forms(words: str):
    text = (
        LETTERS
        + f"\n云渡市古城保护管理委员会 > 青溪镇人民政府 = {words}\n青溪镇人民政府 > 云渡市古城保护管理委员会 = {words}"
    )
    forms = {form for team in sides(text).values() for form in team.aliases}
    assert not forms & {"市政府", "委员会", "水管所", "会上", "会里"}


def test_a_form_that_fits_both_sides_is_nobodys():
    letters = "\n".join(["云麓出版社 > 澄江文艺出版社", "澄江文艺出版社 > 云麓出版社"] * 3)
    words = "出版社已知。请出版社办理。出版社同意。"
    found = sides(letters + f"\n云麓出版社 > 澄江文艺出版社 = {words}\n澄江文艺出版社 > 云麓出版社 = {words}")
    assert all("出版社" not in team.aliases for team in found.values())


def test_a_title_of_a_meeting_does_not_eat_the_end_of_a_board():
    told = f"# 会商纪要\\n3月5日，{TOWN}与{BOARD}两个班子在镇里会商。"
    found = sides("\n".join([f"会 {BOARD}与{TOWN}", f"会 {TOWN}—{BOARD}"] * 4 + [told] * 2))
    assert set(found) == {BOARD, TOWN}


def test_names_of_two_places_are_never_one_unit():
    text = "\n".join(["禾溪县供销合作社 > 禾溪县农业农村局", "禾溪县农业农村局 > 禾溪县供销合作社"] * 4)
    found = sides(
        text + "\n通知 遥江市供销合作社 > 禾溪县供销合作社、禾溪县农业农村局\n请示 禾溪县供销合作社 > 遥江市供销合作社"
    )
    assert all("遥江市供销合作社" not in (team.name, *team.aliases) for team in found.values())


def test_a_place_is_no_short_form_of_what_lies_in_it():
    text = "\n".join(["青溪镇中心小学 > 黑松林场", "黑松林场 > 青溪镇中心小学"] * 4) + "\n请示 黑松林场 > 青溪镇"
    found = sides(text)
    assert "青溪镇" not in found["青溪镇中心小学"].aliases


def test_names_of_one_town_that_write_to_each_other_stay_apart():
    text = "\n".join(
        ["中共青溪镇委员会 > 青溪镇人民政府", "青溪镇人民政府 > 中共青溪镇委员会"] * 4 + ["县水利站 > 青溪镇"] * 2
    )
    proposal = propose_teams(folder(text))
    assert proposal.teams is not None
    names = gather_names(proposal.teams)
    assert names.party("中共青溪镇委员会") != names.party("青溪镇人民政府")
    assert names.units.get("青溪镇") is None
    assert "“青溪镇”是哪一方？" in "".join(proposal.questions)


def test_a_leading_team_is_named_where_the_papers_say_so():
    found = sides(LETTERS + "\n会 青溪镇人民政府领导班子与云渡市古城保护管理委员会领导班子")
    assert "青溪镇人民政府领导班子" in found


# --- people --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "roll",
    [
        "青溪镇人民政府何映雪、杜文清；古管委沈维岳、丁若兰",
        "青溪镇人民政府：何映雪、杜文清 | 古管委：沈维岳、丁若兰",
        "青溪镇人民政府镇长何映雪、党政办主任杜文清，古管委主任沈维岳、副主任丁若兰",
        "何映雪（青溪镇人民政府 镇长）、杜文清（青溪镇人民政府）、沈维岳（古管委 主任）、丁若兰（古管委）",
        "（镇）何映雪、杜文清；（古管委）沈维岳、丁若兰",
        "【青溪镇】何映雪、杜文清；【古管委】沈维岳、丁若兰",
        "何映雪、杜文清（镇）；沈维岳、丁若兰（古管委）",
        "青溪镇 何映雪 杜文清；古管委 沈维岳 丁若兰",
        "青溪镇：何映雪、杜文清　　古管委：沈维岳、丁若兰",
        "青溪镇：何映雪（镇长，管城建）、杜文清（党政办主任） 古管委：沈维岳（主任）、丁若兰　　记录：杜文清",
        "古管委沈维岳、丁若兰，镇何映雪、杜文清参加",
    ],
)
def test_people_of_attendee_lists_are_seated(roll: str):
    found = sides(LETTERS + "\n" + roll)
    assert people(found["青溪镇人民政府"]) == {"何映雪", "杜文清"}
    assert people(found["云渡市古城保护管理委员会"]) == {"沈维岳", "丁若兰"}


def test_who_is_listed_without_a_unit_is_nobodys():
    found = sides(LETTERS + "\n何映雪、杜文清、沈维岳、丁若兰")
    assert not any(team.members for team in found.values())


def test_who_sits_on_both_sides_equally_often_is_nobodys():
    found = sides(
        LETTERS
        + "\n青溪镇人民政府：何映雪、杜文清 | 古管委：沈维岳、丁若兰\n青溪镇人民政府：何映雪 | 古管委：沈维岳、杜文清"
    )
    assert not any("杜文清" in people(team) for team in found.values())


def test_a_third_units_people_are_nobodys():
    found = sides(LETTERS + "\n青溪镇人民政府：何映雪 | 古管委：沈维岳 | 县水利局：罗世荣、冯建平")
    assert not any({"罗世荣", "冯建平"} & people(team) for team in found.values())


# Minutes name 谷丽君 and 苗玉琴, not whose people they are.
NAMED = LETTERS + "\n古管委：沈维岳 | 青溪镇：何映雪\n苗玉琴、谷丽君"


@pytest.mark.parametrize(
    "told",
    [
        "3月2日，管委会苗玉琴副主任、青溪镇谷丽君副镇长到现场看过。苗玉琴、谷丽君都同意。",
        "由青溪镇城建办谷丽君牵头，管委会规划科苗玉琴配合。请谷丽君、苗玉琴抓紧。",
        "苗玉琴（古管委）提出，谷丽君（镇里）不同意。谷丽君、苗玉琴再议。苗玉琴、谷丽君签字。",
        "镇党政办谷丽君打来电话，管委会苗玉琴接。谷丽君、苗玉琴已约定。苗玉琴、谷丽君到场。",
    ],
)
def test_texts_tell_whose_people_are(told: str):
    found = sides(NAMED + f"\n{BOARD} > {TOWN} = 古管委、管委会均可。{told * 2}")
    assert "谷丽君" in people(found[TOWN])
    assert "苗玉琴" in people(found[BOARD])


@pytest.mark.parametrize(
    "told",
    [
        "县水利局谷丽君科长、县古城办苗玉琴到现场看过。苗玉琴、谷丽君都同意。",
        "苗玉琴、谷丽君都同意。青溪镇的意见，谷丽君已转告管委会，苗玉琴在场。",
        "谷丽君（县水利局）提出，苗玉琴（省文物局）不同意。谷丽君、苗玉琴再议。",
    ],
)
def test_texts_do_not_give_a_side_people_of_others(told: str):
    found = sides(NAMED + f"\n{BOARD} > {TOWN} = 古管委、管委会均可。{told * 2}")
    assert not any({"谷丽君", "苗玉琴"} & people(team) for team in found.values())


LISTS = "\n".join(
    [
        "古管委：沈维岳、丁若兰 | 青溪镇：何映雪、杜文清",
        "沈维岳、丁若兰、苗玉琴 | 何映雪、杜文清、谷丽君",
        "苗玉琴、谷丽君",
    ]
)


def test_who_stands_in_a_half_of_a_list_is_of_its_side():
    found = sides(LETTERS + "\n" + LISTS)
    assert "苗玉琴" in people(found[BOARD])
    assert "谷丽君" in people(found[TOWN])


def test_who_stands_in_one_list_with_both_sides_is_nobodys():
    found = sides(LETTERS + "\n古管委：沈维岳 | 青溪镇：何映雪\n" + "沈维岳、何映雪、苗玉琴、谷丽君\n" * 2)
    assert not any({"谷丽君", "苗玉琴"} & people(team) for team in found.values())


def test_who_sits_opposite_one_side_is_of_the_other():
    found = sides(LETTERS + "\n古管委：沈维岳、丁若兰\n" + "沈维岳、丁若兰 | 何映雪、杜文清\n" * 2)
    assert people(found[TOWN]) == {"何映雪", "杜文清"}


def test_a_guest_behind_a_list_is_not_opposite():
    found = sides(LETTERS + "\n古管委：沈维岳、丁若兰\n" + "沈维岳、丁若兰 | 罗世荣\n" * 2)
    assert not people(found[TOWN])


def test_posts_are_kept():
    found = sides(LETTERS + "\n青溪镇人民政府镇长何映雪；古管委主任沈维岳")
    assert [(m.name, m.post) for m in found["青溪镇人民政府"].members] == [("何映雪", "镇长")]


def test_a_centre_has_a_director():
    centre = "滨海市住房公积金管理中心"
    found = sides(
        "\n".join([f"{centre} > {TOWN}", f"{TOWN} > {centre}"] * 3 + [f"{centre}主任欧阳静；青溪镇镇长何映雪"])
    )
    assert [(m.name, m.post) for m in found[centre].members] == [("欧阳静", "主任")]


def test_a_post_is_no_piece_of_a_sentence():
    told = "青溪镇与古管委的日常联系由城建办主任谷丽君负责。谷丽君、苗玉琴到场。苗玉琴、谷丽君签字。"
    found = sides(NAMED + f"\n{BOARD} > {TOWN} = {told}")
    assert {m.name: m.post for m in found[TOWN].members}["谷丽君"] == "城建办主任"


def test_mails_give_domains_and_people():
    mails = "\n".join(
        [
            "~ 何映雪@qx.example > 沈维岳@gc.example / 青溪镇人民政府",
            "~ 沈维岳@gc.example > 何映雪@qx.example / 云渡市古城保护管理委员会",
        ]
    )
    found = sides(LETTERS + "\n" + mails)
    assert found["青溪镇人民政府"].domains == ("qx.example",)
    assert people(found["云渡市古城保护管理委员会"]) == {"沈维岳"}


def test_a_mail_house_that_anyone_may_use_is_nobodys_domain():
    mails = "\n".join(["~ 何映雪@qq.com > 沈维岳@163.com / 青溪镇人民政府"] * 2)
    assert all(team.domains == () for team in sides(LETTERS + "\n" + mails).values())


def test_a_mail_house_of_both_sides_is_nobodys_domain():
    mails = "\n".join(["~ 何映雪@hui.example > 沈维岳@hui.example", "~ 沈维岳@hui.example > 何映雪@hui.example"])
    assert all(team.domains == () for team in sides(LETTERS + "\n" + mails).values())


def test_a_mail_among_colleagues_leaves_the_house_theirs():
    mails = [
        "~ 何映雪@qx.example > 沈维岳@gc.example / 青溪镇人民政府",
        "~ 杜文清@qx.example > 沈维岳@gc.example / 青溪镇人民政府",
        "~ 何映雪@qx.example > 杜文清@qx.example / 青溪镇人民政府",
    ]
    assert sides(LETTERS + "\n" + "\n".join(mails))[TOWN].domains == ("qx.example",)


COMPANY, OFFICE = "云渡市供热有限责任公司", "云渡市住房和城乡建设局"
COMPANY_LETTERS = "\n".join([f"{COMPANY} > {OFFICE}", f"{OFFICE} > {COMPANY}"] * 3)


def test_the_one_company_of_the_letters_is_the_company_of_the_minutes():
    found = sides(COMPANY_LETTERS + "\n公司：何映雪、杜文清 | 住建局：沈维岳、丁若兰\n" * 2)
    assert people(found[COMPANY]) == {"何映雪", "杜文清"}


def test_where_two_companies_write_the_company_is_either():
    letters = "\n".join(["云渡热力有限公司 > 青溪矿业有限公司", "青溪矿业有限公司 > 云渡热力有限公司"] * 3)
    assert not any(people(team) for team in sides(letters + "\n公司：何映雪、杜文清").values())


@pytest.mark.parametrize("word", ["供热", "供热公司"])
def test_a_word_is_a_short_form_only_where_it_stands_for_the_unit(word: str):
    work = "供热管线已查。供热质量下降。供热面积已报。今年供热季将至。" * 3
    told = f"由{word}公司办。".replace("公司公司", "公司") * 5
    found = sides(COMPANY_LETTERS + f"\n{COMPANY} > {OFFICE} = {work}{told}\n{OFFICE} > {COMPANY} = {work}{told}")
    assert "供热" not in found[COMPANY].aliases
    assert "供热公司" in found[COMPANY].aliases


# --- pieces --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("磐屿海关栾静", ("磐屿海关", "", "栾静")),
        ("港口集团温若兰", ("港口集团", "", "温若兰")),
        ("机场公司副总经理冯岱", ("机场公司", "副总经理", "冯岱")),
        ("机场公司办公室主任祝南", ("机场公司", "办公室主任", "祝南")),
        ("党委副书记邵红梅", ("", "党委副书记", "邵红梅")),
        ("陆启衡", ("", "", "陆启衡")),
        ("林场到了罗建川", ("林场", "", "罗建川")),
        ("海关", ("海关", "", "")),
        ("摄像机两台", ("", "", "")),
        ("下午三点", ("", "", "")),
        ("办公室", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_piece_of_a_list_is_split(piece: str, expected: tuple[str, str, str], spelling: Spelling):
    assert split_piece(piece, spelling) == expected


def test_whoever_stands_behind_the_closing_verb_belongs_to_no_unit_before_it(spelling: Spelling):
    groups = read_roll("港口集团温若兰、阮启明，磐屿海关栾静、麦小舟参加，楚湘、臧珂列席。", spelling)
    assert [(group.unit, [m.name for m in group.people]) for group in groups] == [
        ("港口集团", ["温若兰", "阮启明"]),
        ("磐屿海关", ["栾静", "麦小舟"]),
        ("", ["楚湘", "臧珂"]),
    ]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("王磊@区住建局", ("区住建局", "王磊")),
        ("住建-王磊", ("住建", "王磊")),
        ("王磊（港）", ("港", "王磊")),
        ("机场-指挥-鲍立群", ("机场", "鲍立群")),
        ("王磊", ("", "王磊")),
        ("汐口调度-老葛", ("", "")),
        ("王磊（主任）", ("", "王磊")),
        ("A住建王磊", ("住建", "王磊")),
        ("王磊磊", ("", "王磊磊")),
        ("00:07:22-王磊", ("", "王磊")),
        ("柳局", ("", "")),
        ("系统消息", ("", "")),
    ],
)
def test_a_nickname_tells_unit_and_person(who: str, expected: tuple[str, str], spelling: Spelling):
    assert read_nickname(who, replace(spelling, known=frozenset({"王磊"}))) == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("磐 屿 海 关", "磐屿海关"),
        ("青溪镇人民政府（章）", "青溪镇人民政府"),
        ("（澜洲机场有限公司办公室代章）", "澜洲机场有限公司办公室"),
        ("栖澜供电公司文件", "栖澜供电公司"),
        ("鹤背岭林场领导", "鹤背岭林场"),
        ("催 办 函", ""),
        ("各村委会", ""),
        ("有关单位", ""),
        ("办公室", ""),
        ("二楼会议室", ""),
        ("关于修路的函", ""),
        ("罗建川", ""),
        ("旅游局与博物馆", ""),
        ("函复如下", ""),
    ],
)
def test_what_is_the_name_of_a_unit(text: str, unit: str, spelling: Spelling):
    assert spelling.unit(text) == unit


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("中共樟沐镇委员会", "樟沐镇"),
        ("樟沐镇人民政府", "樟沐镇"),
        ("下坝村村民委员会", "下坝村"),
        ("中共下坝村党支部", "下坝村"),
        ("远穗航空股份有限公司澜洲基地分公司", "远穗航空澜洲基地分公司"),
        ("磐屿海关办公室", "磐屿海关"),
        ("党委", "党委"),
    ],
)
def test_the_core_of_a_name(name: str, core: str, spelling: Spelling):
    assert spelling.core(name) == core


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("古管委", "云渡市古城保护管理委员会", True),
        ("文旅局", "文化广电和旅游局", True),
        ("局文旅", "文化广电和旅游局", False),
        ("磐屿海关", "磐屿海关", False),
        ("", "磐屿海关", False),
        ("海事局", "磐屿海关", False),
    ],
)
def test_what_may_be_short_for_what(short: str, full: str, expected: bool):
    assert abbreviates(short, full) is expected


@pytest.mark.parametrize(("piece", "name"), [("澄　州", "澄州"), ("参加　县政府", "参加　县政府"), (" 镇 ", "镇")])
def test_blanks_spread_letters_or_part_words(piece: str, name: str) -> None:
    assert close_up(piece) == name
