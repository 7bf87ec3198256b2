"""Parse: what each document says of itself, and whose voice each of its sentences is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from coordnlp.ids import make_id, normalise
from coordnlp.layout.drafts import draft_header
from coordnlp.layout.lexicon import load_document_words
from coordnlp.layout.people import learn_people
from coordnlp.layout.short_forms import find_short_forms
from coordnlp.names import Names, gather_names, load_voices, of_one_side
from coordnlp.records import Document, Parsed, Passage, Side, Teams
from coordnlp.stages.parse.headers import finish_headers
from coordnlp.stages.parse.parties import learn_domains
from coordnlp.stages.parse.turns import learn_cast
from coordnlp.stages.parse.voices import voice_passages

__all__ = ["parse_dossier"]


def parse_dossier(documents: Sequence[Document], teams: Teams) -> tuple[list[Parsed], Names]:
    """Parse all documents of a dossier.

    Documents are looked at together: an attendee list tells whose person signs a mail elsewhere, a signature tells
    whose document numbers begin 樟委函.

    Args:
        documents: In any order.

    Returns:
        Parsed documents by (date, id), and every name that was learned on the way.
    """
    words, voices = load_document_words(), load_voices()
    names = gather_names(teams)
    names = names.with_units(_learn_short_forms(documents, names))
    drafts = [draft_header(document, words, names) for document in documents]
    names = names.with_people(learn_people([one for draft in drafts for one in draft.attendees]))
    names = replace(names, domains={**learn_domains(drafts, names), **names.domains})
    drafts = [draft_header(document, words, names) for document in documents]
    cast = learn_cast(drafts, names)
    if cast.people:
        names = names.with_people(cast.people)
        drafts = [draft_header(document, words, names) for document in documents]
    headers = finish_headers(drafts, words, names, teams)
    parsed = [
        Parsed(
            draft.document,
            header,
            _with_ids(voice_passages(draft, header, names, voices, cast), draft.document),
            draft.days,
        )
        for draft, header in zip(drafts, headers, strict=True)
    ]
    return sorted(parsed, key=lambda one: (one.header.date or "9999", one.header.id)), names


def _with_ids(passages: Iterable[Passage], document: Document) -> tuple[Passage, ...]:
    seen: Counter[str] = Counter()
    done = []
    for passage in sorted(passages, key=lambda one: (one.start, one.end)):
        key = normalise(document.plain[passage.start : passage.end])
        seen[key] += 1
        done.append(replace(passage, id=make_id("P", passage.document, key, str(seen[key]))))
    return tuple(done)


def _learn_short_forms(documents: Sequence[Document], names: Names) -> dict[str, Side]:
    """Return short forms that documents define: 云渡市古城保护管理委员会（以下简称“古管委”）."""
    found = [(short, names.party(name)) for document in documents for name, short in find_short_forms(document.plain)]
    return of_one_side(sorted(found, key=itemgetter(0)))
