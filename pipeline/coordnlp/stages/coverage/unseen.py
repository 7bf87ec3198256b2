"""Papers that exist and were not read: unread files, lines of registers, numbers that others cite."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from coordnlp.ids import normalise
from coordnlp.layout.lexicon import first_number, normalise_number
from coordnlp.layout.prefixes import learn_prefixes, party_of_number
from coordnlp.names import Names
from coordnlp.records import Parsed, Party, Quote, RegisterEntry, Skipped, SkipReason, Unseen
from coordnlp.stages.coverage.table import load_coverage_words

# Left out for these reasons, a file has been read elsewhere, or never was a document.
_HARMLESS: frozenset[SkipReason] = frozenset({"duplicate", "temporary", "empty"})
_LETTERS = ("letter", "reply", "petition", "report", "notice")
_ADDRESSED = re.compile(r"致|复(?![函文])|给")
# A folder of so many letters that are all by one party holds that party's papers: 收文, 来函, 2024/对方.
_LEAST_LETTERS = 2
_STEM = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def find_unseen(
    parsed: Sequence[Parsed], skipped: Sequence[Skipped], entries: Sequence[RegisterEntry], names: Names
) -> list[Unseen]:
    """Find the papers that the dossier is known to lack, one record a paper, however many places tell of it.

    Returns:
        By (date, name); a file comes before a line of a register, and that before a citation of the same number.
    """
    prefixes = learn_prefixes((one.header.number, one.header.sender) for one in parsed)
    numbers = {normalise(normalise_number(one.header.number) or one.header.number) for one in parsed}
    named = [*_registered(parsed, entries), *_cited(parsed, prefixes)]
    files = [*_files(skipped, prefixes, names, _folder_writers(parsed)), *_pages(parsed)]
    found: dict[str, Unseen] = {}
    for one in (*_identified(files, named), *named):
        key = normalise(one.number) or (normalise(one.title) if load_coverage_words().tells(one.title) else one.name)
        if not one.number or normalise(one.number) not in numbers:
            found[key] = _joined(found[key], one) if key in found else one
    return sorted(found.values(), key=lambda one: (one.date or "9999", one.name))


def _identified(files: Sequence[Unseen], named: Sequence[Unseen]) -> Iterator[Unseen]:
    """Yield unread files with the number of the registered or cited paper that each must be.

    A name may leave the year of a number out (浔档函9号.pdf), or tell the day alone (IMG_20241212.jpg): it is the paper
    of that number, or the only one that came or went that day, if no other file may be it.
    """
    for one in files:
        fits = {paper.number: paper for paper in named if paper.number and _may_be(one, paper)}
        rivals = [other for other in files if any(_may_be(other, paper) for paper in fits.values())]
        if len(fits) == 1 and len(rivals) == 1:
            (paper,) = fits.values()
            yield replace(one, number=paper.number, party=one.party or paper.party, date=one.date or paper.date)
        else:
            yield one


def _may_be(file: Unseen, paper: Unseen) -> bool:
    number = first_number(paper.number)
    if number is None or paper.kind != "registered":
        return False
    if file.number and not first_number(file.number):
        return normalise(file.number) == normalise(f"{number.prefix}{number.serial}号")
    return (
        not file.number and bool(file.date) and file.date == paper.date and not load_coverage_words().tells(file.title)
    )


def _joined(first: Unseen, later: Unseen) -> Unseen:
    """Complete what is known of a paper with what another place tells of it."""
    return replace(
        first,
        party=first.party or later.party,
        date=first.date or later.date,
        title=later.title if later.kind == "registered" and later.title else first.title or later.title,
        quote=first.quote or later.quote,
    )


def _folder_writers(parsed: Sequence[Parsed]) -> dict[str, Party]:
    """Return by folder the party that wrote every letter in it."""
    writers: defaultdict[str, list[Party | None]] = defaultdict(list)
    for one in parsed:
        if one.header.kind in _LETTERS:
            writers[_folder(one.header.file)].append(one.header.sender)
    return {
        folder: found[0]
        for folder, found in writers.items()
        if len(found) >= _LEAST_LETTERS and len(set(found)) == 1 and found[0] in ("A", "B")
    }


def _pages(parsed: Sequence[Parsed]) -> Iterator[Unseen]:
    """Yield the pages that were not read of papers that were, each a paper of its own to whoever may hang on it."""
    for one in parsed:
        if one.document.unread:
            name = f"{one.header.file} {'、'.join(one.document.unread)}"
            yield Unseen("skipped", name, one.header.sender, one.header.date, title=one.header.title)


def _folder(file: str) -> str:
    return str(PurePosixPath(file).parent)


def _files(
    skipped: Sequence[Skipped], prefixes: Mapping[str, Party], names: Names, folder_writers: Mapping[str, Party]
) -> Iterator[Unseen]:
    for one in skipped:
        if one.reason in _HARMLESS:
            continue
        name = PurePosixPath(one.file).name
        party = party_of_number(one.number, prefixes) or names.party(_ADDRESSED.split(name)[0])
        yield Unseen(
            kind="marked" if one.reason == "marked" else "skipped",
            name=one.file,
            # 林春苗致邱敏.eml is by the one who stands before 致.
            party=party or folder_writers.get(_folder(one.file)),
            date=one.date,
            number=one.number,
            title=_STEM.sub("", name),
        )


def _registered(parsed: Sequence[Parsed], entries: Sequence[RegisterEntry]) -> Iterator[Unseen]:
    """Yield the lines of registers whose paper is not in the folder."""
    titles = [normalise(one.header.title) for one in parsed if one.header.title]
    for entry in entries:
        known = any(normalise(entry.title) in title or title in normalise(entry.title) for title in titles)
        if entry.number or (entry.title and not known):
            yield Unseen(
                kind="registered",
                name=entry.number or entry.title,
                party=entry.sender,
                date=entry.date,
                number=entry.number,
                title=entry.title,
                quote=Quote(entry.document, entry.start, entry.end),
            )


def _cited(parsed: Sequence[Parsed], prefixes: Mapping[str, Party]) -> Iterator[Unseen]:
    """Yield the numbers of the two parties that papers cite; the citing paper's date is the latest they can have."""
    for one in parsed:
        for reference in one.header.references:
            number = first_number(reference.value) if reference.kind == "number" else None
            party = party_of_number(reference.value, prefixes)
            if number and party in ("A", "B", "AB"):
                quote = Quote(one.header.id, reference.start, reference.end)
                yield Unseen("cited", number.normalised, party, one.header.date, number.normalised, "", quote)
