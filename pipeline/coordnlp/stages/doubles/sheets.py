"""What two papers are compared by: their words without format, their figures, and what they say of themselves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Literal

import numpy as np

from coordnlp.dates import file_name_date, read_date
from coordnlp.dates.numerals import read_number
from coordnlp.ids import normalise
from coordnlp.layout.drafts import Draft, draft_header
from coordnlp.layout.lexicon import DocumentWords, load_document_words, normalise_number
from coordnlp.layout.lines import Line
from coordnlp.names import Names, NameWords
from coordnlp.records import Document
from coordnlp.stages.doubles.runs import Hashes, run_hashes
from coordnlp.stages.doubles.table import DoubleWords
from coordnlp.tables import load_table

Part = Literal["head", "body", "tail"]

# 1,200 is one figure; 1.5, 〔2024〕3 and 8640012-3 are two, though no mark is left between them.
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
BETWEEN = "点"
_PARTED = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_HEAD_LINES = 12
_IN_TEXT = re.compile(r"[|｜。；]|.{41}")
_IMPRINT_LINES = 6
_LONG_SERIAL = 6
_CITED = re.compile(r"《[^《》]*》")
# 〔2024〕　号 and 3月　日 wait for the seal.
_BLANK_NUMBER = re.compile(r"[〔\[［（(]\s*+(?:20\d\d)?\s*+[〕\]］）)]\s*+第?[\s_×xX＿*]*+号")
_BLANK_DAY = re.compile(r"年(?:\s*+\d{1,2}\s*+|[\s_×xX＿]++)月[\s_×xX＿]*+日")


@dataclass(frozen=True)
class Sheet:
    """A document as it is compared.

    Attributes:
        head, body, tail: Words before, in and behind the letter itself, normalised: no blanks, no punctuation.
        number: 发文字号 as `Header.number` has it, brackets made alike; '' if there is none yet.
        title: Without what calls it a draft, normalised.
        addressee: The 主送 line, normalised.
        date: ISO date, '' if the text tells none.
        named_date: ISO date in the file's path, ''.
        stage: 0 for a final, more for a draft: the higher, the earlier.
        is_meeting: It records a meeting, so that its date is the meeting's.
    """

    document: Document
    head: str
    body: str
    tail: str
    number: str
    title: str
    addressee: str
    date: str
    named_date: str
    stage: float
    is_meeting: bool
    words: DoubleWords

    @property
    def text(self) -> str:
        """All its words."""
        return self.head + self.body + self.tail

    @cached_property
    def ordered_runs(self) -> Hashes:
        """Hashes of its character runs, in order of text."""
        return run_hashes(self.text)

    @cached_property
    def runs(self) -> Hashes:
        """Its distinct character runs, sorted."""
        return np.unique(self.ordered_runs)

    @cached_property
    def figures(self) -> tuple[tuple[str, Part], ...]:
        """Its figures in order, each with the part that it stands in."""
        parts: tuple[tuple[str, Part], ...] = ((self.head, "head"), (self.body, "body"), (self.tail, "tail"))
        return tuple((read_figure(found), part) for text, part in parts for found in self.words.figure.findall(text))

    @cached_property
    def title_figures(self) -> tuple[str, ...]:
        """The figures of its title."""
        return tuple(read_figure(found) for found in self.words.figure.findall(self.title))


def read_sheets(documents: Iterable[Document], words: DoubleWords) -> list[Sheet]:
    """Read what each document is compared by, in the order given."""
    layout_words = load_document_words()
    nobody = Names({}, {}, {}, load_table("names", NameWords))
    return [_read_sheet(draft_header(one, layout_words, nobody), words, layout_words) for one in documents]


def _read_sheet(draft: Draft, words: DoubleWords, layout_words: DocumentWords) -> Sheet:
    document, layout = draft.document, draft.layout
    own = [line for line in draft.lines if line.kind not in ("quote", "disclaimer")]
    head, body, tail = own[: layout.body], own[layout.body : layout.signature], own[layout.signature :]
    top = [line for line in own[:_HEAD_LINES] if not line.table and not _IN_TEXT.search(line.text)]
    if document.mail is None:
        body = [*body, *(line for line in draft.lines if line.kind in ("quote", "disclaimer"))]
    addressee = own[layout.addressee].text if layout.addressee >= 0 else ""
    return Sheet(
        document=document,
        head=_join(head, top, words),
        body=_join(body, top, words),
        tail=_join(_without_imprint(tail, layout_words), top, words),
        number=normalise_number(draft.number) or _serial(draft.number),
        title=normalise(without_signs(draft.title, words)),
        addressee=normalise(addressee),
        date=draft.date if draft.date_source in ("header", "signature", "imprint", "mail") else "",
        named_date=_named_date(document.file),
        stage=0.0 if document.mail else _stage(document, draft.title, head, tail, words),
        is_meeting=draft.kind in ("minutes", "transcript"),
        words=words,
    )


def without_signs(text: str, words: DoubleWords) -> str:
    """Return a name without what calls it a draft or a final."""
    return words.bare_sign.sub("", words.bracketed_sign.sub("", text))


def _join(lines: Sequence[Line], top: Sequence[Line], words: DoubleWords) -> str:
    """Return the words of lines, normalised; those at the top of the paper without what calls it a draft."""
    kept = (line for line in lines if line.table or not words.dressed.fullmatch(line.text.strip()))
    texts = (without_signs(line.text, words) if line in top else line.text for line in kept)
    plain = (re.sub(words.enumerator, "", _arabic_date(text)) for text in texts)
    return normalise(_PARTED.sub(BETWEEN, _THOUSANDS.sub("", "\n".join(plain))))


def _arabic_date(text: str) -> str:
    """Return a line that is a date in Chinese numerals in Arabic ones: 二〇二四年三月五日."""
    day = read_date(text.strip()) if "年" in text else None
    return f"{day.year}年{day.month}月{day.day}日" if day else text


def _without_imprint(lines: Sequence[Line], words: DocumentWords) -> list[Line]:
    """Cut the imprint (版记) off the end: the sealed copy has one, the file of the office often not."""
    kept = list(lines)
    while kept and len(lines) - len(kept) < _IMPRINT_LINES:
        text = kept[-1].text
        if len(text) > 120 or not (text.startswith(words.imprint.openings) or _is_issue(text, words)):
            break
        kept.pop()
    return kept


def _is_issue(text: str, words: DocumentWords) -> bool:
    return len(text) <= 60 and any(word in text for word in words.imprint.issued)


def _serial(number: str) -> str:
    """Return the serial of a form if it is long enough to tell one paper from all others."""
    return number if len(number) >= _LONG_SERIAL and not _BLANK_NUMBER.search(number) else ""


def _names(document: Document) -> list[str]:
    """Return the names of the folders that a file lies in, and its own; a mail around it names something else."""
    path = PurePosixPath(document.parent or document.file)
    return [*path.parts[:-1], PurePosixPath(document.file).stem]


def _stage(document: Document, title: str, head: Sequence[Line], tail: Sequence[Line], words: DoubleWords) -> float:
    """Return how far a paper is from its final: 0 for that, else the earliest stage that name or head tell."""
    lines = [line.text for line in head[:_HEAD_LINES]]
    signs = [
        match for text in (*_names(document), title, *lines) for match in words.sign.finditer(_CITED.sub("", text))
    ]
    stages = [stage for sign in signs if (stage := _stage_of(sign, words))]
    if stages:
        return max(stages)
    blank = any(map(_BLANK_NUMBER.search, lines)) or any(_BLANK_DAY.search(line.text) for line in tail)
    return 0.5 if blank else 0.0


def _stage_of(sign: re.Match[str], words: DoubleWords) -> float:
    if sign["final"]:
        return 0.0
    if sign["version"]:
        found = re.search(r"[\d.]+|[一二三四五六七八九]", sign["version"])
        written = found[0].strip(".") if found else ""
        number = float(written) if written[:1].isascii() and written else read_number(written) or 0
        return 2.0 - min(number, 99) / 100
    return next(level + 1.0 for level in range(len(words.drafts)) if sign[f"d{level}"])


def _named_date(file: str) -> str:
    days = (file_name_date(part) for part in reversed(PurePosixPath(file).parts))
    return next((day.isoformat() for day in days if isinstance(day, dt.date)), "")


def read_figure(written: str) -> str:
    """Return a figure in digits, whichever way it is written."""
    number = read_number(written)
    return written if number is None else str(number)


def cited_drafts(sheets: Sequence[Sheet], words: DoubleWords) -> Iterator[tuple[str, str]]:
    """Yield (file, title) for each draft that a numbered paper names as sent out for comment."""
    for sheet in sheets:
        if not sheet.number:
            continue
        for match in words.cited_draft.finditer(sheet.document.plain):
            name = match["title"] or match["listed"]
            yield sheet.document.file, normalise(without_signs(name, words))
