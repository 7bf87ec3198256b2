"""Markings: papers with a 密级 mark are held back unless the office asks for them (docs/design.md, "密级")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from coordnlp.layout.drafts import draft_header
from coordnlp.layout.lexicon import load_document_words, normalise_number
from coordnlp.layout.lines import Line, split_lines
from coordnlp.names import Names, NameWords
from coordnlp.records import Document, Skipped
from coordnlp.stages.markings.table import MarkingWords, load_marking_words
from coordnlp.tables import load_table

__all__ = ["find_markings", "highest_level", "hold_back"]

# So many lines from the top a mark may stand on its own; a field 密级： may stand a little lower.
_HEAD_LINES = 8
_FIELD_LINES = 20
_LONG_LINE = 60
_SENTENCE = re.compile(r"[。！？；]")
_SUBJECT = re.compile(r"[>\s]*(?:主\s*题|标\s*题|Subject)\s*[：:]", re.IGNORECASE)


def find_markings(documents: Sequence[Document]) -> dict[str, str]:
    """Return the mark of each document that bears one, by file, as it is written: 秘密★1年.

    Args:
        documents: As they were read, in any order, doubles among them: a mark on any copy counts.
    """
    words = load_marking_words()
    return {one.file: mark for one in documents if (mark := next(_marks(one, words), ""))}


def hold_back(
    documents: Sequence[Document], markings: Mapping[str, str], *, include_marked: bool
) -> tuple[list[Document], list[Skipped], str]:
    """Hold back the papers that bear a 密级 mark, with all that they carry.

    An attachment or quote of a marked paper is held back with it, unless the same paper lies in the folder openly.

    Args:
        documents: In any order, doubles folded.
        markings: By file, of every copy.
        include_marked: Hold nothing back.

    Returns:
        The documents that may be analysed; those held back, as `marked`; the highest level where nothing is, or ''.
    """
    words = load_marking_words()
    if include_marked:
        return list(documents), [], highest_level(list(markings.values()))
    sources = {one.file: source for one in documents if (source := _source(one, markings))}
    held = [_hold(one, sources[one.file], markings, words) for one in documents if one.file in sources]
    return [one for one in documents if one.file not in sources], held, ""


def highest_level(marks: Sequence[str]) -> str:
    """Return the highest level among marks as they are written, '' for none."""
    levels = load_marking_words().levels
    found = {level for mark in marks for level in levels if "".join(mark.split()).startswith(level)}
    return next((level for level in levels if level in found), "")


def _source(document: Document, markings: Mapping[str, str]) -> str:
    """Return the file whose mark holds a document back: a copy of it, or what carries all its copies; '' for none."""
    copies = (document.file, *document.also)
    if own := next((file for file in copies if file in markings), ""):
        return own
    around = [next((file for file in _around(copy) if file in markings), "") for copy in copies]
    return around[0] if all(around) else ""


def _around(file: str) -> Iterator[str]:
    """Yield the files that may carry a file: the parts of its path, the outermost last."""
    path = PurePosixPath(file)
    return (str(parent) for parent in path.parents)


def _hold(document: Document, source: str, markings: Mapping[str, str], words: MarkingWords) -> Skipped:
    own = source in (document.file, *document.also)
    detail = words.details.held if own else words.details.carried
    nobody = Names({}, {}, {}, load_table("names", NameWords))
    draft = draft_header(document, load_document_words(), nobody)
    number = normalise_number(draft.number or draft.named_number)
    return Skipped(document.file, "marked", detail.format(mark=markings[source], file=source), number, draft.date)


def _marks(document: Document, words: MarkingWords) -> Iterator[str]:
    """Yield the marks of a document, the surest place first."""
    lines = split_lines(document)
    names = [PurePosixPath(document.file).stem, *([document.mail.subject] if document.mail else [])]
    yield from _in_head([line for line in lines if line.kind not in ("quote", "disclaimer")], words)
    yield from (mark for name in names if (mark := _in_name(name, words)))
    if document.mail:
        # Who answers under a marked mail carries its words on.
        yield from _in_quotes([line.text for line in lines if line.kind == "quote"], words)


def _in_quotes(lines: Sequence[str], words: MarkingWords) -> Iterator[str]:
    for text in lines:
        whole = words.line.fullmatch(text) if len(text) <= _LONG_LINE else None
        starred = words.starred.search(text) if whole else None
        mark = _tidy(starred["mark"]) if starred else _in_name(text, words) if _SUBJECT.match(text) else ""
        if mark:
            yield mark


def _in_head(lines: Sequence[Line], words: MarkingWords) -> Iterator[str]:
    for at, line in enumerate(lines[:_FIELD_LINES]):
        if any(word in line.text for word in words.words.void):
            continue
        if at and _ends_head(lines[at - 1].text, words):
            return
        beside = lines[at + 1] if at + 1 < len(lines) else None
        mark = _in_field(line, beside, words) or (_in_line(line, words) if at < _HEAD_LINES else "")
        if mark:
            yield mark


def _ends_head(text: str, words: MarkingWords) -> bool:
    """Tell whether a line ends the head: a sentence, or the addressee."""
    addressed = text.endswith(("：", ":")) and not words.field.search(text + " ")
    return addressed or bool(_SENTENCE.search(text)) or len(text) > _LONG_LINE


def _in_line(line: Line, words: MarkingWords) -> str:
    """Return the mark that a line is; a cell of a register holds the level of another paper."""
    text = line.text.strip()
    found = words.starred.search(text) if len(text) <= _LONG_LINE and not _SENTENCE.search(text) else None
    if found:
        return _tidy(found["mark"])
    whole = None if line.table or len(text) > _LONG_LINE else words.line.fullmatch(text)
    return _tidy(whole["mark"]) if whole else ""


def _in_field(line: Line, beside: Line | None, words: MarkingWords) -> str:
    """Return the mark in a field 密级：…, or in the cell beside the cell 密级."""
    value = ""
    if found := words.field.search(line.text):
        value = found["value"]
    elif beside and "".join(line.text.split()) in words.words.label and _is_beside(line, beside):
        value = beside.text
    return _in_value(value, words)


def _is_beside(line: Line, beside: Line) -> bool:
    """Tell whether a cell is the value of a label; in the head of a register the next cell is another label."""
    same_row = bool(line.table) and (line.table, line.row) == (beside.table, beside.row)
    return same_row and beside.column == line.column + 1


def _in_value(value: str, words: MarkingWords) -> str:
    if any(character in value for character in words.words.ticks + words.words.boxes):
        ticked = words.ticked.search(value)
        return _tidy(next(group for group in ticked.groups() if group)) if ticked else ""
    found = words.value.match(value.strip())
    if not found or sum(level in "".join(value.split()) for level in words.levels) > 1:
        return ""
    return _tidy(found["mark"])


def _in_name(name: str, words: MarkingWords) -> str:
    if any(word in name for word in words.words.void):
        return ""
    found = words.named.search(name)
    return _tidy(found["inside"] or found["open"]) if found else ""


def _tidy(mark: str) -> str:
    """Return a mark without the blanks that spread it out."""
    return "".join(mark.split()).rstrip("，,、")
