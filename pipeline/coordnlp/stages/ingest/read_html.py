"""Read a saved web page: exports of office systems and chats, documents saved as 网页 from Word, .mht archives."""

from __future__ import annotations

import email
import email.message
import email.policy

from coordnlp.stages.ingest.clean_text import clean_text
from coordnlp.stages.ingest.encodings import decode_text, find_page_label
from coordnlp.stages.ingest.html_pages import Element, PageLine, parse_page, read_lines
from coordnlp.stages.ingest.html_tables import find_data_tables, list_rows, read_table
from coordnlp.stages.ingest.read_text import LARGEST_TEXT
from coordnlp.stages.ingest.readings import Draft, Reading, UnreadableError
from coordnlp.stages.ingest.table_rows import Bounds, add_row, spread_merges

_ADVICE = "请用浏览器打开，另存为 .pdf 或复制到 .docx 后再放入。"


def read_html(content: bytes, label: str = "") -> Reading:
    """Read a page: its headings, paragraphs, list items and tables; navigation and footers stay in.

    Args:
        label: Charset that stands around the page, in the header of a .mht; else the page's own is looked for.

    Raises:
        UnreadableError: `too_large`, `binary` or `no_text`.
    """
    if len(content) > LARGEST_TEXT:
        raise UnreadableError("too_large", "文件超过20MB，请拆分后再放入。")
    text, _, notes = decode_text(content, label or find_page_label(content))
    root, whole = parse_page(clean_text(text))
    tables = {} if root is None else {row: table for table in find_data_tables(root) for row in list_rows(table)}
    lines = [] if root is None else read_lines(root, tables.__contains__)
    draft = Draft()
    more = _add_lines(draft, lines, tables)
    if not draft.blocks:
        raise UnreadableError("no_text", f"网页里没有文字，可能只有图片或框架，{_ADVICE}")
    return draft.finish([*notes, *more, *([] if whole else [f"网页的标签嵌套太深，后面的内容没有读全，{_ADVICE}"])])


def read_mht(content: bytes) -> Reading:
    """Read a web archive (.mht): the first HTML part of a MIME message.

    Raises:
        UnreadableError: `damaged`, when there is none; else as `read_html`.
    """
    message = email.message_from_bytes(content.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)
    for part in message.walk():
        page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(page, bytes) and page.strip():
            return read_html(page, str(part.get_content_charset() or ""))
    raise UnreadableError("damaged", f"网页存档不完整，{_ADVICE}")


def _add_lines(draft: Draft, lines: list[PageLine], tables: dict[Element, Element]) -> list[str]:
    """Add the lines in order, a data table where its first row stands; return notes on what was cut."""
    notes: list[str] = []
    paragraphs, numbers = 0, dict[Element, int]()
    for line in lines:
        if line.row is not None:
            table = tables[line.row]
            if table not in numbers:
                numbers[table] = len(numbers) + 1
                notes.extend(_add_table(draft, numbers[table], table))
        elif line.words:
            paragraphs += 1
            if draft.length:
                draft.add("\n")
            draft.mark(draft.length, f"第{paragraphs}段")
            draft.add_block(line.words, "heading" if line.heading else "paragraph")
    return notes


def _add_table(draft: Draft, number: int, table: Element) -> list[str]:
    bounds = Bounds()
    rows, merges = read_table(table)
    rows = [(row, bounds.cut(cells)) for row, cells in rows]
    spread_merges(rows, merges)
    for row, cells in rows:
        if cells:
            add_row(draft, number, (row, cells), f"表{number}第{row}行")
    return bounds.notes(f"表{number}")
