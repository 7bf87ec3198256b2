"""Files that operating systems and Word leave beside documents."""

from __future__ import annotations

_IGNORED = frozenset({"desktop.ini", "thumbs.db", "ehthumbs.db", ".ds_store"})
_IGNORED_FOLDERS = frozenset({"__macosx"})
TEMPORARY = "这是 Word 或 WPS 打开文件时留下的临时文件，可以删除。"
"""What to tell of a temporary file."""


def is_system_file(name: str) -> bool:
    """Tell whether a file of this name belongs to the system, as hidden ones do; Office's lock files do not."""
    return name.lower() in _IGNORED or (name.startswith(".") and not name.startswith(".~lock"))


def is_system_folder(name: str) -> bool:
    """Tell whether a folder of this name belongs to the system, as hidden ones do."""
    return name.startswith(".") or name.lower() in _IGNORED_FOLDERS


def is_temporary(name: str) -> bool:
    """Tell whether Word, WPS or LibreOffice left a file of this name while a document was open."""
    return name.startswith(("~$", ".~lock", "~WRL"))
