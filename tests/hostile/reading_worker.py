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
from coordnlp.stages.ingest.dossiers import list_files, load_file
from coordnlp.stages.ingest.file_names import label_path
from coordnlp.stages.ingest.read_file import read_files
from coordnlp.stages.ingest.readers import read_as
from coordnlp.stages.ingest.reading_process import ReadingProcess
from coordnlp.stages.ingest.readings import Reading

_MEMORY = 3 << 30  # bytes
_PDF_SECONDS = 3.0


def main(folder: Path, seconds: float) -> None:
    """Read the files of a folder; what LibreOffice would repair is tried by the readers alone.

    Only PDFs are read in a process of their own, as all are in a run: here the readers have to deal with what comes.
    """
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.environ["PATH"] = ""
    apart = ReadingProcess(_PDF_SECONDS)

    def read(kind: str, content: bytes) -> Reading:
        return (apart.read if kind == ".pdf" else read_as)(kind, content)

    for path in sorted(list_files(folder)):
        file = label_path(path.relative_to(folder))
        _tell({"start": file})
        faulthandler.dump_traceback_later(seconds, exit=True)
        start = time.monotonic()
        records = list(read_files([load_file(file, path, folder)], read))
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
