"""Recognise the words on pictures of pages: scans, photographs, faxes."""

from coordnlp.stages.ingest.scans.engines import Engine, find_engine, may_find_engine
from coordnlp.stages.ingest.scans.files import (
    NO_ENGINE,
    Recognised,
    UnusablePictureError,
    name_pages,
    recognise_pages,
)
from coordnlp.stages.ingest.scans.sizes import DOTS, scale_for
from coordnlp.stages.ingest.scans.strips import Picture, Strip

__all__ = [
    "DOTS",
    "NO_ENGINE",
    "Engine",
    "Picture",
    "Recognised",
    "Strip",
    "UnusablePictureError",
    "find_engine",
    "may_find_engine",
    "name_pages",
    "recognise_pages",
    "scale_for",
]
