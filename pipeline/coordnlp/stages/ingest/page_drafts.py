"""Put the pages of a PDF or OFD into a draft; scanned pages are told, not guessed at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.pdf_lines import Page
from coordnlp.stages.ingest.pdf_paragraphs import drop_running_lines, rebuild_paragraphs
from coordnlp.stages.ingest.readings import Draft, Reading, UnreadableError

FEWEST_LETTERS = 30
"""A page with a picture and less than this is a scan, perhaps with an app's watermark."""
PICTURE_SHARE = 0.4
"""Of the page that a scan covers at least."""
_GARBLED = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_MOST_GARBLED = 0.3
_SCANNED = "像是扫描件，没有文字层，本版还不能识别图中的文字，请放入带文字的原件，或把文字录入后再放入。"


def draft_pages(pages: Sequence[Page], scanned: Sequence[int], notes: Sequence[str] = ()) -> Reading:
    """Return the pages with their lines rejoined into paragraphs, without running heads and page numbers.

    Args:
        scanned: Numbers, from 1, of the pages that are pictures.

    Raises:
        UnreadableError: `no_text`.
    """
    words = "".join(line.words for page in pages for line in page.lines)
    if not words.strip() or len(scanned) == len(pages):
        raise UnreadableError("no_text", _SCANNED)
    if len(_GARBLED.findall(words)) > _MOST_GARBLED * len(words):
        raise UnreadableError("no_text", "文字层是乱码（字体没有编码），请放入原始的 .docx 或 .txt。")
    kept, running = drop_running_lines(pages)
    draft = Draft()
    for paragraph in rebuild_paragraphs(kept):
        if draft.length:
            draft.add("\n")
        text = clean_text(paragraph.words)
        start = draft.add(text)
        for offset, page in paragraph.pages:
            draft.mark(start + offset, f"第{page}页")
        draft.set_block(start, text, "heading" if paragraph.heading else "paragraph")
    return draft.finish([*notes, *_notes(scanned, running)])


def _notes(scanned: Sequence[int], running: Sequence[str]) -> list[str]:
    notes = []
    if scanned:
        places = "、".join(str(page) for page in scanned)
        notes.append(f"第{places}页像是扫描的图片，没有文字层，没有读取。")
    if running:
        notes.append(f"已略去每页重复的页眉页脚：{'；'.join(running[:5])}。")
    return notes
