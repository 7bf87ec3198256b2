"""Open a .docx safely: size guards, no DTD, no entities, no network."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree

from coordnlp.stages.ingest.readings import UnreadableError

Element = Any  # lxml has no types of its own

LARGEST_PACKAGE = 300 * 1024 * 1024
"""Bytes of all members unpacked; beyond it a file is a bomb or a picture album."""
_LARGEST_PART = 80 * 1024 * 1024  # bytes of one XML part, whose tree takes some ten times as much memory
_DAMAGED = "文件不完整，打不开，请用 Word 或 WPS 修复后另存，或重新取得原件。"


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a .docx, parsed; relations map the ids in a part to (kind, path of the target)."""

    document: str
    parts: dict[str, Element]
    relations: dict[str, dict[str, tuple[str, str]]]

    def related(self, part: str, kind: str) -> list[str]:
        """Return the paths that a part relates to as `styles`, `numbering`, `footnotes` …, in order."""
        return [path for of, path in self.relations.get(part, {}).values() if of == kind and path in self.parts]


def open_package(content: bytes) -> Package:
    """Unpack and parse a .docx.

    Raises:
        UnreadableError: `damaged`, `too_large` or `encrypted`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_package(archive)
    except RuntimeError as error:  # zipfile's word for a member with a password
        raise UnreadableError("encrypted", "文件有密码保护，请去掉密码另存后再放入。") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        lxml.etree.XMLSyntaxError,
        KeyError,
        EOFError,
        ValueError,
    ) as error:
        raise UnreadableError("damaged", _DAMAGED) from error


def name_of(element: Element) -> str:
    """Return the tag without its namespace: transitional and strict documents differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its name without namespace, or ''."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a name, or None."""
    return next(children(element, name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name."""
    if element is not None:
        yield from (item for item in element if name_of(item) == name)


def _read_package(archive: zipfile.ZipFile) -> Package:
    members = {info.filename: info for info in archive.infolist()}
    if sum(info.file_size for info in members.values()) > LARGEST_PACKAGE:
        raise UnreadableError("too_large", "文件展开后超过300MB，请压缩图片或拆分后再放入。")
    parts: dict[str, Element] = {}
    relations: dict[str, dict[str, tuple[str, str]]] = {}
    document = ""
    waiting = [""]
    while waiting:
        part = waiting.pop()
        relations[part] = _read_relations(archive, members, part)
        for kind, path in relations[part].values():
            if kind in _FOLLOWED and path in members and path not in parts:
                parts[path] = _parse(archive, members[path])
                waiting.append(path)
                document = document or (path if kind == "officeDocument" else "")
    if not document:
        raise UnreadableError("damaged", _DAMAGED)
    return Package(document, parts, relations)


_FOLLOWED = frozenset(
    {
        "officeDocument",
        "styles",
        "numbering",
        "settings",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
    }
)


def _read_relations(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], part: str
) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in members:
        return {}
    related = {}
    for relation in _parse(archive, members[path]):
        if name_of(relation) != "Relationship" or relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        related[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
    return related


def _parse(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Element:
    if member.file_size > _LARGEST_PART:
        raise UnreadableError("too_large", "文件太大，请拆分后再放入。")
    parser = lxml.etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = lxml.etree.fromstring(archive.read(member), parser)
    if root.getroottree().docinfo.doctype:
        raise UnreadableError(
            "damaged", "文件里有不该有的外部定义，为安全起见没有读取，请用 Word 或 WPS 另存后再放入。"
        )
    return root
