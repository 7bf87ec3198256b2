"""Find in mails: domains, display names, signature blocks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from coordnlp.layout.drafts import Draft
from coordnlp.layout.lines import Line
from coordnlp.names import mail_house
from coordnlp.records import Document, Mail, Member
from coordnlp.stages.parties.letters import own_lines
from coordnlp.stages.parties.papers import Mention, Paper, Seat
from coordnlp.stages.parties.rolls import split_piece
from coordnlp.stages.parties.spellings import Spelling
from coordnlp.stages.parties.words import PartyWords

_BLOCK_LINES = 6
# So many mails within a house say that both sides are of it.
_LEAST_MAILS = 2


def read_mail(draft: Draft, mail: Mail, spelling: Spelling) -> Paper:
    """Read who writes to whom by mail; where the house is one that anyone may use, the person stands for the side."""
    file = draft.document.file
    lines = own_lines(draft)
    sender = _mention(mail.sender, file, spelling)
    block = lines[max(draft.layout.body, len(lines) - _BLOCK_LINES) :]
    return Paper(
        file=file,
        kind="email",
        date=draft.date,
        title=draft.title,
        stem="",
        senders=(sender,) if sender else (),
        addressees=tuple(dict.fromkeys(one for to in mail.to if (one := _mention(to, file, spelling)))),
        copies=tuple(dict.fromkeys(one for to in mail.copies if (one := _mention(to, file, spelling)))),
        also=tuple(dict.fromkeys(_block_units(block, file, spelling))),
        seats=tuple(dict.fromkeys([*_seats(mail, file, spelling), *_block_people(block, mail, file, spelling)])),
    )


def public_hosts(documents: Iterable[Document], words: PartyWords, *, one_unit: bool = False) -> frozenset[str]:
    """Return the mail houses that tell nothing of a side.

    Well-known ones that anyone may use; those whose mailboxes are mostly numbered, since people number their private
    ones (hc_0799, 13901234567) and an office names its own after people and posts; and the one that both sides are of,
    as the union and the factory that it belongs to: most of its mails go to itself.

    Args:
        one_unit: Both sides are known to be of one unit: a single mail to its own house will do.
    """
    least = 1 if one_unit else _LEAST_MAILS
    mails = [document.mail for document in documents if document.mail]
    boxes: dict[str, set[str]] = defaultdict(set)
    sent: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for mail in mails:
        for _, mailbox in (mail.sender, *mail.to, *mail.copies):
            boxes[mail_house(mailbox)].add(mailbox.lower())
        home = mail_house(mail.sender[1])
        sent[home] += 1
        inside[home] += any(mail_house(mailbox) == home for _, mailbox in mail.to)
    numbered = {host for host, found in boxes.items() if 2 * sum(map(_is_numbered, found)) >= len(found)}
    shared = {host for host, count in inside.items() if count >= least and 2 * count > sent[host]}
    return frozenset({*words.places.public_domains, *numbered, *shared})


def _is_numbered(box: str) -> bool:
    return bool(re.search(r"\d{3}", box.partition("@")[0]))


def person_of(name: str, spelling: Spelling) -> tuple[str, str]:
    """Return the person of a display name, and the unit in it: 王磊（区住建局）, 区住建局 王磊, "王 磊"."""
    joined = re.sub(r"\s", "", name)
    if spelling.people.is_person(joined):
        return joined, ""
    words = [word for word in re.split(r"[\s（()）/|·\-]+", name) if word]
    person = next((word for word in words if spelling.is_person(word)), "")
    unit = next((word for word in words if word != person and spelling.unit(word)), "")
    return person, unit


def _mention(address: tuple[str, str], file: str, spelling: Spelling) -> Mention | None:
    name, mailbox = address
    host = mail_house(mailbox)
    if host and host not in spelling.public:
        return Mention(f"@{host}", "mail", file, 0)
    person, unit = person_of(name, spelling)
    word = unit or (f"&{person}" if person else "")
    return Mention(word, "mail", file, 0) if word else None


def _seats(mail: Mail, file: str, spelling: Spelling) -> Iterator[Seat]:
    for address in (mail.sender, *mail.to, *mail.copies):
        person, unit = person_of(address[0], spelling)
        mention = _mention(address, file, spelling)
        if person and mention and mention.name.startswith("@"):
            yield Seat(mention.name, Member(person), "mail", file)
        if person and unit:
            yield Seat(unit, Member(person), "mail", file)


def _block_units(block: Sequence[Line], file: str, spelling: Spelling) -> Iterator[Mention]:
    """Yield the units of the signature block: a line of its own, or parts of one (某某 | 某局办公室)."""
    for line in block:
        if len(line.text) > 40 or re.search(r"[。！？；，]", line.text):
            continue
        for piece in re.split(r"[|｜/,]|\s{1,}", line.text):
            name = spelling.unit(piece)
            if (name and len(name) >= 3 and not spelling.is_person(name) and not spelling.is_department(name)) or (
                name and any(name.startswith(head) for head in spelling.heads)
            ):
                yield Mention(name, "signature", file, line.start)


def _block_people(block: Sequence[Line], mail: Mail, file: str, spelling: Spelling) -> Iterator[Seat]:
    """Yield the post of the writer where the block gives it: 罗建川 场长."""
    writer, _ = person_of(mail.sender[0], spelling)
    sender = _mention(mail.sender, file, spelling)
    for line in block:
        words = re.split(r"[\s|｜/，,]+", line.text)
        if writer and sender and writer in words and len(line.text) <= 40:
            post = next((word for word in words if word != writer and spelling.is_post(word)), "")
            unit, own = split_piece(post + writer, spelling)[:2] if post else ("", "")
            if own and not unit and sender.name.startswith("@"):
                yield Seat(sender.name, Member(writer, own), "signature", file)
