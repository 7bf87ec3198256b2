"""gaps.xlsx as Excel opens it: the same rows, days as days, nothing that computes."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from handmade import dossier, gap, quiet
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from coordnlp.records import Dossier, Issue, Occasion, Position
from coordnlp.report import write_outputs
from coordnlp.report.labels import load_labels

Read = Callable[[Path], list[dict[str, str]]]
SHEETS = ["缺口", "已复核", "请求", "分歧", "督办台账", "待观察", "未处理文件", "覆盖", "措施", "指标"]
HOSTILE = ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", '=HYPERLINK("http://a.example")']


def book(out: Path, *dossiers: Dossier) -> Workbook:
    write_outputs(out, dossiers or (dossier(),), {})
    return openpyxl.load_workbook(out / "gaps.xlsx")


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_every_sheet_has_its_place(tmp_path: Path) -> None:
    assert book(tmp_path).sheetnames == SHEETS


def test_the_rows_of_the_dashboard_are_those_of_the_csv(tmp_path: Path, read_csv: Read) -> None:
    gaps = (gap("G-AAAA"), gap("G-BBBB", severity=50), gap("G-CCCC", severity=10))
    (first, *_) = rows = rows_of(book(tmp_path, dossier(gaps=gaps))["缺口"])
    told = [{title: _as_csv(value) for title, value in row.items()} for row in rows]
    assert told == read_csv(tmp_path / "gaps.csv")
    assert first["时限"] == dt.datetime(2024, 3, 20)
    assert (first["已等天数"], first["把握"]) == (40, 0.877)


def _as_csv(value: object) -> str:
    return value.date().isoformat() if isinstance(value, dt.datetime) else "" if value is None else str(value)


def test_a_header_that_stays_filters_and_a_list_to_choose_from(tmp_path: Path) -> None:
    sheet = book(tmp_path)["缺口"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:Y2"
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"确认,误报,已解决,暂缓,合并到"'
    assert not rule.showErrorMessage
    assert str(rule.sqref).startswith("V2:")
    assert sheet["V1"].value == "复核结论"
    assert sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions["I"].width > sheet.column_dimensions["A"].width


def test_a_row_is_as_high_as_its_longest_cell_within_bounds(tmp_path: Path) -> None:
    gaps = tuple(
        replace(gap(f"G-{at}", summary=text, severity=90 - at), why="", suggestion="", severity_reason="")
        for at, text in enumerate(["短", "长" * 54, "长" * 4000, "一\n二\n三\n四\n五"])
    )
    sheet = book(tmp_path, dossier(gaps=gaps))["缺口"]
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4, 5)] == [30, 60, 180, 75]


def test_severity_has_the_colour_of_the_table(tmp_path: Path) -> None:
    gaps = (gap("G-AAAA", severity=90), gap("G-BBBB", severity=50), gap("G-CCCC", severity=1))
    sheet = book(tmp_path, dossier(gaps=gaps))["缺口"]
    fills = [sheet.cell(row, 3).fill.fgColor.rgb[2:] for row in (2, 3, 4)]
    assert fills == [severity.fill for severity in load_labels().severity]


def test_only_sheets_that_people_write_in_are_open(tmp_path: Path) -> None:
    sheets = book(tmp_path)
    assert [name for name in SHEETS if not sheets[name].protection.sheet] == ["缺口", "已复核"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    one = replace(gap("G-AAAA", summary=text), reaction=text, why=text)
    sheet = book(tmp_path, dossier(gaps=(one,)))["缺口"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    (summary,) = [sheet.cell(2, column) for column in range(1, 26) if sheet.cell(1, column).value == "事项"]
    assert str(summary.value).strip() == text.replace("\r", "\n").strip()
    assert summary.number_format == "@"
    with zipfile.ZipFile(tmp_path / "gaps.xlsx") as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_controls_and_long_texts_do_not_break_the_file(tmp_path: Path) -> None:
    one = replace(gap("G-AAAA", summary="\x00坏\ud800字\u202e" + "长" * 40_000), why="")
    (row,) = rows_of(book(tmp_path, dossier(gaps=(one,)))["缺口"])
    assert len(str(row["事项"])) == 32_000
    assert str(row["事项"]).endswith("data 文件夹）")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    write_outputs(tmp_path / "1", [dossier()], {})
    time.sleep(2.1)  # zip keeps times to two seconds
    write_outputs(tmp_path / "2", [dossier()], {})
    assert (tmp_path / "1/gaps.xlsx").read_bytes() == (tmp_path / "2/gaps.xlsx").read_bytes()


def test_all_requests_with_what_became_of_them(tmp_path: Path) -> None:
    rows = rows_of(book(tmp_path)["请求"])
    assert [row["编号"] for row in rows] == ["Q-AAAA", "Q-BBBB", "Q-CCCC"]
    assert (rows[0]["状态"], rows[0]["判断"]) == ("未答复", "缺口")
    assert (
        rows[0]["进展"]
        == "2024-03-08 收悉：来函收悉〔收文/b.txt 第2行〕\n2024-04-01 催办：关于提供〔发文/a.txt 第1行〕"
    )
    assert rows[1]["时限"] == "四月底前"


def test_the_ledger_of_supervision_has_the_columns_that_offices_keep(tmp_path: Path) -> None:
    first, *_ = rows_of(book(tmp_path)["督办台账"])
    titles = "序号，文号，来文日期，事项，主办，协办，交办时间，办理时限，进展，状态，逾期天数，备注"
    assert list(first) == titles.split("，")
    assert (first["序号"], first["主办"], first["办理时限"]) == (1, "港务集团工会", dt.datetime(2024, 3, 20))
    assert (first["文号"], first["状态"], first["逾期天数"]) == ("临工函〔2024〕12号", "未答复", 12)


def test_disagreements_with_the_words_of_both_sides(tmp_path: Path) -> None:
    told = [
        Occasion("P-1", "D-AAAA", 0, 8, "2024-03-05", "A", 0.9),
        Occasion("P-2", "D-BBBB", 3, 7, "2024-03-08", "B", 0.9),
    ]
    positions = (
        Position("A", "D-AAAA", 0, 8, "2024-03-05"),
        Position("B", "D-BBBB", 3, 7, "2024-03-08", moved=True),
    )
    issue = Issue("I-AAAA", "床位怎么分", told, "open", True, None, (), 0.81, positions)
    (row,) = rows_of(book(tmp_path, replace(dossier(), issues=(issue,)))["分歧"])
    assert row["各自说法（第一方）"] == "临港区总工会\n2024-03-05 关于提供数据的函〔发文/a.txt 第1行〕"
    assert str(row["各自说法（第二方）"]).endswith("来函收悉〔收文/b.txt 第2行〕（让步）")
    assert (row["状态"], row["未决起始"]) == ("没有谈妥", dt.datetime(2024, 3, 5))


def test_sheets_beside_the_dashboard_stand_in_the_workbook_too(tmp_path: Path, read_csv: Read) -> None:
    sheets = book(tmp_path)
    for name, csv in (("待观察", "待观察.csv"), ("未处理文件", "skipped.csv")):
        rows = [{title: _as_csv(value) for title, value in row.items()} for row in rows_of(sheets[name])]
        assert rows == read_csv(tmp_path / csv)


def test_several_dossiers_and_marks_have_their_columns(tmp_path: Path) -> None:
    sheets = book(tmp_path, dossier("甲"), replace(dossier("乙"), marking="秘密"))
    for name in ("缺口", "请求", "督办台账", "未处理文件"):
        assert list(rows_of(sheets[name])[0])[:2] == ["密级", "卷宗"]
        assert {row["密级"] for row in rows_of(sheets[name])} == {None, "秘密"}


def test_an_empty_dossier_makes_a_workbook_with_headers(tmp_path: Path) -> None:
    assert rows_of(book(tmp_path, quiet())["缺口"]) == []
