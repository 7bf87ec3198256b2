"""Who wrote a document, to whom, and with copies to whom, as a whole dossier tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from coordnlp.layout.drafts import Draft
from coordnlp.layout.lexicon import DocumentWords
from coordnlp.layout.lines import own_lines, squeeze
from coordnlp.layout.prefixes import party_of_number
from coordnlp.names import Names
from coordnlp.records import Document, Party, Side

_EDITED = re.compile(r"^([\u4e00-\u9fff]{2,20}?)(?:编|编发|编印|拟|整理|报|印)[，,。（(]")
_TO_WHOM = re.compile("关于|致|答复|回复|复")


def learn_domains(documents: Iterable[Document], names: Names) -> dict[str, Side]:
    """Return mail domains that only one team's known people write from or are written to at."""
    votes: dict[str, set[Side]] = {}
    for document in documents:
        if document.mail is None:
            continue
        for name, address in (document.mail.sender, *document.mail.to, *document.mail.copies):
            party = names.people.get(re.sub(r"\s", "", name))
            if party and "@" in address:
                votes.setdefault(address.rpartition("@")[2].lower(), set()).add(party)
    return {domain: next(iter(sides)) for domain, sides in sorted(votes.items()) if len(sides) == 1}


def find_sender(draft: Draft, names: Names, prefixes: Mapping[str, Party], words: DocumentWords) -> Party | None:
    """Return who wrote a document, by the first mark that tells; `X` for anyone else, None for nobody named."""
    if draft.document.mail:
        return names.of_address(*draft.document.mail.sender) or names.party(_signature_text(draft)) or "X"
    if draft.kind in ("minutes", "transcript"):
        return _meeting_party(draft, names)
    signature = squeeze(_signature_text(draft))
    joint = any(word in signature for word in words.signature.joint)
    stated: Party | None = next(
        (party for value in draft.layout.values("sender") if (party := names.party(value))), None
    )
    candidates: tuple[Party | None, ...] = (
        # A form names its sender in a field; what stands at its foot may be the receiver's.
        stated if draft.layout.addressee < 0 else None,
        names.signer(signature),
        "AB" if joint else None,
        stated,
        party_of_number(draft.number, prefixes),
        _first_party(_TO_WHOM.split(squeeze(draft.title))[0], names),
        "AB" if any(word in draft.title for word in words.signature.joint) else None,
        _first_party(_red_head(draft, words), names),
        _edited_by(draft, names),
        _opposite(draft, names),
    )
    found = next((party for party in candidates if party), None)
    return found or ("X" if _signature_text(draft) or draft.number else None)


def _edited_by(draft: Draft, names: Names) -> Party | None:
    """Return who says under the title that it made the paper: 古管委办公室编，发各科室."""
    for line in draft.lines[:4]:
        match = _EDITED.match(line.text)
        if match and (party := names.party(match.group(1))):
            return party
    return None


def _opposite(draft: Draft, names: Names) -> Party | None:
    """Return who else can have written an unsigned paper: the other side of a letter, the holder of a memo."""
    addressees = set(find_addressees(draft, names, None))
    if len(addressees & {"A", "B"}) != 1:
        return None
    one: Party = "A" if "A" in addressees else "B"
    if draft.kind == "memo":
        return one
    if draft.kind in ("letter", "reply") and not _signature_text(draft):
        return "B" if one == "A" else "A"
    return None


def _red_head(draft: Draft, words: DocumentWords) -> str:
    """Return the lines above the title that are neither fields nor the addressee."""
    title = squeeze(draft.title)
    head = draft.lines[: min(3, max(draft.layout.body, 1))]
    return "\n".join(
        squeeze(line.text)
        for ordinal, line in enumerate(head)
        if ordinal != draft.layout.addressee
        and not words.label.match(line.text)
        and (not title or squeeze(line.text) not in title)
    )


def _first_party(text: str, names: Names) -> Party | None:
    mentions = names.find(text)
    return mentions[0].party if mentions else None


def _signature_text(draft: Draft) -> str:
    own = own_lines(draft.lines)
    behind = [line for line in own[draft.layout.imprint : draft.layout.imprint + 1] if "章" in line.text[-3:]]
    return "\n".join(line.text for line in [*own[draft.layout.signature : draft.layout.imprint], *behind])


def _meeting_party(draft: Draft, names: Names) -> Party:
    """Return `AB` for a meeting of both; a team's own meeting is its own paper."""
    present = {attendee.party for attendee in draft.attendees if attendee.role == "present"}
    sides = present & {"A", "B"}
    if len(sides) == 1 and len([a for a in draft.attendees if a.role == "present"]) >= 3:
        others = "\n".join(line.text for line in draft.lines)
        only = next(iter(sides))
        if not any(mention.party != only and mention.person for mention in names.find(others)):
            return only
    return "AB"


def find_addressees(draft: Draft, names: Names, sender: Party | None) -> tuple[Party, ...]:
    """Return whom a document is written to, in order of mention."""
    mail = draft.document.mail
    if mail:
        parties: list[Party] = [names.of_address(*address) or "X" for address in mail.to]
    elif draft.kind in ("minutes", "transcript"):
        parties = ["AB"] if sender == "AB" else [sender or "X"]
    else:
        parties = _listed(draft.lines[draft.layout.addressee].text, names) if draft.layout.addressee >= 0 else []
        for value in draft.layout.values("addressee"):
            parties += _listed(value, names)
    return tuple(dict.fromkeys(parties))


def _listed(text: str, names: Names) -> list[Party]:
    parts = [part for part in re.split(r"[、，,；;]|并", text.rstrip("：: ")) if part.strip()]
    return [names.party(part) or "X" for part in parts]


def find_copies(draft: Draft, names: Names) -> tuple[Party, ...]:
    """Return who receives a copy, in order of mention."""
    mail = draft.document.mail
    if mail:
        return tuple(dict.fromkeys(names.of_address(*address) or "X" for address in mail.copies))
    parties: list[Party] = [party for value in draft.layout.values("copies") for party in _listed(value, names)]
    for line in draft.lines:
        match = re.search(r"(?:抄送|抄报|抄致|分送|主送|送)[：:]?([^）)。]{2,80})", line.text)
        if match and (line.text.startswith(("抄", "分送", "（", "(")) or line.text.endswith("）")):
            parties += _listed(match.group(1), names)
    return tuple(dict.fromkeys(parties))
