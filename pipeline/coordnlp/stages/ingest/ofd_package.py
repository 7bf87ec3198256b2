"""The pages of an OFD, the fixed-layout format of Chinese offices: which parts make them, and what stands on them.

After GB/T 33190-2016: OFD.xml names the documents, Document.xml the pages and templates, Content.xml what is on a page.
Lengths are in millimetres from the upper left corner.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from coordnlp.stages.ingest.office_parts import Element, attribute, child, children, name_of, parse_part
from coordnlp.stages.ingest.readings import LOCKED, UnreadableError

DAMAGED = "文件不完整，打不开，请用 OFD 阅读器打开，导出为 .pdf（带文字的）后再放入，或重新取得原件。"
_NUMBER = re.compile(r"-?\d*\.?\d+(?:[eE][-+]?\d+)?")
_A4 = (210.0, 297.0)
_FRONT = ("Foreground",)

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page: its width and height, and its layers from the lowest, those of its templates among them."""

    width: float
    height: float
    layers: tuple[Element, ...]


class OfdPackage:
    """An open OFD whose members are found whatever their case and slashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_plain(name): name for name in archive.namelist()}

    def holds(self, words: str) -> bool:
        """Whether the path of a member has words in it, in lower case."""
        return any(words in name for name in self._names)

    def parse(self, path: str) -> Element:
        """Return the root of a part.

        Raises:
            UnreadableError: `damaged` where it is missing, `encrypted` where it is there but no XML.
        """
        name = self._names.get(_plain(path))
        if name is None:
            raise UnreadableError("damaged", DAMAGED)
        if self.holds("encrypt") and not self._archive.read(name).lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<"):
            raise UnreadableError("encrypted", LOCKED)
        return parse_part(self._archive, name)

    def has(self, path: str) -> bool:
        """Whether there is a part of this path."""
        return _plain(path) in self._names


def list_pages(package: OfdPackage) -> Iterator[OfdPage]:
    """Yield the pages of all documents in the file, in order.

    Raises:
        UnreadableError: `damaged` or `encrypted`.
    """
    bodies = list(children(package.parse("OFD.xml"), "DocBody"))
    roots = [location for body in bodies if (location := _text(child(body, "DocRoot")))]
    if not roots:
        raise UnreadableError("damaged", DAMAGED)
    for root in roots:
        path = _resolve("", root)
        document = package.parse(path)
        common = child(document, "CommonData")
        size = _size(child(common, "PageArea"), _A4)
        templates = {
            attribute(item, "ID"): _resolve(path, attribute(item, "BaseLoc"))
            for item in children(common, "TemplatePage")
        }
        for page in children(child(document, "Pages"), "Page"):
            yield _read_page(package, _resolve(path, attribute(page, "BaseLoc")), size, templates)


def read_numbers(text: str) -> list[float]:
    """Return the numbers of an attribute such as Boundary."""
    return [float(number) for number in _NUMBER.findall(text)]


def _read_page(package: OfdPackage, path: str, size: tuple[float, float], templates: dict[str, str]) -> OfdPage:
    content = package.parse(path)
    width, height = _size(child(content, "Area"), size)
    behind: list[Element] = []
    before: list[Element] = []
    for used in children(content, "Template"):
        template = templates.get(attribute(used, "TemplateID"), "")
        if package.has(template):
            place = before if attribute(used, "ZOrder") in _FRONT else behind
            place += children(child(package.parse(template), "Content"), "Layer")
    return OfdPage(width, height, (*behind, *children(child(content, "Content"), "Layer"), *before))


def _size(area: Element | None, default: tuple[float, float]) -> tuple[float, float]:
    """Return width and height of a page area; what lies outside the paper is not shown."""
    numbers = read_numbers(_text(child(area, "PhysicalBox")))
    return (numbers[2], numbers[3]) if len(numbers) >= 4 and min(numbers[2:4]) > 0 else default


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _resolve(part: str, location: str) -> str:
    """Return the path of a location as a part names it: from its own folder, or from the root with a slash."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), location.replace("\\", "/"))).lstrip("/")


def _plain(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/")).lstrip("/").lower()


def list_objects(layers: tuple[Element, ...], name: str) -> Iterator[Element]:
    """Yield the objects of a name, also within groups; those that are not shown are left out."""
    for item in layers:
        if attribute(item, "Visible") == "false":
            continue
        if name_of(item) == name:
            yield item
        elif name_of(item) in {"Layer", "PageBlock"}:
            yield from list_objects(tuple(item), name)
