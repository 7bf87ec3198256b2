"""What stands in an invented office folder, and what a run made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from coordnlp.records import Document, Dossier, Skipped

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent.name for path in HERE.glob("*/gold.json"))


class FolderRun(NamedTuple):
    """A folder's gold, what was read from it, and what a run found."""

    gold: dict[str, Any]
    read: list[Document | Skipped]
    dossier: Dossier
