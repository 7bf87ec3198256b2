"""`judgements.jsonl` beside the papers of a dossier: one line a decision, added at the end and never rewritten."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from coordnlp.errors import UsageError
from coordnlp.records import Judgement

FILE_NAME = "judgements.jsonl"


def load_judgements(dossier: Path) -> tuple[list[Judgement], tuple[str, ...]]:
    """Read the judgements of a dossier folder, oldest first.

    Returns:
        The judgements, and notes in Chinese on lines that cannot be read; those stay in the file.

    Raises:
        UsageError: The file is there and cannot be opened; without it rows would be asked again.
    """
    path = dossier / FILE_NAME
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return [], ()
    except OSError as error:
        raise UsageError(
            f"{path} 读不出来（{error.strerror or error}），里面是以前的复核意见。",
            "请检查权限，或关闭正打开它的程序。",
        ) from error
    read = [(number, _parse(line)) for number, line in enumerate(lines, start=1) if line.strip()]
    broken = "、".join(str(number) for number, one in read if one is None)
    notes = (f"{FILE_NAME} 第 {broken} 行读不懂，没有用上，仍留在文件里。",) if broken else ()
    return [one for _, one in read if one is not None], notes


def append_judgements(dossier: Path, judgements: Sequence[Judgement]) -> None:
    """Add lines at the end of the file, all of them or none.

    Raises:
        OSError: The file cannot be written; it is as it was.
    """
    if not judgements:
        return
    data = b"".join(_adapter().dump_json(one) + b"\n" for one in judgements)
    # One write at the end of the file: two runs at a time cannot lose each other's lines.
    with open(dossier / FILE_NAME, "ab", buffering=0, opener=_open_private) as stream:
        size = stream.seek(0, os.SEEK_END)
        try:
            _write(stream.fileno(), data if _ends_well(dossier / FILE_NAME, size) else b"\n" + data)
        except OSError:
            stream.truncate(size)
            raise


def _open_private(path: str, flags: int) -> int:
    """Open a file, one that is made for its owner alone: it quotes the papers."""
    return os.open(path, flags, 0o600)


def _write(handle: int, data: bytes) -> None:
    if os.write(handle, data) != len(data):
        raise OSError("disk full")
    os.fsync(handle)


def _ends_well(path: Path, size: int) -> bool:
    """Return whether the last line has its end; a run that was cut off, or an editor, may have left it without."""
    if not size:
        return True
    with path.open("rb") as stream:
        stream.seek(size - 1)
        return stream.read(1) == b"\n"


def _parse(line: bytes) -> Judgement | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _adapter().validate_json(line.decode(encoding))
        except (UnicodeDecodeError, ValidationError):
            continue
    return None


@cache
def _adapter() -> TypeAdapter[Judgement]:
    return TypeAdapter(Judgement)
