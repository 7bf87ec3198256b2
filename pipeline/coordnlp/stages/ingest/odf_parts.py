"""The parts of an OpenDocument file (.odt, .ods), and the words of its paragraphs.

After OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from coordnlp.stages.ingest.office_parts import Element, attribute, name_of, open_archive, parse_part
from coordnlp.stages.ingest.readings import LOCKED, UnreadableError

DAMAGED = "文件不完整，打不开，请用 LibreOffice 或 WPS 修复后另存，或重新取得原件。"
_MANIFEST = "META-INF/manifest.xml"
_LEFT_OUT = frozenset({"annotation-end", "note-citation", "ruby-text", "title", "desc", "tracked-changes"})
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000  # that one element may stand for


@contextmanager
def open_parts(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open an OpenDocument file.

    Raises:
        UnreadableError: `damaged`, `too_large` or `encrypted`.
    """
    with open_archive(content, DAMAGED) as archive:
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise UnreadableError("encrypted", LOCKED)
        if "content.xml" not in archive.namelist():
            raise UnreadableError("damaged", DAMAGED)
        yield archive


def read_styles(archive: zipfile.ZipFile) -> Element | None:
    """Return the root of the part with styles and page heads, None where there is none."""
    return parse_part(archive, "styles.xml") if "styles.xml" in archive.namelist() else None


@dataclass(slots=True)
class Inline:
    """What a paragraph holds: its words, the text boxes anchored in it, the notes it refers to, comments."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    comments: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words as one text."""
        return "".join(self.parts)


def read_inline(paragraph: Element) -> Inline:
    """Return what a text:p or text:h holds; white space is what the elements for it say, since XML folds its own."""
    inline = Inline()
    _read_content(paragraph, inline)
    return inline


def _read_content(item: Element, inline: Inline) -> None:
    inline.parts.append(_folded(item.text))
    for inner in item:
        _read(inner, inline)
        inline.parts.append(_folded(inner.tail))


def _read(item: Element, inline: Inline) -> None:
    name = name_of(item)
    if name in _LEFT_OUT:
        return
    if name == "s":
        count = attribute(item, "c")
        inline.parts.append(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))
    elif name in _CHARACTERS:
        inline.parts.append(_CHARACTERS[name])
    elif name == "note":
        inline.notes.append(item)
    elif name == "annotation":
        inline.comments.append(item)
    elif name in {"text-box", "p", "list"}:  # the latter two stand within drawn shapes
        inline.boxes.append(item)
    else:
        _read_content(item, inline)


def _folded(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""
