"""RTF as Word, WPS and WordPad write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ingest_files import LETTER, check_offsets, kinds, mixed_mail, read_one, skip_one, words
from sheet_files import cells

from coordnlp.records import Document
from coordnlp.stages.ingest.read_file import read_content

FONTS = rb"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset136 PMingLiU;}}"
STYLES = (
    rb"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 \'b1\'ea\'cc\'e2 2;}{\s9 toc 1;}"
    rb"{\*\cs10 Default Paragraph Font;}}"
)


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")


def rtf(body: bytes, head: bytes = rb"\ansi\ansicpg936\deff1\uc1") -> bytes:
    return rb"{\rtf1" + head + FONTS + STYLES + rb"{\info{\title secret}}" + b"\r\n" + body + b"}"


def escaped(text: str, encoding: str = "gbk") -> bytes:
    """Write text as \\'hh escapes, second bytes that are letters as they are: so Word does."""
    out = b""
    for byte in text.encode(encoding):
        plain = 0x20 <= byte < 0x7F and byte not in b"\\{}"
        out += bytes([byte]) if plain else b"\\'%02x" % byte
    return out


def unicode(text: str, fallback: bytes = b"?") -> bytes:
    """Write text as \\u escapes with a fallback behind each."""
    units = text.encode("utf-16-le")
    pairs = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
    return b"".join(b"\\u%d%s" % (unit - 0x10000 if unit > 0x7FFF else unit, fallback) for unit in pairs)


def lines(*texts: bytes) -> bytes:
    return b"".join(rb"\pard\f1 " + text + b"\\par\r\n" for text in texts)


@pytest.mark.parametrize("write", [escaped, unicode, lambda text: text.encode("gbk")], ids=["hex", "unicode", "bare"])
def test_a_letter_reads_as_it_was_typed(write: Callable[[str], bytes]) -> None:
    document = read_one("函.rtf", rtf(lines(*map(write, LETTER))))
    assert words(document) == list(LETTER)
    assert document.place(document.blocks[2].start) == "第3段"
    assert (document.format, document.notes) == ("rtf", ())
    check_offsets(document)


def test_trail_bytes_that_look_like_signs_are_part_of_characters() -> None:
    # 乗 ends in 5C, 亄 in 7B, 亇 in 81; 讒 and 誟 are 7D and 5F.
    text = "乗輛亄誟讒鎗"
    assert read_one("a.rtf", rtf(lines(escaped(text), text.encode("gbk")))).text == f"{text}\n{text}"


def test_unicode_goes_before_its_fallback_however_long_that_is() -> None:
    long = rb"{\uc2 " + unicode("请函复", rb"\'c7\'eb") + rb"}\uc0 " + unicode("。", b"") + rb"\uc1 " + unicode("𠮷")
    assert read_one("a.rtf", rtf(lines(long))).text == "请函复。𠮷"


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (rb"\ansi\ansicpg936\deff1", rb"\f1 " + escaped("请函复"), "请函复"),
        (rb"\ansi\ansicpg1252\deff1", escaped("请函复"), "请函复"),
        (rb"\ansi\ansicpg936\deff0", rb"\f0 " + escaped("请函复"), "请函复"),
        (rb"\ansi\ansicpg1252\deff0", rb"\f0 " + escaped("请函复"), "请函复"),
        (rb"\ansi\ansicpg1252\deff0", rb"\f2 " + escaped("請函復", "big5"), "請函復"),
        (rb"\ansi\ansicpg1252\deff0", rb"\f0 " + escaped("le café, déjà vu", "cp1252"), "le café, déjà vu"),
    ],
)
def test_the_font_tells_the_encoding_else_the_words_else_the_file(head: bytes, body: bytes, text: str) -> None:
    assert read_one("a.rtf", rtf(rb"\pard " + body + rb"\par", head)).text == text


def test_headings_are_told_by_style_or_level() -> None:
    styled = (
        rb"\pard\s1 " + escaped("关于修路的函") + rb"\par\pard\s2 " + escaped("一、来由") + rb"\par"
        rb"\pard\s9 " + escaped("目录") + rb"\par\pard\outlinelevel1 " + escaped("二、请求") + rb"\par\pard "
        rb"" + escaped("正文") + rb"\par"
    )
    assert kinds(read_one("a.rtf", rtf(rb"\f1" + styled))) == [
        ("heading", "关于修路的函"),
        ("heading", "一、来由"),
        ("heading", "二、请求"),
        ("paragraph", "正文"),
    ]


def row(*texts: str, merged: int = -1) -> bytes:
    head = b"".join(
        (rb"\clvmrg" if at == merged else b"") + b"\\cellx%d" % (1000 * (at + 1)) for at in range(len(texts))
    )
    body = b"".join(rb"\pard\intbl\f1 " + escaped(text).replace(b"\n", rb"\par ") + rb"\cell" for text in texts)
    return rb"\trowd" + head + body + rb"\row" + b"\r\n"


def test_tables_are_read_cell_by_cell() -> None:
    body = (
        lines(escaped("台账："))
        + row("序号", "事项", "单位")
        + row("1", "报名单\n并说明", "林场")
        + row("2", "", "镇", merged=2)
    )
    document = read_one("a.rtf", rtf(body + lines(escaped("请核对。")) + row("甲", "乙")))
    assert cells(document) == [
        *(
            (1, 1, "序号"),
            (1, 2, "事项"),
            (1, 3, "单位"),
            (2, 1, "1"),
            (2, 2, "报名单"),
            (2, 2, "并说明"),
            (2, 3, "林场"),
        ),
        *((3, 1, "2"), (1, 1, "甲"), (1, 2, "乙")),
    ]
    assert [block.table for block in document.blocks if block.kind == "cell"][-1] == 2
    check_offsets(document)


def test_numbers_of_lists_are_kept() -> None:
    first = rb"{\listtext\pard\plain\f1 " + escaped("一、") + rb"\tab}\ls1 " + escaped("请报名单。")
    second = rb"{\pntext\f0 1.\tab}{\*\pn\pnlvlbody{\pntxta .}}" + escaped("请派人。")
    third = rb"{\listtext 2\tab}" + escaped("请修路。")
    assert words(read_one("a.rtf", rtf(lines(first, second, third)))) == ["一、请报名单。", "1.请派人。", "2 请修路。"]


def test_what_is_not_shown_is_left_out_and_told() -> None:
    body = lines(
        escaped("请于") + rb"{\deleted 5}{\v 9}{\revised 3}" + escaped("月底前"),
        rb"{\field{\*\fldinst DATE}{\fldrslt "
        + escaped("函复。")
        + rb"}}{\*\bkmkstart a}{\*\unknown "
        + escaped("甲")
        + b"}",
        rb"{\pict\pngblip 89504e47}{\object\objemb{\*\objdata 0105}{\result " + escaped("附表") + b"}}",
    )
    document = read_one("a.rtf", rtf(body))
    assert document.text == "请于3月底前\n函复。\n附表"
    assert document.notes == ("文件带有修订痕迹，按接受全部修订读取。",)
    commented = lines(escaped("请函复。") + rb"{\*\annotation " + escaped("不妥") + b"}")
    assert read_one("a.rtf", rtf(commented)).notes == ("文件带有批注，批注没有读取。",)


def test_heads_feet_notes_and_boxes_stand_where_they_belong() -> None:
    head = rb"{\header\pard\f1 " + escaped("樟沐镇人民政府") + rb"\par}{\footer\pard\f1 " + escaped("— 1 —") + rb"\par}"
    note = rb"{\footnote\pard\f1 " + escaped("见附件") + rb"\par}"
    box = rb"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard " + escaped("盖章处") + rb"\par}}{\shprslt{\pict 00}}}"
    document = read_one("a.rtf", rtf(head + lines(escaped("请函复") + note + escaped("。") + box)))
    assert words(document) == ["樟沐镇人民政府", "请函复。", "盖章处", "见附件"]
    assert [document.place(block.start) for block in document.blocks] == ["页眉", "第1段", "第2段", "脚注1"]


def test_typographic_signs_and_breaks() -> None:
    body = rb"\pard\f1 \ldblquote a\rdblquote\~b\_c\-d\emdash e\line f\tab g\par {\'7b\}\\"
    assert read_one("a.rtf", rtf(body)).text == "“a” b-cd—e\nf\tg\n{}\\"


def test_what_cannot_be_read_is_told() -> None:
    assert skip_one("a.rtf", rtf(b"")).reason == "no_text"
    assert skip_one("a.rtf", rtf(rb"{\pict 00}")).reason == "no_text"
    assert skip_one("a.rtf", b"").reason == "empty"
    garbage = skip_one("a.rtf", b"\x01\x02 something")
    assert (garbage.reason, "另存为 .docx" in garbage.detail) == ("unsupported", True)


def test_a_file_cut_off_keeps_what_is_there() -> None:
    whole = rtf(lines(*map(escaped, LETTER)))
    document = read_one("a.rtf", whole[: whole.index(escaped(LETTER[2])) + 21])
    assert words(document)[:2] == list(LETTER[:2])


@pytest.mark.parametrize(
    "body", [b"}}}} ", rb"\bin99999999999 ", rb"\u \u99999999 \'zz", b"{" * 5000, rb"\cell\row\cell"]
)
def test_broken_groups_and_words_do_no_harm(body: bytes) -> None:
    records = list(read_content("a.rtf", rtf(escaped("请函复。") + rb"\par" + body)))
    assert len(records) == 1


def test_a_wrong_suffix_is_told_and_no_hindrance() -> None:
    document = read_one("函.doc", rtf(lines(escaped("请函复。"))))
    assert (document.format, document.notes) == ("rtf", ("扩展名是.doc，按内容当作.rtf读取。",))


def test_an_attachment_is_read_where_it_hangs() -> None:
    head = 'Content-Type: application/rtf; name="a.rtf"'
    records = list(read_content("来信.eml", mixed_mail("见附件。", (head, rtf(lines(escaped("请函复。")))))))
    assert [one.text for one in records if isinstance(one, Document)] == ["见附件。", "请函复。"]
