"""Workbooks that the reading tests need, built in memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
from ingest_files import with_part
from openpyxl.worksheet.worksheet import Worksheet

from coordnlp.records import Document

Rows = Sequence[Sequence[object]]
FOLLOW_UP: Rows = (
    ("2024年度联席会议议定事项督办台账",),
    ("序号", "议定事项", "责任单位", "完成时限", "进展情况"),
    (1, "报送夜间值守排班名单", "鹤背岭林场", "3月5日前", "已报送"),
    (2, "修复防火隔离带", "樟沐镇", "4月底前", ""),
)
REGISTER: Rows = (
    ("收文登记簿",),
    ("序号", "收文日期", "来文单位", "来文字号", "文件标题", "承办部门", "办结时限", "备注"),
    (1, "2024-01-10", "樟沐镇", "樟委函〔2024〕2号", "关于提供排班名单的函", "办公室", "2024-01-20", ""),
    (2, "2024-02-06", "樟沐镇", "樟委函〔2024〕5号", "关于商请修复隔离带的函", "生产科", "", ""),
)


def saved_book(book: openpyxl.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_file(rows: Rows, *, name: str = "收文登记", change: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    """Return a workbook of one sheet; `change` may do to the sheet what rows cannot say."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    return saved_book(book)


def with_shared_strings(content: bytes) -> bytes:
    """Return a workbook of one sheet with its texts in a part of their own, as Excel saves them; openpyxl does not."""
    relations, sheet = "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in (relations, sheet)}
    texts: list[str] = []

    def share(found: re.Match[str]) -> str:
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v>'

    parts[sheet] = re.sub(r't="inlineStr"><is>(.*?)</is>', share, parts[sheet], flags=re.S)
    items = "".join(f"<si>{text}</si>" for text in texts)
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="rId99"/></Relationships>'
    parts[relations] = parts[relations].replace("</Relationships>", relation)
    return with_part(content, {name: text.encode() for name, text in parts.items()})


def cells(document: Document) -> list[tuple[int, int, str]]:
    """Return row, column and words of each cell."""
    return [
        (block.row, block.column, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "cell"
    ]


def rows_of(document: Document) -> list[list[str]]:
    """Return the words of the cells row by row."""
    rows: dict[tuple[int, int], list[str]] = {}
    for block in document.blocks:
        if block.kind == "cell":
            rows.setdefault((block.table, block.row), []).append(document.text[block.start : block.end])
    return list(rows.values())
