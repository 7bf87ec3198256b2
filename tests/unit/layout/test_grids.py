"""What the columns of office tables mean, as the readers of workbooks, csv and pages hand them over."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest

from coordnlp.layout.grids import Grid, load_columns, read_grids
from coordnlp.layout.lines import split_lines
from coordnlp.records import Document
from coordnlp.stages.ingest.read_file import read_content

Rows = Sequence[Sequence[object]]
Save = Callable[[Rows, Sequence[str]], tuple[str, bytes]]


def as_book(rows: Rows, merges: Sequence[str] = ()) -> tuple[str, bytes]:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return "表.xlsx", stream.getvalue()


def as_csv(rows: Rows, merges: Sequence[str] = ()) -> tuple[str, bytes]:
    stream = io.StringIO()
    width = max(map(len, rows))
    csv.writer(stream).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return "表.csv", stream.getvalue().encode("gb18030")


def as_page(rows: Rows, merges: Sequence[str] = ()) -> tuple[str, bytes]:
    cells = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    return "表.html", f"<table>{cells}</table>".encode()


def grids(save: Save, rows: Rows, merges: Sequence[str] = ()) -> list[Grid]:
    (document,) = read_content(*save(rows, merges))
    assert isinstance(document, Document)
    return read_grids(split_lines(document))


def roles(grid: Grid) -> list[str]:
    return [role for _, role in sorted(grid.roles.items())]


LEDGER: Rows = (
    ("2024年度联席会议议定事项督办台账",),
    ("序号", "议定事项", "责任单位", "完成时限", "进展情况", "备注"),
    (1, "报送夜间值守排班名单", "鹤背岭林场", "3月5日前", "已报送", "每月更新"),
    (2, "修复防火隔离带", "樟沐镇", "4月底前", "", ""),
)
REGISTER: Rows = (
    ("收文登记簿",),
    ("序号", "收文日期", "来文单位", "来文字号", "文件标题", "密级", "承办部门", "办结时限", "办结日期"),
    (1, "2024-01-10", "樟沐镇", "樟委函〔2024〕2号", "关于提供排班名单的函", "", "办公室", "2024-01-20", "2024-01-18"),
)
SENT: Rows = (
    ("发文登记簿",),
    ("序号", "发文日期", "发文字号", "文件标题", "主送单位", "签发人", "份数"),
    (1, "2024-01-15", "鹤林函〔2024〕3号", "关于排班名单的复函", "樟沐镇", "邓春生", 2),
)
BOTH: Rows = (
    ("收发文登记簿",),
    ("序号", "日期", "收/发", "文号", "标题", "对方单位", "办理结果"),
    (1, "2024-01-10", "收", "樟委函〔2024〕2号", "关于提供排班名单的函", "樟沐镇", "已复"),
)


@pytest.mark.parametrize("save", [as_book, as_csv, as_page])
def test_a_ledger_is_a_follow_up(save: Save) -> None:
    (grid,) = grids(save, LEDGER, ["A1:F1"])
    assert (grid.is_follow_up, grid.is_register) == (True, False)
    assert grid.title == "2024年度联席会议议定事项督办台账"
    assert roles(grid) == ["order", "matter", "owner", "due", "progress"]
    assert [row.text("matter") for row in grid.rows] == ["报送夜间值守排班名单", "修复防火隔离带"]
    assert (grid.rows[0].text("due"), grid.rows[1].text("progress")) == ("3月5日前", "")


@pytest.mark.parametrize("save", [as_book, as_csv, as_page])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (REGISTER, ["order", "received", "from", "number", "title", "due"]),
        (SENT, ["order", "sent", "number", "title", "to"]),
        (BOTH, ["order", "dated", "direction", "number", "title", "unit", "progress"]),
    ],
)
def test_a_register_is_a_register(save: Save, rows: Rows, expected: list[str]) -> None:
    (grid,) = grids(save, rows, ["A1:G1"])
    assert (grid.is_register, grid.is_follow_up) == (True, False)
    assert roles(grid) == expected
    assert grid.title == rows[0][0]
    assert len(grid.rows) == 1


def test_letters_with_somebody_responsible_are_followed_up() -> None:
    heads = ("来文字号", "来文标题", "收文日期", "责任单位", "办理时限", "办理情况")
    (grid,) = grids(as_book, [heads, ("樟委函〔2024〕2号", "关于名单的函", "1月10日", "防火科", "1月20日", "")])
    assert (grid.is_register, grid.is_follow_up) == (False, True)


@pytest.mark.parametrize("save", [as_book, as_csv, as_page])
def test_the_heads_are_the_row_with_most_of_them(save: Save) -> None:
    (grid,) = grids(save, [LEDGER[0], ("责任单位：", "樟沐镇", "日期：", "2024-03-05"), *LEDGER[1:]])
    assert grid.heads == 3
    assert [row.text("owner") for row in grid.rows] == ["鹤背岭林场", "樟沐镇"]


def test_an_owner_merged_over_rows_holds_for_each() -> None:
    rows = [*LEDGER[:3], (2, "清理林缘可燃物", None, "3月5日前", "在办")]
    (grid,) = grids(as_book, rows, ["A1:F1", "C3:C4"])
    assert [row.text("owner") for row in grid.rows] == ["鹤背岭林场", "鹤背岭林场"]


TWO_ROWS: Rows = (
    ("督办台账",),
    ("序号", "督办事项", "责任单位", None, "完成时限", "办理情况"),
    (None, None, "牵头单位", "配合单位", None, None),
    (1, "修复隔离带", "樟沐镇", "鹤背岭林场", "3月5日", "已动工"),
)


@pytest.mark.parametrize(
    ("save", "merges"),
    [(as_book, ["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"]), (as_book, []), (as_csv, [])],
)
def test_heads_may_take_two_rows(save: Save, merges: Sequence[str]) -> None:
    (grid,) = grids(save, TWO_ROWS, merges)
    assert grid.heads == 3
    assert roles(grid) == ["order", "matter", "owner", "helper", "due", "progress"]
    (row,) = grid.rows
    assert (row.text("owner"), row.text("helper"), row.text("progress")) == ("樟沐镇", "鹤背岭林场", "已动工")


def test_heads_that_are_said_again_are_no_row() -> None:
    (grid,) = grids(as_book, [*LEDGER, LEDGER[1], (3, "清理可燃物", "樟沐镇", "5月", "")])
    assert [row.text("order") for row in grid.rows] == ["1", "2", "3"]


def test_a_row_that_goes_on_without_a_matter_is_no_head() -> None:
    (grid,) = grids(as_csv, [LEDGER[1], ("", "", "樟沐镇防火负责人", "3月5日", "已完成工作任务", ""), *LEDGER[2:]])
    assert grid.heads == 1
    assert len(grid.rows) == 3


@pytest.mark.parametrize("save", [as_book, as_csv, as_page])
@pytest.mark.parametrize(
    "rows",
    [
        [("物资采购价目表",), ("序号", "品名", "规格", "单位", "单价", "数量"), (1, "铁锹", "大号", "把", 20, 5)],
        [("服务收费项目表",), ("序号", "项目", "单位", "单价", "备注"), (1, "测绘", "亩", 20, "含税")],
        [("值班表",), ("日期", "带班领导", "值班人员", "联系电话"), ("3月5日", "王芳", "邓春生", "5510")],
        [("值班安排",), ("日期", "带班负责人", "值班时间", "交接情况"), ("3月5日", "王芳", "8时", "正常")],
        [("通讯录",), ("序号", "姓名", "职务", "责任单位"), (1, "王芳", "主任", "樟沐镇")],
        [("签到表",), ("序号", "单位", "姓名", "签到时间"), (1, "樟沐镇", "王芳", "9:00")],
        [("预算执行表",), ("项目名称", "预算金额", "执行进度", "负责单位"), ("修路", 10, "50%", "樟沐镇")],
        [("档案目录",), ("序号", "题名", "页数"), (1, "关于名单的函", 2)],
    ],
)
def test_other_tables_have_no_follow_up(save: Save, rows: Rows) -> None:
    assert not any(grid.is_follow_up or grid.is_register for grid in grids(save, rows, ["A1:D1"]))


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("责 任 单 位", "owner"),
        ("完成时限（年月日）", "due"),
        ("日期", "dated"),
        ("办结日期", None),
        ("归档日期", None),
        ("督办事项", "matter"),
        ("备注", None),
        ("请樟沐镇于月底前报送隔离带修复进展情况", None),
    ],
)
def test_roles_of_heads(head: str, role: str | None) -> None:
    assert load_columns().role(head) == role
