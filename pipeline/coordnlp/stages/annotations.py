"""Annotate: which speech acts each passage performs, which measures it carries, and what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from coordnlp.concepts import load_concepts
from coordnlp.dates import WorkCalendar, find_cell_due, find_due
from coordnlp.features import is_to_the_other
from coordnlp.names import Names, Voices
from coordnlp.nlp import HEADING, Analysed, Context, analyse
from coordnlp.nlp.roles import to_role_text
from coordnlp.records import Annotation, Due, Header, Kind, Parsed, Passage

if TYPE_CHECKING:
    from spacy.language import Language

# So many characters are a long sentence.
_LONG = 80
# A petition goes to a superior, a notice to one's own, mostly: of these the judge learned. To the other side they ask
# as letters do.
_MOSTLY_TO_OTHERS: tuple[Kind, ...] = ("petition", "notice")


def annotate_passages(
    parsed: Sequence[Parsed], names: Names, voices: Voices, nlp: Language, calendar: WorkCalendar
) -> dict[str, Annotation]:
    """Judge every passage.

    Returns:
        Annotations by passage id, in the order of documents and passages.
    """
    return {annotation.passage: annotation for annotation, _ in analyse_passages(parsed, names, voices, nlp, calendar)}


def analyse_passages(
    parsed: Sequence[Parsed], names: Names, voices: Voices, nlp: Language, calendar: WorkCalendar
) -> Iterator[tuple[Annotation, Analysed]]:
    """Yield the annotation of every passage with what the pipeline made it of, in the order of documents."""
    read = [read for one in parsed for read in _read(one, names, voices, calendar)]
    concepts = load_concepts()
    for one, found in zip(read, analyse(nlp, ((one.text, one.context) for one in read)), strict=True):
        matter = concepts.of_matter(found.sample.concepts)
        judged = (found.acts, found.measures, found.settles)
        yield Annotation(one.passage, found.cues, found.terms, one.due, *judged, matter), found


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage with its words and what stands around it."""

    passage: str
    text: str
    due: Due | None
    context: Context


def _read(one: Parsed, names: Names, voices: Voices, calendar: WorkCalendar) -> Iterator[_Read]:
    dues = [_due(one, passage, calendar) for passage in one.passages]
    roles = [_role_text(one, passage, due, names, voices) for passage, due in zip(one.passages, dues, strict=True)]
    befores = _befores(one.passages, roles)
    headings = _headings(one.passages, roles)
    firsts = [True, *(later.block != former.block for former, later in pairwise(one.passages))]
    for passage, due, role_text, before, heading, first in zip(
        one.passages, dues, roles, befores, headings, firsts, strict=False
    ):
        facts = describe_passage(passage, one.header) | _places(one, passage, due, first=first)
        yield _Read(passage.id, one.words(passage), due, Context(role_text, before, heading, facts))


def _due(one: Parsed, passage: Passage, calendar: WorkCalendar) -> Due | None:
    if not one.header.date or passage.zone != "body":
        return None
    anchor = dt.date.fromisoformat(one.day_of(passage))
    if passage.column == "due":
        return find_cell_due(one.words(passage), anchor, calendar=calendar)
    receipt = dt.date.fromisoformat(one.header.receipt) if one.header.receipt else None
    return find_due(one.words(passage), anchor, receipt=receipt, calendar=calendar)


def _role_text(one: Parsed, passage: Passage, due: Due | None, names: Names, voices: Voices) -> str:
    text = one.words(passage)
    deadline = None
    if due and due.date and (at := text.find(due.written)) >= 0:
        deadline = (at, at + len(due.written))
    return to_role_text(text, passage.party, names, voices, deadline=deadline).text


def _befores(passages: Sequence[Passage], roles: Sequence[str]) -> Iterator[str]:
    """Yield for each passage the one before it in its zone, '' for the first."""
    yield ""
    for at, (former, later) in enumerate(pairwise(passages)):
        yield roles[at] if former.zone == later.zone else ""


def _headings(passages: Iterable[Passage], roles: Iterable[str]) -> Iterator[str]:
    """Yield for each passage the heading that it stands under, '' for headings themselves."""
    heading = ""
    for passage, role_text in zip(passages, roles, strict=True):
        heading = role_text if passage.label else heading
        yield "" if passage.label else heading


def describe_passage(passage: Passage, header: Header) -> dict[str, float]:
    """Return the facts of a passage that do not hang on its place: zone, kind, voice, to whom, length."""
    voice = {None: "不明", "AB": "双方", "X": "他人"}.get(passage.party) or (
        "发文方" if passage.party == header.sender else "一方"
    )
    own_words = passage.to is not None and header.sender == passage.party
    asks = own_words and header.kind in _MOSTLY_TO_OTHERS and is_to_the_other(header)
    kind = "letter" if asks else header.kind
    names = [f"区={passage.zone}", f"文种={kind}", f"口吻={voice}", f"文种={kind} 口吻={voice}"]
    names += [f"列={passage.column}"] if passage.column else []
    facts = dict.fromkeys(names, 1.0)
    given = {"对谁说": passage.to is not None, "发言": passage.turn is not None, "表格": passage.row}
    length = min(1.0, (passage.end - passage.start) / _LONG)
    return facts | {name: 1.0 for name, holds in given.items() if holds} | {"句长": round(length, 2)}


def _places(one: Parsed, passage: Passage, due: Due | None, *, first: bool) -> dict[str, float]:
    header = one.header
    given = {
        HEADING: passage.label,
        "编号条目": passage.item > 0,
        "段首": first,
        "有时限": bool(due and due.date),
        "引文": any(passage.start <= ref.start and ref.end <= passage.end for ref in header.references),
        "来文有引文": bool(header.references),
    }
    place = passage.start / max(1, len(one.document.text))
    return {name: 1.0 for name, holds in given.items() if holds} | {"位置": round(place, 2)}
