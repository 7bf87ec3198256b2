"""Every format in the layouts that an office has: a letter with a red head, minutes with attendees, a table of matters.

Chats, transcripts, pictures of pages and chains of mails have layouts of their own; their tests stand with the readers.
"""

from __future__ import annotations

import base64
import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import openpyxl
import pytest
import xlwt
from ingest_files import check_offsets, mail_file, mixed_mail, read_one
from odf_files import ods_file, row, table
from ofd_files import ofd_file, paragraph
from ole_files import IN_TABLE, ROW_END, message_file, old_word_file
from sheet_files import FOLLOW_UP, REGISTER, Rows, rows_of, sheet_file

import typesetting
from coordnlp.records import Document
from coordnlp.stages.ingest.read_file import read_content
from coordnlp.stages.parse import parse_dossier
from coordnlp.teams import parse_teams

TEAMS = parse_teams("""
[[team]]
id = "A"
name = "樟沐镇人民政府"
aliases = ["樟沐镇"]
members = ["龙小桐 镇长"]
domains = ["zhen.example"]
[[team]]
id = "B"
name = "青松岭林场"
members = ["邓春生 场长"]
domains = ["linchang.example"]
""")
LETTER = """\
樟沐镇人民政府文件
樟政函〔2024〕15号
关于春季森林防火联合值守的函
青松岭林场：
　　为便于夜间险情直接叫得到人，请贵场于2024年3月20日前将值守人员名单和联系电话函告我镇党政办公室，并明确一名联络人。
　　一、值守点位按去年的办法设置。
　　二、所需经费12.5万元由双方各承担一半。
　　专此函达。
　　　　　　　　　　　　　　　　樟沐镇人民政府
　　　　　　　　　　　　　　　　2024年3月5日
"""
MINUTES = """\
樟沐镇与青松岭林场联席会议纪要
（第7期）
时间：2024年3月12日
地点：镇政府三楼会议室
出席：龙小桐（樟沐镇）、邓春生（青松岭林场）
　　会议听取了双方关于春季森林防火准备情况的汇报，就联合值守、隔离带修复和经费分担进行了讨论，议定以下事项：
序号 | 议定事项 | 责任单位 | 完成时限
1 | 报送值守人员名单 | 青松岭林场 | 3月20日前
2 | 修复防火隔离带 | 樟沐镇 | 4月底前
　　会议要求，双方要加强沟通，遇有险情第一时间互相通报，不得迟报漏报。
"""
LEDGER = """\
2024年度联席会议议定事项督办台账
序号 | 议定事项 | 责任单位 | 完成时限 | 进展情况
1 | 报送值守名单 | 青松岭林场 | 3月20日前 | 已报送
2 | 修复隔离带 | 樟沐镇 | 4月底前 | 正在施工
3 | 联合巡护方案 | 双方 | 5月15日前 | 尚未启动
填表人：龙小桐
"""
PAPERS = {"letter": LETTER, "minutes": MINUTES, "ledger": LEDGER}


def lines(text: str) -> list[str | list[str]]:
    """Return lines trimmed, those with cells as lists."""
    return [
        [cell.strip() for cell in line.split("|")] if "|" in line else line.strip()
        for line in text.splitlines()
        if line.strip()
    ]


def to_md(text: str) -> bytes:
    """Set a title, and tables with pipes and a rule below their heads."""
    title, *rest = text.splitlines()
    out, inside = [f"# {title}", ""], False
    for line in rest:
        if "|" in line:
            out.append(f"| {line} |")
            if not inside:
                out.append("|" + " --- |" * len(line.split("|")))
        else:
            out += [line.strip(), ""]
        inside = "|" in line
    return "\n".join(out).encode()


def to_html(text: str) -> bytes:
    out = ["<html><head><meta charset=utf-8><title>打印</title></head><body>"]
    for line in lines(text):
        if isinstance(line, str):
            out.append(f"<p>{escape(line)}</p>")
        else:
            out.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>")
    page = (
        "\n".join(out).replace("</p>\n<tr>", "</p>\n<table border=1><tr>").replace("</tr>\n<p>", "</tr></table>\n<p>")
    )
    return page.encode()


def to_mht(text: str) -> bytes:
    page = base64.encodebytes(to_html(text)).decode()
    head = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return f"{head}{page}".encode()


def to_doc(text: str) -> bytes:
    pieces: list[tuple[str, int, bytes]] = []
    for line in lines(text):
        if isinstance(line, str):
            pieces.append((f"{line}\r", 0, b""))
        else:
            pieces += [*((f"{cell}\x07", 0, IN_TABLE) for cell in line), ("\x07", 0, ROW_END)]
    return old_word_file(*pieces)


def to_ofd(text: str) -> bytes:
    objects, top = "", 30.0
    for line in lines(text):
        made, top = paragraph(
            top, line if isinstance(line, str) else "　".join(line), indent=0 if len(line) < 30 else 2
        )
        objects += made
    return ofd_file(objects)


def to_eml(text: str) -> bytes:
    return mail_file(text.replace("\n", "\r\n"), "From: <dzb@zhen.example>", "To: <bgs@linchang.example>")


def to_html_mail(text: str) -> bytes:
    part = ("Content-Type: text/html; charset=utf-8", to_html(text))
    return mixed_mail("请用能显示网页的软件查看。", part, subtype="alternative")


def to_msg(text: str) -> bytes:
    return message_file({0x0037: "往来", 0x1000: text.replace("\n", "\r\n"), 0x0C1A: "龙小桐"})


def to_mbox(text: str) -> bytes:
    return b"From a@b Tue Feb 27 16:28:41 2024\n" + to_eml(text)


def to_zip(text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("三月/文书.docx", typesetting.to_docx(text))
    return stream.getvalue()


PLAIN = {".txt": typesetting.to_gb18030, ".pdf": typesetting.to_pdf, ".ofd": to_ofd, ".eml": to_eml, ".msg": to_msg}
CELLS = {
    ".md": to_md,
    ".docx": typesetting.to_docx,
    ".rtf": typesetting.to_rtf,
    ".odt": typesetting.to_odt,
    ".doc": to_doc,
    ".wps": to_doc,
    ".html": to_html,
    ".htm": to_html,
    ".mht": to_mht,
    ".zip": to_zip,
}
MAILS = {".eml": to_html_mail, ".mbox": to_mbox}
FILES = {suffix: make for suffix, make in (PLAIN | CELLS).items() if suffix not in {".eml", ".msg"}}
FORMATS: list[tuple[str, Callable[[str], bytes]]] = [*PLAIN.items(), *CELLS.items(), *MAILS.items()]


@pytest.fixture(autouse=True)
def without_office(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let our own readers read, except where LibreOffice is what is tried."""
    if "soffice" not in request.fixturenames:
        monkeypatch.setattr("coordnlp.stages.ingest.read_file.find_soffice", lambda: "")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("suffix", "make"), FORMATS, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_a_paper_says_the_same_in_every_format(paper: str, suffix: str, make: Callable[[str], bytes]) -> None:
    document = read_one(f"a{suffix}", make(PAPERS[paper]))
    check_offsets(document)
    text = "".join(document.text.split()).replace("|", "")
    at = 0
    for line in lines(PAPERS[paper]):
        for words in [line] if isinstance(line, str) else line:
            found = text.find("".join(words.split()), at)
            assert found >= 0, words
            at = found + len("".join(words.split()))
    if suffix in CELLS:
        assert rows_of(document) == [line for line in lines(PAPERS[paper]) if isinstance(line, list)]


def parsed(document: Document) -> tuple[str, str, str, list[str]]:
    (one,), _ = parse_dossier([document], TEAMS)
    return one.header.kind, one.header.number, one.header.date, sorted(who.name for who in one.header.attendees)


@pytest.mark.parametrize(
    ("suffix", "make"), [item for item in (*PLAIN.items(), *CELLS.items()) if item[0] not in {".eml", ".msg"}]
)
def test_a_letter_and_minutes_are_known_in_every_format(suffix: str, make: Callable[[str], bytes]) -> None:
    letter, minutes = (read_one(f"a{suffix}", make(text)) for text in (LETTER, MINUTES))
    assert parsed(letter)[:3] == ("letter", "樟政函〔2024〕15号", "2024-03-05")
    assert parsed(minutes) == ("minutes", "", "2024-03-12", ["邓春生", "龙小桐"])


# --- sheets --------------------------------------------------------------------------------------

ATTENDANCE: Rows = (
    ("联席会议签到表",),
    ("会议名称", "第7次联席会议", "时间", "2024年3月12日"),
    ("单位", "姓名", "职务", "签名"),
    ("樟沐镇", "龙小桐", "镇长", "已签"),
    ("青松岭林场", "邓春生", "场长", "已签"),
)
SHEETS = {"follow-up": FOLLOW_UP, "register": REGISTER, "attendance": ATTENDANCE}


def to_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for number, cells in enumerate(rows):
        for column, value in enumerate(cells):
            sheet.write(number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_table_text(rows: Rows, delimiter: str, encoding: str) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def to_page(rows: Rows) -> bytes:
    """Set a table as office systems do that export a page under the name of a workbook."""
    made = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in cells)}</tr>" for cells in rows)
    return f"<html><meta charset=gb2312><body><table border=1>{made}</table></body></html>".encode("gb18030")


@pytest.mark.parametrize("layout", SHEETS)
@pytest.mark.parametrize(
    ("file", "make"),
    [
        ("a.xlsx", sheet_file),
        ("a.xlsm", sheet_file),
        ("a.xls", to_xls),
        ("a.et", to_xls),
        ("网页.xls", to_page),
        ("a.ods", lambda rows: ods_file(table(*(row(*map(str, cells)) for cells in rows)))),
        ("a.csv", lambda rows: to_table_text(rows, ",", "gb18030")),
        ("a.tsv", lambda rows: to_table_text(rows, "\t", "utf-16")),
    ],
)
def test_a_sheet_says_the_same_in_every_format(layout: str, file: str, make: Callable[[Rows], bytes]) -> None:
    document = read_one(file, make(SHEETS[layout]))
    check_offsets(document)
    expected = [[str(value) for value in cells if value != ""] for cells in SHEETS[layout]]
    title = expected.pop(0) if rows_of(document)[0] != expected[0] else []
    assert rows_of(document) == expected
    assert "".join(title) in document.text


# --- what only LibreOffice writes ----------------------------------------------------------------


@pytest.fixture(scope="module")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the papers as LibreOffice saves them in other formats, by file name."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    for name, text in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(typesetting.to_docx(text))
    for target in ("uot:UOF text", "doc:MS Word 97", "rtf:Rich Text Format"):
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
        command += [target, "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in PAPERS)]
        subprocess.run(command, capture_output=True, timeout=180, check=True)
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["uot", "uof", "doc", "wps", "rtf"])
def test_papers_that_libreoffice_saved_are_read(paper: str, name: str, soffice: dict[str, bytes]) -> None:
    content = soffice[f"{paper}.{ {'uof': 'uot', 'wps': 'doc'}.get(name, name) }"]
    (document,) = read_content(f"a.{name}", content)
    assert isinstance(document, Document)
    text = "".join(document.text.split())
    for line in lines(PAPERS[paper]):
        for words in [line] if isinstance(line, str) else line:
            assert "".join(words.split()) in text
    assert rows_of(document) == [line for line in lines(PAPERS[paper]) if isinstance(line, list)]


def test_the_books_of_openpyxl_are_books() -> None:
    assert openpyxl.load_workbook(io.BytesIO(sheet_file(ATTENDANCE))).active is not None
