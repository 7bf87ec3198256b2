"""Old Word and WPS texts (.doc, .wps), without LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from ingest_files import LETTER, check_offsets, kinds, mixed_mail, read_one, skip_one, words
from ole_files import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    ROW_END,
    message_file,
    number_parts,
    old_word_file,
    ole_file,
    style_part,
)
from sheet_files import cells

from coordnlp.records import Document
from coordnlp.stages.ingest.read_file import read_content

PLAIN = "没有经过 LibreOffice 转换"
NONE = b""


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")
    monkeypatch.setattr("coordnlp.stages.ingest.read_doc.find_antiword", lambda: "")


def letter(*lines: str, **more: object) -> bytes:
    return old_word_file(*((f"{line}\r", 0, NONE) for line in lines), **more)


@pytest.mark.parametrize("file", ["函.doc", "函.wps", "函.WPS"])
def test_a_letter_reads_as_it_was_typed(file: str) -> None:
    document = read_one(file, letter(*LETTER))
    assert words(document) == list(LETTER)
    assert document.format == "doc"
    assert document.place(document.blocks[1].start) == "第2段"
    assert [PLAIN in note for note in document.notes] == [True]
    check_offsets(document)


def test_headings_are_told_by_style_or_level() -> None:
    content = old_word_file(
        ("关于修路的函\r", 1, NONE),
        ("一、来由\r", 0, b"\x40\x26\x00"),
        ("正文。\r", 1, b"\x40\x26\x09"),
        ("请函复。\r", 15, NONE),
    )
    assert [kind for kind, _ in kinds(read_one("a.doc", content))] == ["heading", "heading", "paragraph", "paragraph"]


CHINESE = ((37, "\0、"), (37, "（\1）"), (0, "\2."), (0, "\2.\3"))


def listed(level: int, number: int = 1) -> bytes:
    return b"\x0b\x46" + number.to_bytes(2, "little") + b"\x0a\x26" + bytes([level])


def test_automatic_numbers_are_counted() -> None:
    levels = (0, 1, 1, 2, 3, 0, 1)
    paragraphs = [(f"事项{level}\r", 0, listed(level)) for level in levels]
    content = old_word_file(
        *paragraphs, ("无号\r", 0, listed(0, 0)), ("\r", 0, listed(0)), parts=number_parts(*CHINESE)
    )
    assert words(read_one("a.doc", content)) == [
        *("一、事项0", "（一）事项1", "（二）事项1", "1.事项2", "1.1 事项3", "二、事项0", "（一）事项1", "无号"),
    ]


def test_a_list_may_begin_with_another_number_and_name_no_list() -> None:
    parts = number_parts((0, "\0"), restart=5)
    content = old_word_file(("甲\r", 0, listed(0)), ("乙\r", 0, listed(0)), ("丙\r", 0, listed(0, 9)), parts=parts)
    assert words(read_one("a.doc", content)) == ["5 甲", "6 乙", "丙"]


def test_styles_tell_headings_contents_and_lists() -> None:
    styles = (
        *(("Normal", 0xFFF, NONE), ("标题 2", 0, NONE), ("我的标题", 1, NONE), ("toc 1", 0, NONE)),
        *(("编号", 0, listed(1)), ("正文标题样", 1, b"\x40\x26\x09"), ("环", 6, NONE)),
    )
    lines = ((2, "来由"), (3, "目录"), (4, "报名单"), (4, "派人"), (5, "正文"), (6, "环"), (0, "完"))
    paragraphs = [(f"{text}\r", style, NONE) for style, text in lines]
    content = old_word_file(*paragraphs, parts={**style_part(*styles), **number_parts(*CHINESE)})
    assert kinds(read_one("a.doc", content)) == [
        *(("heading", "来由"), ("paragraph", "（一）报名单"), ("paragraph", "（二）派人"), ("paragraph", "正文")),
        *(("paragraph", "环"), ("paragraph", "完")),
    ]


def test_broken_styles_and_lists_leave_the_text() -> None:
    for place in (1, 73, 74):
        parts = {**style_part(("Normal", 0, NONE)), **number_parts(*CHINESE)}
        parts[place] = (parts[place][0][:-3], b"\xff")
        document = read_one("a.doc", old_word_file(("请函复。\r", 0, listed(0)), parts=parts))
        assert document.text.endswith("请函复。")


def table(*rows: Sequence[str]) -> list[tuple[str, int, bytes]]:
    marked = []
    for row in rows:
        marked += [(f"{cell}\x07", 0, IN_TABLE) for cell in row]
        marked.append(("\x07", 0, ROW_END))
    return marked


def test_a_table_is_read_cell_by_cell() -> None:
    rows = [["序号", "事项", "责任单位"], ["1", "报送名单\r并说明联系人", "林场"], ["2", "", ""], ["", "修路", "镇"]]
    marked = table(*rows)
    split = next(at for at, (text, _, _) in enumerate(marked) if "\r" in text)
    first, _, rest = marked[split][0].partition("\r")
    marked[split : split + 1] = [(f"{first}\r", 0, IN_TABLE), (rest, 0, IN_TABLE)]
    document = read_one("a.doc", old_word_file(("台账：\r", 0, NONE), *marked, ("请核对。\r", 0, NONE)))
    assert cells(document) == [
        *((1, column, text) for column, text in enumerate(rows[0], 1)),
        *((2, 1, "1"), (2, 2, "报送名单"), (2, 2, "并说明联系人"), (2, 3, "林场")),
        *((3, 1, "2"), (4, 2, "修路"), (4, 3, "镇")),
    ]
    assert next(kind for kind, _ in kinds(document)) == "paragraph"
    assert words(document)[-1] == "请核对。"
    check_offsets(document)


def test_a_table_whose_row_ends_are_not_told_still_has_rows() -> None:
    text = "序号\x07事项\x07\x071\x07修路\x07\x07"
    document = read_one("a.doc", letter("台账", f"{text}以上"))
    assert [(row, column) for row, column, _ in cells(document)] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_deleted_and_hidden_words_and_codes_of_fields_are_left_out() -> None:
    text = "请于3月5月日前\x13 DATE \\@ \x14答复\x15。\r"
    content = old_word_file((text, 0, NONE), looks=[(3, 5, DELETED), (5, 6, HIDDEN), (6, len(text), NONE)])
    document = read_one("a.doc", content)
    assert document.text == "请于3日前答复。"
    assert any("修订" in note for note in document.notes)


def test_footnotes_stand_behind_the_body() -> None:
    document = read_one("a.doc", letter("请函复。\x02", footnotes="\x02 见附件。\r"))
    assert words(document) == ["请函复。", "见附件。"]
    assert document.place(document.blocks[1].start) == "脚注1"


@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_text_stored_in_bytes_is_decoded(encoding: str) -> None:
    text = "请于3月5日前函复。" if encoding == "gbk" else "Reply by 5 March – café."
    assert read_one("a.doc", letter(text, encoding=encoding)).text == text


def test_a_rare_character_does_not_move_the_rest() -> None:
    marked = (("𠮷野家来函\r", 0, NONE), ("标题\r", 1, NONE), ("正文\r", 0, NONE))
    document = read_one("a.doc", old_word_file(*marked))
    assert kinds(document) == [("paragraph", "𠮷野家来函"), ("heading", "标题"), ("paragraph", "正文")]


def test_what_cannot_be_read_is_told() -> None:
    whole = letter(*LETTER)
    assert skip_one("a.doc", letter("请函复。", flags=0x0100)).reason == "encrypted"
    assert skip_one("a.doc", letter("\x01")).reason == "no_text"
    for broken in (whole[:-600], ole_file({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(5000)})):
        assert skip_one("a.doc", broken).reason == "damaged"
    nothing = skip_one("a.doc", whole[:1000])
    assert (nothing.reason, "另存为 .docx" in nothing.detail) == ("unsupported", True)
    old = skip_one("a.doc", letter("请函复。", version=0x65))
    assert (old.reason, ".docx" in old.detail) == ("damaged", True)
    assert skip_one("a.doc", b"").reason == "empty"


def test_a_wrong_suffix_is_told_and_no_hindrance() -> None:
    document = read_one("a.docx", letter("请函复。"))
    assert (document.format, document.notes[0]) == ("doc", "扩展名是.docx，按内容当作.doc读取。")


def test_an_attachment_is_read_where_it_hangs() -> None:
    head = 'Content-Type: application/msword; name="a.doc"'
    records = list(read_content("来信.eml", mixed_mail("见附件。", (head, letter("请函复。")))))
    assert [(one.file, one.text) for one in records if isinstance(one, Document)] == [
        ("来信.eml", "见附件。"),
        ("来信.eml/a.doc", "请函复。"),
    ]


def test_an_attached_word_file_does_not_make_a_mail_one() -> None:
    attached = {0x3707: "函.doc", 0x3701: letter(*LETTER), 0x3705: 1}
    records = list(read_content("a.msg", message_file({0x0037: "来函"}, attachments=[attached])))
    assert [one.file for one in records] == ["a.msg", "a.msg/函.doc"]


def test_older_files_go_through_antiword(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "antiword"
    program.write_text('#!/bin/sh\n[ -s "$5" ] && printf "关于修路的函\\n请函复。\\n"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("coordnlp.stages.ingest.read_doc.find_antiword", lambda: str(program))
    document = read_one("a.doc", letter("请函复。", version=0x65))
    assert words(document) == ["关于修路的函", "请函复。"]
    assert "antiword" in document.notes[0]
    program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    assert skip_one("a.doc", letter("请函复。", version=0x65)).reason == "damaged"
