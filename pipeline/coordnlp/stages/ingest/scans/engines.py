"""The engine that recognises words: RapidOCR where it is installed, else tesseract, else none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from coordnlp.stages.ingest.office_programs import find_tesseract
from coordnlp.stages.ingest.scans.strips import Picture, Strip


@dataclass(frozen=True, slots=True)
class Engine:
    """What reads a picture of lines that stand upright; `read` gives its strips in any order."""

    name: str
    read: Callable[[Picture], list[Strip]]


@cache
def find_engine() -> Engine | None:
    """Return the engine of this machine; its models are loaded when it reads the first picture."""
    if _loads_rapid():
        from coordnlp.stages.ingest.scans.rapid import RapidReader

        return Engine("RapidOCR", RapidReader().read)
    program = find_tesseract()
    if program:
        from coordnlp.stages.ingest.scans.tesseract import TesseractReader

        return Engine("tesseract", TesseractReader(program).read)
    return None


def may_find_engine() -> bool:
    """Tell whether there is an engine, without loading one; RapidOCR may still fail to load."""
    return find_spec("rapidocr") is not None or find_tesseract() is not None


def _loads_rapid() -> bool:
    """Tell whether the extra `ocr` is installed and works: on Windows its libraries may lack one of the system's."""
    try:
        for name in ("rapidocr", "onnxruntime"):
            import_module(name)
    except (ImportError, OSError):
        return False
    return True
