"""Turn HTML into the lines that a person sees, for mails and for saved pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import lxml.etree
import lxml.html

from coordnlp.stages.ingest.numbering import format_number

Element = Any  # lxml has no types of its own
IsDataRow = Callable[[Element], bool]

_BREAKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr",
    "ul",
})  # fmt: skip
_DROPPED = frozenset({
    "script", "style", "head", "title", "noscript", "template", "object", "svg", "select", "button",
})  # fmt: skip
_KEPT = frozenset({"pre", "textarea"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_QUOTES = re.compile(r"gmail_quote|yahoo_quoted|isReplyContent|origbody")
_QUOTE_HEADS = re.compile(r"OutlookMessageHeader|divRplyFwdMsg|moz-cite")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")
# A line end of the source between Chinese characters is no space (CSS Text 3, 4.1.3); Word breaks its lines there.
_WIDE = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_SOURCE_BREAK = re.compile(rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_LIST_FORMATS = {
    **{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"},
    **{"lower-alpha": "lowerLetter", "upper-alpha": "upperLetter"},
    **{"lower-roman": "lowerRoman", "upper-roman": "upperRoman", "cjk-ideographic": "chineseCounting"},
    **{"simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "chineseCounting", "none": "none"},
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?([a-z]+-[a-z-]+|none)", re.I)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page; a data row of a table is one line with its cells, each an element `td` or `th`.

    `depth` counts the quotes of mails that it stands in; the head of one may be `quoted` without standing in it.
    """

    words: str
    heading: bool = False
    quoted: bool = False
    depth: int = 0
    row: Element = None


def parse_page(text: str) -> tuple[Element | None, bool]:
    """Return the root of an HTML text, None for a blank one, and whether it is whole.

    A page of more than some 2,000 elements within each other, as unclosed ones make it, breaks off there.
    """
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    body = _XML_HEAD.sub("", text)
    try:
        root = lxml.html.document_fromstring(body, parser=parser) if body.strip() else None
    except lxml.etree.ParserError:  # nothing in it but comments
        return None, True
    return root, not any("Excessive depth" in error.message for error in parser.error_log)


def read_lines(root: Element, is_data_row: IsDataRow) -> list[PageLine]:
    """Return the lines under an element. Block elements break lines; scripts, styles and what is hidden are dropped.

    Args:
        is_data_row: Tells of a `tr` whether it is a row of data; other rows only lay out the page.

    Returns:
        Lines in order; `br` and the ends of paragraphs may leave blank ones.
    """
    page = _Page()
    walk = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if _start(element, tag, page, is_data_row):
                walk.skip_subtree()
        else:
            _end(element, tag, page)
            if element is not root:
                page.write(element.tail)
    page.close_line(False)
    return page.lines


@dataclass(slots=True)
class _Page:
    """Lines that are closed, the words of the open one, and what it stands in."""

    lines: list[PageLine] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    label: str = ""  # number of a list item that has no words yet
    heading: int = 0
    quoted: int = 0  # depth within the heads of quotes
    depth: int = 0  # depth within quotes
    kept: int = 0  # depth within what keeps its line ends
    counts: dict[Element, int] = field(default_factory=dict)

    def close_line(self, keep_blank: bool) -> None:
        """End the open line; a blank one is kept, if at all, after a line with words."""
        line = _SOURCE_BREAK.sub("", "".join(self.parts)).replace("\n", " ").strip(" ")
        self.parts.clear()
        if line or (keep_blank and self.lines and (self.lines[-1].words or self.lines[-1].row is not None)):
            self.lines.append(PageLine(line, self.heading > 0, self.quoted + self.depth > 0, self.depth))

    def write(self, words: str | None) -> None:
        """Add words to the open line, runs of white space as one space; within `pre` its line ends hold."""
        if self.kept and words and "\n" in words:
            first, *others = words.split("\n")
            self._write_piece(first)
            for other in others:
                self.close_line(True)
                self._write_piece(other)
        elif words:
            self._write_piece(words)

    def _write_piece(self, words: str) -> None:
        words = _SPACE.sub(_as_blank, words)
        if not self.parts or self.parts[-1].endswith((" ", "\n")):
            words = words.lstrip(" \n")
        if words:
            self.parts.append(self.label + words)
            self.label = ""


def _as_blank(found: re.Match[str]) -> str:
    """Return a run of white space as one, a line end where it holds nothing that the page shows."""
    return "\n" if "\n" in found[0] and "\u00a0" not in found[0] else " "


def _start(element: Element, tag: str, page: _Page, is_data_row: IsDataRow) -> bool:
    """Open an element; True if what is in it is done with."""
    if tag in _BREAKS:
        page.close_line(tag == "br")
    page.quoted += _QUOTE_HEADS.search(_marks(element)) is not None
    page.depth += _opens_quote(element, tag)
    page.heading += _is_heading(element, tag)
    page.kept += tag in _KEPT
    if tag in _DROPPED or _is_hidden(element):
        page.write(_shown_choice(element) if tag == "select" else None)
        return True
    if tag == "tr" and is_data_row(element):
        page.lines.append(PageLine("", False, page.quoted + page.depth > 0, page.depth, element))
        return True
    if tag == "li":
        page.label = _item_label(element, page.counts)
    page.write(_shown_value(element) if tag == "input" else element.text)
    return False


def _end(element: Element, tag: str, page: _Page) -> None:
    if tag in _BREAKS and tag != "br":
        page.close_line(tag == "p")
    page.quoted -= _QUOTE_HEADS.search(_marks(element)) is not None
    page.depth -= _opens_quote(element, tag)
    page.heading -= _is_heading(element, tag)
    page.kept -= tag in _KEPT
    if tag == "li":
        page.label = ""


def _opens_quote(element: Element, tag: str) -> bool:
    marks = _marks(element)
    return (tag == "blockquote" and "indent" not in marks) or _QUOTES.search(marks) is not None


def _marks(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('name') or ''}"


def _is_heading(element: Element, tag: str) -> bool:
    return tag in _HEADINGS or (tag == "p" and element.get("class") == "MsoTitle")


def _is_hidden(element: Element) -> bool:
    if element.tag in {"html", "body"}:  # pages that a script uncovers
        return False
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _shown_value(field_: Element) -> str:
    """Return what stands in a field of a form; buttons and boxes to tick say nothing."""
    return (field_.get("value") or "") if (field_.get("type") or "text").lower() in {"text", "date", "number"} else ""


def _shown_choice(choice: Element) -> str:
    return "".join(option.text_content() for option in choice.iter("option") if option.get("selected") is not None)


def _item_label(item: Element, counts: dict[Element, int]) -> str:
    """Return the number of a list item as the page shows it; '' for bullets."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    before = counts.get(parent, _whole(parent.get("start"), 1) - 1)
    number = counts[parent] = _whole(item.get("value"), before + 1)
    styled = _LIST_STYLE.search(f"{parent.get('style') or ''};{item.get('style') or ''}")
    format_ = _LIST_FORMATS.get(styled[1].lower() if styled else parent.get("type") or "1", "decimal")
    if format_ == "none" or number < 1:
        return ""
    return (
        f"{format_number(number, format_)}、" if format_ == "chineseCounting" else f"{format_number(number, format_)}. "
    )


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.strip().isdecimal() else default
