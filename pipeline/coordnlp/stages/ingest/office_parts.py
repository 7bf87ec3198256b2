"""Open the zip of an Office file safely, and read its XML parts: size guards, no DTD, no entities, no network."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import lxml.etree

from coordnlp.stages.ingest.readings import LOCKED, UnreadableError

Element = Any  # lxml has no types of its own

LARGEST_PACKAGE = 300 * 1024 * 1024
"""Bytes of all members unpacked; beyond it a file is a bomb or a picture album."""
_LARGEST_PART = 80 * 1024 * 1024  # bytes of one XML part, whose tree takes some ten times as much memory
_MOST_TAGS = 3_000_000  # of one part; a tree takes 100 bytes and more for each, however short
_FOREIGN = "文件里有不该有的外部定义，为安全起见没有读取，请用 Office 或 WPS 另存后再放入。"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lxml.etree.XMLSyntaxError,
    KeyError,
    EOFError,
    ValueError,
    NotImplementedError,  # a way of packing that zipfile does not know
)


@contextmanager
def open_archive(content: bytes, damaged: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip, and turn what its members raise while they are read into the reason for skipping it.

    Args:
        damaged: What to tell of a file that is not whole.

    Raises:
        UnreadableError: `damaged`, `too_large` or `encrypted`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST_PACKAGE:
                raise UnreadableError("too_large", "文件展开后超过300MB，请压缩图片或拆分后再放入。")
            yield archive
    except _BROKEN as error:
        raise UnreadableError("damaged", damaged) from error
    except RuntimeError as error:  # zipfile's word for a member with a password
        raise UnreadableError("encrypted", LOCKED) from error


def read_relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part relates to by id: (kind, path of the target); links out of the package are left out."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return {}
    related = {}
    for relation in parse_part(archive, path):
        if name_of(relation) != "Relationship" or relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        related[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
    return related


def parse_part(archive: zipfile.ZipFile, path: str) -> Element:
    """Return the root of an XML part.

    Raises:
        UnreadableError: `too_large`, or `damaged` when it defines entities.
    """
    if archive.getinfo(path).file_size > _LARGEST_PART:
        raise UnreadableError("too_large", "文件太大，请拆分后再放入。")
    parser = lxml.etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    content = archive.read(path)
    if content.count(b"<") > _MOST_TAGS:
        raise UnreadableError("too_large", "文件太大，请拆分后再放入。")
    root = lxml.etree.fromstring(content, parser)
    _refuse_definitions(root)
    return root


def stream_part(archive: zipfile.ZipFile, path: str, *names: str) -> Iterator[Element]:
    """Yield the elements of these names as they end, and drop each after use: a long sheet is no tree to hold.

    The names must not stand within each other.

    Raises:
        UnreadableError: `damaged` when it defines entities.
    """
    with archive.open(path) as part:
        tags = [f"{{*}}{name}" for name in names]
        for _, item in lxml.etree.iterparse(
            part, tag=tags, resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
        ):
            _refuse_definitions(item)
            yield item
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]


def _refuse_definitions(element: Element) -> None:
    if element.getroottree().docinfo.doctype:
        raise UnreadableError("damaged", _FOREIGN)


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
