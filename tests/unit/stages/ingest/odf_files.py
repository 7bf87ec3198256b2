"""OpenDocument files that the reading tests need, built in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)
MANIFEST = "META-INF/manifest.xml"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def odt_file(body: str, *, automatic: str = "", styles: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a text whose office:text holds this XML; `styles` stand in the part with page heads."""
    return _odf("text", body, automatic, styles, more)


def ods_file(body: str, *, automatic: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a workbook whose office:spreadsheet holds this XML."""
    return _odf("spreadsheet", body, automatic, "", more)


def _odf(kind: str, body: str, automatic: str, styles: str, more: Mapping[str, bytes] | None) -> bytes:
    members = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {_SPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {_SPACES}>{styles}</office:document-styles>",
        MANIFEST: _MANIFEST.format(kind=kind),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**{name: text.encode() for name, text in members.items()}, **(more or {})}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def paragraphs(*lines: str) -> str:
    """Return plain paragraphs."""
    return "".join(f"<text:p>{line}</text:p>" for line in lines)


def cell(words: str = "", more: str = "", *, inner: str = "") -> str:
    """Return a cell of one paragraph, with attributes and other elements in it."""
    kind = ' office:value-type="string"' if words and "value-type" not in more else ""
    return f"<table:table-cell{kind} {more}>{inner}{f'<text:p>{words}</text:p>' if words else ''}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    """Return a row of cells; bare words become cells."""
    made = (one if one.startswith("<") else cell(one) for one in cells)
    return f"<table:table-row {more}>{''.join(made)}</table:table-row>"


def table(*rows: str, name: str = "台账", more: str = "") -> str:
    """Return a table or sheet."""
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def encrypted() -> dict[str, bytes]:
    """Return the members of a file with a password."""
    return {MANIFEST: b"<m><manifest:encryption-data/></m>", "content.xml": b"\x01\x99\x12 noise"}
