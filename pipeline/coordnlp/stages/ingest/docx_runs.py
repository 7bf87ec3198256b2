"""The words of a Word paragraph: insertions kept, deletions left out, text boxes found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from coordnlp.stages.ingest.office_parts import Element, attribute, child, name_of

_LEFT_OUT = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "delInstrText"),
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "docPr"),
        *("rt", "annotationRef", "proofErr"),
    }
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Wingdings and Wingdings 2 signs that forms use for boxes and ticks.
_SYMBOLS = {
    "F0FE": "☑",
    "F052": "☑",
    "F0FC": "√",
    "F0FB": "×",
    "F0A8": "□",
    "F06F": "□",
    "F0A3": "□",
    "F0FD": "☒",
}
_PAGE_FIELD = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.I)


@dataclass(slots=True)
class Words:
    """What a paragraph holds: its words, the text boxes anchored in it, the notes it refers to."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)  # open fields: code while it is read, then "page" or "show"
    revised: bool = False

    @property
    def text(self) -> str:
        """The words as one text."""
        return "".join(self.parts)


def read_words(paragraph: Element) -> Words:
    """Return what a w:p holds, as it reads when all changes are accepted."""
    words = Words()
    for item in paragraph:
        _read(item, words)
    return words


def is_mark_deleted(paragraph: Element) -> bool:
    """Tell whether the end of a paragraph is deleted, so that the next one goes on in it."""
    return child(child(child(paragraph, "pPr"), "rPr"), "del") is not None


def _read(item: Element, words: Words) -> None:
    name = name_of(item)
    if name in {"ins", "del", "moveFrom", "moveTo"}:
        words.revised = True
    if name in _LEFT_OUT:
        _read_field_code(item, name, words)
    elif name == "fldChar":
        _read_field_mark(attribute(item, "fldCharType"), words)
    elif name == "AlternateContent":
        _read_alternate(item, words)
    elif name == "txbxContent":
        words.boxes.append(item)
    elif name in {"footnoteReference", "endnoteReference"}:
        words.notes.append((name.removesuffix("Reference"), attribute(item, "id")))
    elif name == "fldSimple" and _PAGE_FIELD.match(attribute(item, "instr")):
        pass
    elif "page" not in words.fields:
        _read_content(item, name, words)


def _read_content(item: Element, name: str, words: Words) -> None:
    if name == "t":
        words.parts.append((item.text or "").replace("\n", " "))
    elif name == "br" and attribute(item, "type") in {"page", "column"}:
        pass
    elif name in _CHARACTERS:
        words.parts.append(_CHARACTERS[name])
    elif name == "sym":
        words.parts.append(_SYMBOLS.get(attribute(item, "char").upper(), ""))
    elif name == "r" and _is_hidden(item):
        pass
    else:
        for inner in item:
            _read(inner, words)


def _is_hidden(run: Element) -> bool:
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and attribute(vanish, "val") not in {"0", "false", "off"}


def _read_field_code(item: Element, name: str, words: Words) -> None:
    if name == "instrText" and words.fields and words.fields[-1] not in {"page", "show"}:
        words.fields[-1] += item.text or ""


def _read_field_mark(kind: str, words: Words) -> None:
    if kind == "begin":
        words.fields.append(" ")
    elif kind == "separate" and words.fields:
        words.fields[-1] = "page" if _PAGE_FIELD.match(words.fields[-1]) else "show"
    elif kind == "end" and words.fields:
        words.fields.pop()


def _read_alternate(item: Element, words: Words) -> None:
    """A drawing is stored twice, for new programs and for old ones; read it once."""
    for branch in sorted(item, key=lambda inner: name_of(inner) != "Choice"):
        if any(name_of(inner) in {"t", "txbxContent"} for inner in branch.iter()):
            for inner in branch:
                _read(inner, words)
            return
