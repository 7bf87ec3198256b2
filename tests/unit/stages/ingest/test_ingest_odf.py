"""OpenDocument texts and workbooks (.odt, .ods)."""

from __future__ import annotations

import pytest
from ingest_files import LETTER, check_offsets, kinds, read_one, skip_one, words
from odf_files import cell, encrypted, ods_file, odt_file, paragraphs, row, table
from sheet_files import cells, rows_of


def numbered(level: int, format_: str, more: str = "") -> str:
    return f'<text:list-level-style-number text:level="{level}" style:num-format="{format_}" {more}/>'


CHINESE = (
    '<text:list-style style:name="L1">'
    + numbered(1, "一, 二, 三, ...", 'style:num-suffix="、"')
    + numbered(2, "一, 二, 三, ...", 'style:num-prefix="（" style:num-suffix="）"')
    + numbered(3, "1", 'style:num-suffix="." text:display-levels="1"')
    + '</text:list-style><text:list-style style:name="L2">'
    + '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
)


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")


# --- texts ---------------------------------------------------------------------------------------


def test_a_letter_reads_as_it_was_typed() -> None:
    heading = f'<text:h text:outline-level="1">{LETTER[0]}</text:h>'
    document = read_one("函.odt", odt_file(heading + paragraphs(*LETTER[1:])))
    assert words(document) == list(LETTER)
    assert kinds(document)[0] == ("heading", LETTER[0])
    assert document.place(document.blocks[2].start) == "第3段"
    assert (document.format, document.notes) == ("odt", ())
    check_offsets(document)


def listed(*items: str, style: str = "L1", more: str = "") -> str:
    named = f'text:style-name="{style}"' if style else ""
    return (
        f"<text:list {named} {more}>{''.join(f'<text:list-item>{item}</text:list-item>' for item in items)}</text:list>"
    )


def test_numbers_of_lists_are_counted() -> None:
    inner = listed(paragraphs("报名单"), paragraphs("派人", "第二段"), style="")
    body = (
        listed(paragraphs("请求") + inner, paragraphs("时限"))
        + paragraphs("插话")
        + listed(paragraphs("联系人"), more='text:continue-numbering="true"')
    )
    body += listed(paragraphs("重新数起")) + listed(paragraphs("无号"), style="L2")
    document = read_one("a.odt", odt_file(body, automatic=CHINESE))
    assert words(document) == [
        *("一、请求", "（一）报名单", "（二）派人", "第二段", "二、时限", "插话", "三、联系人", "一、重新数起", "无号"),
    ]


def test_headings_are_counted_by_the_style_of_the_outline() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." '
        'style:num-suffix="、"/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    )
    heads = (("1", "来由"), ("2", "细目"), ('1" text:is-list-header="true', "题外"), ("1", "请求"))
    body = "".join(f'<text:h text:outline-level="{level}">{text}</text:h>' for level, text in heads)
    assert words(read_one("a.odt", odt_file(body, styles=outline))) == ["一、来由", "细目", "题外", "二、请求"]


def test_tables_are_read_cell_by_cell() -> None:
    covered = "<table:covered-table-cell/>"
    head = f"<table:table-header-rows>{row('序号', '事项', '单位')}</table:table-header-rows>"
    spanned = cell("合并", 'table:number-rows-spanned="2"')
    body = table(
        head,
        row("1", cell(inner=paragraphs("报名单", "并说明")), spanned),
        row("2", cell(), covered),
        row(cell("甲", 'table:number-columns-repeated="2"'), "乙"),
    )
    document = read_one("a.odt", odt_file(paragraphs("台账：") + body + paragraphs("请核对。")))
    assert cells(document) == [
        *(
            (1, 1, "序号"),
            (1, 2, "事项"),
            (1, 3, "单位"),
            (2, 1, "1"),
            (2, 2, "报名单"),
            (2, 2, "并说明"),
            (2, 3, "合并"),
        ),
        *((3, 1, "2"), (4, 1, "甲"), (4, 2, "甲"), (4, 3, "乙")),
    ]
    assert words(document)[-1] == "请核对。"
    check_offsets(document)


def test_deleted_words_are_left_out_and_told() -> None:
    tracked = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>5月</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    line = "<text:p>请于<text:change/><text:change-start/>3月<text:change-end/>底前</text:p>"
    document = read_one("a.odt", odt_file(tracked + line))
    assert document.text == "请于3月底前"
    assert document.notes == ("文件带有修订痕迹，按接受全部修订读取。",)


def test_what_stands_within_a_line() -> None:
    line = (
        '<text:p>请<text:span>于</text:span>\n   3月<text:s text:c="3"/>底<text:tab/>前<text:line-break/>函'
        "<text:ruby><text:ruby-base>复</text:ruby-base><text:ruby-text>fù</text:ruby-text></text:ruby>"
        "<office:annotation><text:p>不妥</text:p></office:annotation>"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>见附件</text:p></text:note-body></text:note>"
        "<draw:frame><draw:text-box><text:p>盖章处</text:p></draw:text-box></draw:frame>。</text:p>"
    )
    document = read_one("a.odt", odt_file(line))
    assert words(document) == ["请于 3月   底\t前", "函复。", "盖章处", "见附件"]
    assert document.notes == ("文件带有批注，批注没有读取。",)
    assert document.place(document.blocks[-1].start) == "脚注1"


def test_page_heads_and_feet_are_read_once_and_page_numbers_not() -> None:
    styles = (
        "<style:master-page><style:header><text:p>樟沐镇</text:p></style:header><style:header-left><text:p>樟沐镇</text:p>"
        "</style:header-left><style:footer><text:p>— <text:page-number>1</text:page-number> —</text:p></style:footer>"
        "</style:master-page>"
    )
    document = read_one("a.odt", odt_file(paragraphs("请函复。"), styles=styles))
    assert words(document) == ["樟沐镇", "请函复。"]


def test_contents_and_sections() -> None:
    contents = f"<text:table-of-content><text:index-body>{paragraphs('目录')}</text:index-body></text:table-of-content>"
    assert read_one("a.odt", odt_file(f"{contents}<text:section>{paragraphs('正文')}</text:section>")).text == "正文"


def test_texts_that_cannot_be_read_are_told() -> None:
    whole = odt_file(paragraphs(*LETTER))
    assert skip_one("a.odt", whole[:-200]).reason == "damaged"
    assert skip_one("a.odt", odt_file("", more=encrypted())).reason == "encrypted"
    assert skip_one("a.odt", odt_file(paragraphs(""))).reason == "no_text"
    assert skip_one("a.odt", odt_file("", more={"content.xml": b"<a>"})).reason == "damaged"
    assert skip_one("a.odt", b"").reason == "empty"
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert "外部定义" in skip_one("a.odt", odt_file("", more={"content.xml": outside})).detail
    slides = odt_file("", more={"mimetype": b"application/vnd.oasis.opendocument.presentation"})
    assert "幻灯片" in skip_one("a.odp", slides).detail


@pytest.mark.parametrize("file", ["函.doc", "函.docx", "函.zip", "函"])
def test_a_wrong_suffix_is_told_and_no_hindrance(file: str) -> None:
    document = read_one(file, odt_file(paragraphs("请函复。")))
    assert (document.format, "按内容当作.odt" in document.notes[0]) == ("odt", True)


# --- workbooks -----------------------------------------------------------------------------------

HIDDEN = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'


def test_a_register_reads_row_by_row() -> None:
    date = cell("24年1月10日", 'office:value-type="date" office:date-value="2024-01-10"')
    month = cell("2024年1月", 'office:value-type="date" office:date-value="2024-01-01"')
    number = cell("樟委函〔2024〕7号", 'office:value-type="float" office:value="7"')
    yes = cell("TRUE", 'office:value-type="boolean" office:boolean-value="true"')
    blank = cell("", 'table:number-columns-repeated="16000"')
    rows = [row("日期", "字号", "月份", "已办", blank), row(date, number, month, yes, blank)]
    document = read_one("登记簿.ods", ods_file(table(*rows, row(blank, more='table:number-rows-repeated="1048000"'))))
    assert rows_of(document) == [
        ["日期", "字号", "月份", "已办"],
        ["2024-01-10", "樟委函〔2024〕7号", "2024年1月", "是"],
    ]
    assert document.place(document.blocks[-1].start) == "工作表“台账”第2行"
    assert (document.format, document.notes) == ("ods", ())
    check_offsets(document)


def test_merged_repeated_and_commented_cells() -> None:
    merged = cell("林场", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    note = "<office:annotation><text:p>已催</text:p></office:annotation>"
    sheet = table(
        row(merged, "报名单"),
        row("<table:covered-table-cell/>", cell("修路", inner=note)),
        row("甲", "乙", more='table:number-rows-repeated="3"'),
    )
    document = read_one("a.ods", ods_file(sheet))
    assert rows_of(document) == [["林场", "报名单"], ["林场", "修路", "批注（B2）：已催"], *[["甲", "乙"]] * 3]


def test_hidden_sheets_rows_and_columns_are_read_and_told() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    sheet = table(columns, row("甲", "乙"), row("丙", "丁", more='table:visibility="filter"'))
    other = table(row("戊"), name="旧账", more='table:style-name="ta2"')
    document = read_one("a.ods", ods_file(sheet + other, automatic=HIDDEN))
    assert [text for kind, text in kinds(document) if kind == "heading"] == ["台账", "旧账"]
    assert document.notes == (
        "工作表“台账”有1个隐藏行，已一并读取。",
        "工作表“台账”有隐藏列B，已一并读取。",
        "工作表“旧账”是隐藏的，已一并读取。",
    )


def test_workbooks_that_cannot_be_read_are_told() -> None:
    assert skip_one("a.ods", ods_file(table(row("甲")))[:-200]).reason == "damaged"
    assert skip_one("a.ods", ods_file("", more=encrypted())).reason == "encrypted"
    assert skip_one("a.ods", ods_file(table())).reason == "empty"
    assert skip_one("a.ods", ods_file(table(), more={"Pictures/1.png": b"x"})).reason == "no_text"
    assert read_one("a.xlsx", ods_file(table(row("甲")))).notes[0] == "扩展名是.xlsx，按内容当作.ods读取。"
