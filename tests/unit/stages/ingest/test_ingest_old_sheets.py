"""Old workbooks (.xls, .et), without LibreOffice."""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Callable

import pytest
import xlwt
from ingest_files import check_offsets, kinds, mixed_mail, read_one, skip_one
from ole_files import ole_file
from sheet_files import FOLLOW_UP, REGISTER, Rows, rows_of, sheet_file

from coordnlp.records import Document
from coordnlp.stages.ingest.read_file import read_content


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")


def old_sheet(
    rows: Rows, *, name: str = "收文登记", change: Callable[[xlwt.Worksheet], object] = lambda _: None
) -> bytes:
    """Return an old workbook of one sheet; `change` may do to the sheet what rows cannot say."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(name, cell_overwrite_ok=True)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    change(sheet)
    return saved_book(book)


def saved_book(book: xlwt.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def shown(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


@pytest.mark.parametrize("rows", [FOLLOW_UP, REGISTER], ids=["follow-up", "register"])
@pytest.mark.parametrize("file", ["台账.xls", "台账.et", "台账.ET"])
def test_it_reads_as_the_same_sheet_in_a_new_workbook_does(file: str, rows: Rows) -> None:
    old, new = read_one(file, old_sheet(rows)), read_one("台账.xlsx", sheet_file(rows))
    assert (old.text, old.blocks, old.marks) == (new.text, new.blocks, new.marks)
    assert (old.format, old.notes) == ("xls", ())
    check_offsets(old)


def test_numbers_are_shown_as_the_office_sees_them() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, datetime.date(2024, 3, 5), shown("yyyy/m/d"))
        sheet.write(0, 1, datetime.date(2024, 3, 5), shown('m"月"d"日"'))
        sheet.write(0, 2, datetime.date(2024, 3, 1), shown('yyyy"年"m"月"'))
        sheet.write(0, 3, 7, shown('"樟委函〔2024〕"0"号"'))
        sheet.write(0, 4, 0.35, shown("0%"))
        sheet.write(0, 5, True)
        sheet.write(0, 6, 12)

    document = read_one("a.xls", old_sheet([], change=fill))
    assert rows_of(document) == [["2024-03-05", "2024-03-05", "2024年3月", "樟委函〔2024〕7号", "35%", "是", "12"]]


def test_merged_cells_speak_in_every_row() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(0, 0, 0, 2, "督办台账")
        sheet.write_merge(1, 2, 0, 0, "林场")

        sheet.write(1, 1, "报名单")
        sheet.write(2, 1, "修路")

    document = read_one("a.xls", old_sheet([], change=fill))
    assert rows_of(document) == [["督办台账"], ["林场", "报名单"], ["林场", "修路"]]


def test_hidden_parts_are_read_and_told() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for name, hidden in (("台账", 0), ("旧账", 1)):
        sheet = book.add_sheet(name)
        sheet.visibility = hidden
        sheet.write(0, 0, "甲")
        sheet.write(1, 1, "乙")
        sheet.row(1).hidden = not hidden
        sheet.col(1).hidden = not hidden
    document = read_one("a.xls", saved_book(book))
    assert [text for kind, text in kinds(document) if kind == "heading"] == ["台账", "旧账"]
    assert document.notes == (
        "工作表“台账”有1个隐藏行，已一并读取。",
        "工作表“台账”有隐藏列B，已一并读取。",
        "工作表“旧账”是隐藏的，已一并读取。",
    )


def test_a_workbook_without_a_container_is_read() -> None:
    head = struct.pack("<HH6H", 0x0809, 8, 0x0500, 0x0010, 0, 0, 0, 0)[:12]
    label = "Reply by 5 March".encode("ascii")
    cell = struct.pack("<HHHHHH", 0x0204, 8 + len(label), 0, 0, 0, len(label)) + label
    records = list(read_content("a.xls", head + cell + struct.pack("<HH", 0x000A, 0)))
    assert len(records) == 1


def locked() -> bytes:
    start = struct.pack("<HH8H", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 0, 0, 0)
    password = struct.pack("<HHHHH", 0x002F, 6, 0, 0x1234, 0x5678)
    return ole_file({"Workbook": (start + password + struct.pack("<HH", 0x000A, 0)).ljust(4096, b"\0")})


def test_what_cannot_be_read_is_told() -> None:
    whole = old_sheet(REGISTER)
    assert skip_one("a.xls", locked()).reason == "encrypted"
    assert skip_one("a.xls", old_sheet([])).reason == "empty"
    assert skip_one("a.xls", b"").reason == "empty"
    nothing = skip_one("a.xls", whole[: len(whole) // 2])
    assert (nothing.reason, "另存为 .xlsx" in nothing.detail) == ("unsupported", True)
    assert skip_one("a.xls", ole_file({"Workbook": b"noise" * 2000})).reason == "damaged"


def test_nothing_is_written_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    whole = old_sheet(REGISTER)
    list(read_content("a.xls", whole[:-700]))
    assert capsys.readouterr() == ("", "")


def test_a_wrong_suffix_is_told_and_no_hindrance() -> None:
    document = read_one("a.xlsx", old_sheet(REGISTER))
    assert (document.format, document.notes) == ("xls", ("扩展名是.xlsx，按内容当作.xls读取。",))


def test_an_attachment_is_read_where_it_hangs() -> None:
    head = 'Content-Type: application/vnd.ms-excel; name="a.xls"'
    records = list(read_content("来信.eml", mixed_mail("见附件。", (head, old_sheet(REGISTER)))))
    assert [one.format for one in records if isinstance(one, Document)] == ["eml", "xls"]
