"""Find in letters, notices, reports and forms: who wrote them, to whom, with copies to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coordnlp.layout.drafts import Draft
from coordnlp.layout.grids import read_grids
from coordnlp.layout.lexicon import first_number
from coordnlp.layout.lines import Line, squeeze
from coordnlp.records import Member
from coordnlp.stages.parties.papers import Mention, Paper, Role, Seat
from coordnlp.stages.parties.rolls import split_piece
from coordnlp.stages.parties.spellings import Spelling, split_names

_DATE = re.compile(r"[（(]?\s*[\d〇○零一二三四五六七八九十０-９OoＯ]{2,4}\s*[年./-].{2,14}$")
_COPIES = re.compile(
    r"^[（(]?\s*(?:抄送|抄报|抄致|分送)[：:]?(?P<list>[^）)。]{2,80})|[；;]\s*抄送[：:](?P<inner>[^）)。]{2,60})"
)
_ISSUED = re.compile(r"^(?P<name>[\u4e00-\u9fff]{3,24})\s+.*印\s*[发制]")
# Letters at the end of a number's prefix that tell the kind: 临政办函, 砚工施通知, 磐港请.
_KIND_LETTERS = re.compile(r"(?:联系单|通知|请示|报告|函复|函|请|报|发|办|复|电|字|文|联|批|呈|纪|督|备|便)+$")
_LEAD = re.compile(r"关于|对《|致(?=\S{2,14}的)")


def own_lines(draft: Draft) -> list[Line]:
    """Return the lines without quoted mail and disclaimers; a layout counts these."""
    return [line for line in draft.lines if line.kind not in ("quote", "disclaimer")]


def stem(number: str) -> str:
    """Return the prefix of a 发文字号 without the letters of the kind, '' where it has none."""
    found = first_number(number)
    prefix = re.sub(r"\s", "", found.prefix) if found else ""
    return _KIND_LETTERS.sub("", prefix) or prefix[:1]


def read_letter(draft: Draft, spelling: Spelling) -> Paper:
    """Read who wrote a paper and to whom it goes; for a form, its fields; for an unsigned letter, its head."""
    lines = own_lines(draft)
    file = draft.document.file
    signed = list(_signatures(draft, lines, spelling))
    stated = list(_fields(draft, "sender", lines, spelling))
    led = [Mention(name, "title", file, 0) for name in _lead(draft, spelling)]
    heads = list(_letterheads(draft, lines, spelling))
    senders = next(
        (found for found in (stated if draft.layout.addressee < 0 else [], signed, stated, led, heads) if found), []
    )
    also = [one for one in (*signed, *stated, *led, *heads) if one not in senders] if len(senders) <= 1 else []
    paper = Paper(
        file=file,
        kind=draft.kind,
        date=draft.date,
        title=draft.title,
        stem=stem(draft.number or draft.named_number),
        senders=tuple(_unique(senders)),
        addressees=tuple(_unique(_addressees(draft, lines, spelling))),
        copies=tuple(_unique(_copies(draft, lines, spelling))),
        also=tuple(_unique(also)),
        owners=tuple(_unique(owners(draft, lines, spelling))),
    )
    return replace(paper, seats=tuple(_own_people(draft, lines, paper, spelling)))


def read_letters(drafts: Sequence[Draft], spelling: Spelling) -> Iterator[Paper]:
    """Read every paper that is neither a mail nor of a meeting."""
    for draft in drafts:
        if not draft.document.mail and draft.kind not in ("minutes", "transcript"):
            yield read_letter(draft, spelling)


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    return list({mention.name: mention for mention in reversed(list(mentions))}.values())[::-1]


def _named(text: str, role: Role, line: Line, file: str, spelling: Spelling, *, loose: bool) -> Iterator[Mention]:
    """Yield the units of a list; a bare body (上坪村党支部、村委会) belongs to the name before it."""
    for piece in split_names(text):
        name = spelling.unit(piece, loose=loose)
        if not name and piece in spelling.heads:
            name = piece
        if name and not spelling.is_bare(name):
            yield Mention(name, role, file, line.start)


def _signatures(draft: Draft, lines: Sequence[Line], spelling: Spelling) -> Iterator[Mention]:
    if draft.layout.signature == draft.layout.imprint and draft.layout.addressee < 0:
        return
    for line in lines[draft.layout.signature : draft.layout.imprint + 1]:
        if not line.text.startswith(spelling.documents.imprint.openings) and not _ISSUED.match(line.text):
            text = _DATE.sub("", line.text)
            yield from _named(text, "signature", line, draft.document.file, spelling, loose=False)


def _fields(draft: Draft, group: str, lines: Sequence[Line], spelling: Spelling) -> Iterator[Mention]:
    role: Role = "addressee" if group == "addressee" else "copy" if group == "copies" else "field"
    for label in draft.layout.labels:
        if label.group == group:
            line = lines[min(label.line, len(lines) - 1)]
            yield from _named(label.value, role, line, draft.document.file, spelling, loose=True)


def _lead(draft: Draft, spelling: Spelling) -> Iterator[str]:
    """Yield the unit that leads the title: 某某公司关于……的函."""
    lead = _LEAD.split(squeeze(draft.title))[0]
    addressed = re.match(r"[致复回答给再]", lead)
    name = spelling.unit(lead) if len(lead) < len(squeeze(draft.title)) and not addressed else ""
    if name:
        yield name


def _letterheads(draft: Draft, lines: Sequence[Line], spelling: Spelling) -> Iterator[Mention]:
    below = max(draft.layout.body, 1) if draft.layout.addressee < 0 else draft.layout.addressee
    for line in lines[: min(3, below)]:
        if not spelling.documents.label.match(line.text) and not _of_title(line, draft):
            yield from _named(line.text, "letterhead", line, draft.document.file, spelling, loose=False)
    for line in lines[draft.layout.signature :]:
        if match := _ISSUED.match(line.text):
            yield from _named(match["name"], "letterhead", line, draft.document.file, spelling, loose=False)


def _of_title(line: Line, draft: Draft) -> bool:
    words = re.sub(r"\s", "", line.text)
    return words in re.sub(r"\s", "", draft.title) or bool(re.search(r"[致复]|回信|^[回答给再]", words[:4]))


def _addressees(draft: Draft, lines: Sequence[Line], spelling: Spelling) -> Iterator[Mention]:
    if draft.layout.addressee >= 0:
        line = lines[draft.layout.addressee]
        yield from _named(line.text.rstrip("：: "), "addressee", line, draft.document.file, spelling, loose=True)
    yield from _fields(draft, "addressee", lines, spelling)


def _copies(draft: Draft, lines: Sequence[Line], spelling: Spelling) -> Iterator[Mention]:
    yield from _fields(draft, "copies", lines, spelling)
    for line in lines:
        if match := _COPIES.search(line.text):
            listed = match["list"] or match["inner"]
            yield from _named(listed, "copy", line, draft.document.file, spelling, loose=True)


def owners(draft: Draft, lines: Sequence[Line], spelling: Spelling) -> Iterator[Mention]:
    """Yield the units that follow-up tables hold responsible."""
    for grid in read_grids(lines):
        for row in grid.rows:
            for cell in (*row.cells.get("owner", ()), *row.cells.get("helper", ())):
                for piece in re.split(r"[、，,；;/\s]+|与|和", cell.text):
                    word = piece.split("·")[0].strip()
                    if (
                        word
                        and not spelling.is_person(word)
                        and (spelling.unit(word) or spelling.abbreviates_head(word))
                    ):
                        yield Mention(word, "owner", draft.document.file, cell.start)


def _own_people(draft: Draft, lines: Sequence[Line], paper: Paper, spelling: Spelling) -> Iterator[Seat]:
    """Yield the people who sign, issue or handle a paper for its sender."""
    unit = paper.senders[0].name if len(paper.senders) == 1 else ""
    if len(paper.senders) > 1:
        return
    for line in lines[draft.layout.signature : draft.layout.imprint]:
        text = _DATE.sub("", line.text).strip("（）() ")
        for _, post, person in _people(text, spelling):
            yield Seat(unit, Member(person, post), "signature", draft.document.file)
    for line in [*lines[: draft.layout.body + 1], *lines[max(draft.layout.body, len(lines) - 8) :]]:
        for match in spelling.words.own_people.finditer(line.text):
            for _, post, person in _people(match["value"].split("、")[0], spelling):
                yield Seat(unit, Member(person, post), "field", draft.document.file)


def _people(text: str, spelling: Spelling) -> Iterator[tuple[str, str, str]]:
    words = [word for word in re.split(r"[\s、，,]+", text) if word]
    for ordinal, word in enumerate(words):
        unit, post, person = split_piece(word, spelling)
        before = words[ordinal - 1] if ordinal else ""
        if person:
            yield unit, post or (before if before and spelling.is_post(before) else ""), person
