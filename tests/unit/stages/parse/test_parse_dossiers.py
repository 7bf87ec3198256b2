"""What holds of every parsed dossier, and what papers tell of each other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import MANAGER, MAYOR, TEAMS, mail, paper, read, read_text

from coordnlp.layout.lexicon import load_document_words, normalise_number
from coordnlp.records import Parsed, Teams
from coordnlp.stages.parse import parse_dossier

LETTER = "关于便道的函\n林函〔2024〕3号\n青溪镇人民政府：\n请贵镇修便道。\n请修。\n请修。\n黑松林场\n2024年4月1日\n"
LINES = st.sampled_from(
    [
        "关于便道的函",
        "黑松林场：",
        "青溪镇人民政府",
        "2024年4月1日",
        "（2024年4月1日）",
        "一、便道",
        "1.请贵场修复；2.请贵场清沟。",
        "何映雪：便道哪天修？下周！",
        "罗建川 10:02",
        "10:02 罗建川：开工",
        "时间：2024年4月10日",
        "出席：何映雪、罗建川",
        "抄送：县林业局。",
        "附件：1.照片",
        "事项|单位|时限",
        "修便道。补桩。|林场|",
        "> 何映雪写道：",
        "　　会议议定由林场负责。",
        "- 请尽快。",
        "**文号**：林函〔2024〕3号",
        "（联系人：秦越）",
        "",
        "。",
        "…",
    ]
)
# Readers give no bare carriage return.
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20)
DOCUMENTS = st.builds(
    lambda lines, mailed: (mail if mailed else paper)("\n".join(lines) or "空"),
    st.lists(
        st.one_of(LINES, st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20)), max_size=14
    ),
    st.booleans(),
)


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS)
def test_passages_lie_in_the_text_in_order_and_apart(document) -> None:
    (one,), _ = parse_dossier([document], TEAMS)
    at = 0
    for passage in one.passages:
        assert at <= passage.start < passage.end <= len(document.text)
        assert one.words(passage) == one.words(passage).strip()
        assert "\n" not in one.words(passage)
        at = passage.end
    assert len({passage.id for passage in one.passages}) == len(one.passages)
    start, end = one.header.body
    assert 0 <= start <= end <= len(document.text)
    assert all(0 <= r.start <= r.end <= len(document.text) for r in one.header.references)


@settings(max_examples=30, deadline=None)
@given(DOCUMENTS)
def test_every_word_stands_in_a_passage(document) -> None:
    (one,), _ = parse_dossier([document], TEAMS)
    held = "".join(one.words(passage) for passage in one.passages)
    assert [c for c in held if "\u4e00" <= c <= "\u9fff"] == [c for c in document.text if "\u4e00" <= c <= "\u9fff"]


# --- ids -----------------------------------------------------------------------------------------


def ids(one: Parsed) -> list[str]:
    return [one.header.id, *(passage.id for passage in one.passages)]


def test_sentences_that_say_the_same_have_different_ids() -> None:
    assert len(set(ids(read_text(LETTER)))) == len(ids(read_text(LETTER)))


def test_ids_depend_on_neither_file_nor_format_nor_blanks() -> None:
    spaced = LETTER.replace("请贵镇修便道。", "　　请贵镇修便道。").replace("\n", "\n\n")
    assert ids(read_text(LETTER)) == ids(read_text(spaced, "别处/换了名字.md"))


def test_ids_depend_on_the_names_of_the_teams_and_not_on_which_is_a() -> None:
    first, second = TEAMS.teams
    exchanged = Teams((replace(second, id="A"), replace(first, id="B")))
    unnumbered = paper(LETTER.replace("林函〔2024〕3号\n", ""))
    assert ids(read(unnumbered)[0]) == ids(read(unnumbered, teams=exchanged)[0])


def test_two_papers_of_one_number_are_told_apart_whatever_their_order() -> None:
    one, other = paper(LETTER, "1.txt"), paper(LETTER.replace("请修。", "请拨款。"), "2.txt")
    forth, back = read(one, other), read(other, one)
    assert forth[0].header.id == back[1].header.id != forth[1].header.id == back[0].header.id


def test_documents_come_by_date_and_those_without_one_last() -> None:
    texts = ["2024年4月1日", "", "2023年4月1日", "2024年1月1日"]
    documents = [
        paper(f"关于便道的函\n黑松林场：\n请修。\n青溪镇\n{date}", f"{at}.txt") for at, date in enumerate(texts)
    ]
    parsed, _ = parse_dossier(documents, TEAMS)
    assert [one.header.date for one in parsed] == ["2023-04-01", "2024-01-01", "2024-04-01", ""]


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("林函〔2024〕3号", "林函〔2024〕3号"),
        ("林函[2024]03号", "林函〔2024〕3号"),
        ("林函（2024）3号", "林函〔2024〕3号"),
        ("林函(2024)第3号", "林函〔2024〕3号"),
        ("林函【2024】3号", "林函〔2024〕3号"),
        ("林函 〔 2024 〕 3 号", "林函〔2024〕3号"),
        ("林函2024年3号", ""),
        ("〔2024〕", ""),
        ("林函〔24〕3号", ""),
        ("2024年3月", ""),
        ("3号楼", ""),
    ],
)
def test_a_number_reads_alike_in_all_brackets(written: str, number: str) -> None:
    assert normalise_number(written) == number


@pytest.mark.parametrize(
    "title",
    ["关于做好春季防火工作的请求", "防火工作", "便道（第二期）", "青溪镇", "函数表", "信访工作要点", "周转房第二期"],
)
def test_a_title_without_a_kind_tells_none(title: str) -> None:
    assert load_document_words().kind_of_title(title) is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于便道的函", "letter"),
        ("关于便道的函（2024年第3次）", "letter"),
        ("关于便道的复函", "reply"),
        ("对《便道管理办法（征求意见稿）》的反馈意见", "reply"),
        ("关于征求《便道管理办法》意见的函", "letter"),
        ("关于便道管理的意见", "notice"),
        ("关于便道的请示", "petition"),
        ("关于便道的通知", "notice"),
        ("联 席 会 议 纪 要", "minutes"),
        ("便道座谈会记录（整理稿）", "transcript"),
        ("便道养护进展情况", "report"),
        ("工作备忘录", "memo"),
        ("综合办专报第23期", "report"),
        ("校地合作简报　第二期（总第14期）", "report"),
    ],
)
def test_the_end_of_a_title_tells_the_kind(title: str, kind: str) -> None:
    assert load_document_words().kind_of_title(title) == kind


COMMENTS = (
    "黑松林场文件\n林函〔2024〕9号\n{}\n青溪镇人民政府：\n　　贵镇青政函〔2024〕12号收悉。经研究，提出意见如下：\n"
    "一、第三条建议删去。\n黑松林场\n2024年5月20日\n"
)


@pytest.mark.parametrize(
    ("title", "joined", "kind"),
    [
        ("关于《便道管理办法\n（征求意见稿）》的反馈意见", "关于《便道管理办法（征求意见稿）》的反馈意见", "reply"),
        ("关于对《便道共管备忘录\n（征求意见稿）》的意见", "关于对《便道共管备忘录（征求意见稿）》的意见", "reply"),
        ("关于便道管理办法的意见", "关于便道管理办法的意见", "reply"),
        ("关于印发《便道管理办法》的通知", "关于印发《便道管理办法》的通知", "notice"),
    ],
)
def test_comments_on_a_draft_that_confirm_receipt_are_a_reply(title: str, joined: str, kind: str) -> None:
    header = read_text(COMMENTS.format(title)).header
    assert (header.title, header.kind) == (joined, kind)


# --- references ----------------------------------------------------------------------------------


def references(words: str, *, sender: str = "黑松林场", to: str = "青溪镇人民政府") -> list[tuple[str, str]]:
    one = read_text(f"关于便道的复函\n{to}：\n{words}\n{sender}\n2024年5月20日\n")
    return [(reference.kind, reference.value) for reference in one.header.references]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("贵镇青政函〔2024〕12号收悉。", [("number", "青政函〔2024〕12号")]),
        (
            "对青政函[2024]12号和青政函（2024）第13号答复如下。",
            [("number", "青政函〔2024〕12号"), ("number", "青政函〔2024〕13号")],
        ),
        ("贵镇《关于修复便道的函》收悉。", [("title", "关于修复便道的函")]),
        ("贵镇5月8日来函收悉。", [("dated", "2024-05-08")]),
        ("贵镇去年12月3日来函收悉。", [("dated", "2023-12-03")]),
        ("4月10日联席会议上已经说明。", [("dated", "2024-04-10")]),
        ("来函收悉，正在研究。", []),
        ("请于5月30日前函复。", []),
        ("请于5月8日前来函说明。", []),
        ("5月8日开工，6月底完工。", []),
        ("依据《森林防火条例》办理。", []),
        ("《便道》", []),
        ("共计12号桩、13号桩。", []),
    ],
)
def test_a_paper_names_the_papers_that_it_is_about(words: str, found: list[tuple[str, str]]) -> None:
    assert references(words) == found


def test_a_paper_does_not_refer_to_itself() -> None:
    assert read_text(LETTER).header.references == ()


def test_a_mail_refers_to_the_mail_that_it_answers() -> None:
    one = read(
        mail("周五。", subject="回复：便道", sender=MANAGER, to=[MAYOR], replies_to=["<1@qingxi.example>"]),
    )[0]
    assert [(r.kind, r.value) for r in one.header.references] == [("message", "<1@qingxi.example>"), ("title", "便道")]


def test_a_first_mail_refers_to_nothing() -> None:
    assert read(mail("哪天修？", subject="便道"))[0].header.references == ()


# --- attendees -----------------------------------------------------------------------------------


def attendees(lines: str) -> list[tuple[str, str, str]]:
    one = read_text(f"联席会议纪要\n时间：2024年4月10日\n{lines}\n会议议定由林场修便道。\n")
    return [(person.name, person.party, person.role) for person in one.header.attendees]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("出席：何映雪、罗建川", [("何映雪", "A", "present"), ("罗建川", "B", "present")]),
        ("出席：何映雪（镇长）、罗建川（林场场长）", [("何映雪", "A", "present"), ("罗建川", "B", "present")]),
        ("出席人员：何映雪镇长，罗建川场长", [("何映雪", "A", "present"), ("罗建川", "B", "present")]),
        (
            "出席：何映雪\n列席：罗建川\n缺席：田小满",
            [("何映雪", "A", "present"), ("罗建川", "B", "in_attendance"), ("田小满", "B", "absent")],
        ),
        (
            "出席：\n青溪镇　何映雪、吴敏学\n黑松林场　罗建川、陆一鸣",
            [
                ("何映雪", "A", "present"),
                ("吴敏学", "A", "present"),
                ("罗建川", "B", "present"),
                ("陆一鸣", "B", "present"),
            ],
        ),
        ("出席：县林业局 孙一鸣", [("孙一鸣", "X", "present")]),
        ("地点：镇政府会议室", []),
        ("请假：无", []),
    ],
)
def test_attendees_are_listed_with_party_and_role(lines: str, found: list[tuple[str, str, str]]) -> None:
    assert attendees(lines) == found


def test_whose_a_bare_address_is_the_signatures_of_its_house_tell() -> None:
    signed = mail("便道周五开工。\n\n罗建川", sender=("", "luo@forest.example"), to=[("", "he@town.example")])
    colleague = ("", "wei@town.example")
    back = mail(
        "知道了。\n\n何映雪",
        "2.eml",
        sender=("", "he@town.example"),
        to=[("", "zhou@forest.example")],
        copies=[colleague],
    )
    first, second = (one.header for one in read(signed, back))
    assert {(one.sender, one.addressees) for one in (first, second)} == {("A", ("B",)), ("B", ("A",))}


def test_a_mail_house_of_both_tells_nobody() -> None:
    signed = mail("便道周五开工。\n\n罗建川", sender=("", "luo@mail.example"), to=[("", "he@mail.example")])
    assert read(signed)[0].header.addressees == ("X",)
