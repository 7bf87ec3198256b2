"""The reader of each kind of file; its module, and the library in it, is loaded when the first file needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from coordnlp.stages.ingest.readings import Reading, UnreadableError
from coordnlp.stages.ingest.skips import advise

READERS: Mapping[str, tuple[str, str]] = {
    ".txt": ("read_text", "read_text"),
    ".md": ("read_text", "read_markdown"),
    ".docx": ("read_docx", "read_docx"),
    ".doc": ("read_doc", "read_doc"),
    ".rtf": ("read_rtf", "read_rtf"),
    ".odt": ("read_odt", "read_odt"),
    ".xlsx": ("read_xlsx", "read_xlsx"),
    ".xls": ("read_xls", "read_xls"),
    ".ods": ("read_ods", "read_ods"),
    ".csv": ("read_csv", "read_csv"),
    ".pdf": ("read_pdf", "read_pdf"),
    ".ofd": ("read_ofd", "read_ofd"),
    ".eml": ("read_mail", "read_mail"),
    ".msg": ("read_msg", "read_msg"),
    ".html": ("read_html", "read_html"),
    ".mht": ("read_html", "read_mht"),
    ".png": ("read_picture", "read_picture"),
    ".jpg": ("read_picture", "read_picture"),
    ".bmp": ("read_picture", "read_picture"),
    ".tif": ("read_picture", "read_picture"),
    ".webp": ("read_picture", "read_picture"),
    ".srt": ("read_cues", "read_cues"),
    ".vtt": ("read_cues", "read_cues"),
}
"""Module and function by kind."""


def read_as(kind: str, content: bytes) -> Reading:
    """Read the bytes of a file with the reader of its kind.

    Raises:
        UnreadableError: As the reader raises it; `unsupported` for a kind that only LibreOffice knows.
    """
    if kind not in READERS:
        raise UnreadableError("unsupported", advise(kind))
    module, name = READERS[kind]
    reader = getattr(import_module(f"coordnlp.stages.ingest.{module}"), name)
    return cast(Callable[[bytes], Reading], reader)(content)
