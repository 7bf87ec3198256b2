"""Files that hold several mails are parted into them."""

from __future__ import annotations

import base64

import pytest
from ingest_files import mail_file, mixed_mail, read_one, skip_one

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest.read_file import read_content

ENVELOPE = "From - Tue Mar 05 10:22:33 2024"
ENVELOPES = [
    ENVELOPE,
    "From zhang@x.example Tue Mar  5 10:22:33 2024",
    "From 1792345@xxx Tue Mar 05 10:22:33 +0000 2024",
    "From MAILER-DAEMON Tue, 5 Mar 2024 10:22:33 2024",
    "From nobody",
]
BODIES = ("请贵场于3月15日前函复。", "名单还在整理，下周送到。", "收到，谢谢。")


def mbox(*mails: bytes, envelope: str = ENVELOPE, end: bytes = b"\r\n") -> bytes:
    lines = [envelope.encode() + b"\r\n" + mail + b"\r\n\r\n" for mail in mails]
    return b"".join(lines).replace(b"\r\n", end)


def records(content: bytes, file: str = "邮件/往来.mbox") -> list[Document | Skipped]:
    return list(read_content(file, content))


def texts(content: bytes, file: str = "邮件/往来.mbox") -> list[str]:
    found = records(content, file)
    assert [one.file for one in found] == [f"{file}/{number}" for number in range(1, len(found) + 1)]
    return [one.text if isinstance(one, Document) else one.reason for one in found]


MAILS = tuple(mail_file(body) for body in BODIES)


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_mails_are_numbered_in_order(envelope: str, end: bytes) -> None:
    assert texts(mbox(*MAILS, envelope=envelope, end=end)) == list(BODIES)


def test_each_mail_is_read_as_a_mail() -> None:
    first, *_ = records(mbox(*MAILS))
    assert isinstance(first, Document)
    assert (first.format, first.parent, first.notes) == ("eml", "邮件/往来.mbox", ())
    assert first.mail
    assert (first.mail.sender[0], first.mail.date) == ("邓春生", "2024-02-27T16:28:41+08:00")


def test_the_same_mail_alone_has_the_same_digest_text_and_header() -> None:
    alone = read_one("信.eml", MAILS[0] + b"\n")
    first, *_ = records(mbox(*MAILS))
    assert isinstance(first, Document)
    assert (first.text, first.mail) == (alone.text, alone.mail)


def test_one_mail_is_a_collection_too() -> None:
    assert texts(mbox(MAILS[0])) == [BODIES[0]]


def test_attachments_stand_below_their_mail() -> None:
    head = "Content-Type: text/plain; name=list.txt\r\nContent-Disposition: attachment"
    files = [one.file for one in records(mbox(MAILS[0], mixed_mail(BODIES[1], (head, "名单".encode()))), "a.mbox")]
    assert files == ["a.mbox/1", "a.mbox/2", "a.mbox/2/list.txt"]


def test_quoted_mails_stand_below_their_mail() -> None:
    body = f"照办。\n\n在 2024年3月5日，张三 写道：\n> {BODIES[1]}\n"
    found = records(mbox(MAILS[0], mail_file(body)), "a.mbox")
    assert [one.file for one in found] == ["a.mbox/1", "a.mbox/2", "a.mbox/2/引文1"]
    assert found[2].parent == "a.mbox/2"  # type: ignore[union-attr]


# --- lines that begin with From --------------------------------------------------------------------

WITHIN = [
    "From my side there is nothing to add.",
    "From 10:30 to 11:00 on 5 March 2024 the hall is closed.\nNote: bring the list.",
    "From Tuesday on, the list is kept by the office.",
    "From - the office",
    "From: 张三\nSubject: 名单",
]


@pytest.mark.parametrize("line", WITHIN)
@pytest.mark.parametrize("above", ["请看下面。\n", "请看下面。\n\n"])
def test_a_body_line_parts_nothing(line: str, above: str) -> None:
    body = f"{above}{line}\n就这些。"
    first, second = texts(mbox(mail_file(body.replace("\n", "\r\n")), MAILS[1]))
    assert "就这些。" in first
    assert second == BODIES[1]


def test_escaped_lines_are_restored() -> None:
    first, _ = texts(mbox(mail_file("请看。\r\n>From the office.\r\n>>From the archive."), MAILS[1]))
    assert first.split("\n")[1:] == ["From the office.", ">From the archive."]


def test_an_encoded_body_is_not_touched() -> None:
    data = base64.encodebytes("From 办公室：\n\nFrom - Tue Mar 05 10:22:33 2024\n请函复。".encode())
    fields = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64")
    first, _ = texts(mbox(mail_file(data, *fields), MAILS[1]))
    assert first.endswith("请函复。")


def test_an_attached_mail_is_no_mail_of_the_collection() -> None:
    outer = (
        b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="YY"\r\n\r\n'
        b"--YY\r\nContent-Type: text/plain\r\n\r\nouter\r\n--YY\r\nContent-Type: message/rfc822\r\n\r\n"
        + MAILS[0]
        + b"\r\n--YY--\r\n"
    )
    assert [one.file for one in records(mbox(outer, MAILS[1]), "a.mbox")] == [
        "a.mbox/1",
        "a.mbox/1/test.eml",
        "a.mbox/2",
    ]


# --- broken mails ----------------------------------------------------------------------------------


def test_a_broken_mail_is_skipped_alone() -> None:
    binary = bytes(range(128, 256)) + bytes(range(32))
    broken = mail_file(binary * 40, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8")
    assert texts(mbox(MAILS[0], broken, MAILS[2])) == [BODIES[0], "binary", BODIES[2]]


def test_an_empty_mail_is_skipped_alone() -> None:
    empty = b"From: a@b.example\r\nDate: Tue, 5 Mar 2024 10:22:33 +0800\r\n\r\n"
    assert texts(mbox(MAILS[0], empty, MAILS[2])) == [BODIES[0], "empty", BODIES[2]]


def test_a_mail_deleted_in_the_program_is_not_read() -> None:
    deleted = b"X-Mozilla-Status: 0009\r\nX-Mozilla-Status2: 00000000\r\n" + MAILS[1]
    read = b"X-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00000000\r\n" + MAILS[2]
    assert texts(mbox(MAILS[0], deleted, read)) == [BODIES[0], "temporary", BODIES[2]]


def test_a_cut_off_file_is_read_as_far_as_it_goes() -> None:
    content = mbox(*MAILS)
    for cut in range(0, len(content), 97):
        assert len(records(content[:cut])) <= 3


# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file", ["收件箱.mbox", "收件箱.mbx", "Inbox", "已发送.2024", "往来.eml", "往来.sbd/存档", "a.dat"]
)
def test_names_under_which_collections_are_found(file: str) -> None:
    assert texts(mbox(*MAILS), file) == list(BODIES)


def test_a_mail_with_one_envelope_line_is_a_mail() -> None:
    document = read_one("信.eml", mbox(MAILS[0]))
    assert (document.file, document.text) == ("信.eml", BODIES[0])


def test_a_single_mail_under_the_name_of_a_collection_is_a_mail() -> None:
    document = read_one("信.mbox", MAILS[0])
    assert (document.file, document.format, document.text) == ("信.mbox", "eml", BODIES[0])


def test_a_text_that_begins_with_from_is_a_text() -> None:
    for file in ("说明", "a.txt", "a.eml"):
        assert read_one(file, "From 办公室：\n\n请各位于3月5日前函复，逾期不候。\n".encode()).format == "txt"


def test_a_mail_without_envelope_and_suffix_is_no_collection() -> None:
    assert all("/" not in one.file for one in records(MAILS[0], "Inbox"))


@pytest.mark.parametrize("content", [b"SQLite format 3\x00" * 9, "会议纪要".encode() * 9])
def test_a_collection_without_mails_is_damaged(content: bytes) -> None:
    assert skip_one("a.mbox", content).reason == "damaged"


def test_an_empty_collection_is_empty() -> None:
    assert skip_one("a.mbox", b"\n").reason == "empty"


def test_an_index_is_no_collection() -> None:
    skipped = skip_one("Inbox.msf", b'// <!-- <mdb:mork:z v="1.4"/> -->\n')
    assert (skipped.reason, "索引" in skipped.detail) == ("unsupported", True)
