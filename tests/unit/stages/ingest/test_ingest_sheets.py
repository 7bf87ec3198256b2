"""Workbooks and tables saved as text: cells as the office sees them, in their rows and columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import time
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import OLE, check_offsets, kinds, read_one, skip_one, with_part, words
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from sheet_files import FOLLOW_UP, REGISTER, Rows, cells, rows_of, saved_book, sheet_file, with_shared_strings

from coordnlp.stages.ingest.number_formats import built_in_format, show_number
from coordnlp.stages.ingest.read_csv import find_dialect

# --- workbooks -----------------------------------------------------------------------------------


def test_a_sheet_is_a_table_under_its_name() -> None:
    document = read_one("收文.xlsx", sheet_file(REGISTER))
    assert document.format == "xlsx"
    assert kinds(document)[:2] == [("heading", "收文登记"), ("cell", "收文登记簿")]
    assert {block.table for block in document.blocks[1:]} == {1}
    assert (3, 4, "樟委函〔2024〕2号") in cells(document)
    assert document.place(document.text.index("樟委函〔2024〕5号")) == "工作表“收文登记”第4行"
    assert document.notes == ()
    check_offsets(document)


@pytest.mark.parametrize("name", ["Sheet1", "sheet 2", "工作表1", "Sheet1 (2)"])
def test_a_default_name_is_no_heading(name: str) -> None:
    document = read_one("a.xlsx", sheet_file([["事项"]], name=name))
    assert kinds(document) == [("cell", "事项")]
    assert document.place(0) == f"工作表“{name}”第1行"


def test_sheets_come_in_order_and_empty_ones_are_left_out() -> None:
    book = openpyxl.Workbook()
    for name in ("收文", "空", "发文"):
        sheet = book.create_sheet(name)
        if name != "空":
            sheet["B2"] = name
    document = read_one("a.xlsx", saved_book(book))
    assert kinds(document) == [("heading", "收文"), ("cell", "收文"), ("heading", "发文"), ("cell", "发文")]
    assert [(block.table, block.row, block.column) for block in document.blocks if block.table] == [
        (1, 2, 2),
        (2, 2, 2),
    ]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (dt.date(2024, 3, 5), "yyyy/m/d", "2024-03-05"),
        (dt.date(2024, 3, 5), 'm"月"d"日"', "2024-03-05"),
        (dt.date(2024, 3, 1), 'yyyy"年"m"月"', "2024年3月"),
        (dt.datetime(2024, 3, 5, 14, 30), "yyyy-mm-dd hh:mm", "2024-03-05 14:30"),
        (dt.time(9, 5), "h:mm", "09:05"),
        (dt.timedelta(hours=26, minutes=30), "[h]:mm:ss", "26:30"),
        (0.255, "0.00%", "25.50%"),
        (0.8, "0%", "80%"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (7, '"樟委函〔2024〕"0"号"', "樟委函〔2024〕7号"),
        (7, "000", "007"),
        (True, "General", "是"),
        (False, "General", "否"),
        ("2024/3/5", "General", "2024/3/5"),
        ("007", "@", "007"),
    ],
)
def test_values_are_what_the_office_sees(value: object, code: str, shown: str) -> None:
    def style(sheet: Worksheet) -> None:
        sheet["A1"].number_format = code

    assert words(read_one("a.xlsx", sheet_file([[value]], name="Sheet1", change=style))) == [shown]


def test_dates_of_chinese_excel_name_their_format_by_number_only() -> None:
    content = sheet_file(
        [[dt.date(2024, 3, 5)]], name="Sheet1", change=lambda sheet: setattr(sheet["A1"], "number_format", '"x"m"月"')
    )
    styles = zipfile.ZipFile(io.BytesIO(content)).read("xl/styles.xml")
    for number, shown in ((b"58", "2024-03-05"), (b"31", "2024-03-05"), (b"57", "2024年3月"), (b"14", "2024-03-05")):
        changed = re.sub(rb'<xf numFmtId="16\d"', b'<xf numFmtId="' + number + b'"', styles)
        assert changed != styles
        assert words(read_one("a.xlsx", with_part(content, {"xl/styles.xml": changed}))) == [shown]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (-5, "#,##0;[Red]-#,##0", "-5"),
        (-5, "0.0", "-5.0"),
        (12.50, "0.##", "12.5"),
        (12, "0.##", "12"),
        (13812345678, "000-0000-0000", "13812345678"),
        (12.3, "[$¥-804]#,##0.0", "¥12.3"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (45356, "[DBNum1][$-804]yyyy年m月d日;@", "2024-03-05"),
        (45356, "aaaa", "2024-03-05"),
        (45356, "yyyy", "2024年"),
        (-1, "yyyy-mm-dd", "-1"),
        (1e30, "0.00", "1e+30"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (45356.9999999, "yyyy-mm-dd", "2024-03-05"),
    ],
)
def test_odd_formats(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


def test_old_macs_count_from_1904() -> None:
    assert show_number(0, "yyyy-mm-dd", since_1904=True) == "1904-01-01"
    assert built_in_format(163) == ""


def test_a_cell_merged_over_rows_speaks_in_each_of_them() -> None:
    rows: Rows = (
        ("事项", "责任单位", "时限"),
        ("甲", "樟沐镇", "3月5日"),
        ("乙",),
        ("丙",),
    )

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("B2:B4")
        sheet.merge_cells("C2:C3")

    document = read_one("a.xlsx", sheet_file(rows, name="Sheet1", change=merge))
    assert rows_of(document)[1:] == [["甲", "樟沐镇", "3月5日"], ["乙", "樟沐镇", "3月5日"], ["丙", "樟沐镇"]]
    check_offsets(document)


def test_a_title_merged_over_columns_and_rows_is_said_once() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:E2")
        sheet["A1"] = "督办台账"
        sheet["A3"], sheet["B3"] = "序号", "事项"
        sheet.merge_cells("A5:E9")
        sheet["A5"] = "说明：本表每月更新。"

    document = read_one("a.xlsx", sheet_file([], change=merge))
    assert words(document) == ["收文登记", "督办台账", "序号", "事项", "说明：本表每月更新。"]


def test_what_lies_under_a_merged_area_is_not_shown() -> None:
    content = sheet_file([["甲", "乙"], ["丙", "丁"]], name="Sheet1")
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    merged = sheet.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>')
    document = read_one("a.xlsx", with_part(content, {"xl/worksheets/sheet1.xml": merged}))
    assert rows_of(document) == [["甲", "乙"], ["甲", "丁"]]


def test_hidden_rows_columns_and_sheets_are_read_and_noted() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[9].hidden = True  # nothing in it
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["F"].hidden = True
        sheet.parent.create_sheet("底稿")["A1"] = "藏着的"
        sheet.parent["底稿"].sheet_state = "hidden"

    document = read_one("a.xlsx", sheet_file([["甲", "乙"], ["丙", "丁"]], change=hide))
    assert words(document) == ["收文登记", "甲", "乙", "丙", "丁", "底稿", "藏着的"]
    assert document.notes == (
        "工作表“收文登记”有1个隐藏行，已一并读取。",
        "工作表“收文登记”有隐藏列B，已一并读取。",
        "工作表“底稿”是隐藏的，已一并读取。",
    )


def test_formulas_without_a_result_and_errors_are_noted() -> None:
    document = read_one("a.xlsx", sheet_file([["合计", "=1+1", "=A9", 2]], name="Sheet1"))
    assert words(document) == ["合计", "2"]
    assert document.notes == ("工作表“Sheet1”有2个公式没有存下结果，读作空，请用 Excel 或 WPS 打开保存一次再放入。",)
    content = sheet_file([["x", 5, 6, 7]], name="Sheet1")
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    changed = (
        sheet.replace(b't="n"><v>5</v>', b't="e"><f>1/0</f><v>#DIV/0!</v>')
        .replace(b't="n"><v>6</v>', b't="str"><f>A9</f><v>\xe5\xb7\xb2\xe5\x8a\x9e</v>')
        .replace(b't="n"><v>7</v>', b't="str"><f>A9</f><v></v>')
    )
    document = read_one("a.xlsx", with_part(content, {"xl/worksheets/sheet1.xml": changed}))
    assert words(document) == ["x", "已办"]
    assert document.notes == ("工作表“Sheet1”有1个公式的结果是错误值，读作空。",)


def test_comments_stand_behind_their_row() -> None:
    def comment(sheet: Worksheet) -> None:
        sheet["B2"].comment = Comment("王芳：\n3月4日已电话答复", "王芳")
        sheet["D9"].comment = Comment("待核", "王芳")

    document = read_one("a.xlsx", sheet_file([["事项", "进展"], ["甲", "在办"]], name="Sheet1", change=comment))
    assert rows_of(document) == [
        ["事项", "进展"],
        ["甲", "在办", "批注（B2）：王芳：\n3月4日已电话答复"],
        ["批注（D9）：待核"],
    ]
    assert [column for _, column, text in cells(document) if text.startswith("批注")] == [5, 5]
    check_offsets(document)


def test_line_breaks_in_a_cell_are_kept_and_tabs_are_not() -> None:
    document = read_one(
        "a.xlsx", sheet_file([["一、修路；\n二、清淤。_x000D_", "甲\t乙", " 　", "丙\r\n\r\n丁"]], name="Sheet1")
    )
    assert words(document) == ["一、修路；\n二、清淤。", "甲 乙", "丙\n丁"]


def test_shared_and_inline_strings_read_alike() -> None:
    content = sheet_file(REGISTER)
    assert read_one("a.xlsx", with_shared_strings(content)).text == read_one("a.xlsx", content).text


def test_rich_text_is_read_without_the_readings_above_it() -> None:
    content = with_shared_strings(sheet_file([["占位"]], name="Sheet1"))
    rich = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>请于</t></r>'
        '<r><rPr><b/></rPr><t>3月5日</t></r><rPh sb="0" eb="1"><t>qing</t></rPh><phoneticPr fontId="1"/></si></sst>'
    )
    assert words(read_one("a.xlsx", with_part(content, {"xl/sharedStrings.xml": rich.encode()}))) == ["请于3月5日"]


def test_empty_rows_are_skipped_and_keep_their_numbers() -> None:
    document = read_one("a.xlsx", sheet_file([["甲"], [], [None, " "], ["乙"]], name="Sheet1"))
    assert cells(document) == [(1, 1, "甲"), (4, 1, "乙")]


def test_pictures_are_noted() -> None:
    content = with_part(sheet_file([["甲"]]), {"xl/media/image1.png": b"x"})
    assert read_one("a.xlsx", content).notes == ("文件里有图片或图形，其中的文字没有读取。",)
    assert skip_one("a.xlsx", with_part(sheet_file([]), {"xl/media/image1.png": b"x"})).reason == "no_text"


def test_an_empty_workbook_is_empty() -> None:
    assert skip_one("a.xlsx", sheet_file([])).reason == "empty"


def test_damaged_encrypted_and_foreign_workbooks_are_skipped() -> None:
    whole = sheet_file(REGISTER)
    assert skip_one("a.xlsx", whole[:-200]).reason == "damaged"
    assert (
        skip_one("a.xlsx", with_part(whole, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})).reason
        == "damaged"
    )
    unlisted = with_part(whole, {"xl/_rels/workbook.xml.rels": b"<Relationships/>"})
    assert skip_one("a.xlsx", unlisted).reason == "damaged"
    assert skip_one("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600)).reason == "encrypted"
    assert skip_one("a.xlsx", OLE + bytes(600)).reason == "encrypted"
    assert skip_one("a.xls", OLE + "Workbook".encode("utf-16-le") + bytes(600)).reason == "damaged"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_definitions_from_outside_are_refused(part: str) -> None:
    content = with_shared_strings(sheet_file(REGISTER))
    xml = zipfile.ZipFile(io.BytesIO(content)).read(part)
    start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    doctype = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    skipped = skip_one("a.xlsx", with_part(content, {part: xml[:start] + doctype + xml[start:]}))
    assert (skipped.reason, "外部定义" in skipped.detail) == ("damaged", True)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.office_parts.LARGEST_PACKAGE", 1 << 20)
    assert skip_one("a.xlsx", with_part(sheet_file([["甲"]]), {"xl/media/a.bin": bytes(2 << 20)})).reason == "too_large"


def test_long_and_wide_sheets_are_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.table_rows.LONGEST", 3)
    monkeypatch.setattr("coordnlp.stages.ingest.table_rows.WIDEST", 2)
    document = read_one("a.xlsx", sheet_file([[1, 2, 3], [], [4], [5], [6]], name="台账"))
    assert rows_of(document) == [["1", "2"], ["4"], ["5"]]
    assert document.notes == ("工作表“台账”太长，只读了前3行，请拆分后再放入。", "工作表“台账”太宽，只读了前2列。")
    assert read_one("a.xlsx", sheet_file([[1, 2], [], [4], [5], [None]])).notes == ()


def test_a_long_sheet_with_empty_styled_columns_takes_seconds() -> None:
    def paint(sheet: Worksheet) -> None:
        for row in range(1, 101):
            for column in range(9, 509):
                sheet.cell(row, column).fill = PatternFill("solid", fgColor="FFFF00")

    rows = [[number, "樟沐镇", f"樟委函〔2024〕{number}号", "关于修复隔离带的函"] for number in range(1, 5001)]
    content = sheet_file(rows, change=paint)
    begin = time.perf_counter()
    document = read_one("a.xlsx", content)
    assert time.perf_counter() - begin < 20
    assert len(cells(document)) == 20_000
    assert document.notes == ()


def test_a_wrong_suffix_is_no_hindrance() -> None:
    for file in ("a.xls", "a.zip", "a.docx", "a"):
        assert read_one(file, sheet_file(REGISTER)).format == "xlsx"
    assert read_one("a.xlsm", sheet_file(REGISTER)).notes == ()


DAYS = st.dates(dt.date(1950, 1, 1))
CELL = st.one_of(st.none(), st.integers(-999, 99999), st.text('甲乙12 ,;，"\n\t=', max_size=6), DAYS)
AREAS = st.tuples(st.integers(1, 8), st.integers(1, 5), st.integers(0, 4), st.integers(0, 3))
TABLE = st.lists(st.lists(CELL, max_size=5), max_size=8)


def _is_in_order(places: list[tuple[int, int, str]]) -> bool:
    return [place[:2] for place in places] == sorted({place[:2] for place in places})


@settings(max_examples=40, deadline=None)
@given(
    TABLE, st.lists(st.tuples(st.integers(1, 8), st.integers(1, 5), st.integers(0, 4), st.integers(0, 3)), max_size=2)
)
def test_cells_lie_apart_in_order_in_the_text(rows: list[list[object]], areas: list[tuple[int, int, int, int]]) -> None:
    def merge(sheet: Worksheet) -> None:
        for top, left, down, right in areas:
            sheet.merge_cells(start_row=top, start_column=left, end_row=top + down, end_column=left + right)
        sheet["A20"] = "底"

    rows = [[None if isinstance(cell, str) and cell.startswith("=") else cell for cell in row] for row in rows]
    content = sheet_file(rows, change=merge)
    document = read_one("a.xlsx", content)
    check_offsets(document)
    assert _is_in_order(cells(document))


# --- tables saved as text ------------------------------------------------------------------------


def csv_file(rows: Rows, delimiter: str = ",", encoding: str = "gb18030") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-8", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_a_csv_is_read_whatever_parts_it(delimiter: str, encoding: str) -> None:
    document = read_one("台账.csv", csv_file(FOLLOW_UP[1:], delimiter, encoding))
    assert document.format == "csv"
    assert rows_of(document) == [[str(cell) for cell in row if cell != ""] for row in FOLLOW_UP[1:]]
    assert document.place(document.text.index("修复")) == "第3行"
    check_offsets(document)


def test_a_title_above_and_empty_columns_behind_do_not_matter() -> None:
    text = "督办台账,,,,\n\n序号,事项,责任单位,时限,\n1,修路,樟沐镇,3月5日,\n2,清淤,林场,,\n"
    document = read_one("台账.csv", text.encode("gb18030"))
    assert cells(document)[:3] == [(1, 1, "督办台账"), (3, 1, "序号"), (3, 2, "事项")]
    assert document.notes == ()


def test_quoted_cells_keep_commas_and_line_breaks() -> None:
    document = read_one("a.csv", '序号,事项,责任\r\n1,"修路,\r\n并""清淤""",甲\r\n2,架桥,乙\r\n'.encode())
    assert (2, 2, '修路,\n并"清淤"') in cells(document)
    assert (3, 2, "架桥") in cells(document)
    check_offsets(document)


def test_a_quote_that_nobody_closed_swallows_nothing() -> None:
    document = read_one("a.csv", '序号,事项,责任\n1,"修路,甲\n2,架桥,乙\n'.encode())
    assert rows_of(document) == [["序号", "事项", "责任"], ["1", '"修路', "甲"], ["2", "架桥", "乙"]]
    assert document.notes == ("引号没有成对，按普通符号读取。",)
    giant = 'a,b\n1,"' + "x,y\n" * 40_000 + '2"\n3,4'
    assert "x" in words(read_one("a.csv", giant.encode()))


def test_ragged_rows_are_read_and_noted() -> None:
    document = read_one("a.csv", "序号,事项,责任\n1,修路\n2,架桥,乙,丙,丁\n3,清淤,甲\n".encode())
    assert rows_of(document)[1:3] == [["1", "修路"], ["2", "架桥", "乙", "丙", "丁"]]
    assert document.notes == ("有1行比表头多出列，可能是单元格里的分隔符没有加引号，请核对。",)


def test_a_declared_sign_is_taken() -> None:
    assert cells(read_one("a.csv", b"sep=|\na|b,c\n1|2,3\n")) == [
        (2, 1, "a"),
        (2, 2, "b,c"),
        (3, 1, "1"),
        (3, 2, "2,3"),
    ]


def test_nul_characters_are_dropped() -> None:
    assert rows_of(read_one("a.csv", "序号,事项\x00\n1,修路\n2,清淤\n".encode())) == [
        ["序号", "事项"],
        ["1", "修路"],
        ["2", "清淤"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "关于修路的函\n樟沐镇：\n请于3月5日前函复。\n",
        "请贵场于3月5日前，把名单送来。\n我镇将，尽快，办理。\n此致，敬礼。\n",
        "Dear all, please send the list.\nThanks, Wang, Li, Zhao\nRegards\n",
        "志远镇长,您好:\n名单收悉,请放心.\n我场已安排,3月5日前送到,届时电话联系。\n",
        "事项\n修路\n架桥\n",
        "只有一行,没有表头",
    ],
)
def test_what_is_no_table_is_read_as_text(text: str) -> None:
    assert find_dialect(text) is None
    document = read_one("a.csv", text.encode())
    assert {block.kind for block in document.blocks} == {"paragraph"}


def test_the_largest_share_of_even_rows_decides() -> None:
    dialect = find_dialect("序号;事项;责任\n1;修路, 架桥, 清淤;甲\n2;立碑;乙\n")
    assert dialect is not None
    assert dialect.delimiter == ";"


@pytest.mark.parametrize("file", ["台账.xls", "台账.et", "台账.tsv", "台账.xlsx"])
def test_text_under_the_name_of_a_workbook_is_read_as_a_table(file: str) -> None:
    document = read_one(file, csv_file(FOLLOW_UP[1:], "\t", "utf-16"))
    assert document.format == "csv"
    assert len(rows_of(document)) == 3


def test_empty_and_binary_tables_are_skipped() -> None:
    assert skip_one("a.csv", b" \r\n").reason == "empty"
    assert skip_one("a.csv", bytes(range(256)) * 40).reason == "binary"
    assert skip_one("a.xls", b"\x01\x02 something").reason == "unsupported"


def test_a_csv_of_five_megabytes_takes_seconds() -> None:
    row = '12,2024-03-05,樟沐镇,樟委函〔2024〕12号,"关于提供排班名单,等事项的函",已转办\n'
    content = ("序号,收文日期,来文单位,文号,标题,办理情况\n" + row * 55_000).encode("gb18030")
    begin = time.perf_counter()
    document = read_one("a.csv", content)
    assert time.perf_counter() - begin < 20
    assert len(document.blocks) == 6 * 55_001


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text('甲乙1 ,"\n\t', max_size=5), min_size=2, max_size=5), min_size=2, max_size=8))
def test_cells_of_a_csv_lie_apart_in_order(rows: list[list[str]]) -> None:
    document = read_one("a.csv", csv_file([["序号", "事项"], *rows], encoding="utf-8"))
    check_offsets(document)
    assert _is_in_order(cells(document))
