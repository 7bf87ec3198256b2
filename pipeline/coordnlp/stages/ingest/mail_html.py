"""Turn the HTML of a mail into lines of text."""

from __future__ import annotations

import re

import lxml.etree
import lxml.html

_BREAKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody tfoot thead tr ul".split()
)
_DROPPED = frozenset("script style head title noscript template object svg select".split())
_QUOTES = re.compile(
    r"gmail_quote|yahoo_quoted|OutlookMessageHeader|divRplyFwdMsg|isReplyContent|moz-cite|origbody"
)
_LONGEST_CELL = 100  # characters; a row with more in a cell lays out the page
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(text: str) -> list[tuple[str, bool]]:
    """Return the lines of an HTML text, each with whether it stands in a quoted mail.

    Block elements break lines, cells of a table row are parted by tabs, scripts and styles are dropped.
    """
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    body = _XML_HEAD.sub("", text)
    if not body.strip():
        return []
    root = lxml.html.document_fromstring(body, parser=parser)
    return _collect(root)


def _collect(root: lxml.html.HtmlElement) -> list[tuple[str, bool]]:
    lines: list[tuple[str, bool]] = []
    parts: list[str] = []
    quoted = dropped = 0

    def close_line(keep_blank: bool) -> None:
        line = "".join(parts).strip(" ")
        parts.clear()
        if line or (keep_blank and lines and lines[-1][0]):
            lines.append((line, quoted > 0))

    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        row = "" if dropped or tag != "tr" else _data_row(element)
        if event == "start":
            if tag in _BREAKS:
                close_line(tag == "br")
            quoted += _opens_quote(element, tag)
            if row and not dropped:
                parts.append(row)
            dropped += tag in _DROPPED or bool(row)
            _add_words(parts, element.text, dropped)
        else:
            row = _data_row(element) if tag == "tr" and dropped == 1 else ""
            if tag in _BREAKS and tag != "br":
                close_line(tag == "p")
            quoted -= _opens_quote(element, tag)
            dropped -= tag in _DROPPED or bool(row)
            if element is not root:
                _add_words(parts, element.tail, dropped)
    close_line(False)
    return lines


def _data_row(row: lxml.html.HtmlElement) -> str:
    """Return the cells of a table row parted by tabs; '' for a row that only lays out the page."""
    cells = [child for child in row if child.tag in {"td", "th"}]
    words = [" ".join(cell.text_content().split()) for cell in cells]
    if len(words) < 2 or max(map(len, words)) > _LONGEST_CELL or not any(words):
        return ""
    return "\t".join(words)


def _opens_quote(element: lxml.html.HtmlElement, tag: str) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('name') or ''}"
    return (tag == "blockquote" and "indent" not in marks) or _QUOTES.search(marks) is not None


def _add_words(parts: list[str], words: str | None, dropped: int) -> None:
    if words and not dropped:
        words = _SPACE.sub(" ", words)
        if not parts or parts[-1].endswith((" ", "\t")):
            words = words.lstrip(" ")
        if words:
            parts.append(words)
