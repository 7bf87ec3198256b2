"""Papers in traditional characters are read in simplified ones too; offsets hold in both."""

from __future__ import annotations

import pytest
from ingest_files import LETTER, mail_file, pdf_file, read_one, saved, skip_one, word_file

from coordnlp.records import Document
from coordnlp.stages.ingest.read_file import read_content

TWIN = (
    "關於提供排班名單的函",
    "國有鶴背嶺林場：",
    "為便於夜間險情直接叫得到人，請貴場於1月20日前把值守人員的排班名單送鎮應急指揮室。",
    "專此函達。",
    "中共樟沐鎮委員會",
    "2024年1月9日",
)
PLAIN = (
    "关于提供排班名单的函",
    "国有鹤背岭林场：",
    "为便于夜间险情直接叫得到人，请贵场于1月20日前把值守人员的排班名单送镇应急指挥室。",
    "专此函达。",
    "中共樟沐镇委员会",
    "2024年1月9日",
)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.txt", "\n".join(TWIN).encode()),
        ("a.txt", "\n".join(TWIN).encode("big5")),
        ("a.txt", "\n".join(TWIN).encode("utf-16")),
        ("a.txt", "\n".join(TWIN).encode("gb18030")),
        ("a.docx", saved(word_file(*TWIN))),
        ("a.pdf", pdf_file(TWIN)),
        ("a.eml", mail_file("\n".join(TWIN))),
        ("a.html", ("<html><body>" + "".join(f"<p>{line}</p>" for line in TWIN) + "</body></html>").encode()),
    ],
)
def test_every_reader_gives_both(file: str, content: bytes) -> None:
    document = read_one(file, content)
    pieces = [(document.text[one.start : one.end], document.plain[one.start : one.end]) for one in document.blocks]
    assert [first for first, _ in pieces] == list(TWIN)
    assert [second for _, second in pieces] == list(PLAIN)


@pytest.mark.parametrize("lines", [LETTER, PLAIN, ("破坏土地的事，请说明。", "皇后、里长、干部")])
def test_simplified_papers_are_left_alone(lines: tuple[str, ...]) -> None:
    for file, content in (("a.txt", "\n".join(lines).encode()), ("a.docx", saved(word_file(*lines)))):
        document = read_one(file, content)
        assert document.simplified == ""
        assert document.plain == document.text


def test_a_mixed_paper_is_converted_where_it_is_traditional() -> None:
    text = "请转交下面这位：\n陳慶明主任\n破坏土地的事，请他说明。"
    document = read_one("a.txt", text.encode())
    assert document.text == text
    assert document.plain == "请转交下面这位：\n陈庆明主任\n破坏土地的事，请他说明。"


# --- mails -------------------------------------------------------------------------------------------


def fields(body: str, name: str, subject: str) -> Document:
    content = mail_file(
        body, f"From: {name} <a@b.example>".encode(), f"Subject: {subject}".encode(), "To: 陳慶明 <c@d.example>"
    )
    document, *_ = read_content("a.eml", content)
    assert isinstance(document, Document)
    return document


def test_fields_of_a_mail_are_in_simplified_characters() -> None:
    mail = fields("\n".join(TWIN), "葉乾明", "回覆：排班名單").mail
    assert mail
    assert (mail.sender, mail.to[0], mail.subject) == (
        ("叶干明", "a@b.example"),
        ("陈庆明", "c@d.example"),
        "回复：排班名单",
    )


def test_fields_of_a_simplified_mail_stay() -> None:
    mail = fields("破坏土地的事，请说明。", "石乾明", "破坏土地的事").mail
    assert mail
    assert (mail.sender[0], mail.subject) == ("石乾明", "破坏土地的事")


def test_a_traditional_signature_and_disclaimer_are_zoned_apart() -> None:
    closing = "鄧春生\n電話：0000-3316021\n\n本郵件及其附件含有保密資訊，僅供收件人使用。\n"
    body = f"志遠鎮長：\n\n請於3月15日前函覆。\n\n{closing}"
    document = read_one("a.eml", mail_file(body))
    assert [block.kind for block in document.blocks] == ["paragraph"] * 2 + ["signature"] * 2 + ["disclaimer"]


def test_a_quoted_mail_has_both_writings() -> None:
    head = "寄件者: 陳慶明 <c@d.example>\n寄件日期: 2024年3月5日 上午 10:22\n收件者: 葉國華\n主旨: 排班名單"
    _, quoted = read_content("a.eml", mail_file(f"收到，照辦。\n\n{head}\n\n{TWIN[2]}"))
    assert isinstance(quoted, Document)
    assert (quoted.text, quoted.plain) == (TWIN[2], PLAIN[2])
    assert quoted.mail
    assert (quoted.mail.sender[0], quoted.mail.subject) == ("陈庆明", "排班名单")


# --- names of files ------------------------------------------------------------------------------------


def test_the_number_in_the_name_of_a_skipped_file() -> None:
    skipped = skip_one("樟委函〔2024〕2號 關於排班的函.rar", b"Rar!\x1a\x07\x00")
    assert (skipped.file, skipped.number) == ("樟委函〔2024〕2號 關於排班的函.rar", "樟委函〔2024〕2号")
