"""Styles and lists of a Word document: which paragraphs are headings, which are numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coordnlp.stages.ingest.docx_package import Package
from coordnlp.stages.ingest.numbering import Level, NumberedList
from coordnlp.stages.ingest.office_parts import Element, attribute, child, children, name_of

_HEADING = re.compile(r"^(?:heading|标题)\s*[1-9]$|^(?:title|subtitle|标题|副标题)$", re.I)
_CONTENTS = re.compile(r"^(?:toc|目录)\s*[1-9]$", re.I)
_BODY_LEVEL = 9  # w:outlineLvl of body text
_DEEPEST = 20  # styles based on each other; a ring of them would never end


def is_heading_style(name: str) -> bool:
    """Tell whether a paragraph style of this name makes headings: 标题 1, Heading 2, Title."""
    return _HEADING.match(name) is not None


def is_contents_style(name: str) -> bool:
    """Tell whether a paragraph style of this name makes lines of a table of contents."""
    return _CONTENTS.match(name) is not None


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits; `level` is None where the list tells it."""

    heading: bool = False
    contents: bool = False
    list_id: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All styles by id, the default paragraph style under '', and all lists by id."""

    styles: Mapping[str, Style]
    lists: Mapping[str, NumberedList]

    def style_of(self, paragraph: Element) -> Style:
        """Return the style of a w:p, its direct formatting applied."""
        properties = child(paragraph, "pPr")
        style_id = attribute(child(properties, "pStyle"), "val")
        style = self.styles.get(style_id) or self.styles.get("", Style())
        outline = attribute(child(properties, "outlineLvl"), "val")
        heading = int(outline) < _BODY_LEVEL if outline.isdigit() else style.heading
        list_id, level = read_numbering(properties)
        list_id = list_id or style.list_id
        if level is None:
            level = style.level if style.level is not None else self._level_of_style(list_id, style_id)
        return Style(heading, style.contents, "" if list_id == "0" else list_id, level)

    def _level_of_style(self, list_id: str, style_id: str) -> int:
        """A list names the style of each of its levels; the paragraph's own style picks the level."""
        numbered = self.lists.get(list_id)
        levels = numbered.levels.items() if numbered and style_id else ()
        return next((index for index, level in levels if level.style == style_id), 0)


def read_sheet(package: Package) -> Sheet:
    """Return styles and lists of a document; missing parts give empty ones."""
    raw = {
        attribute(style, "styleId"): style
        for path in package.related(package.document, "styles")
        for style in children(package.parts[path], "style")
    }
    styles = {style_id: _read_style(style_id, raw) for style_id in raw}
    default = next(
        (key for key, style in raw.items()
         if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true", "on"}),
        None,
    )  # fmt: skip
    if default is not None:
        styles[""] = styles[default]
    lists: dict[str, NumberedList] = {}
    for path in package.related(package.document, "numbering"):
        lists.update(_read_lists(package.parts[path], styles))
    return Sheet(styles, lists)


def read_numbering(properties: Element | None) -> tuple[str, int | None]:
    """Return (list id, level) that a w:pPr sets; '' and None where it is silent."""
    numbering = child(properties, "numPr")
    level = attribute(child(numbering, "ilvl"), "val")
    return attribute(child(numbering, "numId"), "val"), int(level) if level.isdigit() else None


def _read_style(style_id: str, raw: Mapping[str, Element]) -> Style:
    heading, contents, list_id, level = False, False, "", None
    outline = ""
    for step in range(_DEEPEST):
        style = raw.get(style_id)
        if style is None:
            break
        name = attribute(child(style, "name"), "val")
        properties = child(style, "pPr")
        outline = outline or attribute(child(properties, "outlineLvl"), "val")
        heading = heading or is_heading_style(name)
        contents = contents or (step == 0 and is_contents_style(name))
        own_list, own_level = read_numbering(properties)
        list_id, level = list_id or own_list, own_level if level is None else level
        style_id = attribute(child(style, "basedOn"), "val")
    if outline.isdigit():
        heading = int(outline) < _BODY_LEVEL
    return Style(heading, contents, list_id, level)


def _read_lists(root: Element, styles: Mapping[str, Style]) -> dict[str, NumberedList]:
    abstracts = {attribute(item, "abstractNumId"): item for item in children(root, "abstractNum")}
    numbers = {attribute(item, "numId"): item for item in children(root, "num")}
    return {list_id: _read_list(item, abstracts, numbers, styles) for list_id, item in numbers.items() if list_id}


def _read_list(
    item: Element,
    abstracts: Mapping[str, Element],
    numbers: Mapping[str, Element],
    styles: Mapping[str, Style],
) -> NumberedList:
    abstract_id = attribute(child(item, "abstractNumId"), "val")
    for _ in range(_DEEPEST):  # a list may borrow its levels from the list of a numbering style
        link = attribute(child(abstracts.get(abstract_id), "numStyleLink"), "val")
        borrowed = numbers.get(styles[link].list_id) if link in styles else None
        if borrowed is None:
            break
        abstract_id = attribute(child(borrowed, "abstractNumId"), "val")
    levels = {_index(level): _read_level(level) for level in children(abstracts.get(abstract_id), "lvl")}
    restarts = {}
    for override in children(item, "lvlOverride"):
        if (level := child(override, "lvl")) is not None:
            levels[_index(override)] = _read_level(level)
        start = attribute(child(override, "startOverride"), "val")
        if start.isdigit():
            restarts[_index(override)] = int(start)
    return NumberedList(abstract_id, levels, restarts)


def _index(level: Element) -> int:
    value = attribute(level, "ilvl")
    return int(value) if value.isdigit() else 0


def _read_level(level: Element) -> Level:
    start = attribute(child(level, "start"), "val")
    restart = attribute(child(level, "lvlRestart"), "val")
    legal = child(level, "isLgl")
    return Level(
        int(start) if start.isdigit() else 1,
        _read_format(level),
        attribute(child(level, "lvlText"), "val"),
        legal is not None and attribute(legal, "val") not in {"0", "false", "off"},
        int(restart) if restart.isdigit() else None,
        attribute(child(level, "pStyle"), "val"),
    )


def _read_format(level: Element) -> str:
    """Return the number format; newer ones stand in an mc:AlternateContent with an older one as fallback."""
    for item in level.iter():
        if name_of(item) == "numFmt" and attribute(item, "val") not in {"", "custom"}:
            return attribute(item, "val")
    return "decimal"
