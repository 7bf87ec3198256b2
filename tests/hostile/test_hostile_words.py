"""A whole run over papers full of markup, formulas and escapes: all of it stays words."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import lxml.etree
import lxml.html
import pytest

from coordnlp.cli import main

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}]]>&lt;\x1b[2J\x1b]0;x\x07\u202e"
TEAMS = """\
ours = "A"
[[team]]
id = "A"
name = "临港区总工会"
aliases = ["区总", "<b>区总</b>"]
[[team]]
id = "B"
name = "临港船厂工会"
aliases = ["船厂工会", "=cmd|' /C calc'!A0"]
"""
LETTER = f"""\
临港区总工会
临总函〔2024〕3号
关于商请提供{EVIL}名单的函
临港船厂工会：
请贵会于2024年3月20日前函告劳模推荐名单{EVIL}。
=HYPERLINK("http://127.0.0.1:9/x","请贵会于2024年3月25日前函复经费安排")。
@SUM(1+1)*cmd|' /C calc'!A0，请贵会于2024年3月26日前报送疗养名额。
临港区总工会
2024年3月5日
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the outputs folder, and what was printed."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "teams.toml").write_text(TEAMS, "utf-8")
    for name in ("=cmd", "-rf", "<script>alert(1)<", "a\nb", "\x1b[31m红"):
        (folder / "corpus" / f"{name}.txt").write_text(LETTER.replace("3号", f"{len(name)}号"), "utf-8")
    (folder / "corpus" / "\x1b[2J坏.pdf").write_bytes(b"%PDF-1.7 ")
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("sys.stdout", printed)
        patch.setattr("sys.stderr", printed)
        assert main(["report", "--as-of", "2024-06-30"]) == 0
    return folder / "outputs", printed.getvalue()


def test_the_terminal_gets_no_escapes(outputs: tuple[Path, str]) -> None:
    assert "缺口 3 条" in outputs[1]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", outputs[1])


def test_no_cell_is_a_formula_or_holds_an_escape(outputs: tuple[Path, str]) -> None:
    sheets = sorted(outputs[0].rglob("*.csv"))
    assert len(sheets) > 3
    for path in sheets:
        text = path.read_text("utf-8-sig")
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", text)
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!\d)", cell)]


def test_the_workbook_and_the_papers_hold_words_only(outputs: tuple[Path, str]) -> None:
    for name in ("gaps.xlsx", "report.docx", "agenda.docx"):
        with zipfile.ZipFile(outputs[0] / name) as package:
            parts = {part: package.read(part) for part in package.namelist() if part.endswith((".xml", ".rels"))}
        roots = {part: lxml.etree.fromstring(content) for part, content in parts.items()}
        tags = {lxml.etree.QName(element).localname for root in roots.values() for element in root.iter("{*}*")}
        assert not tags & {"f", "script", "img", "hyperlink", "instrText"} - {"instrText"}
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", "".join(map(_words, roots.values())))
        assert b"127.0.0.1" not in b"".join(content for part, content in parts.items() if part.endswith(".rels"))


def _words(root: object) -> str:
    return "".join(root.itertext())  # type: ignore[attr-defined]


def test_the_page_runs_nothing_of_the_papers(outputs: tuple[Path, str]) -> None:
    text = (outputs[0] / "report.html").read_text("utf-8")
    assert "alert(1)" in text
    page = lxml.html.fromstring(text.encode())
    assert all("alert(1)" not in _words(script) for script in page.iter("script", "style"))
    assert not list(page.iter("img", "iframe", "object", "embed"))
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", text)
    assert "{{7*7}}" in text
