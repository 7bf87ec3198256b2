"""Reads the files of a folder one by one in a process of its own; prints a line of JSON for each.

A file that takes too long ends the process, also while it is in a library; so does one that takes too much memory.
"""

from __future__ import annotations

import faulthandler
import json
import sys
import time
import tracemalloc  # noqa: F401 (loaded before the limit on memory holds)
from pathlib import Path

from coordnlp.records import Document
from coordnlp.stages.ingest.dossiers import _load, list_files
from coordnlp.stages.ingest.file_names import label_path
from coordnlp.stages.ingest.read_file import read_files


def main(folder: Path, seconds: float) -> None:
    for path in sorted(list_files(folder)):
        file = label_path(path.relative_to(folder))
        print(json.dumps({"start": file}), flush=True)
        faulthandler.dump_traceback_later(seconds, exit=True)
        start = time.monotonic()
        records = list(read_files([_load(file, path)]))
        took = time.monotonic() - start
        faulthandler.cancel_dump_traceback_later()
        print(
            json.dumps(
                {
                    "file": file,
                    "seconds": round(took, 2),
                    "records": [
                        [one.file, one.format, len(one.text), "".join(one.text[:0])]
                        if isinstance(one, Document)
                        else [one.file, one.reason, 0, one.detail]
                        for one in records
                    ],
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
