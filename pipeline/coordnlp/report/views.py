"""What people read of a dossier beside the sheets: the page for a browser, the papers for leaders."""

from __future__ import annotations

from pathlib import Path

from coordnlp.records import Dossier
from coordnlp.report.jsonl import Changes
from coordnlp.report.labels import Labels
from coordnlp.report.page import is_our_page, make_page
from coordnlp.report.papers import PAPERS, is_our_docx, write_papers

PAGE = "report.html"
VIEWS = (PAGE, *PAPERS)
"""The files of every dossier, in its folder."""


def write_views(dossier: Dossier, change: Changes, labels: Labels) -> dict[str, bytes]:
    """Return the views of a dossier by file name; the same dossier gives the same bytes."""
    return {PAGE: make_page(dossier, change, labels), **write_papers(dossier, labels)}


def is_our_view(path: Path) -> bool:
    """Return whether this program wrote a view that stands in the outputs folder."""
    return is_our_page(path) if path.name == PAGE else is_our_docx(path)
