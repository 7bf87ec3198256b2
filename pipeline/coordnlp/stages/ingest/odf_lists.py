"""The numbers of lists and headings in an OpenDocument text: 一、（一）1. are styles there, and counted when shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coordnlp.stages.ingest.numbering import Level, NumberedList
from coordnlp.stages.ingest.office_parts import Element, attribute, name_of

OUTLINE = ""
"""The id under which the numbers of headings stand."""
_FORMATS = {
    **{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"},
    **{"一": "chineseCounting", "壹": "chineseLegalSimplified", "①": "decimalEnclosedCircle", "１": "decimalFullWidth"},
    **{"甲": "ideographTraditional", "子": "ideographZodiac", "〇": "ideographDigital"},
}
_PLACE = re.compile(r"%(\d+)%")


def read_lists(roots: Iterable[Element]) -> dict[str, NumberedList]:
    """Return the list styles by name, that of headings under `OUTLINE`."""
    lists = {}
    for root in roots:
        for style in root.iter("{*}list-style", "{*}outline-style"):
            name = OUTLINE if name_of(style) == "outline-style" else attribute(style, "name")
            levels = {_index(level): _read_level(level) for level in style if attribute(level, "level").isdigit()}
            lists[name] = NumberedList(name, levels)
    return lists


def _index(level: Element) -> int:
    return int(attribute(level, "level")) - 1


def _read_level(level: Element) -> Level:
    if not name_of(level).endswith(("-number", "outline-level-style")):
        return Level(format="bullet")
    start = attribute(level, "start-value")
    written = attribute(level, "num-format")
    format_ = _FORMATS.get(written[:1], "decimal")
    text = _read_text(level) if format_ != "none" else ""
    return Level(int(start) if start.isdigit() else 1, format_, text)


def _read_text(level: Element) -> str:
    """Return the label with `%1` for the number of the first level and so on."""
    told = attribute(level, "num-list-format")
    if told:
        return _PLACE.sub(r"%\1", told)
    shown = attribute(level, "display-levels")
    last = _index(level) + 1
    first = last - int(shown) + 1 if shown.isdigit() else last
    numbers = ".".join(f"%{number}" for number in range(max(first, 1), last + 1))
    return f"{attribute(level, 'num-prefix')}{numbers}{attribute(level, 'num-suffix')}"
