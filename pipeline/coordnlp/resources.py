"""Folders that lie in the wheel beside the code, and in a checkout at its root."""

from __future__ import annotations

import os
from pathlib import Path

from coordnlp.errors import TableError

_PACKAGE = Path(__file__).parent


def example_folder() -> Path:
    """Return the invented dossier that the first run works on.

    Raises:
        TableError: It is not there.
    """
    return _find("_example", "corpus/example", "示例卷宗")


def models_folder() -> Path:
    """Return the folder of the trained models.

    Raises:
        TableError: It is not there.
    """
    return _find("_models", "models/default", "模型文件夹")


def cache_folder() -> Path | None:
    """Return this user's folder for what can be computed again, made if need be; None where it cannot be written."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "coordnlp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _find(packaged: str, checkout: str, name: str) -> Path:
    # An editable install does not see what the wheel force-includes.
    for folder in (_PACKAGE / packaged, _PACKAGE.parent.parent / checkout):
        if folder.is_dir():
            return folder
    raise TableError(f"缺少{name}（{packaged}）。", "请重新安装 coordnlp。")
