"""What an .xlsx holds besides the cells: names of sheets, the texts and formats that cells point at, comments."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from coordnlp.stages.ingest.number_formats import built_in_format
from coordnlp.stages.ingest.office_parts import (
    Element,
    attribute,
    child,
    children,
    name_of,
    parse_part,
    read_relations,
    stream_part,
)
from coordnlp.stages.ingest.readings import UnreadableError
from coordnlp.stages.ingest.sheet_places import read_place

DAMAGED = "文件不完整，打不开，请用 Excel 或 WPS 修复后另存，或重新取得原件。"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What new versions of Excel write into the old kind of comment, before the words themselves.
_THREADED = re.compile(r"^\[(?:线程批注|Threaded comment)\].*?(?:批注|注释|Comment)[:：]\s*", re.S)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as the workbook lists it; comments by (row, column)."""

    name: str
    path: str
    hidden: bool
    comments: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook without its cells.

    Attributes:
        strings: The texts that cells name by number.
        formats: Code of the number format of each cell style.
        since_1904: Days are counted from 1904.
        drawn: There are pictures or drawn shapes.
    """

    sheets: tuple[Sheet, ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    since_1904: bool
    drawn: bool


def read_workbook(archive: zipfile.ZipFile) -> Workbook:
    """Read all that the sheets rest on.

    Raises:
        UnreadableError: `damaged`, when there is no workbook in it.
    """
    members = frozenset(archive.namelist())
    path = next((path for kind, path in read_relations(archive, "").values() if kind == "officeDocument"), "")
    if path not in members:
        raise UnreadableError("damaged", DAMAGED)
    root = parse_part(archive, path)
    related = read_relations(archive, path)
    named = {kind: target for kind, target in related.values() if target in members}
    return Workbook(
        tuple(_read_sheets(archive, root, related)),
        tuple(_read_strings(archive, named["sharedStrings"])) if "sharedStrings" in named else (),
        tuple(_read_formats(parse_part(archive, named["styles"]))) if "styles" in named else (),
        attribute(child(root, "workbookPr"), "date1904") in {"1", "true"},
        any(name.startswith(("xl/media/", "xl/drawings/drawing")) for name in members),
    )


def read_words(item: Element) -> str:
    """Return the words of a rich text, without the readings that stand above characters."""
    pieces = [text for run in item for text in _texts(run)]
    return _ESCAPED.sub(_unescape, "".join(pieces))


def _texts(run: Element) -> Iterator[str]:
    match name_of(run):
        case "t":
            yield run.text or ""
        case "r":
            yield from (text.text or "" for text in children(run, "t"))


def _unescape(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def _read_sheets(archive: zipfile.ZipFile, root: Element, related: dict[str, tuple[str, str]]) -> Iterator[Sheet]:
    """Yield the sheets with cells; charts on sheets of their own have none."""
    listed = list(children(child(root, "sheets"), "sheet"))
    for sheet in listed:
        kind, path = related.get(attribute(sheet, "id"), ("", ""))
        if not kind:
            raise UnreadableError("damaged", DAMAGED)
        if kind == "worksheet":
            hidden = attribute(sheet, "state") in {"hidden", "veryHidden"}
            yield Sheet(attribute(sheet, "name"), path, hidden, _read_comments(archive, path))
    if not listed:
        raise UnreadableError("damaged", DAMAGED)


def _read_strings(archive: zipfile.ZipFile, path: str) -> Iterator[str]:
    return (read_words(item) for item in stream_part(archive, path, "si"))


def _read_formats(root: Element) -> Iterator[str]:
    """Yield the code of the number format of each cell style."""
    numbered = children(child(root, "numFmts"), "numFmt")
    codes = {attribute(item, "numFmtId"): attribute(item, "formatCode") for item in numbered}
    for style in children(child(root, "cellXfs"), "xf"):
        number = attribute(style, "numFmtId")
        yield codes.get(number) or (built_in_format(int(number)) if number.isdecimal() else "")


def _read_comments(archive: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """Return the comments of a sheet; a thread stands for the comment that repeats it for old versions."""
    members = frozenset(archive.namelist())
    found: dict[str, dict[tuple[int, int], list[str]]] = {"comments": {}, "threadedComment": {}}
    for kind, path in read_relations(archive, sheet).values():
        if kind not in found or path not in members:
            continue
        for item in parse_part(archive, path).iter("{*}comment", "{*}threadedComment"):
            text = child(item, "text")
            words = read_words(text) if kind == "comments" else (text.text or "") if text is not None else ""
            if words.strip():
                place = read_place(attribute(item, "ref"))
                found[kind].setdefault(place, []).append(_THREADED.sub("", words.strip()))
    return {place: "\n".join(texts) for place, texts in {**found["comments"], **found["threadedComment"]}.items()}
