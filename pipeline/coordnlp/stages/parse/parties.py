"""Who wrote a document, to whom, and with copies to whom, as a whole dossier tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import itemgetter

from coordnlp.layout.drafts import Draft
from coordnlp.layout.lexicon import DocumentWords
from coordnlp.layout.lines import own_lines, squeeze
from coordnlp.layout.prefixes import party_of_number
from coordnlp.names import Names, mail_house, of_one_side
from coordnlp.records import Party, Side

_EDITED = re.compile(r"^([\u4e00-\u9fff]{2,20}?)(?:编|编发|编印|拟|整理|报|印)[，,。（(]")
_TO_WHOM = re.compile("关于|致|答复|回复|复")
# 致云麓出版社 on a line of its own, and who is greeted without a name.
_TO_LINE = re.compile(r"^(?:致|复|呈|送)\s*([\u4e00-\u9fff]{2,20})$")
_GREETED = re.compile(r"^(?:诸位|各位|大家|你好|您好|同志们)")
# 建川兄, who is called by the given name.
_FRIEND = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:[老吾仁]?兄|[老贤]?弟|大?[哥姐])$")
# A line between title and text that says which joint body makes the paper.
_BODY_OF_BOTH = re.compile(r"联合|协调|合署|[编办组队]$|编发|编印|办公室")
_MAKERS = 6
_MARKED = 3
_FILE_DATE = re.compile(r"^[\d\W_年月日]+")
_CONTRACTS = re.compile(r"^\s*([甲乙])\s*方\s*[：:（(]")
_REPORTS = ("report", "notice", "memo", "other")


def learn_domains(drafts: Sequence[Draft], names: Names) -> dict[str, Side]:
    """Return mail domains that only one team's known people write from or are written to at.

    Who writes from a bare address is told by the signature, unless the other end has the same domain: a mail house of
    everybody's.
    """
    mails = [(draft, draft.document.mail) for draft in drafts if draft.document.mail]
    shared = {_house(mail.sender) for _, mail in mails if _house(mail.sender) in map(_house, mail.to)}
    named: list[tuple[str, Party | None]] = []
    for draft, mail in mails:
        every = (mail.sender, *mail.to, *mail.copies)
        named += [(_house(address), names.people.get(re.sub(r"\s", "", address[0]))) for address in every]
        if not mail.sender[0].strip() and _house(mail.sender) not in shared:
            named.append((_house(mail.sender), names.party(_signature_text(draft))))
    return of_one_side(sorted((vote for vote in named if vote[0]), key=itemgetter(0)))


def _house(address: tuple[str, str]) -> str:
    return mail_house(address[1])


def find_sender(draft: Draft, names: Names, prefixes: Mapping[str, Party], words: DocumentWords) -> Party | None:
    """Return who wrote a document, by the first mark that tells; `X` for anyone else, None for nobody named."""
    if draft.document.mail:
        return names.of_address(*draft.document.mail.sender) or names.party(_signature_text(draft)) or "X"
    if draft.kind in ("minutes", "transcript"):
        return _meeting_party(draft, names, words)
    signature = squeeze(_signature_text(draft))
    joint = any(word in signature for word in words.signature.joint)
    stated: Party | None = next(
        (party for value in draft.layout.values("sender") if (party := names.party(value))), None
    )
    candidates: tuple[Party | None, ...] = (
        "AB" if draft.kind in _REPORTS and _of_both(draft, names) else None,
        # A form names its sender in a field; what stands at its foot may be the receiver's.
        stated if draft.layout.addressee < 0 else None,
        # 弟　映雪: in a whole line, given names stand apart.
        names.signer(signature) or names.signer(_signature_text(draft)),
        "AB" if joint else None,
        stated,
        party_of_number(draft.number, prefixes),
        _first_party(_TO_WHOM.split(squeeze(draft.title))[0], names),
        "AB" if any(word in draft.title for word in words.signature.joint) else None,
        _first_party(_red_head(draft, words), names),
        _edited_by(draft, names),
        _opposite(draft, names),
        _named_by_file(draft, names) if draft.kind in _REPORTS else None,
    )
    found = next((party for party in candidates if party), None)
    if (
        not found
        and not _signature_text(draft)
        and draft.kind in _REPORTS
        and {"A", "B"} <= set(find_addressees(draft, names, None))
    ):
        # A joint office reports to both.
        return "AB"
    return found or ("X" if _signature_text(draft) or draft.number else None)


def _of_both(draft: Draft, names: Names) -> bool:
    """Tell whether the head names both sides as makers of the paper: 甲公司、乙农场协调办公室编, or 甲方：… 乙方：…."""
    parties = {match[1] for line in draft.lines[:_MAKERS] if (match := _CONTRACTS.match(line.text))}
    if parties == {"甲", "乙"}:
        return True
    last = min(_MAKERS, max(draft.layout.body, 1))
    heads = [line.text for at, line in enumerate(draft.lines[:last]) if at != draft.layout.addressee]
    return any(
        {"A", "B"} <= {mention.party for mention in names.find(text) if not mention.person}
        and _BODY_OF_BOTH.search(squeeze(text).strip("*"))
        and not re.match(r"^\s*(?:报|送|呈|发|抄)", text)
        and "关于" not in text
        for text in heads
    )


def _edited_by(draft: Draft, names: Names) -> Party | None:
    """Return who says under the title that it made the paper: 古管委办公室编，发各科室."""
    for line in draft.lines[:4]:
        match = _EDITED.match(line.text)
        if match and (party := names.party(match.group(1))):
            return party
    return None


def _named_by_file(draft: Draft, names: Names) -> Party | None:
    """Return whose paper it is by what its file is called, dates and numbers aside: 2023-10-16 航道局内部备忘.txt."""
    name = _FILE_DATE.sub("", draft.document.file.rpartition("/")[2])
    first = next(iter(names.find(_TO_WHOM.split(name)[0])), None)
    return first.party if first and first.start == 0 else None


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


def _meeting_party(draft: Draft, names: Names, words: DocumentWords) -> Party:
    """Return `AB` for a meeting of both; a team's own meeting is its own paper, one of strangers alone is theirs."""
    present = {attendee.party for attendee in draft.attendees if attendee.role == "present"}
    sides = present & {"A", "B"}
    if present and not sides and not names.find(draft.document.plain):
        return "X"
    titled = {mention.party for mention in names.find(draft.title) if not mention.person}
    own_body = len(titled) == 1 and any(word in draft.title for word in words.own_meetings)
    kept_inside = any(word in line.text for line in draft.lines[:_MARKED] for word in words.internal)
    if (own_body or kept_inside) and len(sides | titled) == 1:
        return next(iter(sides | titled))
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
        for line in draft.lines[: draft.layout.body]:
            if match := _TO_LINE.match(line.text.strip()):
                parties += [party for party in [names.party(match[1])] if party]
        if not parties and draft.kind in ("letter", "reply") and sender in ("A", "B"):
            # Of two that write to each other, an unaddressed letter goes to the other.
            parties = ["B" if sender == "A" else "A"]
    return tuple(dict.fromkeys(parties))


def _listed(text: str, names: Names) -> list[Party]:
    parts = [part for part in re.split(r"[、，,；;]|并", text.rstrip("：: ")) if part.strip()]
    return [
        names.party(part) or names.signer(_FRIEND.sub("", part.strip())) or "X"
        for part in parts
        if not _GREETED.match(part.strip())
    ]


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
