from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Rows = list[dict[str, str]]


@pytest.fixture
def read_csv() -> Callable[[Path], Rows]:
    """Read a sheet as a program in the office would; it must have the BOM."""

    def read(path: Path) -> Rows:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    return read


@pytest.fixture
def save_csv() -> Callable[..., None]:
    """Save a sheet as a reviewer's program does: with these columns, in this encoding."""

    def save(path: Path, rows: Rows, columns: list[str] | None = None, encoding: str = "utf-8-sig") -> None:
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, columns or list(rows[0]), extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)

    return save


@pytest.fixture
def read_jsonl() -> Callable[[Path], list[dict[str, object]]]:
    def read(path: Path) -> list[dict[str, object]]:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    return read


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Hold files as Excel does on Windows: they can be read, not written, replaced, renamed or removed."""
    real_open, real_replace, real_unlink = Path.open, os.replace, os.unlink

    def hold(*names: str, reading: bool = False) -> None:
        def denied(path: object) -> bool:
            return Path(str(path)).name in names

        def open_(self: Path, mode: str = "r", *args: object, **options: object) -> object:
            if denied(self) and (reading or (mode != "r" and mode != "rb")):
                raise PermissionError(13, "Permission denied", str(self))
            return real_open(self, mode, *args, **options)  # type: ignore[call-overload]

        def replace(source: object, target: object) -> None:
            if denied(source) or denied(target):
                raise PermissionError(13, "Permission denied", str(target))
            real_replace(source, target)  # type: ignore[call-overload]

        def unlink(path: object, **options: object) -> None:
            if denied(path):
                raise PermissionError(13, "Permission denied", str(path))
            real_unlink(path, **options)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", open_)
        monkeypatch.setattr(os, "replace", replace)
        monkeypatch.setattr(os, "unlink", unlink)

    return hold
