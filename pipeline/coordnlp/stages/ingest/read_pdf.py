"""Read a PDF by its text layer; pages that are pictures are recognised, or told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from coordnlp.settings import load_settings
from coordnlp.stages.ingest.page_drafts import FEWEST_LETTERS, PICTURE_SHARE, draft_pages
from coordnlp.stages.ingest.pdf_lines import Page, read_page
from coordnlp.stages.ingest.readings import LOCKED, LONGEST, TOO_LONG, Reading, UnreadableError
from coordnlp.stages.ingest.scans import DOTS, Picture, Recognised, find_engine, recognise_pages, scale_for

_MOST_PAGES = 5000


def read_pdf(content: bytes, *, on_scans: Callable[[], None] = lambda: None) -> Reading:
    """Read a PDF page by page, lines rejoined into paragraphs, running heads and page numbers dropped.

    Pages without a text layer are recognised where an engine is installed.

    Args:
        on_scans: Called when all that is text has been read, and there are pages to recognise.

    Raises:
        UnreadableError: `encrypted`, `damaged`, `too_large` or `no_text`.
    """
    document = _open(content)
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableError("too_large", f"文件超过{_MOST_PAGES}页，请拆分后再放入。")
        pages: dict[int, Page] = {}
        pictures: dict[int, Callable[[], Picture]] = {}
        letters = 0
        for index in range(len(document)):
            page, is_scan = _read_page(document, index, LONGEST - letters)
            letters += sum(len(line.words) for line in page.lines)
            if is_scan:
                pictures[index + 1] = partial(_draw, document, index)
            pages[index + 1] = page
        done = Recognised()
        if pictures:
            on_scans()
            done = recognise_pages(pictures, find_engine(), load_settings().scans)
    finally:
        document.close()
    # Of a scan that was not recognised the letters, an app's watermark, say nothing by themselves.
    if len(done.unread_pages) == len(pages):
        pages = {}
    return draft_pages(list((pages | done.pages).values()), done)


def _open(content: bytes) -> Any:
    import pypdfium2
    import pypdfium2.raw

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise UnreadableError("encrypted", LOCKED) from error
        raise UnreadableError("damaged", "文件已损坏或不完整，打不开，请重新取得原件。") from error


def _read_page(document: Any, index: int, left: int) -> tuple[Page, bool]:
    """Return a page and whether it looks like a scan.

    Args:
        left: Characters that it may have.

    Raises:
        UnreadableError: `too_large`.
    """
    source = document[index]
    try:
        textpage = source.get_textpage()
        try:
            if textpage.count_chars() > left:
                raise UnreadableError("too_large", TOO_LONG)
            page = read_page(textpage, index + 1, source.get_rotation(), source.get_size())
        finally:
            textpage.close()
        letters = sum(len(line.words) for line in page.lines)
        return page, letters < FEWEST_LETTERS and _has_picture(source, page.width * page.height)
    finally:
        source.close()


def _has_picture(page: Any, area: float) -> bool:
    import pypdfium2.raw as pdfium

    covered = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > PICTURE_SHARE * area


def _draw(document: Any, index: int) -> Picture:
    """Return a page as a picture, at the size for reading."""
    page = document[index]
    try:
        width, height = page.get_size()
        bitmap = page.render(scale=scale_for(width, height, DOTS), rev_byteorder=True)
        return cast(Picture, bitmap.to_numpy()[:, :, :3].copy())
    finally:
        page.close()
