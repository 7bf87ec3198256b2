"""Tell by its first bytes what a file really is."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Content = Literal["docx", "pdf", "encrypted", "other", "unknown"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_STREAMS = (
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("PowerPoint Document", ".ppt"),
    ("__properties_version1.0", ".msg"),
)
_ZIP_MEMBERS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
    ("OFD.xml", ".ofd"),
    ("content.xml", ".odt"),
)
_OTHERS = (
    (re.compile(rb"\{\\rtf"), ".rtf"),
    (re.compile(rb"\x89PNG"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"II\*\x00|MM\x00\*"), ".tif"),
    (re.compile(rb"BM.{4}\x00{4}", re.S), ".bmp"),
    (re.compile(rb"Rar!\x1a\x07"), ".rar"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), ".7z"),
    (re.compile(rb"\x1f\x8b\x08"), ".gz"),
    (re.compile(rb"\x78\x9f\x3e\x22"), ".tnef"),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html[\s>])", re.I | re.S
        ),
        ".html",
    ),
)
_FRAGMENT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:head|body|meta|style|table|div|form|center|p|h[1-6])[\s>]", re.I | re.S
)
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
    return next((suffix for pattern, suffix in _OTHERS if pattern.match(content)), "")


def is_markup(content: bytes) -> bool:
    """Tell whether a text begins as a fragment of a page: office systems export bare tables under the name .xls."""
    return _FRAGMENT.match(content) is not None


def is_web_archive(content: bytes) -> bool:
    """Tell whether a text is a MIME message with a page in it, as `单个文件网页` is saved."""
    head = content[:_MIME_HEAD].lower()
    return b"mime-version:" in head and (b"multipart/related" in head or b"text/html" in head)


def _sniff_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ".zip"
    return next((suffix for member, suffix in _ZIP_MEMBERS if member in names), ".zip")


def _sniff_ole(content: bytes) -> str:
    if _ENCRYPTED in content:
        return "encrypted"
    return next((suffix for name, suffix in _OLE_STREAMS if name.encode("utf-16-le") in content), ".ole")
