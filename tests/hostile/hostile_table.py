"""Prints what becomes of every hostile and every whole file, and counts by kind.

    PYTHONPATH=pipeline:tests/unit/stages/ingest python tests/hostile/hostile_table.py [SECONDS]

SECONDS is what a file may take, two minutes as in a run where it is not given. LibreOffice repairs what it can.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from good_files import good_files
from hostile_files import hostile_files

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest.dossiers import list_files, load_file
from coordnlp.stages.ingest.file_names import label_path
from coordnlp.stages.ingest.read_file import read_files
from coordnlp.stages.ingest.reading_process import ReadingProcess


def lay_out(folder: Path, canary: Path) -> None:
    """Write every hostile file, and every whole one as `good.…`; `canary` is the file that they try to get at."""
    files = hostile_files(str(canary)) | {f"good{suffix}": content for suffix, content in good_files().items()}
    for name, content in files.items():
        (folder / name).write_bytes(content)


def outcome(records: Iterable[Document | Skipped]) -> str:
    """Return what became of a file: what was read in it, and why the rest was not."""
    counts = Counter(_word(one) for one in records)
    return "，".join(word if count == 1 else f"{word} ×{count}" for word, count in sorted(counts.items()))


def _word(one: Document | Skipped) -> str:
    if isinstance(one, Skipped):
        return one.reason
    return f"read as {one.format}" + (" with notes" if one.notes else "")


def kind_of(name: str) -> str:
    """Return the kind of attack or damage: the first word of a name."""
    return name.partition(".")[0].partition("-")[0]


def main() -> None:
    with TemporaryDirectory() as place:
        folder = Path(place, "files")
        folder.mkdir()
        lay_out(folder, Path(place, "secret.txt"))
        paths = {label_path(path.relative_to(folder)): path for path in sorted(list_files(folder))}
        apart = ReadingProcess(*map(float, sys.argv[1:]))
        found: defaultdict[str, list[Document | Skipped]] = defaultdict(list)
        for one in read_files((load_file(file, path, folder) for file, path in paths.items()), apart.read):
            found[one.file.partition("/")[0]].append(one)
        apart.close()
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in paths:
        print(f"{name}\t{outcome(found[name])}")
        is_read = any(isinstance(one, Document) for one in found[name])
        sums[kind_of(name)]["read" if is_read else next((one.reason for one in found[name]), "LOST")] += 1
    print()
    for kind, counts in sorted(sums.items()):
        print(f"{kind}\t{counts.total()}\t{'，'.join(f'{word} {count}' for word, count in counts.most_common())}")


if __name__ == "__main__":
    main()
