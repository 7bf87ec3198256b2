"""The header of a document: kind, title, number, date, sender, addressees, copies, references, attendees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coordnlp.ids import document_key, make_id, normalise
from coordnlp.names import Names
from coordnlp.records import (
    Attendee,
    DateSource,
    Document,
    Header,
    Kind,
    Party,
    Side,
    Teams,
)
from coordnlp.stages.parse.dating import date_document
from coordnlp.stages.parse.layout import Layout, lay_out
from coordnlp.stages.parse.lexicon import DocumentWords, first_number, normalise_number
from coordnlp.stages.parse.lines import Line, split_lines, squeeze
from coordnlp.stages.parse.people import list_attendees
from coordnlp.stages.parse.references import bare_subject, find_references

_CHAT_LINE = re.compile(
    r"^(?:\S{2,12}\s+(?=[\d-]+[:： ]\d{2}\W*))?\[?(?:\d{1,2}[-/月]\d{1,2}日?\s+)?"
    r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s+)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\]?(?:\s*\S|$)"
)
_TURN_LINE = re.compile(r"^[\u4e00-\u9fff·]{2,6}(?:[（(][^（()）]{1,14}[）)])?\s*[：:]\s*\S")
# Serial numbers of forms, in the line of the title: LX-C-2025-015.
_SERIAL = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}(?:-[A-Z0-9]{1,6}){1,3}-?\d{2,4}(?![A-Za-z0-9])")
_EDITED = re.compile(r"^([\u4e00-\u9fff]{2,20}?)(?:编|编发|编印|拟|整理|报|印)[，,。（(]")
_TO_WHOM = re.compile("关于|致|答复|回复|复")
# Kinds that bear a 发文字号.
_NUMBERED = ("letter", "reply", "petition", "notice", "report")
# So many turns make a talk.
_TALKING = 4
_RECEIVED = re.compile(r"(?:来函|来文|来信|函|联系单|来件|来电|函件)[^。]{0,24}?(?:收悉|已悉|敬悉|收到|已收)")
_REPLYING = re.compile(r"(?:函复|答复|回复|复函|复如下|回函|作复|逐项回|复你|复贵)")
_RETURN = re.compile(r"[（(](?:回执|回复|答复|复|反馈)[）)]$")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one document alone tells; parties follow when all documents were seen.

    `named_number` is the 发文字号 in the file name. It stands in for one that the text leaves out, but is no part of
    the document's key: a file may be renamed.
    """

    document: Document
    lines: tuple[Line, ...]
    layout: Layout
    kind: Kind
    title: str
    number: str
    named_number: str
    date: str
    date_source: DateSource
    attendees: tuple[Attendee, ...]


def draft_header(document: Document, words: DocumentWords, names: Names) -> Draft:
    """Read what a document says of itself without looking at others."""
    lines = tuple(split_lines(document))
    own = [line for line in lines if line.kind not in ("quote", "disclaimer")]
    layout = lay_out(lines, words, names, mail=document.mail is not None)
    title = bare_subject(document.mail.subject, words) if document.mail else layout.title
    kind = _kind(document, own, layout, title, words)
    date, source = date_document(document, kind, own, layout)
    return Draft(
        document,
        lines,
        layout,
        kind,
        title,
        _number(own, layout),
        as_written(document.file.rpartition("/")[2]) if kind in _NUMBERED else "",
        date,
        source,
        list_attendees(layout, names),
    )


def _number(lines: Sequence[Line], layout: Layout) -> str:
    if layout.number >= 0:
        return as_written(lines[layout.number].text)
    for value in layout.values("number"):
        return as_written(value) or re.sub(r"\s.*", "", value.strip())
    serial = _SERIAL.search(lines[0].text) if lines else None
    return serial.group() if serial else ""


def as_written(text: str) -> str:
    """Return the 发文字号 in a text with its own brackets, or ''."""
    number = first_number(text)
    return re.sub(r"\s", "", text[number.start : number.end]) if number else ""


def _kind(document: Document, lines: Sequence[Line], layout: Layout, title: str, words: DocumentWords) -> Kind:
    if document.mail:
        return "email"
    stem = re.sub(r"\.[^.]*$", "", document.file.rpartition("/")[2])
    kind = words.kind_of_title(title) or words.kind_inside(title)
    if _RETURN.search(squeeze(title)) or re.match(r"(?:答复|回复|复)(?!查|核|习|工|审)", squeeze(title)):
        kind = "reply"
    chat = sum(bool(_CHAT_LINE.match(line.text)) for line in lines)
    if chat >= 4 and kind not in ("minutes", "report"):
        return "transcript"
    if kind is None and "函〔" in normalise_number(_number(lines, layout)):
        kind = "letter"
    turns = sum(bool(_TURN_LINE.match(line.text)) for line in lines[layout.body :])
    if kind is None and layout.values("present") and turns < _TALKING:
        kind = "minutes"
    kind = kind or words.kind_of_title(stem) or words.kind_inside(stem) or _kind_by_shape(layout, turns)
    return "reply" if kind == "letter" and _answers(lines, layout, title) else kind


def _kind_by_shape(layout: Layout, turns: int) -> Kind:
    """Tell the kind by what stands in it: turns, attendees, an addressee."""
    if turns >= _TALKING:
        return "transcript"
    if layout.values("present"):
        return "minutes"
    return "letter" if layout.addressee >= 0 else "other"


def _answers(lines: Sequence[Line], layout: Layout, title: str) -> bool:
    """Tell whether a 函 replies to one: it confirms receipt at its start and says that it answers."""
    opening = "".join(line.text for line in lines[layout.body : layout.body + 2])[:220]
    return "催" not in title and bool(_RECEIVED.search(opening[:120]) and _REPLYING.search(opening))


# --- parties -------------------------------------------------------------------------------------


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


def learn_prefixes(drafts: Sequence[Draft], names: Names, words: DocumentWords) -> dict[str, Party]:
    """Return whose the prefixes of document numbers are (樟委函 → A), by the senders seen with them."""
    votes: dict[str, Counter[Party]] = {}
    for draft in drafts:
        party = _sender(draft, names, {}, words)
        number = first_number(draft.number)
        if number and number.prefix and party:
            votes.setdefault(number.prefix, Counter())[party] += 1
    return {prefix: count.most_common(1)[0][0] for prefix, count in sorted(votes.items())}


def _sender(draft: Draft, names: Names, prefixes: Mapping[str, Party], words: DocumentWords) -> Party | None:
    if draft.document.mail:
        return names.of_address(*draft.document.mail.sender) or names.party(_signature_text(draft)) or "X"
    if draft.kind in ("minutes", "transcript"):
        return _meeting_party(draft, names)
    number = first_number(draft.number)
    signature = squeeze(_signature_text(draft))
    joint = any(word in signature for word in words.signature.joint)
    candidates: tuple[Party | None, ...] = (
        names.signer(signature),
        "AB" if joint else None,
        next((party for value in draft.layout.values("sender") if (party := names.party(value))), None),
        prefixes.get(number.prefix) if number else None,
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
    addressees = set(_addressees(draft, names, None))
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
    head = draft.lines[: min(3, max(draft.layout.body, 1))]
    return "\n".join(
        squeeze(line.text)
        for ordinal, line in enumerate(head)
        if ordinal != draft.layout.addressee and not words.label.match(line.text)
    )


def _first_party(text: str, names: Names) -> Party | None:
    mentions = names.find(text)
    return mentions[0].party if mentions else None


def _signature_text(draft: Draft) -> str:
    own = [line for line in draft.lines if line.kind not in ("quote", "disclaimer")]
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


def _addressees(draft: Draft, names: Names, sender: Party | None) -> tuple[Party, ...]:
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


def _copies(draft: Draft, names: Names) -> tuple[Party, ...]:
    mail = draft.document.mail
    if mail:
        return tuple(dict.fromkeys(names.of_address(*address) or "X" for address in mail.copies))
    parties: list[Party] = [party for value in draft.layout.values("copies") for party in _listed(value, names)]
    for line in draft.lines:
        match = re.search(r"(?:抄送|抄报|抄致|分送|主送|送)[：:]?([^）)。]{2,80})", line.text)
        if match and (line.text.startswith(("抄", "分送", "（", "(")) or line.text.endswith("）")):
            parties += _listed(match.group(1), names)
    return tuple(dict.fromkeys(parties))


def finish_headers(drafts: Sequence[Draft], words: DocumentWords, names: Names, teams: Teams) -> list[Header]:
    """Give every draft its parties, references and id, in the order of the drafts."""
    prefixes = learn_prefixes(drafts, names, words)
    headers = [_finish(draft, words, names, prefixes, teams) for draft in drafts]
    return _with_unique_ids(headers, drafts)


def _finish(
    draft: Draft,
    words: DocumentWords,
    names: Names,
    prefixes: Mapping[str, Party],
    teams: Teams,
) -> Header:
    sender = _sender(draft, names, prefixes, words)
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
        addressees=_addressees(draft, names, sender),
        copies=_copies(draft, names),
        references=references,
        attendees=draft.attendees,
        body=_body(draft),
        problems=tuple(problems),
    )


def _body(draft: Draft) -> tuple[int, int]:
    own = [line for line in draft.lines if line.kind not in ("quote", "disclaimer")]
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
