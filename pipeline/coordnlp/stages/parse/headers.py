"""The header of a document: what it says of itself, with the parties that the whole dossier tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coordnlp.ids import document_key, make_id, normalise
from coordnlp.layout.drafts import Draft
from coordnlp.layout.lexicon import DocumentWords, normalise_number
from coordnlp.layout.lines import own_lines
from coordnlp.layout.prefixes import learn_prefixes
from coordnlp.names import Names
from coordnlp.records import Header, Party, Teams
from coordnlp.stages.parse.parties import find_addressees, find_copies, find_sender
from coordnlp.stages.parse.references import find_references


def finish_headers(drafts: Sequence[Draft], words: DocumentWords, names: Names, teams: Teams) -> list[Header]:
    """Give every draft its parties, references and id, in the order of the drafts."""
    prefixes = learn_prefixes((draft.number, find_sender(draft, names, {}, words)) for draft in drafts)
    headers = [_finish(draft, words, names, prefixes, teams) for draft in drafts]
    return _with_unique_ids(headers, drafts)


def _finish(
    draft: Draft,
    words: DocumentWords,
    names: Names,
    prefixes: Mapping[str, Party],
    teams: Teams,
) -> Header:
    sender = find_sender(draft, names, prefixes, words)
    references = find_references(draft.document, normalise_number(draft.number), draft.date, words, names)
    key = document_key(
        normalise_number(draft.number) or draft.number,
        draft.date,
        draft.kind,
        teams.name(sender),
        draft.title,
    )
    problems = [] if draft.date else ["没有找到日期"]
    problems += [] if sender else ["没有认出发文单位"]
    return Header(
        id=make_id("D", key),
        file=draft.document.file,
        kind=draft.kind,
        title=draft.title,
        number=draft.number or draft.named_number,
        date=draft.date,
        date_source=draft.date_source,
        sender=sender,
        addressees=find_addressees(draft, names, sender),
        copies=find_copies(draft, names),
        references=references,
        attendees=draft.attendees,
        body=_body(draft),
        problems=tuple(problems),
    )


def _body(draft: Draft) -> tuple[int, int]:
    own = own_lines(draft.lines)
    inner = own[draft.layout.body : draft.layout.signature]
    return (inner[0].start, inner[-1].end) if inner else (0, 0)


def _with_unique_ids(headers: Sequence[Header], drafts: Sequence[Draft]) -> list[Header]:
    """Number documents of one key apart by their text, so that the order of files does not matter."""
    order = sorted(range(len(headers)), key=lambda i: (headers[i].id, normalise(drafts[i].document.text)))
    seen: Counter[str] = Counter()
    unique = list(headers)
    for i in order:
        seen[headers[i].id] += 1
        if seen[headers[i].id] > 1:
            unique[i] = replace(headers[i], id=make_id("D", headers[i].id, str(seen[headers[i].id])))
    return unique
