"""Annotate: which speech acts each passage performs, and what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coordnlp.dates import WorkCalendar, find_cell_due, find_due
from coordnlp.names import Names, Voices
from coordnlp.nlp import Context, analyse
from coordnlp.nlp.roles import to_role_text
from coordnlp.records import Annotation, Due, Parsed, Passage

if TYPE_CHECKING:
    from spacy.language import Language


def annotate_passages(
    parsed: Sequence[Parsed], names: Names, voices: Voices, nlp: Language, calendar: WorkCalendar
) -> dict[str, Annotation]:
    """Judge every passage.

    Returns:
        Annotations by passage id, in the order of documents and passages.
    """
    pairs = [(one, passage) for one in parsed for passage in one.passages]
    dues = [_due(one, passage, calendar) for one, passage in pairs]
    contexts = _contexts(pairs, dues, names, voices)
    return {
        passage.id: Annotation(passage.id, found.acts, found.terms, due)
        for (_, passage), found, due in zip(pairs, analyse(nlp, contexts), dues, strict=True)
    }


def _due(one: Parsed, passage: Passage, calendar: WorkCalendar) -> Due | None:
    if not one.header.date or passage.zone != "body":
        return None
    anchor = dt.date.fromisoformat(one.header.date)
    if passage.column == "due":
        return find_cell_due(one.words(passage), anchor, calendar=calendar)
    receipt = dt.date.fromisoformat(one.header.receipt) if one.header.receipt else None
    return find_due(one.words(passage), anchor, receipt=receipt, calendar=calendar)


def _contexts(
    pairs: Sequence[tuple[Parsed, Passage]], dues: Sequence[Due | None], names: Names, voices: Voices
) -> Iterator[tuple[str, Context]]:
    for (one, passage), due in zip(pairs, dues, strict=True):
        text = one.words(passage)
        deadline = None
        if due and due.date and (at := text.find(due.written)) >= 0:
            deadline = (at, at + len(due.written))
        role_text = to_role_text(text, passage.party, names, voices, deadline=deadline)
        yield text, Context(role_text.text)
