"""Turn the HTML of a mail into lines of text."""

from __future__ import annotations

from coordnlp.stages.ingest.html_pages import Element, parse_page, read_lines
from coordnlp.stages.ingest.mail_zones import MailLine

_LONGEST_CELL = 100  # characters; a row with more in a cell lays out the page


def read_html(text: str) -> list[MailLine]:
    """Return the lines of the HTML of a mail.

    Block elements break lines, cells of a table row are parted by tabs, scripts and styles are dropped.
    """
    root, _ = parse_page(text)
    return [
        MailLine("\t".join(_cells(line.row)) if line.row is not None else line.words, line.quoted, line.depth)
        for line in ([] if root is None else read_lines(root, _is_data_row))
    ]


def _is_data_row(row: Element) -> bool:
    words = _cells(row)
    return len(words) > 1 and any(words) and max(map(len, words)) <= _LONGEST_CELL


def _cells(row: Element) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row if cell.tag in {"td", "th"}]
