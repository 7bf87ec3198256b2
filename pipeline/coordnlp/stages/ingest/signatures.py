"""Tell by its first bytes what a file really is."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("__properties_version1.0", ".msg"),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
    ("PowerPoint Document", ".ppt"),
)
_ZIP_MEMBERS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("xl/workbook.bin", ".xlsb"),
    ("ppt/presentation.xml", ".pptx"),
    ("ofd.xml", ".ofd"),
)
# What the member `mimetype` of an OpenDocument file ends in; templates are -template.
_OPEN_DOCUMENTS = ((b"opendocument.text", ".odt"), (b"opendocument.spreadsheet", ".ods"))
_XML = rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>[^<]{0,100}(?:<!--.{0,400}?-->\s*)?"
_OTHERS = (
    (re.compile(rb"\{\\rtf"), ".rtf"),
    (re.compile(rb"\x89PNG"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"II\*\x00|MM\x00\*"), ".tif"),
    (re.compile(rb"BM.{4}\x00{4}", re.S), ".bmp"),
    (re.compile(rb"RIFF.{4}WEBP", re.S), ".webp"),
    (re.compile(rb"Rar!\x1a\x07"), ".rar"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), ".7z"),
    (re.compile(rb"\x1f\x8b\x08"), ".gz"),
    (re.compile(rb"\x78\x9f\x3e\x22"), ".tnef"),
    # A workbook of Excel 5 without a container around it, as some systems export it.
    (re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00"), ".xls"),
    # Word and Excel 2003 as XML, which office systems export under the names .doc and .xls.
    (re.compile(_XML + rb"<\?mso-application progid=.Word\.", re.S), ".wordml"),
    (re.compile(_XML + rb"(?:<\?mso-application progid=.Excel\.|<Workbook\s)", re.S), ".xmlss"),
    (re.compile(_XML + rb"<uof:UOF\s.{0,4000}?vnd\.uof\.spreadsheet", re.S), ".uos"),
    (re.compile(_XML + rb"<uof:UOF\s", re.S), ".uot"),
)
_BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(rb"\s*")
_ASIDES = ((b"<?xml", b">"), (b"<!--", b"-->"))  # what may stand before the first element, and how it ends
_PAGE = re.compile(rb"<!doctype html|<html[\s>]", re.I)
_FRAGMENT = re.compile(rb"<(?:head|body|meta|style|table|div|form|center|p|h[1-6])[\s>]", re.I)
_CUE = re.compile(rb"^[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->", re.M)
_CUE_HEAD = 20000  # bytes within which a transcript has a cue, whatever notes stand before
_MIME_HEAD = 2048  # bytes within which a web archive says that it is one
_PDF_HEAD = 1024  # bytes within which readers look for %PDF-


def sniff(content: bytes) -> str:
    """Return the suffix that the content asks for: `.docx`, `.pdf`, `.doc`, `.png` …

    `encrypted` stands for an Office file with a password; '' for no known signature, as texts have none.
    """
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # the second is an empty archive
        return _sniff_zip(content)
    if content.startswith(_OLE):
        return _sniff_ole(content)
    if b"%PDF-" in content[:_PDF_HEAD] and not content[:_PDF_HEAD].startswith((b"From", b"Received")):
        return ".pdf"
    suffix = next((suffix for pattern, suffix in _OTHERS if pattern.match(content)), "")
    return suffix or (".html" if _PAGE.match(_first_element(content)) else "")


def is_markup(content: bytes) -> bool:
    """Tell whether a text begins as a fragment of a page: office systems export bare tables under the name .xls."""
    return _FRAGMENT.match(_first_element(content)) is not None


def _first_element(content: bytes) -> bytes:
    """Return some bytes from the first that stand neither in an XML declaration nor in a comment.

    By hand: a pattern for many comments tries every way of parting them, and thirty take hours.
    """
    at = len(_BOM) if content.startswith(_BOM) else 0
    while True:
        at = _SPACE.match(content, at).end()  # type: ignore[union-attr]
        closing = next((closing for opening, closing in _ASIDES if content.startswith(opening, at)), b"")
        end = content.find(closing, at) if closing else -1
        if end < 0:
            return content[at : at + 20]
        at = end + len(closing)


def has_cues(content: bytes) -> bool:
    """Tell whether a text has the time lines of subtitles and transcripts (.srt, .vtt), in any encoding."""
    return _CUE.search(content[:_CUE_HEAD].replace(b"\0", b"")) is not None


def is_web_archive(content: bytes) -> bool:
    """Tell whether a text is a MIME message with a page in it, as `单个文件网页` is saved."""
    head = content[:_MIME_HEAD].lower()
    return b"mime-version:" in head and (b"multipart/related" in head or b"text/html" in head)


def _sniff_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "content.xml" in names:
                return _sniff_open_document(package)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError):
        return ".zip"
    lowered = {name.lower() for name in names}
    return next((suffix for member, suffix in _ZIP_MEMBERS if member in lowered), ".zip")


def _sniff_open_document(package: zipfile.ZipFile) -> str:
    stated = package.read("mimetype")[:100] if "mimetype" in package.namelist() else b""
    return next((suffix for words, suffix in _OPEN_DOCUMENTS if words in stated), ".odp" if stated else ".odt")


def _sniff_ole(content: bytes) -> str:
    """Tell by the streams at its root; what an attachment holds of them stands deeper."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            found = {path[0] for path in ole.listdir()}
    except (OSError, ValueError, IndexError, struct.error):
        found = {name for name, _ in _OLE_STREAMS if name.encode("utf-16-le") in content}
    return next((suffix for name, suffix in _OLE_STREAMS if name in found), ".ole")
