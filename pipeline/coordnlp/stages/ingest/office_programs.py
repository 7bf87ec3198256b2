"""The programs of this machine that read what no reader of ours does: found by name or where they are installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_SOFFICE = ("soffice.com", "soffice", "libreoffice") if os.name == "nt" else ("soffice", "libreoffice")
# Installers put no program of theirs on the PATH of Windows and macOS.
_PLACES = (
    r"%ProgramFiles%\LibreOffice\program\soffice.com",
    r"%ProgramFiles(x86)%\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)


def find_soffice() -> str:
    """Return the path of LibreOffice, '' where it is not installed."""
    found = next(filter(None, map(shutil.which, _SOFFICE)), "")
    places = (os.path.expandvars(place) for place in _PLACES)
    return found or next((place for place in places if Path(place).is_file()), "")


def find_antiword() -> str:
    """Return the path of antiword, '' where it is not installed."""
    return shutil.which("antiword") or ""
