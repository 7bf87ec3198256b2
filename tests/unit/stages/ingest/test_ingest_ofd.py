"""OFD, the fixed-layout format of Chinese offices."""

from __future__ import annotations

import io
import zipfile

import pytest
from ingest_files import LETTER, bare, check_offsets, kinds, read_one, skip_one, words
from ofd_files import image_object, ofd_file, paragraph, text_object

SCANNED = "像是扫描件"


def letter_pages() -> list[str]:
    """Return a letter under a red head, on two pages."""
    title, to, *body, unit, day = LETTER
    page = text_object(55, 40, "中共樟沐镇委员会文件", size=10)
    page += text_object(85, 60, "樟委函〔2024〕2号", steps="list")
    page += text_object(65, 90, title, size=7.8)
    lines, top = paragraph(115, f"{to}", indent=0)
    page += lines
    pages, first = [], True
    for text in body:
        lines, after = paragraph(top, text)
        if first and after > 190:
            pages.append(page + text_object(100, 285, "— 1 —", size=4.2))
            page, top, first = "", 45.0, False
            lines, after = paragraph(top, text)
        page, top = page + lines, after
    page += text_object(120, top + 10, unit) + text_object(130, top + 20, day)
    return [*pages, page + text_object(100, 285, "— 2 —", size=4.2)]


def test_a_letter_with_a_red_head_reads_in_paragraphs() -> None:
    document = read_one("函.ofd", ofd_file(*letter_pages()))
    assert bare(words(document)) == bare(["中共樟沐镇委员会文件", "樟委函〔2024〕2号", *LETTER])
    assert [text for kind, text in kinds(document) if kind == "heading"] == ["中共樟沐镇委员会文件", LETTER[0]]
    assert document.place(0) == "第1页"
    assert document.place(document.text.index("2024年1月9日")) == "第2页"
    assert (document.format, document.notes) == ("ofd", ())
    check_offsets(document)


def test_the_order_is_that_of_the_page_not_of_the_file() -> None:
    page = text_object(28, 80, "第二行。") + text_object(28, 60, "第一行。") + text_object(70, 60, "同一行的后半")
    document = read_one("a.ofd", ofd_file(page))
    assert document.text == "第一行。\t同一行的后半\n第二行。"


def test_characters_in_one_object_each_make_lines() -> None:
    page = "".join(text_object(28 + 5.6 * at, 60, letter) for at, letter in enumerate("请于3月底前函复。"))
    assert read_one("a.ofd", ofd_file(page)).text == "请于3月底前函复。"


def test_several_lines_in_one_object_are_lines() -> None:
    codes = "".join(
        f'<ofd:TextCode X="0" Y="{y}" DeltaX="g 3 5.6">{words}</ofd:TextCode>'
        for y, words in ((5, "第一行。"), (15, "第二行。"))
    )
    page = f'<ofd:TextObject Boundary="28 60 100 30" Size="5.6">{codes}</ofd:TextObject>'
    assert read_one("a.ofd", ofd_file(page)).text == "第一行。\n第二行。"


def test_a_matrix_scales_and_moves_what_it_holds() -> None:
    small = text_object(28, 60, "第一行在上", size=1, more='CTM="5.6 0 0 5.6 0 0"')
    moved = text_object(28, 60, "第二行在下", more='CTM="1 0 0 1 0 20"')
    assert read_one("a.ofd", ofd_file(moved + small)).text.split() == ["第一行在上", "第二行在下"]


def test_templates_and_groups_are_read_and_hidden_things_not() -> None:
    group = f"<ofd:PageBlock>{text_object(28, 80, '请于3月底前函复。')}</ofd:PageBlock>"
    hidden = text_object(28, 100, "草稿", more='Visible="false"')
    document = read_one("a.ofd", ofd_file(group + hidden, template=text_object(60, 40, "樟沐镇人民政府")))
    assert document.text == "樟沐镇人民政府\n请于3月底前函复。"


@pytest.mark.parametrize(
    ("root", "folder"), [("/Doc_0/Document.xml", "/Doc_0/"), ("Doc_0\\Document.xml", ""), ("doc_0/document.XML", "")]
)
def test_locations_are_found_however_they_are_written(root: str, folder: str) -> None:
    document = read_one("a.ofd", ofd_file(text_object(28, 60, "请函复。"), root=root, folder=folder))
    assert document.text == "请函复。"


def test_running_heads_are_dropped_and_told() -> None:
    pages = [text_object(28, 20, "樟沐镇防火专报") + text_object(28, 80, f"第{name}页的话。") for name in "甲乙丙"]
    document = read_one("a.ofd", ofd_file(*pages))
    assert "樟沐镇防火专报" not in document.text
    assert "樟沐镇防火专报" in document.notes[0]


def test_a_picture_is_no_text_and_a_page_of_one_is_told() -> None:
    skipped = skip_one("扫描.ofd", ofd_file(image_object(), image_object()))
    assert (skipped.reason, SCANNED in skipped.detail) == ("no_text", True)
    assert skip_one("a.ofd", ofd_file(image_object() + text_object(150, 290, "扫描全能王"))).reason == "no_text"
    assert skip_one("a.ofd", ofd_file("")).reason == "no_text"
    document = read_one("a.ofd", ofd_file(text_object(28, 60, "请函复。见附件。"), image_object()))
    (note,) = document.notes
    assert note.startswith("第2页像是扫描的图片，没有文字层，没有读取")
    assert document.unread == ("第2页",)


def test_a_seal_beside_words_is_no_scan() -> None:
    page = text_object(28, 60, "请函复。") + image_object(130, 200, 40, 40)
    assert read_one("a.ofd", ofd_file(page)).notes == ()


def test_annotations_are_told() -> None:
    more = {"Doc_0/Annots/Page_0/Annotation.xml": b"<a/>"}
    assert "批注" in read_one("a.ofd", ofd_file(text_object(28, 60, "请函复。"), more=more)).notes[0]


def test_what_cannot_be_read_is_told() -> None:
    whole = ofd_file(*letter_pages())
    assert skip_one("a.ofd", whole[:-300]).reason == "damaged"
    assert skip_one("a.ofd", b"").reason == "empty"
    assert skip_one("a.ofd", ofd_file()).reason == "damaged"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert skip_one("a.ofd", stream.getvalue()).reason == "damaged"
    page = "Doc_0/Pages/Page_0/Content.xml"
    assert skip_one("a.ofd", ofd_file("", more={page: b"<ofd:Page"})).reason == "damaged"
    locked = {page: b"\x93\x01\x7f\x00", "Doc_0/Encrypts/Encryptions.xml": b"<a/>"}
    assert skip_one("a.ofd", ofd_file("", more=locked)).reason == "encrypted"
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert "外部定义" in skip_one("a.ofd", ofd_file("", more={page: outside})).detail


def test_a_wrong_suffix_is_told_and_no_hindrance() -> None:
    document = read_one("函.pdf", ofd_file(text_object(28, 60, "请函复。")))
    assert (document.format, document.notes) == ("ofd", ("扩展名是.pdf，按内容当作.ofd读取。",))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.office_parts.LARGEST_PACKAGE", 1 << 20)
    assert skip_one("a.ofd", ofd_file("", more={"Doc_0/Res/a.bin": bytes(2 << 20)})).reason == "too_large"


def test_steps_that_repeat_without_end_do_no_harm() -> None:
    page = text_object(28, 60, "请函复。").replace("g 3", "g 999999999")
    assert read_one("a.ofd", ofd_file(page)).text == "请函复。"


def test_in_a_zip_it_is_read_where_it_lies() -> None:
    from coordnlp.stages.ingest.read_file import read_content

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("收文/函.ofd", ofd_file(text_object(28, 60, "请函复。")))
    (document,) = read_content("材料.zip", stream.getvalue())
    assert (document.file, document.parent) == ("材料.zip/收文/函.ofd", "材料.zip")
