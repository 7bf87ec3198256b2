"""Write fitted tables as TOML that people can read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coordnlp.tables import Table

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_table(file: Path, table: Table, head: str) -> None:
    """Write a table into a file, its groups as sections, below a comment.

    Args:
        head: What the table is, in lines without `#`.
    """
    lines = [f"# {line.strip()}" for line in head.strip().splitlines()]
    lines += ["# Written by coordnlp train: changes by hand are lost.", *_lines(table.model_dump(), ())]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _lines(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the plain values of a group, then each group inside it under its own head."""
    inner = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    if path and len(inner) < len(values):
        yield ""
        yield f"[{'.'.join(map(_key, path))}]"
    yield from (f"{_key(key)} = {_value(value)}" for key, value in values.items() if key not in inner)
    for key, value in inner.items():
        yield from _lines(value, (*path, key))


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _value(value: str | float) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f"{value:.2f}"
