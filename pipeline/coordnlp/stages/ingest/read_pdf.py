"""Read a PDF with a text layer; scanned pages are told, not guessed at."""

from __future__ import annotations

import re
from typing import Any

from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.pdf_lines import Page, read_page
from coordnlp.stages.ingest.pdf_paragraphs import drop_running_lines, rebuild_paragraphs
from coordnlp.stages.ingest.readings import Draft, Reading, UnreadableError

_FEWEST_LETTERS = 30  # a page with a picture and less than this is a scan, perhaps with an app's watermark
_PICTURE_SHARE = 0.4  # of the page that a scan covers at least
_GARBLED = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_MOST_GARBLED = 0.3
_SCANNED = "像是扫描件，没有文字层，本版还不能识别图中的文字，请放入带文字的原件，或把文字录入后再放入。"


def read_pdf(content: bytes) -> Reading:
    """Read a PDF page by page, lines rejoined into paragraphs, running heads and page numbers dropped.

    Raises:
        UnreadableError: `encrypted`, `damaged` or `no_text`.
    """
    document = _open(content)
    try:
        pages, scanned = [], []
        for index in range(len(document)):
            page, is_scan = _read_page(document, index)
            pages.append(page)
            if is_scan:
                scanned.append(index + 1)
    finally:
        document.close()
    words = "".join(line.words for page in pages for line in page.lines)
    if not words.strip() or len(scanned) == len(pages):
        raise UnreadableError("no_text", _SCANNED)
    if len(_GARBLED.findall(words)) > _MOST_GARBLED * len(words):
        raise UnreadableError("no_text", "文字层是乱码（字体没有编码），请放入原始的 .docx 或 .txt。")
    pages, running = drop_running_lines(pages)
    return _draft(pages, _notes(scanned, running))


def _open(content: bytes) -> Any:
    import pypdfium2
    import pypdfium2.raw

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise UnreadableError("encrypted", "文件有密码保护，请去掉密码另存后再放入。") from error
        raise UnreadableError("damaged", "文件已损坏或不完整，打不开，请重新取得原件。") from error


def _read_page(document: Any, index: int) -> tuple[Page, bool]:
    """Return a page and whether it looks like a scan."""
    source = document[index]
    try:
        textpage = source.get_textpage()
        try:
            page = read_page(textpage, index + 1, source.get_rotation(), source.get_size())
        finally:
            textpage.close()
        letters = sum(len(line.words) for line in page.lines)
        return page, letters < _FEWEST_LETTERS and _has_picture(source, page.width * page.height)
    finally:
        source.close()


def _has_picture(page: Any, area: float) -> bool:
    import pypdfium2.raw as pdfium

    covered = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > _PICTURE_SHARE * area


def _draft(pages: list[Page], notes: list[str]) -> Reading:
    draft = Draft()
    for paragraph in rebuild_paragraphs(pages):
        if draft.length:
            draft.add("\n")
        words = clean_text(paragraph.words)
        start = draft.add(words)
        for offset, page in paragraph.pages:
            draft.mark(start + offset, f"第{page}页")
        draft.set_block(start, words, "heading" if paragraph.heading else "paragraph")
    return draft.finish(notes)


def _notes(scanned: list[int], running: list[str]) -> list[str]:
    notes = []
    if scanned:
        places = "、".join(str(page) for page in scanned)
        notes.append(f"第{places}页像是扫描的图片，没有文字层，没有读取。")
    if running:
        notes.append(f"已略去每页重复的页眉页脚：{'；'.join(running[:5])}。")
    return notes
