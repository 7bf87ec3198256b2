from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import dossier, gap

from coordnlp.report import write_outputs

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
