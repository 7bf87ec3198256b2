"""The parts of a .docx, and how they relate."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from coordnlp.stages.ingest.office_parts import Element, open_archive, parse_part, read_relations
from coordnlp.stages.ingest.readings import UnreadableError

_DAMAGED = "文件不完整，打不开，请用 Word 或 WPS 修复后另存，或重新取得原件。"
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
    with open_archive(content, _DAMAGED) as archive:
        return _read_package(archive)


def _read_package(archive: zipfile.ZipFile) -> Package:
    members = frozenset(archive.namelist())
    parts: dict[str, Element] = {}
    relations: dict[str, dict[str, tuple[str, str]]] = {}
    document = ""
    waiting = [""]
    while waiting:
        part = waiting.pop()
        relations[part] = read_relations(archive, part)
        for kind, path in relations[part].values():
            if kind in _FOLLOWED and path in members and path not in parts:
                parts[path] = parse_part(archive, path)
                waiting.append(path)
                document = document or (path if kind == "officeDocument" else "")
    if not document:
        raise UnreadableError("damaged", _DAMAGED)
    return Package(document, parts, relations)
