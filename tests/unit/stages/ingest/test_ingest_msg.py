"""Mails that Outlook saved (.msg)."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import pytest
from ingest_files import (
    LETTER,
    check_offsets,
    kinds,
    mail_file,
    mixed_mail,
    pdf_file,
    read_one,
    saved,
    skip_one,
    word_file,
)
from ole_files import Value, message_file, message_streams, ole_file
from test_ingest_rtf import escaped, lines, rtf

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest.msg_bodies import unpack_rtf
from coordnlp.stages.ingest.read_file import read_content

SENT = 1709022521.0  # 2024-02-27 16:28:41 +08:00
SENDER = {0x0042: "邓春生", 0x5D02: "dcs@linchang.example"}
TO = {0x3001: "陆致远", 0x39FE: "luzy@zhen.example", 0x0C15: 1}
COPY = {0x3001: "何映雪", 0x3003: "hyx@zhen.example", 0x0C15: 2}
HEAD: dict[int, Value] = {
    0x0037: "回复：排班名单",
    **SENDER,
    0x0039: SENT,
    0x1035: "<7@linchang.example>",
    0x1042: "<6@zhen.example>",
    0x1039: "<5@zhen.example> <6@zhen.example>",
}
QUOTED = """贵镇来函收悉，名单见附件。

-----邮件原件-----
发件人: 陆致远 <luzy@zhen.example>
发送时间: 2024年2月26日 9:05
收件人: 邓春生
主题: 排班名单

请于3月5日前报送夜间值守的排班名单。
"""
PAGE = (
    '<html><head><meta charset="{charset}"></head><body><p>贵镇来函收悉，名单见附件。</p>'
    '<div style="border-top:solid"><p><b>发件人:</b> 陆致远 &lt;luzy@zhen.example&gt;<br>'
    "<b>发送时间:</b> 2024年2月26日 9:05<br><b>收件人:</b> 邓春生<br><b>主题:</b> 排班名单</p></div>"
    "<p>请于3月5日前报送夜间值守的排班名单。</p></body></html>"
)


def records(content: bytes, file: str = "来信.msg") -> dict[str, Document | Skipped]:
    return {one.file: one for one in read_content(file, content)}


def test_the_header_tells_what_that_of_an_eml_tells() -> None:
    content = message_file({**HEAD, 0x1000: "名单见附件，请查收。\r\n"}, recipients=[TO, COPY])
    document = read_one("来信.msg", content)
    mail = document.mail
    assert mail
    assert (mail.message_id, mail.in_reply_to) == ("7@linchang.example", ("6@zhen.example", "5@zhen.example"))
    assert (mail.subject, mail.sender) == ("回复：排班名单", ("邓春生", "dcs@linchang.example"))
    assert (mail.to, mail.copies) == ((("陆致远", "luzy@zhen.example"),), (("何映雪", "hyx@zhen.example"),))
    assert mail.date == "2024-02-27T16:28:41+08:00"
    assert (document.text, document.format, document.notes) == ("名单见附件，请查收。", "msg", ())
    check_offsets(document)


def test_the_header_of_the_internet_goes_before_what_outlook_keeps() -> None:
    head = (
        "Received: from a by b; Tue, 27 Feb 2024 16:28:50 +0800\r\n"
        "From: =?gb2312?B?tcu0usn6?= <dcs@linchang.example>\r\n"
        "To: luzy@zhen.example\r\nDate: Tue, 27 Feb 2024 16:28:41 +0800\r\nMessage-ID: <8@linchang.example>\r\n\r\n"
    )
    content = message_file(
        {0x007D: head, 0x0037: "排班", 0x0C1A: "别名", 0x0039: SENT + 9, 0x1000: "好。"}, recipients=[TO]
    )
    mail = read_one("a.msg", content).mail
    assert mail
    assert (mail.sender, mail.message_id, mail.subject) == (
        ("邓春生", "dcs@linchang.example"),
        "8@linchang.example",
        "排班",
    )
    assert (mail.to, mail.date) == ((("", "luzy@zhen.example"),), "2024-02-27T16:28:41+08:00")


def test_addresses_within_a_company_leave_the_name() -> None:
    exchange = {0x0C1A: "邓春生", 0x0C1F: "/O=EXCHANGELABS/CN=DCS", 0x5D01: ""}
    content = message_file({**exchange, 0x0037: "好", 0x1000: "好。", 0x0E04: "陆致远; 何映雪 <hyx@zhen.example>"})
    mail = read_one("a.msg", content).mail
    assert mail
    assert mail.sender == ("邓春生", "")
    assert mail.to == (("陆致远", ""), ("何映雪", "hyx@zhen.example"))
    assert mail.date == ""


@pytest.mark.parametrize("body", ["plain", "html, utf-8", "html, gbk", "html, words"])
def test_a_quoted_mail_is_a_mail_again(body: str) -> None:
    more: Mapping[int, Value] = {
        "plain": {0x1000: QUOTED.replace("\n", "\r\n")},
        "html, utf-8": {0x1013: PAGE.format(charset="utf-8").encode(), 0x3FDE: 65001},
        "html, gbk": {0x1013: PAGE.format(charset="gb2312").encode("gbk"), 0x3FDE: 936},
        "html, words": {0x1013: PAGE.format(charset="utf-8")},
    }[body]
    found = records(message_file({**HEAD, **more}))
    mail, quoted = found["来信.msg"], found["来信.msg/引文1"]
    assert isinstance(mail, Document)
    assert isinstance(quoted, Document)
    assert kinds(mail)[0] == ("paragraph", "贵镇来函收悉，名单见附件。")
    assert {kind for kind, _ in kinds(mail)[1:]} == {"quote"}
    assert quoted.text == "请于3月5日前报送夜间值守的排班名单。"
    assert quoted.mail
    assert (quoted.mail.sender, quoted.mail.date[:10]) == (("陆致远", "luzy@zhen.example"), "2024-02-26")


def test_it_reads_as_the_same_mail_saved_as_eml_does() -> None:
    saved_as_eml = mail_file(
        QUOTED, "Message-ID: <7@linchang.example>", "Subject: =?utf-8?B?5Zue5aSN77ya5o6S54+t5ZCN5Y2V?="
    )
    other = records(saved_as_eml, "来信.eml")
    own = records(
        message_file({**HEAD, 0x1000: QUOTED}, recipients=[{0x3001: "luzy@zhen.example", 0x39FE: "luzy@zhen.example"}])
    )
    for tail in ("", "/引文1"):
        one, two = own[f"来信.msg{tail}"], other[f"来信.eml{tail}"]
        assert isinstance(one, Document)
        assert isinstance(two, Document)
        assert (one.text, one.blocks, one.marks) == (two.text, two.blocks, two.marks)
        assert one.mail
        assert two.mail
        assert (one.mail.to, one.mail.date, one.mail.subject) == (two.mail.to, two.mail.date, two.mail.subject)
    assert len(own) == len(other) == 2


@pytest.mark.parametrize("narrow", ["gbk", "big5"])
def test_words_in_old_code_pages_are_decoded(narrow: str) -> None:
    page = {"gbk": 936, "big5": 950}[narrow]
    text = {"gbk": "名单见附件，请查收。", "big5": "名單見附件，請查收。"}[narrow]
    document = read_one("a.msg", message_file({0x0037: "排班", 0x1000: text, 0x3FFD: page}, narrow=narrow))
    assert document.text == text
    assert document.mail
    assert document.mail.subject == "排班"


def attached(name: str, content: bytes, **more: Value) -> dict[int, Value]:
    return {0x3707: name, 0x3701: content, 0x3705: 1, **{int(key[1:], 16): value for key, value in more.items()}}


def test_attachments_of_all_kinds_are_read() -> None:
    letter = saved(word_file(*LETTER))
    attachments = [
        attached("函.docx", letter),
        attached("盖章.pdf", pdf_file(LETTER)),
        attached("附表.csv", "序号,事项\n1,修路\n2,值班\n".encode("gbk")),
        attached("logo.png", b"\x89PNG", x3712="logo@1", x370E="image/png"),
        attached("扫描.png", b"\x89PNG", x370E="image/png"),
        attached("函.docx", letter),
        {0x3704: "OLD~1.TXT", 0x3701: "请函复。".encode(), 0x3705: 1},
    ]
    page = '<html><body><p>见附件。</p><img src="cid:logo@1"></body></html>'
    found = records(message_file({**HEAD, 0x1013: page}, attachments=attachments))
    assert list(found) == [
        "来信.msg",
        *(f"来信.msg/{name}" for name in ("函.docx", "盖章.pdf", "附表.csv", "扫描.png", "函(2).docx", "OLD~1.TXT")),
    ]
    mail, scan = found["来信.msg"], found["来信.msg/扫描.png"]
    assert isinstance(mail, Document)
    assert mail.notes == ("正文里嵌有1张图片，图中的文字没有读取。",)
    assert isinstance(scan, Skipped)
    assert (scan.reason, scan.date) == ("unsupported", "2024-02-27")
    assert found["来信.msg/函.docx"].file.startswith("来信.msg/")


def nested(depth: int) -> dict[str, bytes]:
    """Return the streams of a mail that holds another, so many deep."""
    head = {0x0037: f"第{depth}层", 0x1000: f"第{depth}层的话。", 0x0039: SENT}
    if not depth:
        return message_streams(head, top=False, attachments=[attached("函.txt", "请函复。".encode())])
    return message_streams(head, top=False, attachments=[({0x3705: 5}, nested(depth - 1))])


def test_mails_within_mails_are_read_with_what_they_carry() -> None:
    content = message_file({**HEAD, 0x1000: "请看转来的邮件。"}, attachments=[({0x3705: 5, 0x3001: "转"}, nested(1))])
    found = records(content)
    inner = "来信.msg/第1层.msg/第0层.msg"
    assert list(found) == ["来信.msg", "来信.msg/第1层.msg", inner, f"{inner}/函.txt"]
    one = found[inner]
    assert isinstance(one, Document)
    assert (one.text, one.parent, one.format) == ("第0层的话。", "来信.msg/第1层.msg", "msg")
    assert len({record.digest for record in found.values() if isinstance(record, Document)}) == 4


def test_mails_within_mails_end_somewhere() -> None:
    found = list(records(message_file({**HEAD, 0x1000: "看。"}, attachments=[({0x3705: 5}, nested(9))])).values())
    assert isinstance(found[-1], Skipped)
    assert "太多层" in found[-1].detail


def test_what_hangs_elsewhere_is_told() -> None:
    attachments: list[dict[int, Value]] = [
        {0x3707: "大文件.docx", 0x3705: 7},
        {0x3001: "工作表", 0x3705: 6},
        {0x3707: "空.txt", 0x3705: 1},
    ]
    found = records(message_file({**HEAD, 0x1000: "见附件。"}, attachments=attachments))
    told = {file.partition("/")[2]: one.detail for file, one in found.items() if isinstance(one, Skipped)}
    assert "链接" in told["大文件.docx"]
    assert "对象" in told["工作表"]
    assert "空的" in told["空.txt"]


# --- bodies that are kept as RTF only --------------------------------------------------------------


def packed(content: bytes) -> bytes:
    """Compress RTF without ever referring back: a flag byte of zeros before eight bytes each."""
    data = b"".join(b"\0" + content[at : at + 8] for at in range(0, len(content), 8))
    return struct.pack("<II4sI", len(data) + 12, len(content), b"LZFu", 0) + data


def test_a_body_in_rtf_is_read() -> None:
    content = message_file({**HEAD, 0x1009: packed(rtf(lines(escaped("名单见附件。"), escaped("请查收。"))))})
    assert read_one("a.msg", content).text == "名单见附件。\n请查收。"


def test_html_that_hides_in_rtf_is_found() -> None:
    body = (
        rb"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \f1 "
        + escaped("名单见附件。")
        + rb"{\*\htmltag84 &nbsp;}\htmlrtf\par}\htmlrtf0"
        rb"{\*\htmltag72 </p>}{\*\mhtmltag0 x}{\*\htmltag64 <p>}" + escaped("请查收。") + rb"{\*\htmltag72 </p>}"
    )
    content = message_file({**HEAD, 0x1009: packed(rtf(body, rb"\ansi\ansicpg936\fromhtml1\deff1"))})
    assert read_one("a.msg", content).text.split() == ["名单见附件。", "请查收。"]


def test_packed_words_refer_back_and_to_the_usual_beginning() -> None:
    # The examples of [MS-OXRTFCP], 3.1.1: references to the usual beginning, and ones into what they write themselves.
    for example, words in (
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
    ):
        assert unpack_rtf(bytes.fromhex(example)) == words
    assert unpack_rtf(struct.pack("<II4sI", 12, 5, b"MELA", 0) + b"{\\rtf") == b"{\\rtf"
    assert unpack_rtf(b"short") == b""
    assert unpack_rtf(struct.pack("<II4sI", 12, 5, b"????", 0) + b"12345") == b""


# --- what cannot be read ---------------------------------------------------------------------------


def test_what_cannot_be_read_is_told() -> None:
    whole = message_file({**HEAD, 0x1000: "请查收。" * 999})
    assert skip_one("a.msg", message_file({0x001A: "IPM.Note"})).reason == "empty"
    assert skip_one("a.msg", b"").reason == "empty"
    assert skip_one("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).reason == "damaged"
    assert skip_one("a.msg", whole[:1024]).reason == "damaged"
    assert skip_one("a.msg", ole_file({"other": b"x"})).reason == "damaged"


def test_a_mail_without_a_body_says_so() -> None:
    document = read_one("a.msg", message_file(HEAD))
    assert (document.text, document.notes) == ("", ("邮件没有正文。",))


def test_a_wrong_suffix_is_told_and_no_hindrance() -> None:
    document = read_one("来信.eml", message_file({**HEAD, 0x1000: "好。"}))
    assert (document.format, document.notes) == ("msg", ("扩展名是.eml，按内容当作.msg读取。",))


def test_attached_to_a_mail_it_is_read_where_it_hangs() -> None:
    head = 'Content-Type: application/vnd.ms-outlook; name="a.msg"'
    found = records(mixed_mail("见附件。", (head, message_file({**HEAD, 0x1000: "好。"}))), "来信.eml")
    assert list(found) == ["来信.eml", "来信.eml/a.msg"]
