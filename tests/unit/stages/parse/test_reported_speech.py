"""Whose words minutes report, sentence by sentence, in the ways that minutes are written."""

from __future__ import annotations

import pytest
from papers import paper, read_text

from coordnlp.records import Parsed

HEAD = "青溪镇黑松林场联席会议纪要\n时间：2024年4月10日\n出席：周启山、何映雪、罗建川、田小满\n一、便道养护\n"


def voices(paragraph: str) -> list[tuple[str, str]]:
    """Return party and first words of every passage of a paragraph of minutes."""
    one = read_text(HEAD + paragraph + "\n会议到此结束。\n")
    told = [(passage.party or "-", one.words(passage)) for passage in one.passages if passage.zone == "body"]
    return [pair for pair in told if pair[1].rstrip("。；") in paragraph]


@pytest.mark.parametrize(
    ("paragraph", "parties"),
    [
        ("罗建川说，贵方上次承诺3月底修好便道，到现在没有动静。", "B"),
        ("会上，罗建川表示，林场人手紧张。", "B"),
        ("会上，大家对此没有异议。", "AB"),
        ("随后，何映雪镇长指出，便道塌方已有两个月。她建议先修桥头。", "A A"),
        ("对此，林场方面解释，界桩要等测绘结果。", "B"),
        ("针对界桩移位问题，罗建川表示，林场本月内复测。", "B"),
        ("关于便道，会议认为要尽快修复。", "AB"),
        ("“人手实在抽不出来”，罗建川说。", "B"),
        ("何映雪要求林场先修桥头；罗建川回应，先报预算再动工。", "A B"),
        ("何映雪提出两点：一是先修桥头；二是补齐界桩。", "A A"),
        ("青溪镇、黑松林场均表示，便道费用各半。", "AB"),
        ("何映雪和罗建川一致认为，便道事关防火。", "AB"),
        ("双方一致认为，便道要在汛前修好。", "AB"),
        ("经商定，便道由黑松林场修复。", "AB"),
        ("据田小满介绍，苗木已经备齐。", "B"),
        ("会议议定由黑松林场于4月底前修好桥头。", "AB"),
        ("县林业局介绍了核对办法。", "AB"),
        ("黑松林场的界桩有三根移位。", "AB"),
        ("最后，周启山强调，两家要拧成一股绳。", "A"),
        ("但黑松林场认为，界线应以老图为准。", "B"),
    ],
)
def test_voice_of_minutes(paragraph: str, parties: str) -> None:
    assert [party for party, _ in voices(paragraph)] == parties.split()


def test_a_letter_speaks_in_its_senders_voice_even_where_it_reports_others() -> None:
    one = read_text(
        "关于便道的函\n黑松林场：\n贵场罗场长在4月会上表示月底前修好便道，至今未修。\n青溪镇人民政府\n2024年5月1日\n"
    )
    assert {passage.party for passage in one.passages if passage.zone == "body"} == {"A"}


TABLE = """
{title}
时间：2024年4月10日
出席：周启山、何映雪、罗建川、田小满
一、上次会议议定事项落实情况
序号|事项|责任单位|完成时限|进展情况
1|修复桥头便道|黑松林场|4月底|桥头已修好，边沟正在清理
2|拨付防火经费|青溪镇人民政府|3月31日|尚未拨付
3|共同编制防火预案|双方|5月|初稿已成
4|核对界线|县林业局|6月|未启动
"""


def table(title: str = "青溪镇黑松林场联席会议纪要") -> Parsed:
    return read_text(TABLE.format(title=title))


def cell(one: Parsed, words: str) -> tuple[str, str, str]:
    found = next(passage for passage in one.passages if one.words(passage) == words)
    return found.party or "-", found.column, found.owner or "-"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("桥头已修好，边沟正在清理", ("B", "progress", "B")),
        ("尚未拨付", ("A", "progress", "A")),
        ("初稿已成", ("AB", "progress", "AB")),
        ("未启动", ("AB", "progress", "-")),
        ("修复桥头便道", ("AB", "matter", "B")),
        ("拨付防火经费", ("AB", "matter", "A")),
        ("核对界线", ("AB", "matter", "-")),
        ("黑松林场", ("AB", "owner", "B")),
    ],
)
def test_a_follow_up_row_is_told_by_the_unit_responsible(words: str, expected: tuple[str, str, str]) -> None:
    assert cell(table(), words) == expected


def test_a_price_list_is_no_follow_up_table() -> None:
    one = read_text("青溪镇黑松林场联席会议纪要\n时间：2024年4月10日\n品名|数量|单价\n界桩|30根|45元\n")
    assert {passage.column for passage in one.passages} == {""}


def test_a_register_says_nothing_itself() -> None:
    one = read_text(
        "收文登记簿\n序号|收文日期|来文单位|来文字号|文件标题\n"
        "1|2024-04-02|黑松林场|林函〔2024〕3号|关于请青溪镇尽快修便道的函\n"
    )
    assert {passage.zone for passage in one.passages if passage.row} == {"register"}


def test_cells_of_a_table_keep_their_offsets() -> None:
    document = paper(TABLE.format(title="台账"))
    one = read_text(TABLE.format(title="台账"))
    assert all(document.text[p.start : p.end] == one.words(p) for p in one.passages)


@pytest.mark.parametrize(
    ("paragraph", "parties"),
    [
        ("何映雪要求先修桥头，罗建川表示照办。", "A B"),
        ("何映雪要求先修桥头，何映雪表示经费已备。", "A"),
        ("罗建川说，“何映雪表示过照办”，不必再议。", "B"),
        ("沉默片刻，罗建川说，这件事林场认。", "B"),
        ("议至此处，双方意见趋于一致。", "AB"),
        ("陈副主任插话提醒，县里也要到场。", "X"),
        ("贺言介绍，防火资金已经下达。", "X"),
        ("方案提出，便道分两期修复。", "AB"),
        ("会议议定，林场9月1日前拿出方案。", "AB"),
        ("议定：黑松林场10月31日前拿出修订稿，送镇里看过再定。", "AB"),
        ("会议听取了罗建川关于便道的汇报。", "AB"),
        ("每月5日前由林场通报上月出工情况。", "AB"),
        ("对于经费，林场方面的意见是各半。", "B"),
    ],
)
def test_voices_change_hands_and_strangers_are_neither_side(paragraph: str, parties: str) -> None:
    head = HEAD.replace("田小满\n", "田小满\n列席：贺言（县林业局）\n")
    one = read_text(head + paragraph + "\n会议到此结束。\n")
    told = [p.party or "-" for p in one.passages if p.zone == "body" and one.words(p).rstrip("。；，") in paragraph]
    assert told == parties.split()


def test_the_sides_of_a_contract_are_known_by_what_the_minutes_say_of_them() -> None:
    one = read_text(
        "联席会议纪要\n时间：2024年4月10日\n出席人员：\n甲方：周启山　何映雪\n乙方：罗建川　田小满\n"
        "（甲方指青溪镇，乙方指黑松林场）\n"
        "一、乙方通报，便道已经开工。甲方对此表示祝贺。\n二、会议议定由乙方于4月底前修好便道。\n"
    )
    told = {one.words(p): p.party for p in one.passages}
    assert (told["一、乙方通报，便道已经开工。"], told["甲方对此表示祝贺。"]) == ("B", "A")
