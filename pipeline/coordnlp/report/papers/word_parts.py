"""Elements of WordprocessingML: paragraphs, tables, styles, footers.

Tags and attributes are written with their prefix; `word_package` declares the namespaces. Children stand in the order
of the schema (ISO/IEC 29500-1, wml.xsd), which Word insists on.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from coordnlp.report.cells import clean
from coordnlp.report.papers.layout import Font, Page, PaperLayout, StyleEntry
from coordnlp.report.papers.parts import Grid, Line, NewPage, Part

_LATIN = "Times New Roman"
# A row that holds more characters may be parted by a page break.
_LONGEST_WHOLE_ROW = 300
# A table that holds no more is kept on one page.
_LONGEST_WHOLE_TABLE = 150


def element(tag: str, *children: ET.Element, **attributes: str | int) -> ET.Element:
    """Return `<w:tag>` with attributes of the same namespace."""
    made = ET.Element(f"w:{tag}", {f"w:{name}": str(value) for name, value in attributes.items()})
    made.extend(children)
    return made


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


# --- the text ------------------------------------------------------------------------------------


def body(parts: Sequence[Part], layout: PaperLayout) -> ET.Element:
    """Return `<w:body>` with the parts in order and the page that they are set on."""
    made = element("body")
    breaks = False
    for part in parts:
        match part:
            case NewPage():
                breaks = True
            case Line():
                made.append(_paragraph(part, breaks=breaks))
                breaks = False
            case Grid():
                made.append(_table(part, layout.page))
    made.append(_section(layout.page))
    return made


def _paragraph(line: Line, *, breaks: bool = False) -> ET.Element:
    properties = element("pPr", element("pStyle", val=line.style))
    if line.follows:
        properties.append(element("keepNext"))
    if breaks:
        properties.append(element("pageBreakBefore"))
    runs = [_run(line.lead, bold=True)] if line.lead else []
    return element("p", properties, *runs, _run(line.text))


def _run(text: str, *, bold: bool = False) -> ET.Element:
    # Quotation marks and dashes belong to both scripts; the hint sets them in the Chinese font.
    properties = element("rPr", element("rFonts", hint="eastAsia"))
    if bold:
        properties.append(element("b"))
    words = element("t")
    words.text = _line(text)
    words.set("xml:space", "preserve")
    return element("r", properties, words)


def _line(text: str) -> str:
    """Return text on one line, without what XML cannot hold."""
    return clean(text).replace("\n", " ").replace("\t", " ")


# --- tables --------------------------------------------------------------------------------------


def _table(grid: Grid, page: Page) -> ET.Element:
    width = twips(page.text_width)
    widths = [width * share // sum(grid.shares) for share in grid.shares]
    properties = element(
        "tblPr",
        element("tblStyle", val="grid"),
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
    )
    columns = element("tblGrid", *(element("gridCol", w=one) for one in widths))
    last = len(grid.rows) - 1
    is_short = sum(len(cell) for cells in grid.rows for cell in cells) <= _LONGEST_WHOLE_TABLE
    rows = [_row(cells, widths, follows=is_short and at < last) for at, cells in enumerate(grid.rows)]
    return element("tbl", properties, columns, _head(grid.titles, widths), *rows)


def _head(titles: Sequence[str], widths: Sequence[int]) -> ET.Element:
    properties = element("trPr", element("cantSplit"), element("tblHeader"))
    cells = [_cell([Line("column", title)], width) for title, width in zip(titles, widths, strict=True)]
    return element("tr", properties, *cells)


def _row(texts: Sequence[str], widths: Sequence[int], *, follows: bool) -> ET.Element:
    """Return a row; one that `follows` is kept on the page of the next."""
    whole = [element("trPr", element("cantSplit"))] if sum(map(len, texts)) <= _LONGEST_WHOLE_ROW else []
    told = [[Line("cell", line, follows=follows) for line in clean(text).split("\n")] for text in texts]
    return element("tr", *whole, *(_cell(lines, width) for lines, width in zip(told, widths, strict=True)))


def _cell(lines: Sequence[Line], width: int) -> ET.Element:
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa")), *map(_paragraph, lines))


# --- page and footers ----------------------------------------------------------------------------


def _section(page: Page) -> ET.Element:
    even, odd = element("footerReference", type="even"), element("footerReference", type="default")
    even.set("r:id", "even")
    odd.set("r:id", "odd")
    size = element("pgSz", w=twips(page.width), h=twips(page.height))
    margins = element(
        "pgMar",
        top=twips(page.top),
        right=twips(page.right),
        bottom=twips(page.bottom),
        left=twips(page.left),
        header=twips(page.top / 2),
        footer=twips(page.footer),
        gutter=0,
    )
    return element("sectPr", even, odd, size, margins)


def footer(*, is_even: bool) -> ET.Element:
    """Return the footer with — 1 — at the outer edge, one character in from it."""
    align, indent = ("left", {"left": 280}) if is_even else ("right", {"right": 280})
    properties = element(
        "pPr", element("pStyle", val="number"), element("ind", **indent, firstLine=0), element("jc", val=align)
    )
    field = element("fldSimple", _run("1"), instr=" PAGE ")
    return element("ftr", element("p", properties, _run("— "), field, _run(" —")))


# --- styles --------------------------------------------------------------------------------------


def styles(layout: PaperLayout) -> ET.Element:
    """Return `<w:styles>`: the styles of the layout, and a grid of thin lines for tables."""
    language = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    defaults = element(
        "docDefaults",
        element("rPrDefault", element("rPr", _fonts(layout.entry("body").font), language)),
        element("pPrDefault", element("pPr")),
    )
    return element("styles", defaults, *map(_style, layout.style), _grid_style())


def _style(entry: StyleEntry) -> ET.Element:
    made = element("style", type="paragraph", styleId=entry.name)
    if entry.word == "Normal":
        made.set("w:default", "1")
    made.append(element("name", val=entry.word))
    made.append(element("qFormat"))
    made.append(element("pPr", *_paragraph_properties(entry)))
    characters = element("rPr", _fonts(entry.font))
    if entry.bold:
        characters.append(element("b"))
    characters.extend([element("sz", val=entry.size * 2), element("szCs", val=entry.size * 2)])
    made.append(characters)
    return made


def _paragraph_properties(entry: StyleEntry) -> Iterator[ET.Element]:
    if entry.follows:
        yield element("keepNext")
    yield element("widowControl")
    yield element("spacing", before=entry.before * 20, after=entry.after * 20, line=entry.line * 20, lineRule="exact")
    # Programs that do not know indents in characters take those in twips.
    if entry.first:
        yield element("ind", firstLineChars=entry.first * 100, firstLine=entry.first * entry.size * 20)
    elif entry.hanging:
        width = entry.hanging * entry.size * 20
        yield element("ind", leftChars=entry.hanging * 100, left=width, hangingChars=entry.hanging * 100, hanging=width)
    yield element("jc", val=entry.align)
    if entry.outline:
        yield element("outlineLvl", val=entry.outline - 1)


def _fonts(name: str) -> ET.Element:
    return element("rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=name, cs=_LATIN)


def _grid_style() -> ET.Element:
    edges = [
        element(edge, val="single", sz=4, space=0, color="auto")
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = element("tblCellMar", *(element(side, w=80, type="dxa") for side in ("left", "right")))
    properties = element("tblPr", element("tblBorders", *edges), margins)
    return element("style", element("name", val="Table Grid"), properties, type="table", styleId="grid")


def fonts(listed: Sequence[Font]) -> ET.Element:
    """Return `<w:fonts>`, which tells Word what to take for a font that the machine lacks."""
    made = element("fonts")
    for font in listed:
        names = element("altName", val=",".join(font.instead))
        made.append(element("font", names, element("charset", val="86"), element("family", val="auto"), name=font.name))
    return made


def settings() -> ET.Element:
    """Return `<w:settings>`: odd and even pages differ, Chinese line breaking, layout as in Word 2013 and later."""
    mode = element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    return element(
        "settings",
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="compressPunctuation"),
        element("compat", mode),
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )
