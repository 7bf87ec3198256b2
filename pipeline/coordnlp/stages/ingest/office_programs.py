"""The programs of this machine that read what no reader of ours does: found by name or where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_SOFFICE = ("soffice.com", "soffice", "libreoffice") if os.name == "nt" else ("soffice", "libreoffice")
# Installers put no program of theirs on the PATH of Windows and macOS.
_PLACES = (
    r"%ProgramFiles%\LibreOffice\program\soffice.com",
    r"%ProgramFiles(x86)%\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)
_TESSERACT_PLACES = (r"%ProgramFiles%\Tesseract-OCR\tesseract.exe",)
_LONGEST_WAIT = 10  # seconds to name its languages


def find_soffice() -> str:
    """Return the path of LibreOffice, '' where it is not installed."""
    found = next(filter(None, map(shutil.which, _SOFFICE)), "")
    places = (os.path.expandvars(place) for place in _PLACES)
    return found or next((place for place in places if Path(place).is_file()), "")


def find_antiword() -> str:
    """Return the path of antiword, '' where it is not installed."""
    return shutil.which("antiword") or ""


def find_tesseract() -> str:
    """Return the path of tesseract, '' where it or its data for simplified Chinese is not installed."""
    places = (os.path.expandvars(place) for place in _TESSERACT_PLACES)
    program = shutil.which("tesseract") or next((place for place in places if Path(place).is_file()), "")
    return program if program and _knows_chinese(program) else ""


def _knows_chinese(program: str) -> bool:
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_LONGEST_WAIT, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"chi_sim" in done.stdout.split()
