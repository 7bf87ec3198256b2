"""Read a PDF with a text layer; scanned pages are told, not guessed at."""

from __future__ import annotations

from typing import Any

from coordnlp.stages.ingest.page_drafts import FEWEST_LETTERS, PICTURE_SHARE, draft_pages
from coordnlp.stages.ingest.pdf_lines import Page, read_page
from coordnlp.stages.ingest.readings import LOCKED, LONGEST, TOO_LONG, Reading, UnreadableError

_MOST_PAGES = 5000


def read_pdf(content: bytes) -> Reading:
    """Read a PDF page by page, lines rejoined into paragraphs, running heads and page numbers dropped.

    Raises:
        UnreadableError: `encrypted`, `damaged`, `too_large` or `no_text`.
    """
    document = _open(content)
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableError("too_large", f"文件超过{_MOST_PAGES}页，请拆分后再放入。")
        pages, scanned, letters = [], list[int](), 0
        for index in range(len(document)):
            page, is_scan = _read_page(document, index, LONGEST - letters)
            letters += sum(len(line.words) for line in page.lines)
            pages.append(page)
            if is_scan:
                scanned.append(index + 1)
    finally:
        document.close()
    return draft_pages(pages, scanned)


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
