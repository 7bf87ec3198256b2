"""Put the pages of a PDF, OFD or picture into a draft; what was recognised, and what was not read, is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.pdf_lines import Page
from coordnlp.stages.ingest.pdf_paragraphs import drop_running_lines, rebuild_paragraphs
from coordnlp.stages.ingest.readings import Draft, Reading, UnreadableError
from coordnlp.stages.ingest.scans import Recognised, name_pages

FEWEST_LETTERS = 30
"""A page with a picture and less than this is a scan, perhaps with an app's watermark."""
PICTURE_SHARE = 0.4
"""Of the page that a scan covers at least."""
_GARBLED = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_MOST_GARBLED = 0.3
_SCANNED = "像是扫描件，没有文字层，没有读取：{why}；也可以放入带文字的原件，或把文字录入后再放入。"
_NO_OFD = "本版不识别 .ofd 里的图片，请转成 .pdf 后再放入"


def draft_pages(pages: Sequence[Page], scans: Recognised, notes: Sequence[str] = ()) -> Reading:
    """Return the pages with their lines rejoined into paragraphs, without running heads and page numbers.

    Args:
        pages: Those with a text layer, and those that were recognised.
        scans: What came of the pages that are pictures.

    Raises:
        UnreadableError: `no_text`.
    """
    words = "".join(line.words for page in pages for line in page.lines)
    if not words.strip():
        raise UnreadableError("no_text", _SCANNED.format(why="；".join(scans.unread) or "没有认出文字"))
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
            draft.mark(start + offset, _label(page))
        draft.set_block(start, text, "heading" if paragraph.heading else "paragraph")
    reading = draft.finish([*notes, *scans.notes, *_notes(scans, running)])
    return replace(reading, scanned=tuple(map(_label, scans.pages)), unread=tuple(map(_label, scans.unread_pages)))


def unread_scans(numbers: Sequence[int]) -> Recognised:
    """Return what is said of pictures in a format whose pictures are not looked at."""
    return Recognised(unread={_NO_OFD: list(numbers)} if numbers else {})


def _label(page: int) -> str:
    return f"第{page}页"


def _notes(scans: Recognised, running: Sequence[str]) -> list[str]:
    notes = [
        f"{name_pages(numbers)}像是扫描的图片，没有文字层，没有读取：{why}。" for why, numbers in scans.unread.items()
    ]
    if running:
        notes.append(f"已略去每页重复的页眉页脚：{'；'.join(running[:5])}。")
    return notes
