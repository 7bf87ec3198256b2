from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from ingest_files import OLE, append, element, kinds, read_one, saved, skip_one, with_part, word_file, words

from coordnlp.records import Document
from coordnlp.stages.ingest.numbering import count_in_chinese, format_number

BOX = "<w:txbxContent><w:p><w:r><w:t>樟委函〔2024〕2号</w:t></w:r></w:p></w:txbxContent>"
BOTH_BOXES = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>'
    f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def read(document: object) -> Document:
    return read_one("函.docx", saved(document))  # type: ignore[arg-type]


def test_paragraphs_with_their_places() -> None:
    document = read(word_file("关于排班的函", "", "国有林场：", "请于3月15日前函复。"))
    assert document.text == "关于排班的函\n国有林场：\n请于3月15日前函复。"
    assert document.format == "docx"
    assert [document.place(block.start) for block in document.blocks] == ["第1段", "第2段", "第3段"]


def test_insertions_stay_and_deletions_go() -> None:
    source = word_file("完成时限为", "望贵场支持")
    append(
        source,
        0,
        '<w:ins w:id="1"><w:r><w:t>6月底</w:t></w:r></w:ins>',
        '<w:del w:id="2"><w:r><w:delText>5月底</w:delText></w:r></w:del>',
        '<w:moveFrom w:id="3"><w:r><w:t>（移走的话）</w:t></w:r></w:moveFrom>',
    )
    document = read(source)
    assert words(document) == ["完成时限为6月底", "望贵场支持"]
    assert any("修订" in note for note in document.notes)


def test_a_deleted_paragraph_end_joins_the_next() -> None:
    source = word_file("请贵场于3月15日前", "函复我委。")
    properties = source.paragraphs[0]._p.get_or_add_pPr()
    properties.append(element('<w:rPr><w:del w:id="1"/></w:rPr>'))
    assert words(read(source)) == ["请贵场于3月15日前函复我委。"]


def test_a_deleted_table_row_goes() -> None:
    source = word_file("表")
    table = source.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "保留", "删去"
    table.rows[1]._tr.get_or_add_trPr().append(element('<w:del w:id="1"/>'))
    assert words(read(source)) == ["表", "保留"]


def test_a_text_box_is_read_once() -> None:
    source = word_file("正文第一段", "正文第二段")
    append(source, 0, BOTH_BOXES)
    assert sorted(words(read(source))) == sorted(["正文第一段", "樟委函〔2024〕2号", "正文第二段"])


def test_content_controls_links_and_simple_fields_are_read() -> None:
    source = word_file("限于")
    append(
        source,
        0,
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>3月</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:hyperlink><w:r><w:t>15日</w:t></w:r></w:hyperlink>",
        '<w:fldSimple w:instr=" DATE "><w:r><w:t>前</w:t></w:r></w:fldSimple>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>（隐藏）</w:t></w:r>",
        "<w:smartTag><w:r><w:t>函复</w:t><w:noBreakHyphen/><w:tab/><w:t>完</w:t></w:r></w:smartTag>",
    )
    assert words(read(source)) == ["限于3月15日前函复-\t完"]


def test_a_paragraph_in_a_block_content_control_is_read() -> None:
    source = word_file("前")
    source.element.body.insert(
        1, element("<w:sdt><w:sdtContent><w:p><w:r><w:t>中</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    assert words(read(source)) == ["前", "中"]


def test_line_breaks_part_lines() -> None:
    source = word_file("")
    source.paragraphs[0].add_run("中共樟沐镇委员会").add_break()
    source.paragraphs[0].add_run("2024年1月9日")
    assert words(read(source)) == ["中共樟沐镇委员会", "2024年1月9日"]


def test_headings_by_style_and_outline_level() -> None:
    source = word_file("正文")
    source.add_heading("一、议定事项", 1)
    source.add_heading("纪要", 0)
    source.add_paragraph("二、其他")._p.get_or_add_pPr().append(element('<w:outlineLvl w:val="1"/>'))
    assert kinds(read(source)) == [
        ("paragraph", "正文"),
        ("heading", "一、议定事项"),
        ("heading", "纪要"),
        ("heading", "二、其他"),
    ]


def test_table_cells_have_places_and_merged_ones_are_told_once() -> None:
    source = word_file("落实情况")
    table = source.add_table(3, 3)
    for row, cells in enumerate([("序号", "事项", "单位"), ("1", "检修", "林场"), ("", "巡山", "")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).add_paragraph("（续）")
    document = read(source)
    assert document.text == "落实情况\n序号\t事项\t单位\n1\t检修\n（续）\t林场\n巡山\t"
    places = [(block.row, block.column, document.text[block.start : block.end]) for block in document.blocks[1:]]
    assert places == [
        *((1, 1, "序号"), (1, 2, "事项"), (1, 3, "单位"), (2, 1, "1")),
        *((2, 2, "检修"), (2, 2, "（续）"), (2, 3, "林场"), (3, 2, "巡山")),
    ]
    assert document.place(document.text.index("林场")) == "表1第2行第3列"


def test_a_cell_over_two_columns_moves_the_next_column_on() -> None:
    source = word_file("表")
    table = source.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(0, 2).text = "末"
    assert [(block.column, block.kind) for block in read(source).blocks[1:]] == [(1, "cell"), (3, "cell")]


def test_a_table_within_a_cell_stays_in_its_cell() -> None:
    source = word_file("表")
    cell = source.add_table(1, 1).cell(0, 0)
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
    document = read(source)
    assert kinds(document)[1:] == [("cell", "甲 乙")]
    assert document.blocks[1].table == 1


# --- numbering -----------------------------------------------------------------------------------


def numbered(levels: str, paragraphs: list[tuple[str, int]], overrides: str = "") -> list[str]:
    """Return the lines of a document whose paragraphs (words, level) use one list."""
    source = docx.Document()
    for text, level in paragraphs:
        paragraph = source.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    add_list(source, levels, overrides)
    return words(read(source))


def add_list(source: object, levels: str, overrides: str = "") -> None:
    root = source.part.numbering_part.element  # type: ignore[attr-defined]
    root.insert(0, element(f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(element(f'<w:num w:numId="77"><w:abstractNumId w:val="77"/>{overrides}</w:num>'))


def level(index: int, format_: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
)


def test_official_numbering_is_rebuilt() -> None:
    lines = [
        ("要求", 0),
        ("时限", 1),
        ("三月", 2),
        ("四月", 2),
        ("初", 3),
        ("单位", 1),
        ("五月", 2),
        ("其他", 0),
        ("完", 1),
    ]
    assert numbered(OFFICIAL, lines) == [
        *("一、要求", "（一）时限", "1.三月", "2.四月", "① 初"),
        *("（二）单位", "1.五月", "二、其他", "（一）完"),
    ]


def test_decimal_levels_in_one_label() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert numbered(levels, [("总则", 0), ("范围", 1), ("附则", 0), ("施行", 1)]) == [
        "第一章 总则",
        "1.1 范围",
        "第二章 附则",
        "2.1 施行",
    ]


def test_bullets_give_no_label() -> None:
    assert numbered(level(0, "bullet", "\uf0b7"), [("甲", 0), ("乙", 0)]) == ["甲", "乙"]


def test_a_start_override_restarts() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    assert numbered(OFFICIAL, [("甲", 0), ("乙", 0)], override) == ["三、甲", "四、乙"]


def test_numbering_by_style_and_its_refusal() -> None:
    source = docx.Document()
    add_list(source, level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Point"/>'))
    style = source.styles.add_style("Point", WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(element('<w:numPr><w:numId w:val="77"/></w:numPr>'))
    source.add_paragraph("检修", "Point")
    plain = source.add_paragraph("不编号", "Point")
    plain._p.get_or_add_pPr().append(element('<w:numPr><w:numId w:val="0"/></w:numPr>'))
    source.add_paragraph("巡山", "Point")
    assert words(read(source)) == ["一、检修", "不编号", "二、巡山"]


@pytest.mark.parametrize(
    ("format_", "number", "text"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("japaneseCounting", 105, "一百零五"),
        ("chineseLegalSimplified", 12, "拾贰"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 1, "子"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("upperLetter", 27, "AA"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 4, "IV"),
        ("none", 4, ""),
        ("somethingNew", 4, "4"),
    ],
)
def test_number_formats(format_: str, number: int, text: str) -> None:
    assert format_number(number, format_) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "〇"), (100, "一百"), (110, "一百一十"), (1001, "一千零一"), (12000, "12000")]
)
def test_counting_in_chinese(number: int, text: str) -> None:
    assert count_in_chinese(number) == text


# --- margins and notes ---------------------------------------------------------------------------


def test_headers_come_first_footers_last_and_page_numbers_go() -> None:
    source = word_file("正文")
    section = source.sections[0]
    section.header.paragraphs[0].text = "樟沐镇联席会议"
    footer = section.footer.paragraphs[0]
    footer.text = "内部资料"
    page = section.footer.add_paragraph("第 ")
    for piece in (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText> PAGE </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r><w:t>3</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "<w:r><w:t> 页</w:t></w:r>",
    ):
        page._p.append(element(piece))
    document = read(source)
    assert document.text == "樟沐镇联席会议\n正文\n内部资料"
    assert [document.place(block.start) for block in document.blocks] == ["页眉", "第1段", "页脚"]


def test_a_first_page_header_that_is_switched_off_is_not_read() -> None:
    source = word_file("正文")
    section = source.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "首页页眉"
    assert "首页页眉" in read(source).text
    section.different_first_page_header_footer = False
    assert "首页页眉" not in read(source).text


def test_footnotes_follow_the_body() -> None:
    source = word_file("按约定办理", "第二段")
    append(source, 0, '<w:r><w:footnoteReference w:id="5"/></w:r>')
    content = saved(source)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {space}><w:footnote w:id="0"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/><w:t>见2023年纪要。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    changed = with_part(
        content,
        {
            "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation).encode(),
            "word/footnotes.xml": notes.encode(),
        },
    )
    document = read_one("函.docx", changed)
    assert words(document) == ["按约定办理", "第二段", "见2023年纪要。"]
    assert document.place(document.blocks[-1].start) == "脚注1"


def test_strict_documents_are_read_too() -> None:
    content = saved(word_file("严格格式"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("word/document.xml").decode()
    strict = xml.replace(qn("w:p")[1:-2], "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert words(read_one("a.docx", with_part(content, {"word/document.xml": strict.encode()}))) == ["严格格式"]


# --- bad files -----------------------------------------------------------------------------------


def test_a_password_is_told() -> None:
    content = OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
    assert skip_one("樟委函〔2024〕2号.docx", content).reason == "encrypted"
    assert skip_one("无名.docx", OLE + b"\0" * 600).reason == "encrypted"


def test_a_broken_old_word_file_under_the_new_suffix_gets_the_advice_for_doc() -> None:
    skipped = skip_one("a.docx", OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le") + b"\0" * 99)
    assert skipped.reason == "damaged"
    assert "另存为 .docx" in skipped.detail


@pytest.mark.parametrize("cut", [100, 5000, -30])
def test_a_truncated_file_is_damaged(cut: int) -> None:
    assert skip_one("a.docx", saved(word_file("正文"))[:cut]).reason == "damaged"


def test_bytes_that_are_no_word_file_are_damaged() -> None:
    assert skip_one("a.docx", bytes(range(1, 256)) * 20).reason == "damaged"


def test_broken_xml_is_damaged() -> None:
    content = with_part(saved(word_file("正文")), {"word/document.xml": b"<w:document><w:body>"})
    assert skip_one("a.docx", content).reason == "damaged"


def test_entities_and_doctypes_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert skip_one("a.docx", with_part(saved(word_file("正文")), {"word/document.xml": bomb})).reason == "damaged"


def test_a_zip_bomb_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.office_parts.LARGEST_PACKAGE", 4 << 20)
    content = with_part(saved(word_file("正文")), {"word/media/image1.bmp": b"\0" * (5 << 20)})
    assert len(content) < 1 << 20
    assert skip_one("a.docx", content).reason == "too_large"


def test_a_file_of_pictures_only_has_no_text() -> None:
    skipped = skip_one("a.docx", saved(word_file("", "")))
    assert skipped.reason == "no_text"
    assert "扫描" in skipped.detail
