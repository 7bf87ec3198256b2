"""Archives: their members are documents below them, and nothing in them can do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from ingest_files import mail_file, mixed_mail, saved, skip_one, with_part, word_file

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest import archives
from coordnlp.stages.ingest.archives import Budget, list_members
from coordnlp.stages.ingest.read_file import read_content
from coordnlp.stages.ingest.readings import Refusal

LETTER = "请贵场于3月15日前函复。"
TEXT = LETTER.encode()


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def raw_named(*names: bytes, content: bytes = TEXT) -> bytes:
    """Return an archive whose names are these bytes, with no word on their encoding."""
    holders = [chr(ord("a") + index) * len(name) for index, name in enumerate(names)]
    archive = packed(*((holder, content) for holder in holders))
    for holder, name in zip(holders, names, strict=True):
        archive = archive.replace(holder.encode(), name)
    return archive


def records(content: bytes, file: str = "收文/材料.zip") -> list[Document | Skipped]:
    return list(read_content(file, content))


def labels(content: bytes) -> list[str]:
    return [one.file.removeprefix("收文/材料.zip/") for one in records(content)]


def outcomes(content: bytes, file: str = "a.zip") -> list[tuple[str, str]]:
    """Return path below the archive and format or reason of each record."""
    return [
        (one.file.removeprefix(file), one.format if isinstance(one, Document) else one.reason)
        for one in read_content(file, content)
    ]


# --- members -----------------------------------------------------------------------------------------


def test_members_are_documents_below_the_archive() -> None:
    first, second = records(packed(("函/关于排班的函.docx", saved(word_file(LETTER))), ("说明.txt", TEXT)))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.file, first.format, first.parent, first.text) == (
        "收文/材料.zip/函/关于排班的函.docx",
        "docx",
        "收文/材料.zip",
        LETTER,
    )
    assert (second.file, second.parent) == ("收文/材料.zip/说明.txt", "收文/材料.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing(method: int) -> None:
    assert outcomes(packed(("a.txt", TEXT), method=method)) == [("/a.txt", "txt")]


def test_folders_are_no_documents() -> None:
    assert labels(packed(("收文/", b""), ("发文\\", b""), ("收文/a.txt", TEXT))) == ["收文/a.txt"]


def test_members_of_one_name_are_counted() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        content = packed(("函/a.txt", TEXT), ("函/a.txt", b"x y"), ("a.txt", b"z"))
    assert labels(content) == ["函/a.txt", "函/a(2).txt", "a.txt"]


def test_what_cannot_be_read_is_skipped_as_elsewhere() -> None:
    content = packed(("2024-03-05 测算表.rar", b"Rar!\x1a\x07\x00"), ("空.txt", b""), ("a.txt", TEXT))
    assert outcomes(content) == [("/2024-03-05 测算表.rar", "unsupported"), ("/空.txt", "empty"), ("/a.txt", "txt")]
    assert records(content)[0].date == "2024-03-05"  # type: ignore[union-attr]


def test_what_systems_leave_is_no_file() -> None:
    content = packed(
        *((name, b"x") for name in ("__MACOSX/._a.txt", ".DS_Store", "图/Thumbs.db", "desktop.ini", ".git/config")),
        ("a.txt", TEXT),
    )
    assert labels(content) == ["a.txt"]


def test_temporary_files_are_told() -> None:
    assert outcomes(packed(("函/~$关于.docx", b"x" * 162), ("a.txt", TEXT))) == [
        ("/函/~$关于.docx", "temporary"),
        ("/a.txt", "txt"),
    ]


def test_office_files_are_no_archives() -> None:
    letter = saved(word_file(LETTER))
    assert outcomes(letter, "a.docx") == [("", "docx")]
    assert outcomes(letter, "a.zip") == [("", "docx")]
    assert outcomes(packed(("ppt/presentation.xml", b"<p/>")), "a.pptx") == [("", "unsupported")]
    assert outcomes(packed(("OFD.xml", b"<p/>")), "a.ofd") == [("", "damaged")]


@pytest.mark.parametrize("file", ["a.zip", "a.ZIP", "材料", "a.txt", "a.pdf"])
def test_archives_are_told_by_their_content(file: str) -> None:
    assert outcomes(packed(("b.txt", TEXT)), file) == [("/b.txt", "txt")]


@pytest.mark.parametrize("file", ["a.docx", "a.xlsx"])
def test_an_archive_under_the_name_of_an_office_file_is_a_broken_one(file: str) -> None:
    assert skip_one(file, packed(("b.txt", TEXT))).reason == "damaged"


@pytest.mark.parametrize("file", ["a.epub", "a.apk", "a.pages"])
def test_packages_of_programs_are_no_archives(file: str) -> None:
    assert skip_one(file, packed(("b.txt", TEXT))).reason == "unsupported"


# --- names -------------------------------------------------------------------------------------------

NAMES = ("收文/关于提供排班名单的函.txt", "发文/复函.txt", "说明.txt")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_word_on_their_encoding(encoding: str) -> None:
    assert labels(raw_named(*(name.encode(encoding) for name in NAMES))) == list(NAMES)


def test_names_in_big5() -> None:
    names = ("收文/關於提供排班名單的函.txt", "發文/復函.txt")
    assert labels(raw_named(*(name.encode("big5") for name in names))) == list(names)


def test_a_single_short_name() -> None:
    assert labels(raw_named("复函.txt".encode("gbk"))) == ["复函.txt"]


def test_names_beyond_gbk() -> None:
    assert labels(raw_named("关于䶮山林场的函.txt".encode("gb18030"))) == ["关于䶮山林场的函.txt"]


def test_names_with_the_flag() -> None:
    assert labels(packed(*((name, TEXT) for name in NAMES))) == list(NAMES)


def test_names_of_both_kinds_in_one_archive() -> None:
    names = (*(name.encode("gbk") for name in NAMES), "纪要/第3次联席会议纪要.txt".encode())
    assert labels(raw_named(*names)) == [*NAMES, "纪要/第3次联席会议纪要.txt"]


def test_the_second_byte_of_a_character_may_be_a_backslash() -> None:
    assert labels(raw_named("发文/誠信承诺.txt".encode("gbk"), "发文/許可函.txt".encode("gbk"))) == [
        "发文/誠信承诺.txt",
        "发文/許可函.txt",
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/函.txt", "etc/函.txt"),
        ("/etc/函.txt", "etc/函.txt"),
        ("C:\\Users\\a\\函.txt", "Users/a/函.txt"),
        ("C:函.txt", "函.txt"),
        ("\\\\server\\share\\函.txt", "server/share/函.txt"),
        ("a/./b/../函.txt", "a/b/函.txt"),
        ("..\\..\\函.txt", "函.txt"),
        ("函\u202etxt.exe.txt", "函txt.exe.txt"),
        ("..", "未命名"),
    ],
)
def test_names_are_labels_only(name: str, label: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content = packed(("x" * len(name.encode()), TEXT)).replace(b"x" * len(name.encode()), name.encode())
    assert labels(content) == [label]
    assert list(tmp_path.iterdir()) == []


def test_a_link_leads_nowhere() -> None:
    info = zipfile.ZipInfo("函.txt")
    info.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert outcomes(stream.getvalue()) == [("/函.txt", "unsupported")]


# --- archives, mails and collections within each other ------------------------------------------------


def test_an_archive_in_an_archive() -> None:
    inner = packed(("a.txt", TEXT))
    found = records(packed(("内/里.zip", inner), ("b.txt", b"x y")))
    assert [one.file for one in found] == ["收文/材料.zip/内/里.zip/a.txt", "收文/材料.zip/b.txt"]
    assert found[0].parent == "收文/材料.zip/内/里.zip"  # type: ignore[union-attr]


def test_a_mail_in_an_archive() -> None:
    head = "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment"
    assert outcomes(packed(("来信.eml", mixed_mail("见附件。", (head, TEXT))))) == [
        ("/来信.eml", "eml"),
        ("/来信.eml/a.txt", "txt"),
    ]


def test_an_archive_on_a_mail() -> None:
    head = "Content-Type: application/zip; name=a.zip\r\nContent-Disposition: attachment"
    content = mixed_mail("见附件。", (head, packed(("b.txt", TEXT), ("c.rar", b"Rar!\x1a\x07\x00"))))
    mail, text, other = read_content("来信.eml", content)
    assert [one.file for one in (mail, text, other)] == ["来信.eml", "来信.eml/a.zip/b.txt", "来信.eml/a.zip/c.rar"]
    assert other.date == "2024-02-27"  # type: ignore[union-attr]


def test_a_collection_of_mails_in_an_archive() -> None:
    collection = b"".join(b"From - Tue Mar 05 10:22:33 2024\r\n" + mail_file(LETTER) + b"\r\n\r\n" for _ in range(2))
    assert outcomes(packed(("Inbox", collection))) == [("/Inbox/1", "eml"), ("/Inbox/2", "eml")]


def test_archives_within_each_other_without_end_stop() -> None:
    content = packed(("a.txt", TEXT))
    for _ in range(9):
        content = packed(("a.zip", content))
    (record,) = records(content)
    assert isinstance(record, Skipped)
    assert (record.reason, "太多层" in record.detail) == ("unsupported", True)


# --- what is empty, locked, broken --------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [packed(), packed(("收文/", b"")), packed(("__MACOSX/._a", b"x"), (".DS_Store", b"x"))]
)
def test_an_archive_without_files_is_empty(content: bytes) -> None:
    skipped = skip_one("a.zip", content)
    assert (skipped.file, skipped.reason) == ("a.zip", "empty")


def locked(content: bytes) -> bytes:
    """Return an archive whose first member is marked as encrypted, in both places."""
    local, central = content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8
    changed = bytearray(content)
    changed[local] |= 1
    changed[central] |= 1
    return bytes(changed)


def test_a_member_with_a_password_is_told() -> None:
    content = locked(packed(("函.docx", saved(word_file(LETTER))), ("b.txt", TEXT)))
    assert outcomes(content) == [("/函.docx", "encrypted"), ("/b.txt", "txt")]
    assert "密码" in records(content)[0].detail  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "content", [packed(("a.txt", TEXT))[:-30], b"PK\x03\x04" + bytes(200), b"PK\x05\x06", "正文".encode()]
)
def test_a_damaged_archive_is_told(content: bytes) -> None:
    skipped = skip_one("a.zip", content)
    assert (skipped.reason, skipped.detail[-1]) == ("damaged", "。")


def test_a_damaged_member_is_skipped_alone() -> None:
    data = bytes(range(256)) * 4
    content = packed(("a.txt", data), ("b.txt", TEXT), method=zipfile.ZIP_STORED).replace(data, data[::-1])
    assert outcomes(content) == [("/a.txt", "damaged"), ("/b.txt", "txt")]


def test_a_way_of_packing_that_is_not_known() -> None:
    content = bytearray(packed(("a.txt", TEXT), ("b.txt", TEXT)))
    content[content.index(b"PK\x03\x04") + 8] = 98
    content[content.index(b"PK\x01\x02") + 10] = 98
    assert outcomes(bytes(content)) == [("/a.txt", "unsupported"), ("/b.txt", "txt")]


def test_no_cut_or_changed_byte_makes_a_crash() -> None:
    content = packed(("函/关于排班的函.docx", saved(word_file(LETTER))), ("说明.txt", TEXT))
    for at in range(0, len(content), 401):
        assert records(content[:at])
        assert records(content[:at] + b"\xff" + content[at + 1 :])


# --- limits ------------------------------------------------------------------------------------------


def reasons(content: bytes, budget: Budget) -> list[str]:
    return [one.reason if isinstance(one, Refusal) else one.name for one in list_members(content, budget)]


def test_a_bomb_is_not_unpacked() -> None:
    content = packed(("bomb.txt", bytes(30 * 1024 * 1024)), ("a.txt", TEXT))
    assert len(content) < 100_000
    assert outcomes(content) == [("/bomb.txt", "too_large"), ("/a.txt", "txt")]


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    content = bytearray(packed(("bomb.txt", bytes(30 * 1024 * 1024)), ("a.txt", TEXT)))
    for place in (content.index(b"PK\x03\x04") + 22, content.index(b"PK\x01\x02") + 24):
        struct.pack_into("<L", content, place, 100)
    assert outcomes(bytes(content)) == [("/bomb.txt", "damaged"), ("/a.txt", "txt")]


def test_the_sum_of_sizes_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed(("a", b"x" * 60), ("b", b"x" * 60), ("c", b"x" * 60))
    assert reasons(content, Budget(size=130)) == ["a", "b", "too_large"]
    assert reasons(content, Budget(size=180)) == ["a", "b", "c"]
    monkeypatch.setattr(archives, "_LARGEST_MEMBER", 50)
    assert reasons(packed(("a", b"x" * 60), ("b", b"x")), Budget()) == ["too_large", "b"]


def test_what_is_beyond_the_number_of_members_is_told_in_one() -> None:
    content = packed(*((f"{number}.txt", TEXT) for number in range(5)))
    *members, rest = list_members(content, Budget(members=3))
    assert [member.name for member in members] == ["0.txt", "1.txt", "2.txt"]
    assert isinstance(rest, Refusal)
    assert (rest.name, rest.reason, "还有2个" in rest.detail) == ("", "too_large", True)


def test_the_rest_is_told_of_the_archive_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Budget.__init__, "__defaults__", (2, 10_000_000))
    inner = packed(*((f"{number}.txt", TEXT) for number in range(3)))
    assert outcomes(packed(("里.zip", inner), ("b.txt", TEXT))) == [
        ("/里.zip/0.txt", "txt"),
        ("/里.zip", "too_large"),
        ("", "too_large"),
    ]


def test_text_that_packs_well_is_no_bomb() -> None:
    table = "\n".join(f"{number}\t检修\t已完成" for number in range(200_000)).encode()
    assert outcomes(packed(("表.txt", table))) == [("/表.txt", "txt")]


def test_the_unicode_path_wins_where_it_is_of_this_name() -> None:
    raw, name = b"?????.txt", "复函.txt".encode()
    field = struct.pack("<BL", 1, zlib.crc32(b"\x80" + raw)) + name
    info = zipfile.ZipInfo("x" + raw.decode())
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, TEXT)
    assert labels(stream.getvalue().replace(b"x" + raw, b"\x80" + raw)) == ["复函.txt"]


def test_a_letter_with_a_changed_part_is_still_a_letter() -> None:
    letter = with_part(saved(word_file(LETTER)), {"custom/a.txt": TEXT})
    assert outcomes(letter, "a.docx") == [("", "docx")]
