"""The same dossier with people's names masked (王某某), so that its report can be shown to others.

A mask is as long as the name, so that every offset holds and the records need no second reading. What stands for
somebody all the same is masked in the same way: the local part of a mail address, a mobile number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import PurePosixPath
from typing import Any, TypeVar

from coordnlp.names import NameWords
from coordnlp.records import Dossier
from coordnlp.scripts import simplify_all, simplify_characters
from coordnlp.tables import load_table

_GAP = r"[ \t\u3000]{0,3}"  # 李　明: set apart to the width of three characters
_ADDRESS = re.compile(r"[A-Za-z0-9_.+-]+(?=@)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)(\d{8})(?!\d)")
_LETTER = re.compile(r"\w")
_Record = TypeVar("_Record")
Mask = Callable[[str], str]


def redact(dossier: Dossier) -> Dossier:
    """Return a dossier in which no person of it is named.

    Masked are the members of the teams, those on attendee lists, speakers, and senders and receivers of mails,
    wherever they stand: quotes, names of files, reasons, reviewers' words. Ids, days and offsets stay.
    """
    words = load_table("names", NameWords)
    mask = make_mask(find_people(dossier, words), words)
    papers = [one.file for one in dossier.documents]
    files = _mask_files([*papers, *(one.file for one in dossier.skipped)], mask)
    return _redact(dossier, lambda text: files.get(text) or mask(text))


def find_people(dossier: Dossier, words: NameWords) -> frozenset[str]:
    """Return the names of people in a dossier, in simplified characters where they are told in both."""
    members = {member.name for team in dossier.teams.teams for member in team.members if len(member.name) >= 2}
    told = {name for name in _told(dossier) if words.is_person(name)}
    return frozenset({*members, *simplify_all(sorted(members)), *told})


def _told(dossier: Dossier) -> Iterator[str]:
    for header in dossier.headers:
        yield from (one.name for one in header.attendees)
    yield from (passage.speaker for passage in dossier.passages)
    for mail in filter(None, (document.mail for document in dossier.documents)):
        yield from (re.split(r"[\s（(]", name)[0] for name, _ in (mail.sender, *mail.to, *mail.copies))
    yield from (one.judgement.review.by for one in dossier.judged)


def make_mask(people: Iterable[str], words: NameWords) -> Mask:
    """Return the function that masks people, mail addresses and mobile numbers in a text; its length stays."""
    names = sorted(people, key=lambda name: (-len(name), name))
    given = {name[len(_surname(name, words)) :] for name in names if name[0] > "\u2e80"}
    called = [name for name in sorted(given, key=lambda name: (-len(name), name)) if len(name) >= 2]
    whole = re.compile("|".join(map(_pattern, names)) or "(?!)")
    alone = _alone(called, words)

    @cache
    def mask(text: str) -> str:
        letters = list(text)
        for reading in {text, simplify_characters(text)}:
            for found in whole.finditer(reading):
                _hide(letters, found.start() + len(_surname(found[0], words)), found.end())
            for found in alone.finditer(reading):
                _hide(letters, found.start(), found.end())
        for found in _ADDRESS.finditer(text):
            letters[found.start() + 1 : found.end()] = "*" * (len(found[0]) - 1)
        for found in _MOBILE.finditer(text):
            letters[found.start(2) : found.end(2)] = "*" * len(found[2])
        return "".join(letters)

    return mask


def _surname(name: str, words: NameWords) -> str:
    """Return what stays of a name: 欧阳, 王, or the first letter."""
    is_compound = name.startswith(words.compound_surnames) and len(name) > 2
    return name[:2] if is_compound or (len(name) == 4 and name.isalpha() and name[0] > "\u2e80") else name[0]


def _pattern(name: str) -> str:
    """Match a name, a Chinese one with blanks in it too, a Latin one as a word."""
    if name[0] > "\u2e80":
        return _GAP.join(map(re.escape, name))
    return rf"\b{re.escape(name)}\b"


def _alone(given: Iterable[str], words: NameWords) -> re.Pattern[str]:
    """Match given names where they stand for the person: before a post or 同志, in quotation marks, as a whole text."""
    names = "|".join(map(re.escape, given))
    if not names:
        return re.compile("(?!)")
    return re.compile(rf"(?:{names})(?=同志|{words.post.pattern})|^(?:{names})$|(?<=“)(?:{names})(?=”)")


def _hide(letters: list[str], start: int, end: int) -> None:
    for at in range(start, end):
        if _LETTER.match(letters[at]):
            letters[at] = "某" if letters[at] > "\u2e80" else "*"


def _mask_files(files: Iterable[str], mask: Mask) -> dict[str, str]:
    """Return the masked names of files by their own; files of two people must not become one."""
    masked: dict[str, str] = {}
    taken = set[str]()
    for file in sorted(set(files)):
        path = PurePosixPath(mask(file))
        name, number = str(path), 1
        while name in taken:
            number += 1
            name = str(path.with_name(f"{path.stem}({number}){path.suffix}"))
        taken.add(name)
        masked[file] = name
    return masked


def _redact(value: _Record, mask: Mask) -> _Record:
    """Return a record, and what it holds, with every text masked."""
    changed: Any = value
    if isinstance(value, str):
        changed = mask(value)
    elif isinstance(value, tuple):
        changed = tuple(_redact(one, mask) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = replace(value, **{one.name: _redact(getattr(value, one.name), mask) for one in fields(value)})
    return changed  # type: ignore[no-any-return]
