"""Read files into documents: every file gives a `Document` or a `Skipped` with its reason."""

from coordnlp.stages.ingest.dossiers import DossierFolder, find_dossiers, read_dossier

__all__ = ["DossierFolder", "find_dossiers", "read_dossier"]
