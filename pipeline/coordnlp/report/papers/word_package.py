"""The package of a Word document: its parts in a zip, the same bytes for the same paper."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from coordnlp.report.cells import clean
from coordnlp.report.papers.layout import load_paper_layout
from coordnlp.report.papers.parts import Paper
from coordnlp.report.papers.word_parts import body, element, fonts, footer, settings, styles

CREATOR = "coordnlp"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = f"{_PACKAGE}/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_PART = "docProps/core.xml"
# The relationships of the main part: id, kind, file, content type.
_PARTS = (
    ("styles", "styles", "styles.xml", "styles"),
    ("settings", "settings", "settings.xml", "settings"),
    ("fonts", "fontTable", "fontTable.xml", "fontTable"),
    ("odd", "footer", "footer1.xml", "footer"),
    ("even", "footer", "footer2.xml", "footer"),
)
# No zip can tell an earlier time; that of the run would make every file another one.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def to_docx(paper: Paper) -> bytes:
    """Return a paper as the bytes of a .docx."""
    layout = load_paper_layout()
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("document", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", _CORE_PART),
        ),
        _CORE_PART: _core_properties(paper),
        "word/document.xml": _declared(element("document", body(paper.parts, layout))),
        "word/_rels/document.xml.rels": _relationships(
            *((id, f"{_OFFICE}/{kind}", file) for id, kind, file, _ in _PARTS)
        ),
        "word/styles.xml": _declared(styles(layout)),
        "word/settings.xml": _declared(settings()),
        "word/fontTable.xml": _declared(fonts(layout.font)),
        "word/footer1.xml": _declared(footer(is_even=False)),
        "word/footer2.xml": _declared(footer(is_even=True)),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, root in parts.items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, ET.tostring(root, encoding="utf-8", xml_declaration=True))
    return stream.getvalue()


def is_our_docx(path: Path) -> bool:
    """Return whether a .docx was made by this program, perhaps edited since: Word and WPS keep the creator."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_CORE_PART) as part:
            # Properties take a few hundred bytes; more is not ours, and may be a bomb.
            root = ET.fromstring(part.read(100_000))
    except (OSError, KeyError, zipfile.BadZipFile, ET.ParseError, NotImplementedError, RuntimeError):
        return False
    return root.findtext("{http://purl.org/dc/elements/1.1/}creator") == CREATOR


def _declared(root: ET.Element) -> ET.Element:
    root.set("xmlns:w", _WORD)
    root.set("xmlns:r", _OFFICE)
    return root


def _content_types() -> ET.Element:
    made = ET.Element("Types", xmlns=f"{_PACKAGE}/content-types")
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        made.append(ET.Element("Default", Extension=extension, ContentType=kind))
    overrides = {f"/word/{file}": f"{_WORD_TYPE}.{kind}+xml" for _, _, file, kind in _PARTS}
    overrides |= {"/word/document.xml": f"{_WORD_TYPE}.document.main+xml", f"/{_CORE_PART}": _CORE_TYPE}
    for name, kind in overrides.items():
        made.append(ET.Element("Override", PartName=name, ContentType=kind))
    return made


def _relationships(*told: tuple[str, str, str]) -> ET.Element:
    made = ET.Element("Relationships", xmlns=f"{_PACKAGE}/relationships")
    for id, kind, target in told:
        made.append(ET.Element("Relationship", Id=id, Type=kind, Target=target))
    return made


def _core_properties(paper: Paper) -> ET.Element:
    made = ET.Element("cp:coreProperties")
    spaces = {"cp": _CORE, "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"}
    for prefix, space in (spaces | {"xsi": "http://www.w3.org/2001/XMLSchema-instance"}).items():
        made.set(f"xmlns:{prefix}", space)
    for tag, text in (("dc:title", clean(paper.title)), ("dc:creator", CREATOR), ("cp:lastModifiedBy", CREATOR)):
        ET.SubElement(made, tag).text = text
    for tag in ("dcterms:created", "dcterms:modified"):
        ET.SubElement(made, tag, {"xsi:type": "dcterms:W3CDTF"}).text = f"{paper.day}T00:00:00Z"
    return made
