"""Find the dossiers of a corpus folder and read each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from coordnlp.records import Document, Skipped
from coordnlp.stages.ingest.file_names import label_path
from coordnlp.stages.ingest.read_file import read_files
from coordnlp.stages.ingest.reading_process import ReadingProcess
from coordnlp.stages.ingest.skips import skip_file
from coordnlp.stages.ingest.system_files import TEMPORARY, is_system_file, is_system_folder, is_temporary

_TEAMS = "teams.toml"
# What the office writes for the program, not to the other side; and what its reviewers decided.
_OURS = (_TEAMS, "taxonomy.toml", "judgements.jsonl")
_EXAMPLE = "example"
_LINK = "这是指向别处的链接，没有跟过去；请把文件本身复制进来。"
_NO_FILE = "不是能读的普通文件，或是没有权限打开的文件夹，请检查后把文件本身复制进来。"
_CHANGING = "读的时候文件正在被改写，没有用；请等它存好，关闭正打开它的软件，再运行一次。"
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
    with closing(ReadingProcess()) as apart:
        return list(read_files((load_file(file, path, folder) for file, path in paths), apart.read))


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
            if _is_open_folder(entry) or entry.name.lower() in _OURS or is_system_file(entry.name):
                continue
            if path == folder and _is_instruction(entry.name):
                continue
            yield entry


def _folders(folder: Path) -> Iterator[Path]:
    """Yield the folder and all folders below it, hidden ones aside; links to folders are not followed."""
    for path, names, _ in os.walk(folder):
        names[:] = sorted(name for name in names if not is_system_folder(name))
        yield Path(path)


def _is_open_folder(path: Path) -> bool:
    """Return whether a path is a folder that is walked; one that is not counts as a file that cannot be read."""
    try:
        return path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK)
    except OSError:
        return False


def _is_within(path: Path, folder: Path) -> bool:
    return path != folder and folder in path.parents


def _is_in_example(path: Path, corpus: Path) -> bool:
    return corpus / _EXAMPLE in path.parents


def _is_instruction(name: str) -> bool:
    stem = Path(name).stem
    return stem.lower().startswith("readme") or stem == "说明" or (stem[:2] == "说明" and not stem[2].isalnum())


def load_file(file: str, path: Path, folder: Path) -> tuple[str, bytes] | Skipped:
    """Return the bytes of a file under its path in the dossier, or why they cannot be had.

    Args:
        file: What the records call it.
        folder: Of the dossier; a link that leads out of it is not followed, since what the office did not put there is
            not meant to be read.
    """
    if is_temporary(path.name):
        return skip_file(file, "temporary", TEMPORARY)
    try:
        if path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(folder.resolve())):
            return skip_file(file, "unsupported", _LINK)
        if not path.is_file():
            return skip_file(file, "unreadable", _NO_FILE)
        return _read_whole(file, path)
    except MemoryError:
        return skip_file(file, "too_large", "文件太大，内存不够，请拆分后再放入。")
    except (OSError, RuntimeError) as error:  # the latter where links lead in a circle
        why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        detail = f"文件读不出来（{why}），请检查权限，或是否正被别的软件占用。"
        return skip_file(file, "unreadable", detail)


def _read_whole(file: str, path: Path) -> tuple[str, bytes] | Skipped:
    """Return the bytes of a file that stays as it is while it is read.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        before = os.fstat(stream.fileno())
        if before.st_size > _LARGEST_FILE:
            return skip_file(file, "too_large", "文件超过300MB，请拆分或压缩图片后再放入。")
        content = stream.read(_LARGEST_FILE + 1)
        after = os.fstat(stream.fileno())
    if len(content) != before.st_size or before.st_mtime_ns != after.st_mtime_ns:
        return skip_file(file, "unreadable", _CHANGING)
    return file, content
