"""Build the finished office folders of the tests from their plain sources.

A folder NAME holds ``sources/`` (plain texts), ``files.toml`` (one ``[[file]]`` per finished file) and ``gold.json``.
``build(folder, target)`` sets every file as its entry says: copied, or made into docx, pdf, GB18030 text, a scan
without a text layer (pdf or jpg), or a workbook.
"""

from __future__ import annotations

import csv
import datetime
import io
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont

from typesetting import to_docx, to_gb18030, to_pdf

_DATE_MARK = "@"

# A scan: A4 at 100 dots an inch, grey.
_SHEET = (827, 1169)
_MARGIN, _LINE_STEP, _GLYPH = 80, 34, 20
_LINES_A_SHEET = (_SHEET[1] - 2 * _MARGIN) // _LINE_STEP
_GLYPHS_A_LINE = (_SHEET[0] - 2 * _MARGIN) // _GLYPH
_PAPER, _INK, _STROKE = 244, 60, 150
_SCAN_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
)


def build(folder: Path, target: Path) -> None:
    """Make the finished folder.

    Args:
        folder: The folder with ``files.toml`` and ``sources/``.
        target: Where the finished folder goes; made if it is not there.

    Raises:
        ValueError: An entry asks for a form that is not known.
    """
    table = tomllib.loads((folder / "files.toml").read_text(encoding="utf-8"))
    for entry in table["file"]:
        out = target / entry["path"]
        out.parent.mkdir(parents=True, exist_ok=True)
        _make(entry["as"], _sources(folder / "sources", entry["source"]), out)


def _sources(root: Path, names: str | list[str]) -> list[Path]:
    return [root / name for name in ([names] if isinstance(names, str) else names)]


def _make(form: str, sources: list[Path], out: Path) -> None:
    if form == "copy":
        shutil.copyfile(sources[0], out)
    elif form == "xlsx":
        out.write_bytes(to_xlsx(sources))
    elif form in _FROM_TEXT:
        out.write_bytes(_FROM_TEXT[form](sources[0].read_text(encoding="utf-8")))
    else:
        msg = f"unknown form: {form}"
        raise ValueError(msg)


def to_scan_jpg(text: str) -> bytes:
    """Draw the first sheet of the text as a grey photograph."""
    return _saved(_sheets(text)[:1], "JPEG")


def to_scan_pdf(text: str) -> bytes:
    """Draw the text as a pdf of pictures, without a text layer."""
    return _saved(_sheets(text), "PDF")


def _saved(sheets: list[Image.Image], form: str) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": sheets[1:]} if form == "PDF" else {"quality": 60}
    sheets[0].save(out, form, **more)
    return out.getvalue()


def _sheets(text: str) -> list[Image.Image]:
    lines = [piece for line in text.rstrip("\n").split("\n") for piece in _folded(line)]
    font = _scan_font()
    return [_sheet(lines[at : at + _LINES_A_SHEET], font) for at in range(0, len(lines), _LINES_A_SHEET)]


def _folded(line: str) -> list[str]:
    return [line[at : at + _GLYPHS_A_LINE] for at in range(0, len(line), _GLYPHS_A_LINE)] or [""]


def _scan_font() -> ImageFont.FreeTypeFont | None:
    """Return a font with Chinese characters, or nothing where none is installed."""
    found = next((path for path in _SCAN_FONTS if Path(path).exists()), None)
    return ImageFont.truetype(found, _GLYPH) if found else None


def _sheet(lines: list[str], font: ImageFont.FreeTypeFont | None) -> Image.Image:
    image = Image.new("L", _SHEET, _PAPER)
    pen = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        place = (_MARGIN, _MARGIN + at * _LINE_STEP)
        if font:
            pen.text(place, line, fill=_INK, font=font)
        else:
            _strokes(pen, place, len(line))
    return image


def _strokes(pen: ImageDraw.ImageDraw, place: tuple[int, int], length: int) -> None:
    """Draw a grey bar for each character: nobody can read it, as nobody reads a scan without eyes."""
    left, top = place
    for at in range(length):
        pen.rectangle((left + at * _GLYPH, top, left + at * _GLYPH + _GLYPH - 5, top + _GLYPH - 4), fill=_STROKE)


def to_xlsx(sources: list[Path]) -> bytes:
    """Make a workbook with a sheet a csv, named by its stem."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for source in sources:
        _fill(book.create_sheet(source.stem), _rows(source))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(source: Path) -> list[list[str]]:
    with source.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _fill(sheet: Any, rows: list[list[str]]) -> None:
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell:
                sheet.cell(at, column, _value(cell))
    width = max(len(row) for row in rows)
    if rows and sum(bool(cell) for cell in rows[0]) == 1 and width > 1:
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)


def _value(cell: str) -> str | int | datetime.date:
    """Return a date for ``@2024-03-05``, a number for digits, else the text."""
    if cell.startswith(_DATE_MARK):
        return datetime.date.fromisoformat(cell[1:])
    return int(cell) if cell.isdigit() and len(cell) < 5 else cell


_FROM_TEXT: dict[str, Callable[[str], bytes]] = {
    "docx": to_docx,
    "pdf": to_pdf,
    "gb18030": to_gb18030,
    "scan-pdf": to_scan_pdf,
    "scan-jpg": to_scan_jpg,
}


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
