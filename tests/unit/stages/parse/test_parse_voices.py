"""Whose voice each sentence is, to whom it speaks, and who is named as its speaker."""

from __future__ import annotations

import pytest
from papers import MANAGER, MAYOR, STRANGER, mail, paper, read, read_text

from coordnlp.records import Document, Parsed, Passage


def passage_with(one: Parsed, words: str) -> Passage:
    found = [passage for passage in one.passages if words in one.words(passage)]
    assert found, f"no passage holds {words}"
    return found[-1]


def check(one: Parsed, expected: str) -> None:
    """Compare voices: each line is `party>to speaker | words`; party `-` stands for nobody, speaker may be left out."""
    told = []
    for line in expected.strip().splitlines():
        voice, words = (part.strip() for part in line.split("|"))
        passage = passage_with(one, words)
        got = f"{passage.party or '-'}>{passage.to or '-'}"
        told.append(f"{got} {passage.speaker}".strip() if " " in voice else got)
    assert told == [line.split("|")[0].strip() for line in expected.strip().splitlines()]


LETTER = """
关于便道养护的函
黑松林场：
便道多处塌方。请贵场于4月底前修复。
青溪镇人民政府
2024年4月1日
"""
TO_A_THIRD = """
关于请求协调便道的函
县交通局：
黑松林场答应的便道至今未修。请予协调。
青溪镇人民政府
2024年4月1日
"""
MINUTES = """
青溪镇黑松林场联席会议纪要
时间：2024年4月10日
出席：周启山、何映雪、罗建川、田小满
一、便道养护
何映雪镇长指出，便道塌方已有两个月。她建议林场先修桥头一段。
罗建川表示，林场人手紧张。其承诺4月底前修好桥头。
会议认为，便道事关防火。
会议议定由黑松林场于4月底前修好桥头。
双方一致同意费用各半。
二、界线核对
县林业局介绍了核对办法。
黑松林场提出，界桩要由镇里补齐。
"""
OWN_MEETING = """
青溪镇党委会议纪要
时间：2024年4月12日
出席：周启山、何映雪、杜文清
会议要求各村做好防火工作。
"""
TALK = """
便道养护座谈会记录
时间：2024年4月20日
参加人员：何映雪、罗建川、田小满
何映雪：便道什么时候修？桥头最急。
罗建川（林场）：下周开工。
田小满: 料已经备好。
我补充一句，人手还差两个。
旁听者甲：我说两句。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LETTER, "A>B | 便道多处塌方\nA>B | 请贵场"),
        (TO_A_THIRD, "A>X | 黑松林场答应\nA>X | 请予协调"),
        (
            MINUTES,
            """
A>B 何映雪 | 便道塌方已有两个月
A>B 何映雪 | 她建议
B>A 罗建川 | 人手紧张
B>A 罗建川 | 其承诺
AB>AB | 会议认为
AB>AB | 会议议定
AB>AB | 费用各半
AB>AB | 县林业局介绍
B>A 黑松林场 | 界桩要由镇里补齐
""",
        ),
        (OWN_MEETING, "A>A | 会议要求各村"),
        (
            TALK,
            """
A>B 何映雪 | 便道什么时候修
A>B 何映雪 | 桥头最急
B>A 罗建川 | 下周开工
B>A 田小满 | 料已经备好
B>A 田小满 | 我补充一句
""",
        ),
    ],
    ids=["letter", "letter to a third body", "minutes", "own meeting", "talk"],
)
def test_each_sentence_has_its_voice(text: str, expected: str) -> None:
    check(read_text(text), expected)


CHATS = {
    "name and hour above the words": """
镇场防火群 聊天记录
2024年5月8日
罗建川 10:02
钥匙放门房了
何映雪 10:05
收到，便道哪天修？
田小满 10:09
周五开工
何映雪 10:11
好的
""",
    "hour, name and unit": """
镇场防火群聊天记录
导出时间：2024年5月9日
10:02 罗建川（林场）：钥匙放门房了
10:05 何映雪（青溪镇）：收到，便道哪天修？
10:09 田小满（林场）：周五开工
10:11 何映雪（青溪镇）：好的
""",
    "stamp in square brackets": """
镇场防火群聊天记录
[2024-05-08 10:02] 罗建川: 钥匙放门房了
[2024-05-08 10:05] 何映雪: 收到，便道哪天修？
[2024-05-08 10:09] 田小满: 周五开工
[2024-05-08 10:11] 何映雪: 好的
""",
    "day, hour and blanks": """
镇场防火群聊天记录
2024年5月
5-8 10:02　罗建川　钥匙放门房了
5-8 10:05　何映雪　收到，便道哪天修？
5-8 10:09　田小满　周五开工
5-8 10:11　何映雪　好的
""",
    "name before the stamp": """
镇场防火群聊天记录
罗建川 2024-05-08 10:02:11
钥匙放门房了
何映雪 2024-05-08 10:05:40
收到，便道哪天修？
田小满 2024-05-08 10:09:02
周五开工
何映雪 2024-05-08 10:11:30
好的
""",
}


@pytest.mark.parametrize("text", CHATS.values(), ids=CHATS.keys())
def test_a_chat_gives_each_message_to_its_writer(text: str) -> None:
    one = read_text(text)
    assert (one.header.kind, one.header.sender) == ("transcript", "AB")
    check(one, "B>A 罗建川 | 钥匙放门房了\nA>B 何映雪 | 便道哪天修\nB>A 田小满 | 周五开工\nA>B 何映雪 | 好的")


@pytest.mark.parametrize(
    "text", [text for name, text in CHATS.items() if name not in ("hour, name and unit", "day, hour and blanks")]
)
def test_a_chat_is_dated_by_its_messages(text: str) -> None:
    assert read_text(text).header.date == "2024-05-08"


def test_a_message_of_a_stranger_is_nobodys_voice_among_the_two() -> None:
    text = CHATS["stamp in square brackets"] + "[2024-05-08 10:15] 贺言: 我也去\n"
    assert passage_with(read_text(text), "我也去").party is None


def test_the_name_before_a_turn_is_no_sentence_of_it() -> None:
    one = read_text(TALK)
    names = [one.words(passage) for passage in one.passages if passage.turn is not None and passage.label]
    assert names == ["何映雪：", "罗建川（林场）：", "田小满:"]


def test_turns_are_counted_and_shared_by_their_lines() -> None:
    one = read_text(TALK)
    turns = [passage_with(one, words).turn for words in ("什么时候修", "桥头最急", "下周开工", "我补充一句")]
    assert turns == [0, 0, 1, 2]


@pytest.mark.parametrize(
    "line",
    [
        "地点：镇政府三楼",
        "一、便道养护：",
        "注意：桥头危险",
        "费用：两家各半",
        "联系电话：5550123",
        "时间紧任务重：怎么办",
    ],
)
def test_a_colon_alone_opens_no_turn(line: str) -> None:
    one = read_text(f"座谈会记录\n何映雪：先说便道。\n{line}\n罗建川：下周开工。\n")
    assert all(passage.speaker in ("", "何映雪", "罗建川") for passage in one.passages)


# --- mails ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (mail("便道哪天修？"), ("A", ("B",), (), "2024-05-08", "mail")),
        (mail("周五开工。", sender=MANAGER, to=[MAYOR]), ("B", ("A",), (), "2024-05-08", "mail")),
        (mail("抄你一份。", to=[STRANGER], copies=[MANAGER]), ("A", ("X",), ("B",), "2024-05-08", "mail")),
        (mail("你好。", sender=STRANGER, to=[MAYOR, MANAGER]), ("X", ("A", "B"), (), "2024-05-08", "mail")),
        (mail("便道哪天修？\n何映雪", sender=("", "a@mail.example")), ("A", ("B",), (), "2024-05-08", "mail")),
        (mail("便道哪天修？", sender=("", "a@mail.example")), ("X", ("B",), (), "2024-05-08", "mail")),
        (mail("便道哪天修？", sender=("", "anybody@QingXi.example")), ("A", ("B",), (), "2024-05-08", "mail")),
        (
            mail("便道哪天修？", sender=("罗建川", "luo@mail.example"), to=[MAYOR]),
            ("B", ("A",), (), "2024-05-08", "mail"),
        ),
        (mail("便道哪天修？", date=""), ("A", ("B",), (), "", "none")),
        (mail("便道哪天修？\n2024年5月1日", date=""), ("A", ("B",), (), "2024-05-01", "signature")),
    ],
)
def test_a_mail_is_known_by_its_header(document: Document, expected: tuple[object, ...]) -> None:
    header = read(document)[0].header
    assert header.kind == "email"
    assert (header.sender, header.addressees, header.copies, header.date, header.date_source) == expected


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("便道", "便道"),
        ("Re: 便道", "便道"),
        ("回复：答复：便道", "便道"),
        ("RE：re: FW: 便道", "便道"),
        ("转发: 便道", "便道"),
        ("回复方式的商量", "回复方式的商量"),
        ("关于Re:的用法", "关于Re:的用法"),
    ],
)
def test_a_subject_is_bared_of_reply_marks(subject: str, title: str) -> None:
    assert read(mail("便道哪天修？", subject=subject))[0].header.title == title


def test_quoted_mail_is_the_voice_of_whom_it_quotes() -> None:
    one = read(
        mail("周五开工。\n> 何映雪写道：\n> 便道哪天修？", sender=MANAGER, to=[MAYOR], subject="Re: 便道"),
    )[0]
    check(one, "B>A | 周五开工")
    quoted = passage_with(one, "便道哪天修")
    assert (quoted.zone, quoted.party) == ("quote", "A")


def test_a_set_off_line_in_a_note_is_no_quoted_mail() -> None:
    one = read_text("工作联系单\n> 便道塌方。\n请黑松林场修复。\n青溪镇人民政府\n2024年4月1日\n")
    assert passage_with(one, "便道塌方").zone == "body"


# --- zones, points, cells ------------------------------------------------------------------------


def test_header_signature_and_imprint_are_no_body() -> None:
    text = LETTER + "（联系人：杜文清）\n抄送：县交通局\n"
    one = read_text(text)
    zones = {one.words(passage): passage.zone for passage in one.passages}
    assert zones == {
        "关于便道养护的函": "header",
        "黑松林场：": "header",
        "便道多处塌方。": "body",
        "请贵场于4月底前修复。": "body",
        "青溪镇人民政府": "signature",
        "2024年4月1日": "signature",
        "（联系人：杜文清）": "imprint",
        "抄送：县交通局": "imprint",
    }
    start, end = one.header.body
    assert one.document.text[start:end] == "便道多处塌方。请贵场于4月底前修复。"


def test_a_list_of_annexes_is_no_body() -> None:
    one = read_text("关于便道的函\n黑松林场：\n请修便道。\n附件：1.塌方照片\n青溪镇人民政府\n2024年4月1日\n")
    assert passage_with(one, "塌方照片").zone == "imprint"


def test_points_are_numbered_and_their_headings_marked() -> None:
    one = read_text(MINUTES)
    assert [passage_with(one, words).item for words in ("何映雪镇长指出", "会议议定", "县林业局介绍")] == [1, 1, 2]
    assert passage_with(one, "便道养护").label or passage_with(one, "一、便道养护").label
    assert not passage_with(one, "会议议定").label


def test_inner_points_do_not_count_on() -> None:
    one = read_text(
        "关于便道的函\n黑松林场：\n一、便道\n1.请修桥头。\n2.请修弯道。\n二、界线\n请补界桩。\n青溪镇\n2024年4月1日\n"
    )
    assert [passage_with(one, words).item for words in ("修桥头", "修弯道", "补界桩")] == [1, 1, 2]


@pytest.mark.parametrize("line", ["3.5公里便道塌方。", "2024年便道塌方三处。", "1990年代修的便道。"])
def test_a_figure_opens_no_point(line: str) -> None:
    one = read_text(f"关于便道的函\n黑松林场：\n{line}\n请修。\n青溪镇\n2024年4月1日\n")
    assert passage_with(one, "请修").item == 0


def test_cells_of_a_row_share_their_block() -> None:
    one = read(
        paper(
            "联席会议纪要\n时间：2024年4月10日\n会议议定如下。\n事项|责任单位|时限\n修便道|林场|4月底\n补界桩|镇里|5月底\n"
        )
    )[0]
    rows = [passage_with(one, words) for words in ("修便道", "4月底", "补界桩")]
    assert all(cell.row for cell in rows)
    assert rows[0].block == rows[1].block != rows[2].block
    assert not passage_with(one, "会议议定如下").row


# --- names learned on the way --------------------------------------------------------------------


@pytest.mark.parametrize(
    "definition",
    [
        "黑松林场（以下简称“黑场”）",
        "黑松林场（简称黑场）",
        "黑松林场(以下简称:黑场)",
        "黑松林场（下称“黑场”）",
        "黑松林场（以下统称“黑场”）",
    ],
)
def test_a_short_form_is_known_once_it_is_defined(definition: str) -> None:
    parsed = read(
        paper(f"合作协议\n{definition}与青溪镇人民政府商定如下。\n", "1.txt"),
        paper("联席会议纪要\n时间：2024年4月10日\n出席：何映雪、罗建川\n黑场提出，便道要修。\n", "2.txt"),
    )
    assert passage_with(parsed[1], "便道要修").party == "B"


@pytest.mark.parametrize(
    "definition", ["县林业局（以下简称“黑场”）", "黑松林场（以下简称我场）", "黑场", "黑松林场（黑场）"]
)
def test_no_short_form_without_a_definition_that_names_a_party(definition: str) -> None:
    parsed = read(
        paper(f"合作协议\n{definition}与各方商定如下。\n", "1.txt"),
        paper("联席会议纪要\n时间：2024年4月10日\n出席：何映雪、罗建川\n黑场提出，便道要修。\n", "2.txt"),
    )
    assert passage_with(parsed[1], "便道要修").party == "AB"


def test_an_attendee_list_tells_whose_person_speaks_elsewhere() -> None:
    parsed = read(
        paper(
            "联席会议纪要\n时间：2024年4月10日\n出席：\n青溪镇：何映雪、吴敏学\n黑松林场：罗建川、陆一鸣\n会议研究了便道。\n",
            "1.txt",
        ),
        paper("座谈会记录\n时间：2024年4月20日\n陆一鸣：料备好了。\n吴敏学：好。\n", "2.txt"),
    )
    check(parsed[1], "B>A 陆一鸣 | 料备好了\nA>B 吴敏学 | 好。")


def test_a_speaker_of_whom_nothing_is_known_is_of_neither_party() -> None:
    one = read_text("座谈会记录\n何映雪：修吗？\n陆一鸣：我看难。\n罗建川：修。\n陆一鸣：料备好了。\n")
    assert {passage_with(one, words).party for words in ("我看难", "料备好了")} == {None}


def test_an_unknown_speaker_may_speak_once() -> None:
    one = read_text("座谈会记录\n何映雪：修吗？\n罗建川：修。\n陆一鸣：我看难。\n")
    assert passage_with(one, "我看难").party is None


@pytest.mark.parametrize(
    ("words", "party"),
    [("镇里提出，便道要修。", "A"), ("镇财政所提出，钱已到账。", "A"), ("场部表示，人手不够。", "B")],
)
def test_a_root_stands_for_its_party_before_a_part_of_it(words: str, party: str) -> None:
    one = read_text(f"联席会议纪要\n时间：2024年4月10日\n出席：何映雪、罗建川\n{words}\n")
    assert passage_with(one, words).party == party


@pytest.mark.parametrize("words", ["城镇化提出了新的要求。", "集镇改造提出两个难题。", "县财政所提出，钱已到账。"])
def test_a_root_inside_another_word_stands_for_nobody(words: str) -> None:
    one = read_text(f"联席会议纪要\n时间：2024年4月10日\n出席：何映雪、罗建川\n{words}\n")
    assert passage_with(one, words).party == "AB"
