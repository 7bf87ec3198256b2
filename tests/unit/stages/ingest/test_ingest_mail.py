from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_files import (
    LETTER,
    OLE,
    check_offsets,
    kinds,
    mail_file,
    mixed_mail,
    pdf_file,
    read_one,
    saved,
    word_file,
    words,
)

from coordnlp.records import Document, Mail, Skipped
from coordnlp.stages.ingest.read_file import read_content
from coordnlp.stages.ingest.read_mail import read_mail

BODY = "志远镇长：\n\n隔离带的测算表见附件，请于3月15日前给个准数。\n\n顺颂春祺！\n\n邓春生\n2月27日\n"


def read(*args: str | bytes, **kwargs: str) -> Document:
    document, *quoted = read_content("信.eml", mail_file(*args, **kwargs))
    assert isinstance(document, Document)
    assert all(one.file.startswith("信.eml/引文") for one in quoted)
    return document


def header(*fields: str | bytes) -> Mail:
    mail = read("正文。", *fields).mail
    assert mail is not None
    return mail


def parts(content: bytes) -> list[Document | Skipped]:
    return list(read_content("邮件/来信.eml", content))


# --- header --------------------------------------------------------------------------------------


def test_header_fields() -> None:
    mail = header(
        "From: =?gb2312?B?tcu0usn6?= <dcs@linchang.example>",
        'To: "Lu, Zhiyuan" <luzy@zhen.example>, =?utf-8?B?5p2c5rW354eV?= <duhy@zhen.example>',
        "Cc: rongli@linchang.example (=?utf-8?B?5a655Li9?=)",
        "Subject: =?utf-8?B?UmU6IOmalA==?=\r\n =?utf-8?B?56a75bim?=",
        "In-Reply-To: <7@zhen.example>",
        "References: <5@zhen.example> <7@zhen.example>",
    )
    assert mail.sender == ("邓春生", "dcs@linchang.example")
    assert mail.to == (("Lu, Zhiyuan", "luzy@zhen.example"), ("杜海燕", "duhy@zhen.example"))
    assert mail.copies == (("容丽", "rongli@linchang.example"),)
    assert mail.subject == "Re: 隔离带"
    assert mail.message_id == "1@linchang.example"
    assert mail.in_reply_to == ("7@zhen.example", "5@zhen.example")
    assert mail.date == "2024-02-27T16:28:41+08:00"


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "big5"])
def test_raw_bytes_in_header_fields_are_repaired(charset: str) -> None:
    names = (
        "張景明 <zjm@a.example>；李春華 <lch@b.example>"
        if charset == "big5"
        else "葛春梅 <gcm@a.example>；邹敏 <zm@b.example>"
    )
    subject = "關於提供排班名單的函" if charset == "big5" else "关于提供排班名单的函"
    content = mail_file(subject, f"To: {names}".encode(charset), f"Subject: {subject}".encode(charset), charset=charset)
    mail = read_mail(content).mail
    assert mail is not None
    assert mail.subject == subject
    assert [f"{name} <{address}>" for name, address in mail.to] == names.split("；")


def test_a_character_cut_between_encoded_words_is_whole() -> None:
    data = "隔离带".encode()
    words_ = " ".join(f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in (data[:4], data[4:]))
    assert header(f"Subject: {words_}").subject == "隔离带"


def test_encoded_words_that_touch_are_decoded() -> None:
    word = f"=?gbk?B?{base64.b64encode('回复'.encode('gbk')).decode()}?="
    assert header(f"Subject: {word}{word}: x").subject == "回复回复: x"


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("Wed, 06 Mar 2024 21:05:10 +0800", "2024-03-06T21:05:10+08:00"),
        ("6 Mar 2024 13:05:10 -0000", "2024-03-06T13:05:10+00:00"),
        ("Wed, 06 Mar 2024 21:05:10", "2024-03-06T21:05:10+08:00"),
        ("2024年3月6日 21:05", "2024-03-06T21:05:00+08:00"),
        ("2024-02-30 21:05", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates(value: str, date: str) -> None:
    assert header(f"Date: {value}").date == date


def test_without_a_date_the_last_receipt_counts() -> None:
    received = "Received: from a by b; Thu, 07 Mar 2024 08:00:00 +0800"
    assert header("Date: ", received).date == "2024-03-07T08:00:00+08:00"


# --- body ----------------------------------------------------------------------------------------


def test_the_text_is_the_body_only() -> None:
    document = read(BODY)
    assert document.text == BODY.rstrip("\n")
    assert document.format == "eml"
    assert document.place(document.text.index("顺颂")) == "第5行"


@pytest.mark.parametrize(
    ("charset", "label"),
    [("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8", "gb2312"), ("gb18030", "us-ascii")],
)
def test_a_wrong_charset_does_not_garble(charset: str, label: str) -> None:
    text = "请朱镕同志于3月15日前函复。"
    content = mail_file(text.encode(charset), "MIME-Version: 1.0", f"Content-Type: text/plain; charset={label}")
    assert read_one("信.eml", content).text == text


@pytest.mark.parametrize("coding", ["base64", "quoted-printable"])
def test_transfer_codings(coding: str) -> None:
    import quopri

    data = BODY.encode("gb18030")
    packed = base64.encodebytes(data) if coding == "base64" else quopri.encodestring(data)
    content = mail_file(
        packed,
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=gb18030",
        f"Content-Transfer-Encoding: {coding}",
    )
    assert read_one("信.eml", content).text == BODY.rstrip("\n")


HTML = """<html><head><style>p{color:red}</style><title>x</title></head><body>
<p>志远镇长：</p><p>隔离带的<b>测算表</b>&nbsp;见附件，<br>请函复。</p><script>alert(1)</script>
<table><tr><td><p>事项</p></td><td>时限</td></tr><tr><td>检修</td><td>2月底</td></tr></table>
<ul><li>一件</li><li>两件</li></ul>
<blockquote><div>原来的信</div></blockquote></body></html>"""


def html_mail(html: str, charset: str = "utf-8") -> bytes:
    return mail_file(html.encode(charset), "MIME-Version: 1.0", f"Content-Type: text/html; charset={charset}")


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_html_becomes_lines(charset: str) -> None:
    document = read_one("信.eml", html_mail(HTML, charset))
    assert kinds(document) == [
        ("paragraph", "志远镇长："),
        ("paragraph", "隔离带的测算表 见附件，"),
        ("paragraph", "请函复。"),
        ("paragraph", "事项\t时限"),
        ("paragraph", "检修\t2月底"),
        ("paragraph", "一件"),
        ("paragraph", "两件"),
        ("quote", "原来的信"),
    ]


def test_a_table_that_lays_out_the_page_keeps_its_paragraphs() -> None:
    long = "隔离带养护费的测算表见附件。" * 9
    html = f"<table><tr><td><p>志远镇长：</p><p>{long}</p></td><td></td></tr></table>"
    assert words(read_one("信.eml", html_mail(html))) == ["志远镇长：", long]


def test_plain_text_goes_before_html() -> None:
    content = mixed_mail(
        "纯文本正文。", ("Content-Type: text/html; charset=utf-8", b"<p>HTML</p>"), subtype="alternative"
    )
    assert parts(content)[0].text == "纯文本正文。"  # type: ignore[union-attr]


def test_html_stands_in_for_a_blank_text() -> None:
    content = mixed_mail(
        " \r\n", ("Content-Type: text/html; charset=utf-8", "<p>网页正文</p>".encode()), subtype="alternative"
    )
    (record,) = parts(content)
    assert isinstance(record, Document)
    assert record.text == "网页正文"


def test_flowed_lines_are_joined() -> None:
    content = mail_file(
        "请贵场于3月15日前 \r\n函复。\r\n\r\n> 原信 \r\n> 下行\r\n".encode(),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8; format=flowed",
    )
    assert words(read_one("信.eml", content)) == ["请贵场于3月15日前函复。", "原信", "下行"]


def test_a_mail_without_body_is_still_a_mail() -> None:
    document = read("", "Subject: =?utf-8?B?5ZCM5oSP?=")
    assert (document.text, document.blocks) == ("", ())
    assert document.mail is not None
    assert document.mail.subject == "同意"
    assert "没有正文" in document.notes[0]


# --- zones ---------------------------------------------------------------------------------------

QUOTES = [
    "> 请镇里认领一半\n> 3月15日前给个准数",
    "-----原始邮件-----\n发件人：邓春生\n请镇里认领一半",
    "----- 原始邮件 -----\n请镇里认领一半",
    "-----Original Message-----\nFrom: Deng\n请镇里认领一半",
    "---------- Forwarded message ---------\n请镇里认领一半",
    '在 2024-02-27 16:28:41，"邓春生" <dcs@linchang.example> 写道：\n请镇里认领一半',
    "在 2024年2月27日，邓春生\n<dcs@linchang.example> 写道：\n> 请镇里认领一半",
    "On Tue, Feb 27, 2024 at 4:28 PM Deng <dcs@linchang.example> wrote:\n> 请镇里认领一半",
    "发件人：邓春生\n发送时间：2024年2月27日 16:28\n收件人：卢志远\n主题：隔离带\n\n请镇里认领一半",
    "发件人: 邓春生\n日期: 2024-02-27\n主题: 隔离带\n请镇里认领一半",
    "________________________________\nFrom: Deng\nSent: Tuesday\nTo: Lu\nSubject: x\n请镇里认领一半",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_quoted_mail_is_zoned_apart(quote: str) -> None:
    document = read(f"难处我懂，等上会后再复。\n\n{quote}\n")
    zones = kinds(document)
    assert zones[0] == ("paragraph", "难处我懂，等上会后再复。")
    assert {kind for kind, _ in zones[1:]} == {"quote"}
    assert any(text == "请镇里认领一半" for _, text in zones)


@pytest.mark.parametrize(
    "text",
    [
        "发件人一栏请写：林场办。\n收件人不变。",
        "邓春生在信里写道：\n这件事就这么定了。",
        "请看下面三点，\n-----\n一是检修。",
        "日期：3月15日\n地点：场部",
    ],
)
def test_what_only_looks_like_a_quote_stays_body(text: str) -> None:
    assert {kind for kind, _ in kinds(read(f"{text}\n就这些，请函复。"))} == {"paragraph"}


def test_answers_between_quoted_lines_stay_body() -> None:
    text = "在 2024-02-27，邓春生 写道：\n> 请认领一半\n可以认四成。\n> 3月15日前答复\n来得及。"
    assert [kind for kind, _ in kinds(read(text))] == ["quote", "quote", "paragraph", "quote", "paragraph"]


def test_closing_lines_are_a_signature() -> None:
    assert kinds(read(BODY))[-3:] == [
        ("paragraph", "顺颂春祺！"),
        ("signature", "邓春生"),
        ("signature", "2月27日"),
    ]


@pytest.mark.parametrize(
    "closing",
    [
        "-- \n邓春生\n鹤背岭林场副场长\n电话：0000-3316021",
        "邓春生\n鹤背岭林场办公室\n手机：13900000000",
        "春生",
        "中共樟沐镇委员会\n2024年1月9日",
        "发自我的iPhone",
    ],
)
def test_signatures_are_zoned_apart(closing: str) -> None:
    zones = kinds(read(f"志远镇长：\n\n测算表见附件，请核。\n\n{closing}\n"))
    assert [kind for kind, _ in zones[:2]] == ["paragraph", "paragraph"]
    assert {kind for kind, _ in zones[2:]} == {"signature"}


@pytest.mark.parametrize("answer", ["同意", "收到，谢谢！", "可以按此办理", "已送收发室", "3月15日前给。", "认四成"])
def test_a_short_answer_is_no_signature(answer: str) -> None:
    assert kinds(read(f"春生场长：\n\n{answer}\n"))[-1] == ("paragraph", answer)


def test_an_enclosure_list_below_the_signature_stays_body() -> None:
    zones = kinds(read("志远镇长：\n\n请核。\n\n邓春生\n2月27日\n\n附件：1.测算表.xlsx\n2.照片.zip\n"))
    assert [kind for kind, _ in zones] == [
        "paragraph",
        "paragraph",
        "signature",
        "signature",
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "words_",
    [
        "本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人。",
        "声明：本邮件及其附件可能含有内部信息，仅供收件人使用。",
        "This e-mail and any attachments are confidential and intended solely for the addressee.",
        "免责声明：以上内容不代表单位意见。",
    ],
)
def test_disclaimers_are_zoned_apart(words_: str) -> None:
    zones = kinds(read(f"志远镇长：\n\n请于3月15日前函复。\n\n邓春生\n\n{words_}\n如误收请删除。\n"))
    assert [kind for kind, _ in zones] == ["paragraph", "paragraph", "signature", "disclaimer", "disclaimer"]


def test_talk_of_secrecy_is_no_disclaimer() -> None:
    assert kinds(read("志远镇长：\n\n名单含有保密信息，请专人送达，不要发邮件。\n"))[-1][0] == "paragraph"


# --- attachments ---------------------------------------------------------------------------------


def attached(name: str, kind: str = "application/octet-stream") -> str:
    encoded = base64.b64encode(name.encode("gb18030")).decode()
    return f'Content-Type: {kind}; name="=?gb2312?B?{encoded}?="\r\nContent-Disposition: attachment'


def test_attachments_are_documents_of_their_own() -> None:
    content = mixed_mail(
        BODY,
        (attached("樟委函〔2024〕2号.docx"), saved(word_file("请函复。"))),
        (attached("函.pdf", "application/pdf"), pdf_file(LETTER)),
        (attached("名单.txt", "text/plain"), "韩立群".encode("gb18030")),
        (attached("测算表（2024-03-05）.xlsx"), b"PK\x03\x04xx"),
        (attached("照片.jpg", "image/jpeg"), b"\xff\xd8\xff\xe0" + bytes(50)),
    )
    records = parts(content)
    assert [(type(record).__name__, record.file.removeprefix("邮件/来信.eml")) for record in records] == [
        ("Document", ""),
        ("Document", "/樟委函〔2024〕2号.docx"),
        ("Document", "/函.pdf"),
        ("Document", "/名单.txt"),
        ("Skipped", "/测算表（2024-03-05）.xlsx"),
        ("Skipped", "/照片.jpg"),
    ]
    assert {record.parent for record in records[1:4]} == {"邮件/来信.eml"}  # type: ignore[union-attr]
    assert records[3].text == "韩立群"  # type: ignore[union-attr]
    assert [record.date for record in records[4:]] == ["2024-03-05", "2024-02-27"]  # type: ignore[union-attr]


def test_names_in_rfc_2231_and_raw_bytes() -> None:
    head = "Content-Type: text/plain\r\nContent-Disposition: attachment; "
    coded = mixed_mail(BODY, (f"{head}filename*=UTF-8''%E5%90%8D%E5%8D%95.txt", b"a b"))
    assert parts(coded)[1].file == "邮件/来信.eml/名单.txt"
    raw = mixed_mail(BODY, (f"{head}filename=NAME.txt", b"a b"))
    assert parts(raw.replace(b"NAME", "参会名单".encode("gbk")))[1].file == "邮件/来信.eml/参会名单.txt"


def test_folders_in_names_go_and_equal_names_are_counted() -> None:
    head = 'Content-Type: text/plain; name="../a/b.txt"\r\nContent-Disposition: attachment'
    files = [record.file for record in parts(mixed_mail(BODY, (head, b"one"), (head, b"two")))]
    assert files[1:] == ["邮件/来信.eml/a_b.txt", "邮件/来信.eml/a_b(2).txt"]


def test_a_mail_in_a_mail_is_read() -> None:
    inner = mixed_mail("里层正文。", (attached("名单.txt", "text/plain"), b"x y"))
    outer = (
        b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="YY"\r\n\r\n'
        b"--YY\r\nContent-Type: text/plain\r\n\r\nouter\r\n--YY\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner.replace(b"Subject: test", b"Subject: =?utf-8?B?5p2l5L+h?=")
        + b"\r\n--YY--\r\n"
    )
    records = parts(outer)
    assert [record.file for record in records] == [
        "邮件/来信.eml",
        "邮件/来信.eml/来信.eml",
        "邮件/来信.eml/来信.eml/名单.txt",
    ]
    inner_mail = records[1]
    assert isinstance(inner_mail, Document)
    assert (inner_mail.text, inner_mail.parent, inner_mail.mail and inner_mail.mail.date[:10]) == (
        "里层正文。",
        "邮件/来信.eml",
        "2024-02-27",
    )


def test_mails_nested_without_end_stop() -> None:
    content = mail_file("最里层。")
    for _ in range(9):
        content = (
            b"From: a@b.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + content
        )
    records = parts(content)
    assert isinstance(records[-1], Skipped)
    assert len(records) < 9


def test_a_logo_in_the_html_is_no_missing_file() -> None:
    picture = (
        "Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline",
        b"\x89PNG" + bytes(40),
    )
    (record,) = parts(mixed_mail(BODY, picture, subtype="related"))
    assert isinstance(record, Document)
    assert "1张图片" in record.notes[0]


def test_an_encrypted_attachment_is_told() -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    record = parts(mixed_mail(BODY, (attached("函.docx"), locked)))[1]
    assert isinstance(record, Skipped)
    assert record.reason == "encrypted"


# --- no mail -------------------------------------------------------------------------------------


def test_a_text_under_the_name_of_a_mail_is_text() -> None:
    document = read_one("a.eml", "关于排班的函：\n\n请函复。\n".encode("gb18030"))
    assert (document.format, document.mail) == ("txt", None)
    assert words(document) == ["关于排班的函：", "请函复。"]
    assert ".eml" in document.notes[0]


def test_a_binary_under_the_name_of_a_mail_is_skipped() -> None:
    (record,) = read_content("a.eml", bytes(range(256)) * 20)
    assert isinstance(record, Skipped)
    assert record.reason == "binary"


def test_broken_structure_is_no_crash() -> None:
    content = mixed_mail(BODY, (attached("a.docx"), saved(word_file("x"))))
    for cut in range(0, len(content), 997):
        assert parts(content[:cut])


LINES = st.sampled_from(
    [
        *(
            "请函复。",
            "",
            "> 原信",
            "-- ",
            "邓春生",
            "2月27日",
            "电话：0000-1234567",
            "发件人：甲",
            "主题：乙",
        ),
        *(
            "-----原始邮件-----",
            "在 2024-02-27，甲 写道：",
            "附件：表.xlsx",
            "本邮件及其附件含有保密信息。",
            "　　缩进",
        ),
    ]
)


@given(st.lists(LINES, max_size=14))
def test_zones_lie_in_order_and_lose_no_words(lines: list[str]) -> None:
    document = read("\n".join(lines))
    check_offsets(document)
    outside = document.text
    for block in reversed(document.blocks):
        outside = outside[: block.start] + outside[block.end :]
    assert not outside.strip("\n >\u3000")


@pytest.mark.parametrize(
    ("file", "content"),
    [("a.pdf", pdf_file(LETTER)), ("a.docx", saved(word_file(*LETTER))), ("a.eml", mail_file(BODY))],
)
def test_offsets_of_every_format(file: str, content: bytes) -> None:
    check_offsets(read_one(file, content))
