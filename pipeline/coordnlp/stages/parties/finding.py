"""Find: read every paper twice, first for the names that letters bear, then with these names for everything else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coordnlp.layout.drafts import Draft, draft_header
from coordnlp.layout.lexicon import load_document_words
from coordnlp.names import Names, NameWords
from coordnlp.records import Document
from coordnlp.stages.parties.bodies import find_facing
from coordnlp.stages.parties.letters import read_letter, read_letters
from coordnlp.stages.parties.mails import person_of, public_hosts, read_mail
from coordnlp.stages.parties.meetings import read_meeting
from coordnlp.stages.parties.papers import Paper
from coordnlp.stages.parties.people import name_people
from coordnlp.stages.parties.spellings import Spelling
from coordnlp.stages.parties.words import load_party_words
from coordnlp.tables import load_table

_SPEAKER = re.compile(
    r"^\W{0,2}(?:\S{2,16}\s)?\s*(?P<who>[\u4e00-\u9fff]{2,4})(?:\s?[（(][^（()）]{1,12}[）)])?】?\s*[：:｜|]",
    re.MULTILINE,
)

# So many letters show whom a unit writes with.
_LEAST_LETTERS = 2


def find_papers(documents: Sequence[Document]) -> tuple[list[Paper], Spelling]:
    """Read what every paper says of units and people.

    Args:
        documents: In any order; the papers come in the order of (date, file).
    """
    words = load_document_words()
    party_words = load_party_words()
    spelling = Spelling(party_words, load_table("names", NameWords), words, public=public_hosts(documents, party_words))
    spelling = replace(spelling, known=frozenset(_speakers(documents, spelling)))
    drafts = [draft_header(document, words, _names((), spelling)) for document in documents]
    spelling = replace(spelling, single=_single(drafts, spelling), facing=find_facing(drafts, spelling))
    if spelling.facing:
        spelling = replace(spelling, public=public_hosts(documents, party_words, one_unit=True))
    spelling = _with_heads(drafts, spelling)
    drafts = [draft_header(document, words, _names(sorted(spelling.heads), spelling)) for document in documents]
    spelling = _with_heads(drafts, spelling)
    papers = name_people([_read(draft, spelling) for draft in drafts], documents, spelling)
    return sorted(papers, key=lambda paper: (paper.date or "9999", paper.file)), spelling


def _names(units: Sequence[str], spelling: Spelling) -> Names:
    """Return names that only say that they are units: whose does not matter to the layout of a paper."""
    return Names(units=dict.fromkeys(units, "A"), people={}, domains={}, words=spelling.people)


def _read(draft: Draft, spelling: Spelling) -> Paper:
    if draft.document.mail:
        return read_mail(draft, draft.document.mail, spelling)
    if draft.kind in ("minutes", "transcript"):
        return read_meeting(draft, spelling)
    return read_letter(draft, spelling)


def _with_heads(drafts: Sequence[Draft], spelling: Spelling) -> Spelling:
    """Return the spelling with the names that letters bear; departments of one of them are left out."""
    wide = replace(spelling, heads=spelling.heads | frozenset(_heads(drafts, spelling)))
    return replace(wide, heads=frozenset(name for name in wide.heads if not wide.is_department(name)))


def _heads(drafts: Sequence[Draft], spelling: Spelling) -> Iterator[str]:
    """Yield the names that letters bear as senders and addressees, departments aside."""
    for paper in read_letters(drafts, spelling):
        for mention in (*paper.senders, *paper.addressees, *paper.also):
            if not spelling.is_joint(mention.name):
                yield mention.name


def _single(drafts: Sequence[Draft], spelling: Spelling) -> frozenset[str]:
    """Return the names that sound like a joint body and are one side: they exchange letters with one unit alone.

    A joint body has to do with both, in letters to each or to both at once.
    """
    with_: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in read_letters(drafts, spelling):
        if len(paper.senders) == 1:
            sender, others = paper.senders[0].name, [one.name for one in paper.addressees]
            for one, far in [(sender, others), *((other, [sender]) for other in others)]:
                with_[one].update(map(spelling.core, far))
    return frozenset(
        name
        for name, far in with_.items()
        if spelling.is_joint(name) and len(far) == 1 and far.total() >= _LEAST_LETTERS
    )


def _speakers(documents: Sequence[Document], spelling: Spelling) -> Iterator[str]:
    """Yield people who are surely people: they write mails, or open lines of a talk more than once."""
    opened: set[str] = set()
    for document in documents:
        if document.mail:
            for name, _ in (document.mail.sender, *document.mail.to, *document.mail.copies):
                person, _ = person_of(name, spelling)
                if person:
                    yield person
        opened |= {match["who"] for match in _SPEAKER.finditer(document.plain) if _twice(match["who"], document)}
    labels = spelling.documents.label_group
    yield from (who for who in sorted(opened) if spelling.is_person(who) and who not in labels)


def _twice(who: str, document: Document) -> bool:
    return document.plain.count(f"{who}：") + document.plain.count(f"{who}:") >= 2
