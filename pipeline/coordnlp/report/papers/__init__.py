"""The papers for leaders: the report and the list before a meeting, as Word documents in the layout of GB/T 9704."""

from __future__ import annotations

from coordnlp.records import Dossier
from coordnlp.report.labels import Labels
from coordnlp.report.papers.agenda_paper import agenda_paper
from coordnlp.report.papers.report_paper import report_paper
from coordnlp.report.papers.sources import gather_sources
from coordnlp.report.papers.word_package import is_our_docx, to_docx

PAPERS = ("report.docx", "agenda.docx")

__all__ = ["PAPERS", "is_our_docx", "write_papers"]


def write_papers(dossier: Dossier, labels: Labels) -> dict[str, bytes]:
    """Return the papers of a dossier by file name; the same dossier gives the same bytes."""
    sources = gather_sources(dossier, labels)
    made = (to_docx(report_paper(sources)), to_docx(agenda_paper(sources)))
    return dict(zip(PAPERS, made, strict=True))
