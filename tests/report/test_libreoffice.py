from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from handmade import dossier, gap

from coordnlp.records import Dossier
from coordnlp.report import read_edits, write_outputs

SOFFICE = shutil.which("soffice")
HAS_CALC = SOFFICE is not None and any(Path(SOFFICE).resolve().parent.glob("*sclo*"))
# Comma, double quote, UTF-8, from line 1: what its dialogue offers for a file with BOM.
AS_UTF8 = "Text - txt - csv (StarCalc):44,34,76,1"
NASTY = [
    "=1+1",
    "+1",
    "@SUM(A1)",
    " =1",
    "＝1",
    "-2",
    '引号"与,逗号；',
    "第一行\n=第二行",
    "😀𠮷",
    "'=1",
    "3-5月",
]
TABLE, OFFICE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text"))


def rows_of(ods: Path) -> Iterator[list[str]]:
    """Yield the cells of the first sheet; numbers and dates as their values, formulas as they are."""
    with zipfile.ZipFile(ods) as archive:
        root = ET.fromstring(archive.read("content.xml"))
    for row in root.iter(f"{TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iter(f"{TABLE}table-cell"):
            repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            cells += [value_of(cell)] * min(repeated, 100)
        yield cells


def value_of(cell: ET.Element) -> str:
    for kept in (f"{TABLE}formula", f"{OFFICE}value", f"{OFFICE}date-value"):
        if kept in cell.attrib:
            return cell.attrib[kept]
    return "\n".join(words_of(paragraph) for paragraph in cell.iter(f"{TEXT}p"))


def words_of(paragraph: ET.Element) -> str:
    spaces = ((" " if part.tag == f"{TEXT}s" else part.text or "") + (part.tail or "") for part in paragraph)
    return (paragraph.text or "") + "".join(spaces)


@pytest.mark.skipif(not HAS_CALC, reason="LibreOffice Calc is not installed")
def test_a_spreadsheet_program_reads_the_same_cells(
    tmp_path: Path, read_csv: Callable[[Path], list[dict[str, str]]]
) -> None:
    gaps = tuple(replace(gap(f"G-{n:04}", summary=text), reaction=text) for n, text in enumerate(NASTY))
    sheet = write_outputs(tmp_path / "outputs", [dossier(gaps=gaps)], {}).dashboard
    command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={AS_UTF8}", "--convert-to", "ods", "--outdir", str(tmp_path), str(sheet)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    header, *lines = rows_of(tmp_path / "gaps.ods")
    expected = read_csv(sheet)
    assert header[: len(expected[0])] == list(expected[0])
    read = [dict(zip(expected[0], [*line, *[""] * len(expected[0])], strict=False)) for line in lines]
    assert read[: len(expected)] == expected
    assert not any(value for row in read[len(expected) :] for value in row.values())


def saved_by_calc(book: Path, folder: Path, kind: str) -> Path:
    """Open a workbook and save it anew, as a reviewer's program does; return the new file."""
    (folder / "saved").mkdir(parents=True)
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder / "saved"), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "saved" / f"{book.stem}.{kind.partition(':')[0]}"


def hostile() -> Dossier:
    return dossier(gaps=tuple(replace(gap(f"G-{n:04}", summary=text), reaction=text) for n, text in enumerate(NASTY)))


@pytest.mark.skipif(not HAS_CALC, reason="LibreOffice Calc is not installed")
def test_the_workbook_opened_and_saved_says_the_same_and_what_was_typed(tmp_path: Path) -> None:
    out = tmp_path / "outputs"
    write_outputs(out, [hostile()], {})
    book = openpyxl.load_workbook(out / "gaps.xlsx")
    sheet = book["缺口"]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(3, titles.index("复核结论") + 1).value = "误报"
    sheet.cell(3, titles.index("复核日期") + 1).value = dt.datetime(2024, 7, 1)
    sheet.cell(4, titles.index("时限") + 1).value = dt.datetime(2024, 4, 10)
    typed = tmp_path / "typed" / "gaps.xlsx"
    typed.parent.mkdir()
    book.save(typed)
    shutil.copy(saved_by_calc(typed, tmp_path, "xlsx:Calc MS Excel 2007 XML"), out / "gaps.xlsx")
    edits, clashes = read_edits(out, ["示例"])
    assert clashes == ()
    assert {edit.shown.gap: edit.cells for edit in edits} == {
        str(sheet.cell(3, 1).value): {"verdict": "误报", "verdict_date": "2024-07-01"},
        str(sheet.cell(4, 1).value): {"due": "2024-04-10"},
    }
    assert write_outputs(out, [hostile()], {}).notes == ()


@pytest.mark.skipif(not HAS_CALC, reason="LibreOffice Calc is not installed")
def test_a_spreadsheet_program_computes_nothing_in_the_workbook(tmp_path: Path) -> None:
    write_outputs(tmp_path / "outputs", [hostile()], {})
    header, *lines = rows_of(saved_by_calc(tmp_path / "outputs/gaps.xlsx", tmp_path, "ods"))
    rows = [dict(zip(header, line, strict=False)) for line in lines[: len(NASTY)]]
    assert sorted(row["最近反应"].strip() for row in rows) == sorted(text.strip() for text in NASTY)
    assert {row["时限"] for row in rows} == {"2024-03-20"}
