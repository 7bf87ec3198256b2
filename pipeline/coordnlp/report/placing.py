"""Puts files in place: written aside, moved by `os.replace`, never over what the program did not write."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from coordnlp.errors import UsageError

_ASIDE = ".coordnlp-part"
# What is made is for its owner alone, since it quotes the papers; what people have opened to others stays so.
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
# Everywhere that a run writes: straight into the folder and into that of a dossier, and into the `data` of either.
_PLACES = ("", "data", "*", "*/data")


@dataclass(frozen=True, slots=True)
class Aside:
    """A file written aside: the place it will take and the SHA-256 of its bytes, in hex."""

    aside: Path
    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A file in its place; `placed` is not `path`, which it was meant for, if another program held that."""

    path: Path
    placed: Path
    digest: str
    notes: tuple[str, ...]


def write_aside(path: Path, chunks: Iterable[bytes]) -> Aside:
    """Write a file beside the place it will take, with the permissions of what stands there, else for its owner alone.

    Raises:
        UsageError: The folder cannot be made, or the disk is full.
    """
    aside = aside_of(path)
    digest = hashlib.sha256()
    try:
        path.parent.mkdir(_FOLDER_MODE, parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        with open(aside, "xb", opener=_open_private) as stream:
            for chunk in chunks:
                stream.write(chunk)
                digest.update(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        if path.is_file():
            aside.chmod(stat.S_IMODE(path.stat().st_mode))
    except OSError as error:
        raise _unwritable(path.parent, error) from error
    return Aside(aside, path, digest.hexdigest())


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, _FILE_MODE)


def aside_of(path: Path) -> Path:
    """Return the name under which a file is written before it takes its place."""
    return path.with_name(path.name + _ASIDE)


def place_data(aside: Aside, word: str, *, is_ours: bool) -> Placed:
    """Put a file for programs in its place; a file of others that stands there gets another name.

    Args:
        word: Goes into the name of what is kept.
        is_ours: The file that stands there, if any, is the program's.

    Raises:
        UsageError: Another program holds the place.
    """
    path, notes = aside.path, []
    try:
        if path.exists() and not is_ours:
            notes.append(kept_note(path, keep_old(path, word)))
        aside.aside.replace(path)
    except OSError as error:
        raise held(path) from error
    return Placed(path, path, aside.digest, tuple(notes))


def place_sheet(aside: Aside, word: str, *, is_ours: bool, reason: str = "") -> Placed:
    """Put a sheet in its place, or beside the old one while another program holds that.

    Args:
        word, is_ours: As for `place_data`.
        reason: Why an old sheet of ours is kept all the same, in words for the user; '' if it is not.

    Raises:
        UsageError: Nothing can be put into the folder.
    """
    path, notes = aside.path, []
    try:
        if path.exists() and not is_ours:
            notes.append(kept_note(path, keep_old(path, word)))
        elif path.exists() and reason:
            notes.append(f"原来的 {path.name} {reason}，改名为 {keep_old(path, word).name}。")
        aside.aside.replace(path)
        return Placed(path, path, aside.digest, tuple(notes))
    except OSError:
        other = free_name(path)
    try:
        aside.aside.replace(other)
    except OSError as error:
        raise held(other) from error
    return Placed(path, other, aside.digest, (_locked_note(path, other, is_ours),))


def repair(out: Path) -> tuple[Path, ...]:
    """Remove what a run that was cut off left aside; everything else stays.

    Returns:
        The files that were removed.
    """
    removed = []
    for place in _PLACES:
        pattern = f"{place}/*{_ASIDE}" if place else f"*{_ASIDE}"
        for path in sorted(out.glob(pattern)):
            if path.is_file() and not path.is_symlink():
                with suppress(OSError):
                    path.unlink()
                    removed.append(path)
    return tuple(removed)


def prepare_folder(out: Path) -> None:
    """Make the folder for the outputs and try that files can be made in it.

    Raises:
        UsageError: It is a file, cannot be made, or cannot be written to.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"输出位置 {out} 是一个文件，不是文件夹。", "请用 --out 另外指定一个文件夹。")
    probe = aside_of(out / "probe")
    try:
        out.mkdir(_FOLDER_MODE, parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise _unwritable(out, error) from error


def is_locked(path: Path) -> bool:
    """Return whether another program, such as Excel on Windows, keeps a file from being written."""
    if not path.exists():
        return False
    try:
        with path.open("ab"):
            return False
    except OSError:
        return True


def free_name(path: Path, word: str = "") -> Path:
    """Return the next name that nothing has: gaps-2.csv, or with a word gaps-WORD-1.csv."""
    return next(name for name in _names(path, word) if not name.exists())


def keep_old(path: Path, word: str) -> Path:
    """Give a file a name under which no run will replace it, and return that.

    Raises:
        OSError: Another program holds the file.
    """
    kept = free_name(path, word)
    path.replace(kept)
    return kept


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex; '' if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def held(path: Path) -> UsageError:
    """Return the error for a file that another program holds."""
    return UsageError(f"{path} 正被别的程序打开，无法更新。", "请关闭它以后重新运行。")


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(
        f"无法在 {folder} 里写文件（{error.strerror or error}）。",
        "请检查该文件夹的权限和磁盘空间，或用 --out 另外指定一个文件夹。",
    )


def kept_note(path: Path, kept: Path) -> str:
    """Return what the user is told of a file that was not ours."""
    return f"原来的 {path.name} 不是本程序写的，或已经读不懂，没有覆盖，改名为 {kept.name}。"


def _locked_note(path: Path, other: Path, is_ours: bool) -> str:
    lost = "" if is_ours else "原文件这次没有读到，里面如有手写的内容，仍在那里。"
    return f"{path.name} 正被别的程序打开，新的一份写成了 {other.name}。{lost}请关闭以后重新运行一次，两份会合成一份。"


def _names(path: Path, word: str) -> Iterator[Path]:
    middle, first = (f"-{word}", 1) if word else ("", 2)
    for number in count(first):
        yield path.with_name(f"{path.stem}{middle}-{number}{path.suffix}")
