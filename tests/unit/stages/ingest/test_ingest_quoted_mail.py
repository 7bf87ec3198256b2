"""Mails that other mails quote become documents, where author and date or subject are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_files import check_offsets, kinds, mail_file, mixed_mail

from coordnlp.records import Document, Mail
from coordnlp.stages.ingest.mail_dates import find_mail_date
from coordnlp.stages.ingest.read_file import read_content

WORDS = "请贵场于3月15日前提供值守人员的排班名单。"
OWN = "难处我懂，等上会后再复。"


def quotes(body: str, *fields: str) -> list[Document]:
    mail, *quoted = read_content("邮件/来信.eml", mail_file(body, *fields))
    assert isinstance(mail, Document)
    for number, document in enumerate(quoted, 1):
        assert isinstance(document, Document)
        assert (document.file, document.parent) == (f"邮件/来信.eml/引文{number}", "邮件/来信.eml")
        check_offsets(document)
    return [one for one in quoted if isinstance(one, Document)]


def quote(body: str) -> tuple[Document, Mail]:
    (document,) = quotes(body)
    assert document.mail is not None
    return document, document.mail


def page(html: str) -> list[Document]:
    return quotes(html, "MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8")


# --- heads -----------------------------------------------------------------------------------------

TIME = "2024-03-05T10:22:00+08:00"
SECOND = "2024-03-05T10:22:33+08:00"
ZHANG, LI = ("张三", "zhang@x.example"), ("李四", "li@y.example")

FIELDS = {
    "outlook": (
        "发件人: 张三 <zhang@x.example>\n发送时间: 2024年3月5日 10:22\n收件人: 李四 <li@y.example>\n"
        "抄送: 王五 <wang@y.example>\n主题: 排班名单",
        TIME,
    ),
    "outlook with a rule": (
        "________________________________\n发件人: 张三 <zhang@x.example>\n发送时间: 2024年3月5日 星期二 10:22\n"
        "收件人: 李四 <li@y.example>\n主题: 排班名单",
        TIME,
    ),
    "qq": (
        '------------------ 原始邮件 ------------------\n发件人: "张三" <zhang@x.example>;\n'
        '发送时间: 2024年3月5日(星期二) 上午10:22\n收件人: "李四"<li@y.example>;\n\n主题: 排班名单',
        TIME,
    ),
    "qq with wide marks": (
        "------------------&nbsp;原始邮件&nbsp;------------------".replace("&nbsp;", "\u00a0")
        + "\n发件人：张三〈zhang@x.example〉；\n发送时间：2024年3月5日（星期二）上午10:22\n"
        "收件人：李四〈li@y.example〉；\n主题：排班名单",
        TIME,
    ),
    "foxmail": (
        "发件人：\u00a0张三\n发送时间：\u00a02024-03-05\u00a010:22\n收件人：\u00a0李四\n主题：\u00a0排班名单",
        TIME,
    ),
    "netease forward": (
        '-------- 转发邮件信息 --------\n发件人："张三" <zhang@x.example>\n发送日期：2024-03-05 10:22:33\n'
        '收件人："李四" <li@y.example>\n主题：排班名单',
        SECOND,
    ),
    "netease master": (
        "---- 回复的原邮件 ----\n| 发件人 | 张三<zhang@x.example> |\n| 日期 | 2024年03月05日 10:22 |\n"
        "| 收件人 | 李四<li@y.example> |\n| 抄送至 | |\n| 主题 | 排班名单 |",
        TIME,
    ),
    "dingtalk": (
        "------------------------------------------------------------------\n发件人：张三 <zhang@x.example>\n"
        "日　期：2024年03月05日 10:22:33\n收件人：李四 <li@y.example>\n主　题：排班名单",
        SECOND,
    ),
    "outlook in english": (
        "From: 张三 <zhang@x.example>\nSent: Tuesday, March 5, 2024 10:22 AM\nTo: 李四 <li@y.example>\n"
        "Subject: 排班名单",
        TIME,
    ),
    "original message": (
        "-----Original Message-----\nFrom: 张三 [mailto:zhang@x.example]\nSent: 2024-03-05 10:22\n"
        "To: 李四\nSubject: 排班名单",
        TIME,
    ),
    "gmail forward": (
        "---------- Forwarded message ---------\n发件人： 张三 <zhang@x.example>\nDate: 2024年3月5日周二 上午10:22\n"
        "Subject: 排班名单\nTo: 李四 <li@y.example>",
        TIME,
    ),
    "thunderbird forward": (
        "-------- 转发的消息 --------\n主题: \t排班名单\n日期: \tTue, 5 Mar 2024 10:22:33 +0800\n"
        "发件人: \t张三 <zhang@x.example>\n收件人: \t李四 <li@y.example>",
        SECOND,
    ),
    "apple": (
        "发件人: 张三 <zhang@x.example>\n主题: 排班名单\n日期: 2024年3月5日 GMT+8 10:22:33\n"
        "收件人: 李四 <li@y.example>",
        SECOND,
    ),
    "bold": (
        "*发件人:* 张三 <zhang@x.example>\n*发送时间:* 2024年3月5日 10:22\n*收件人:* 李四 <li@y.example>\n"
        "*主题:* 排班名单",
        TIME,
    ),
    "traditional": (
        "寄件者: 张三 <zhang@x.example>\n寄件日期: 2024年3月5日 上午 10:22\n"
        "收件者: 李四 <li@y.example>\n主旨: 排班名单",
        TIME,
    ),
}


@pytest.mark.parametrize("form", FIELDS)
def test_fields_line_by_line(form: str) -> None:
    head, date = FIELDS[form]
    document, mail = quote(f"{OWN}\n\n{head}\n\n李四场长：\n{WORDS}\n")
    assert document.text == f"李四场长：\n{WORDS}"
    assert mail.subject == "排班名单"
    assert mail.sender[0] == "张三"
    assert mail.sender[1] in ("", "zhang@x.example")
    assert [name for name, _ in mail.to] == ["李四"]
    assert mail.date == date
    assert (mail.message_id, mail.in_reply_to) == ("", ())


SENTENCES = {
    "在 2024年3月5日，10:22，张三 <zhang@x.example> 写道：": (ZHANG, TIME),
    '在 2024-03-05 10:22:33，"张三" <zhang@x.example> 写道：': (ZHANG, SECOND),
    "在 2024年3月5日，上午10:22，张三\n<zhang@x.example> 写道：": (ZHANG, TIME),
    "在 2024年3月5日，\n张三 <zhang@x.example> 写道：": (ZHANG, "2024-03-05"),
    "2024年3月5日 上午10:22，张三 <zhang@x.example> 写道：": (ZHANG, TIME),
    "张三 <zhang@x.example> 于2024年3月5日周二 10:22写道：": (ZHANG, TIME),
    "张三 <zhang@x.example> 于2024年3月5日周二\n10:22写道：": (ZHANG, TIME),
    "于 2024/3/5 10:22, 张三 写道:": (("张三", ""), TIME),
    "张三 2024/3/5 10:22:33 写道：": (("张三", ""), SECOND),
    "On Tue, Mar 5, 2024 at 10:22 AM 张三 <zhang@x.example> wrote:": (ZHANG, TIME),
    "On Tue, Mar 5, 2024 at 10:22 AM 张三\n<zhang@x.example>\nwrote:": (ZHANG, TIME),
    'At 2024-03-05 10:22:33, "张三" <zhang@x.example> wrote:': (ZHANG, SECOND),
    "On 5 Mar 2024, at 10:22, Zhang, San <zhang@x.example> wrote:": (("Zhang, San", "zhang@x.example"), TIME),
    "在 2024年3月5日 星期二 10:22，张三〈zhang@x.example〉来信说：": (ZHANG, TIME),
}


@pytest.mark.parametrize("head", SENTENCES)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_a_sentence_above_the_quote(head: str, mark: str) -> None:
    document, mail = quote(f"{OWN}\n\n{head}\n\n{mark}李四场长：\n{mark}{WORDS}\n")
    assert document.text == f"李四场长：\n{WORDS}"
    assert (mail.sender, mail.date) == SENTENCES[head]


DATES = {
    "2024年3月5日(星期二) 下午2:05": "2024-03-05T14:05:00+08:00",
    "2024年3月5日 中午12:05": "2024-03-05T12:05:00+08:00",
    "2024年3月5日 凌晨12:05": "2024-03-05T00:05:00+08:00",
    "Tue, 5 Mar 2024 02:22:33 +0000": "2024-03-05T02:22:33+00:00",
    "Tuesday, March 5, 2024 2:05 PM": "2024-03-05T14:05:00+08:00",
    "2024-03-05T10:22:33Z": "2024-03-05T10:22:33+00:00",
    "2024年03月05日 10时22分": TIME,
    "25/03/2024 10:22": "2024-03-25T10:22:00+08:00",
    "2024.3.5": "2024-03-05",
    "2024-03-05 25:99": "2024-03-05",
    "03/05/2024 10:22": "",
    "2024-02-30 10:22": "",
    "3月5日 10:22": "",
    "上星期二": "",
}


@pytest.mark.parametrize("text", DATES)
def test_dates_in_their_forms(text: str) -> None:
    found = find_mail_date(text)
    assert (found.iso if found else "") == DATES[text]


def test_lists_of_addressees_may_be_broken() -> None:
    _, mail = quote(
        f"{OWN}\n\n发件人: 张三 <zhang@x.example>\n发送时间: 2024年3月5日 10:22\n收件人: 李四 <li@y.example>;\n"
        f"王五 <wang@y.example>\n抄送: 赵六; 孙七\n主题: 排班名单\n\n{WORDS}\n"
    )
    assert mail.to == (LI, ("王五", "wang@y.example"))
    assert mail.copies == (("赵六", ""), ("孙七", ""))


# --- words -----------------------------------------------------------------------------------------


def test_the_mail_itself_keeps_its_text() -> None:
    body = f"{OWN}\n\n在 2024年3月5日，张三 <zhang@x.example> 写道：\n> 李四场长：\n> {WORDS}"
    mail, *_ = read_content("来信.eml", mail_file(body))
    assert isinstance(mail, Document)
    assert mail.text == body
    assert kinds(mail)[0] == ("paragraph", OWN)
    assert {kind for kind, _ in kinds(mail)[1:]} == {"quote"}


def test_places_are_lines_of_the_mail_around_it() -> None:
    document, _ = quote(f"{OWN}\n\n在 2024年3月5日，张三 <zhang@x.example> 写道：\n> 李四场长：\n> {WORDS}\n")
    assert document.place(document.text.index("请贵场")) == "第5行"
    assert document.notes == ("从“邮件/来信.eml”的引文里取出。",)
    assert document.format == "eml"


def test_lines_that_the_mail_program_broke_are_whole_again() -> None:
    first, second = (
        "城里跑的三轮车眼下到底有多少辆、谁在骑，我们这边没有底。烦您5月20日前把三轮车",
        "从业人员的名单发我。",
    )
    document, _ = quote(f"{OWN}\n\n在 2024年3月5日，张三 写道：\n> 李四场长：\n> {first}\n> {second}\n")
    assert document.text == f"李四场长：\n{first}{second}"
    assert document.place(document.text.index("从业")) == "第6行"


def test_lines_that_end_by_themselves_are_left() -> None:
    document, _ = quote(f"{OWN}\n\n在 2024年3月5日，张三 写道：\n> 名单请于3月15日前\n> 影像请于3月20日前\n")
    assert document.text == "名单请于3月15日前\n影像请于3月20日前"


def test_a_quote_has_blocks_of_its_own() -> None:
    document, _ = quote(f"{OWN}\n\n在 2024年3月5日，张三 写道：\n> 李四场长：\n> {WORDS}\n>\n> 张三\n> 3月5日\n")
    assert kinds(document) == [
        ("paragraph", "李四场长："),
        ("paragraph", WORDS),
        ("signature", "张三"),
        ("signature", "3月5日"),
    ]


ANSWER = "名单已经在整理，下周三以前送到贵镇应急指挥室。"


def chain(body: str) -> list[tuple[str, str]]:
    return [(one.mail.sender[0], one.text) for one in quotes(f"{OWN}\n\n{body}") if one.mail]


CHAIN = [("李四", ANSWER), ("张三", WORDS)]


def test_a_chain_with_marks() -> None:
    assert (
        chain(f"在 2024-03-06，李四 写道：\n> {ANSWER}\n>\n> 在 2024-03-05，张三 写道：\n>\n>> {WORDS}\n>\n>\n")
        == CHAIN
    )


def test_a_chain_of_fields() -> None:
    head = "发件人：{}\n发送时间：2024年3月{}日 10:22\n收件人：{}\n主题：排班名单\n\n"
    assert chain(f"{head.format('李四', 6, '张三')}{ANSWER}\n\n{head.format('张三', 5, '李四')}{WORDS}\n") == CHAIN


def test_a_chain_of_both() -> None:
    head = "-----原始邮件-----\n发件人：李四\n发送时间：2024年3月6日 10:22\n主题：排班名单\n\n"
    assert chain(f"{head}{ANSWER}\n\n在 2024-03-05，张三 写道：\n> {WORDS}\n") == CHAIN


def test_words_below_the_inner_quote_are_the_outer_ones() -> None:
    body = f"在 2024-03-06，李四 写道：\n> 在 2024-03-05，张三 写道：\n>> {WORDS}\n> {ANSWER}\n"
    assert chain(body) == CHAIN


def test_answers_between_the_quoted_lines_belong_to_nobody_quoted() -> None:
    body = f"在 2024-03-05，张三 写道：\n> {WORDS}\n名单送到了。\n> 无人机影像也请一并拷给我们。\n影像另送。\n"
    assert chain(body) == [("张三", f"{WORDS}\n无人机影像也请一并拷给我们。")]


def test_a_bare_quote_within_a_quoted_mail_is_not_its_author_s() -> None:
    body = f"在 2024-03-06，李四 写道：\n> {ANSWER}\n>> {WORDS}\n"
    assert chain(body) == [("李四", ANSWER)]


def test_below_a_head_that_tells_nobody_the_words_are_nobody_s() -> None:
    body = f"在 2024-03-06，李四 写道：\n{ANSWER}\n\n-----原始邮件-----\n{WORDS}\n"
    assert chain(body) == [("李四", ANSWER)]


# --- html ------------------------------------------------------------------------------------------


def test_gmail() -> None:
    html = (
        f"<div>{OWN}</div><br><div class='gmail_quote'><div class='gmail_attr'>李四 &lt;<a>li@y.example</a>&gt; "
        f"于2024年3月6日周三 10:22写道：<br></div><blockquote class='gmail_quote'><div>{ANSWER}</div>"
        "<div class='gmail_quote'><div class='gmail_attr'>张三 &lt;zhang@x.example&gt; 于2024年3月5日周二 写道：</div>"
        f"<blockquote class='gmail_quote'><div>{WORDS}</div></blockquote></div><p>以上请核。</p></blockquote></div>"
    )
    assert [one.text.replace("\n", "") for one in page(html)] == [f"{ANSWER}以上请核。", WORDS]


def test_outlook_on_the_web() -> None:
    head = (
        "<hr><div id='divRplyFwdMsg'><b>发件人:</b> {} &lt;a@x.example&gt;<br><b>发送时间:</b> 2024年3月{}日 10:22<br>"
        "<b>收件人:</b> 某人<br><b>主题:</b> 排班名单</div><div>&nbsp;</div>"
    )
    html = f"<p>{OWN}</p>{head.format('李四', 6)}<div>{ANSWER}</div>{head.format('张三', 5)}<div>{WORDS}</div>"
    assert [(one.mail and one.mail.sender[0], one.text) for one in page(html)] == CHAIN
    mail = next(read_content("a.eml", mail_file(html, "MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8")))
    assert isinstance(mail, Document)
    assert [words for kind, words in kinds(mail) if kind != "quote"] == [OWN]


def test_netease() -> None:
    html = (
        f'<div>{OWN}</div><br>At 2024-03-05 10:22:33, "张三" &lt;zhang@x.example&gt; wrote:<br>'
        f"<blockquote id='isReplyContent'><div>李四场长：</div><div>{WORDS}</div></blockquote>"
    )
    (document,) = page(html)
    assert document.text == f"李四场长：\n{WORDS}"


def test_netease_master_table() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{value}</td></tr>"
        for name, value in (
            ("发件人", "张三&lt;zhang@x.example&gt;"),
            ("日期", "2024年03月05日 10:22"),
            ("收件人", "李四"),
            ("主题", "排班名单"),
        )
    )
    (document,) = page(f"<div>{OWN}</div><div>---- 回复的原邮件 ----</div><table>{rows}</table><div>{WORDS}</div>")
    assert (document.text, document.mail and document.mail.date) == (WORDS, TIME)


def test_foxmail() -> None:
    html = (
        f"<div>{OWN}</div><blockquote><div>&nbsp;</div><div><div><b>发件人：</b>&nbsp;<a>zhang@x.example</a></div>"
        "<div><b>发送时间：</b>&nbsp;2024-03-05&nbsp;10:22</div><div><b>收件人：</b>&nbsp;<a>li@y.example</a></div>"
        f"<div><b>主题：</b>&nbsp;排班名单</div></div><div><p>{WORDS}</p></div></blockquote>"
    )
    (document,) = page(html)
    assert document.text == WORDS
    assert document.mail
    assert document.mail.sender == ("", "zhang@x.example")


# --- what gives no document ------------------------------------------------------------------------

NONE = {
    "marks without an author": f"> {WORDS}\n> 无人机影像也请一并拷给我们。",
    "a title without fields": f"-----原始邮件-----\n{WORDS}",
    "an author without date or subject": f"-----原始邮件-----\n发件人：张三\n\n{WORDS}",
    "a date without an author": f"-----原始邮件-----\n发送时间：2024年3月5日 10:22\n主题：名单\n\n{WORDS}",
    "a sentence without a date": f"张三 <zhang@x.example> 写道：\n> {WORDS}",
    "too little said": "在 2024年3月5日，张三 <zhang@x.example> 写道：\n> 同意，请照办。",
    "a remark": "在 2024年3月5日，张三 <zhang@x.example> 写道：\n> （原信谈隔离带养护费，附测算表，略）",
    "nothing said": "在 2024年3月5日，张三 <zhang@x.example> 写道：\n",
    "a narrative": f"在2024年3月5日的来函中，贵场写道：\n{WORDS}",
    "a narrative without a date": f"张三在信里写道：\n{WORDS}",
    "labels of a form": f"收件人：林场办公室\n时间：2024年3月5日 10:22\n主题：排班名单\n\n{WORDS}",
    "two labels": f"发件人：林场办公室\n主题：排班名单\n\n{WORDS}",
    "a rule": f"--------------------\n一、排班。\n{WORDS}",
    "a telephone note": f"2024年3月5日10:22，张三来电说，名单还在整理。\n{WORDS}",
    "latin only": "On Tue, Mar 5, 2024 at 10:22 AM Zhang <zhang@x.example> wrote:\n> Please send the roster by Friday.",
    "a meeting": f"时间：2024年3月5日 10:22\n地点：场部会议室\n主持：张三\n\n{WORDS}",
    "a disclaimer": "本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或者单位。",
}


@pytest.mark.parametrize("case", NONE)
def test_no_document_of_its_own(case: str) -> None:
    assert quotes(f"{OWN}\n\n{NONE[case]}\n") == []


def test_attachments_named_in_a_quote_are_no_files() -> None:
    head = "-----原始邮件-----\n发件人：张三\n发送时间：2024年3月5日 10:22\n主题：名单\n附件：排班名单.xlsx"
    assert [one.file.rpartition("/")[2] for one in quotes(f"{OWN}\n\n{head}\n\n{WORDS}\n")] == ["引文1"]


def test_a_body_that_begins_with_a_label_keeps_it() -> None:
    head = "发件人：张三\n发送时间：2024年3月5日 10:22\n收件人：李四\n主题：名单"
    document, _ = quote(f"{OWN}\n\n{head}\n\n附件：排班名单.xlsx\n\n{WORDS}\n")
    assert document.text.startswith("附件：排班名单.xlsx\n")


def test_quotes_stand_before_the_attachments() -> None:
    body = f"{OWN}\r\n\r\n在 2024年3月5日，张三 写道：\r\n> {WORDS}\r\n"
    head = "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment"
    files = [record.file for record in read_content("a.eml", mixed_mail(body, (head, "名单如下。".encode())))]
    assert files == ["a.eml", "a.eml/引文1", "a.eml/a.txt"]


LINES = st.sampled_from(
    [
        *(WORDS, ANSWER, "", "> ", f"> {WORDS}", f">> {ANSWER}", "> 在 2024-03-05，张三 写道：", "-----原始邮件-----"),
        *(
            "在 2024-03-06，李四 写道：",
            "发件人：张三",
            "发送时间：2024年3月5日",
            "收件人：李四",
            "主题：名单",
            "写道：",
        ),
    ]
)


@given(st.lists(LINES, max_size=16))
def test_every_line_has_one_author_at_most(lines: list[str]) -> None:
    counted = "\n".join(f"{line}〔{number}〕" if line[-1:] == "。" else line for number, line in enumerate(lines))
    told = [piece for document in quotes(counted) for piece in document.text.split("\n") if piece.strip()]
    own = [piece for piece in told if "〔" in piece]
    assert len(own) == len(set(own))
    assert all(not piece.startswith(">") for piece in told)
