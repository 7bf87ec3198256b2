"""Turn the HTML of a mail into lines of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import lxml.etree
import lxml.html

_BREAKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "br",
            "caption",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
        ),
        *(
            "fieldset",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
        ),
        *("ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    }
)
_DROPPED = frozenset({"script", "style", "head", "title", "noscript", "template", "object", "svg", "select"})
_QUOTES = re.compile(r"gmail_quote|yahoo_quoted|OutlookMessageHeader|divRplyFwdMsg|isReplyContent|moz-cite|origbody")
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


@dataclass(slots=True)
class _Page:
    """Lines that are closed, the words of the open one, and how many quotes it stands in."""

    lines: list[tuple[str, bool]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    quoted: int = 0

    def close_line(self, keep_blank: bool) -> None:
        """End the open line; a blank one is kept, if at all, after a line with words."""
        line = "".join(self.parts).strip(" ")
        self.parts.clear()
        if line or (keep_blank and self.lines and self.lines[-1][0]):
            self.lines.append((line, self.quoted > 0))

    def write(self, words: str | None) -> None:
        """Add words to the open line, runs of white space as one space."""
        words = _SPACE.sub(" ", words or "")
        if not self.parts or self.parts[-1].endswith((" ", "\t")):
            words = words.lstrip(" ")
        if words:
            self.parts.append(words)


def _collect(root: lxml.html.HtmlElement) -> list[tuple[str, bool]]:
    page = _Page()
    walk = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BREAKS:
                page.close_line(tag == "br")
            page.quoted += _opens_quote(element, tag)
            row = _data_row(element) if tag == "tr" else ""
            if row or tag in _DROPPED:
                walk.skip_subtree()
            if row:
                page.parts.append(row)
            elif tag not in _DROPPED:
                page.write(element.text)
        else:
            if tag in _BREAKS and tag != "br":
                page.close_line(tag == "p")
            page.quoted -= _opens_quote(element, tag)
            if element is not root:
                page.write(element.tail)
    page.close_line(False)
    return page.lines


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
