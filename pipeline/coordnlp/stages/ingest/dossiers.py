"""Find the dossiers of a corpus folder and read each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest.file_names import label_path
from coordnlp.stages.ingest.read_file import read_files
from coordnlp.stages.ingest.skips import skip_file
from coordnlp.stages.ingest.system_files import TEMPORARY, is_system_file, is_system_folder, is_temporary

_TEAMS = "teams.toml"
# What the office writes for the program, not to the other side; and what its reviewers decided.
_OURS = (_TEAMS, "taxonomy.toml", "judgements.jsonl")
_EXAMPLE = "example"
_LARGEST_FILE = 300 * 1024 * 1024  # bytes; read whole into memory


@dataclass(frozen=True, slots=True)
class DossierFolder:
    """A folder whose files make one dossier; `name` is its path in the corpus, `.` for the corpus itself."""

    name: str
    path: Path


def find_dossiers(corpus: Path) -> list[DossierFolder]:
    """Return the dossiers of a corpus folder in order of name, its own files first as `.`.

    A sub-folder is a dossier of its own if it holds a `teams.toml`. `example/` counts only while nothing
    else is there to be read; instructions at the top (README, 说明) are nothing to be read. A folder that is
    missing or holds nothing gives an empty list.
    """
    folders = [
        DossierFolder(label_path(path.relative_to(corpus)), path)
        for path in _folders(corpus)
        if path != corpus and (path / _TEAMS).is_file()
    ]
    folders.sort(key=lambda folder: folder.name)
    own = [path for path in list_files(corpus) if not _is_in_example(path, corpus)]
    if own:
        folders.insert(0, DossierFolder(".", corpus))
    example = corpus / _EXAMPLE
    others = [folder for folder in folders if folder.path != example and example not in folder.path.parents]
    if others:
        return others
    if not folders and any(True for _ in list_files(example)):
        return [DossierFolder(_EXAMPLE, example)]
    return folders


def read_dossier(folder: Path) -> list[Document | Skipped]:
    """Read all files of a dossier folder, sub-folders included unless they are dossiers of their own.

    Returns:
        One record or more for each file, in order of file name: a mail is followed by its attachments.
    """
    paths = sorted((label_path(path.relative_to(folder)), path) for path in list_files(folder))
    return list(read_files(_load(file, path) for file, path in paths))


def list_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a dossier, in no order; hidden files and those of the system are not among them.

    Instructions (README, 说明) at the top of the folder come from the program, not from the office.
    """
    for path in _folders(folder):
        if path != folder and (path / _TEAMS).is_file():
            continue
        if any((above / _TEAMS).is_file() for above in path.parents if _is_within(above, folder)):
            continue
        for entry in sorted(path.iterdir()):
            if entry.is_dir() or entry.name.lower() in _OURS or is_system_file(entry.name):
                continue
            if path == folder and _is_instruction(entry.name):
                continue
            yield entry


def _folders(folder: Path) -> Iterator[Path]:
    """Yield the folder and all folders below it, hidden ones aside; links to folders are not followed."""
    for path, names, _ in os.walk(folder):
        names[:] = sorted(name for name in names if not is_system_folder(name))
        yield Path(path)


def _is_within(path: Path, folder: Path) -> bool:
    return path != folder and folder in path.parents


def _is_in_example(path: Path, corpus: Path) -> bool:
    return corpus / _EXAMPLE in path.parents


def _is_instruction(name: str) -> bool:
    stem = Path(name).stem
    return stem.lower().startswith("readme") or stem == "说明" or (stem[:2] == "说明" and not stem[2].isalnum())


def _load(file: str, path: Path) -> tuple[str, bytes] | Skipped:
    """Return the bytes of a file under its path in the dossier, or why they cannot be had."""
    if is_temporary(path.name):
        return skip_file(file, "temporary", TEMPORARY)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            return skip_file(file, "too_large", "文件超过300MB，请拆分或压缩图片后再放入。")
        return file, path.read_bytes()
    except OSError as error:
        detail = f"文件读不出来（{error.strerror or type(error).__name__}），请检查权限，或是否正被别的软件占用。"
        return skip_file(file, "unreadable", detail)
