"""Reads files one by one in a process of its own, and writes a line of JSON for each.

A file that takes too long ends the process, also while it is in a library; memory is bounded.
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import sys
import time
from pathlib import Path

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest import pdf_process, read_file
from coordnlp.stages.ingest.dossiers import list_files, load_file
from coordnlp.stages.ingest.file_names import label_path

_MEMORY = 3 << 30  # bytes
_PDF_SECONDS = 3.0


def main(folder: Path, seconds: float) -> None:
    """Read the files of a folder; what LibreOffice would repair is tried by the readers alone."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.environ["PATH"] = ""
    read_file.PdfReader = lambda: pdf_process.PdfReader(_PDF_SECONDS)  # type: ignore[assignment, misc]
    for path in sorted(list_files(folder)):
        file = label_path(path.relative_to(folder))
        _tell({"start": file})
        faulthandler.dump_traceback_later(seconds, exit=True)
        start = time.monotonic()
        records = list(read_file.read_files([load_file(file, path, folder)]))
        faulthandler.cancel_dump_traceback_later()
        _tell({"file": file, "seconds": round(time.monotonic() - start, 2), "records": [_row(one) for one in records]})


def _row(one: Document | Skipped) -> list[str]:
    """Return path, format or reason, and the beginning of what was read or told."""
    return [one.file, one.format, one.text[:300]] if isinstance(one, Document) else [one.file, one.reason, one.detail]


def _tell(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
