from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import read_one, skip_one

from coordnlp.stages.ingest.encodings import decode_text, normalise_label
from coordnlp.stages.ingest.readings import UnreadableError

TEXTS = (
    "贵场带班领导和值守人员的排班名单",
    "中共樟沐镇委员会\r\n樟委函〔2024〕2号\r\n请于3月15日前函复。\r\n",
    "会议议定，由林场于2月底前完成大坳瞭望塔的检修。",
    "Re: 测算表 v2 (final).xlsx 已收到，谢谢！ Best regards, Deng",
)
TRADITIONAL = (
    "會議決定由水利處於三月底前完成檢修，並將結果函復本府。",
    "請貴單位於本月十五日前提供名冊及聯絡電話。",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_office_encoding_is_read(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-8", "utf-16-le"])
def test_traditional_text_is_read(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding))[0] == text


def test_byte_order_mark_of_big_endian_is_obeyed() -> None:
    assert decode_text(codecs.BOM_UTF16_BE + "函".encode("utf-16-be"))[0] == "函"


def test_plain_ascii_is_read() -> None:
    assert decode_text(b"Minutes of 2024-03-05\n") == ("Minutes of 2024-03-05\n", "utf-8", ())


def test_a_word_that_happens_to_be_valid_utf8_is_read_as_gbk() -> None:
    assert decode_text("联通".encode("gbk"))[0] == "联通"


def test_late_chinese_in_a_long_ascii_file_counts() -> None:
    text = "a,b,c\n" * 30000 + "责任单位：古城街道办事处，完成时限：三月底"
    assert decode_text(text.encode("gb18030"))[0] == text


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        ("朱镕基、张喆", "gb18030", "gb2312"),
        ("你好，请查收附件", "gb18030", "utf-8"),
        ("你好，请查收附件", "utf-8", "gb2312"),
        ("你好，请查收附件", "gb18030", "iso-8859-1"),
        ("請貴單位查收附件", "big5", "gb2312"),
        ("葛春梅", "gb18030", "gb18030"),
    ],
)
def test_a_wrong_label_does_not_garble(text: str, encoding: str, label: str) -> None:
    assert decode_text(text.encode(encoding), label)[0] == text


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("GB2312", "gb18030"),
        ('"gbk"', "gb18030"),
        ("Big5", "big5hkscs"),
        ("UTF-8", "utf-8"),
        ("us-ascii", ""),
        ("iso-8859-1", ""),
        ("x-no-such", ""),
        ("base64", ""),
        ("", ""),
        ("utf\0-8", ""),
        ("undefined", ""),
    ],
)
def test_labels_are_brought_to_codecs(label: str, codec: str) -> None:
    assert normalise_label(label) == codec


def test_a_cut_last_character_leaves_a_note() -> None:
    text, encoding, notes = decode_text("关于排班名单的函，请于三月底前函复。".encode()[:-1])
    assert (text[-1], encoding) == ("\ufffd", "utf-8")
    assert "1处" in notes[0]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, bytes(range(32)) * 50])
def test_binary_under_a_text_name_is_skipped(content: bytes) -> None:
    assert skip_one("a.txt", content).reason in {"binary", "unsupported"}


def test_control_characters_are_no_text() -> None:
    with pytest.raises(UnreadableError):
        decode_text(b"\x01\x02\x03\x04 ok \x05\x06" * 10)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=40))
def test_utf8_is_never_mistaken(text: str) -> None:
    assert decode_text(text.encode())[0] == text


@settings(deadline=None)  # %PDF- starts a process
@given(st.binary(max_size=300))
def test_any_bytes_give_one_record(content: bytes) -> None:
    from coordnlp.stages.ingest.read_file import read_content

    assert len(list(read_content("a.txt", content))) == 1


def test_gb18030_file_reads_as_its_utf8_twin() -> None:
    text = "\n".join(TEXTS)
    assert read_one("a.txt", text.encode("gb18030")).text == read_one("b.txt", text.encode()).text
