"""Doubles: files that hold the same paper become one document (docs/design.md, "Told twice")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from coordnlp.dates import file_name_date
from coordnlp.records import Document, Skipped
from coordnlp.settings import Settings
from coordnlp.stages.doubles.mails import is_quote, is_quote_of, is_same_mail
from coordnlp.stages.doubles.papers import LEAST_TEXT, draft_share, has_same_number, is_same, is_same_file
from coordnlp.stages.doubles.runs import pair_by_rare_runs
from coordnlp.stages.doubles.sheets import Sheet, cited_drafts, read_sheets
from coordnlp.stages.doubles.table import DoubleWords, load_double_words

__all__ = ["fold_doubles"]

Bond = Literal["bytes", "mail", "quote", "forward", "same", "draft", "version"]

# Of files that are alike in one thing so many, those that are kept first, are compared with each of the others: a
# mailbox of six thousand copies of one mail has eighteen million pairs.
_MOST_ALIKE = 100


@dataclass(frozen=True, slots=True)
class _Fold:
    """Ordinal of the paper that a file is folded into, what it is to that, and how sure, in [0, 1]."""

    into: int
    bond: Bond
    share: float = 1.0


def fold_doubles(documents: Sequence[Document], settings: Settings) -> tuple[list[Document], list[Skipped]]:
    """Make one document of the files that hold the same paper.

    Kept is the final before a draft, the format that keeps more structure, a file of its own before an attachment or
    quote, then the first by path, whatever the order of files.

    Args:
        documents: In any order.

    Returns:
        The documents kept, in the order given, whose `also` names the other files; and those as `duplicate`.

    Source:
        Broder (1997) for the candidates by shared character runs; docs/design.md, "Told twice".
    """
    words = load_double_words()
    sheets = sorted(read_sheets(documents, words), key=lambda sheet: _rank(sheet, words))
    kept = _fold(sheets, settings, words)
    files = {sheets[at].document.file: sheets[root.into].document.file for at, root in kept.items()}
    also: dict[str, list[str]] = defaultdict(list)
    for file, into in sorted(files.items()):
        also[into].append(file)
    mails = {one.file for one in documents if one.mail}
    left = [_with_others(one, also, files, mails) for one in documents if one.file not in files]
    skipped = [_skip(sheets[at].document, sheets[fold.into].document, fold.bond, words) for at, fold in kept.items()]
    return left, sorted(skipped, key=lambda one: one.file)


def _rank(sheet: Sheet, words: DoubleWords) -> tuple[float, int, int, int, str]:
    """Return what sorts the file to keep first."""
    document = sheet.document
    order = words.formats.index(document.format) if document.format in words.formats else len(words.formats)
    # Whatever has letters of its own goes before what was recognised.
    order += len(words.formats) * bool(document.scanned)
    quote = is_quote(sheet)
    depth = 2 if quote else 1 if document.parent else 0
    # Of several quotes of one mail the fullest is kept.
    return sheet.stage, order, depth, -len(sheet.text) if quote else 0, document.file


def _fold(sheets: Sequence[Sheet], settings: Settings, words: DoubleWords) -> dict[int, _Fold]:
    """Return what each sheet is folded into, by ordinals; a sheet goes to one that is ranked before it."""
    partners: dict[int, set[int]] = defaultdict(set)
    for first, second in _candidates(sheets):
        partners[second].add(first)
    sent = _sent_out(sheets, words)
    folds: dict[int, _Fold] = {}
    for at in sorted(partners):
        found = _best(_bind(sheets, other, at, settings, sent) for other in sorted(partners[at]))
        if found:
            root = folds.get(found.into)
            folds[at] = replace(found, into=root.into) if root else found
    return folds


def _best(found: Iterable[_Fold | None]) -> _Fold | None:
    """Return the first that is certain, else the one with the most text in common, else None."""
    best: _Fold | None = None
    for fold in found:
        if fold and fold.bond not in ("draft", "version"):
            return fold
        if fold and (best is None or fold.share > best.share):
            best = fold
    return best


def _bind(sheets: Sequence[Sheet], first: int, second: int, settings: Settings, sent: frozenset[str]) -> _Fold | None:
    """Return how the second paper is a double of the first, or None."""
    one, other, limits = sheets[first], sheets[second], settings.doubles
    if is_same_file(one, other):
        return _Fold(first, "bytes")
    if one.document.mail and other.document.mail:
        if is_quote_of(one, other, limits):
            return _Fold(first, "quote")
        return _Fold(first, "mail") if is_same_mail(one, other, limits) else None
    if is_same(one, other, limits):
        return _Fold(first, "draft" if other.stage > one.stage else "same")
    common = draft_share(one, other, limits) if other.document.file not in sent else 0.0
    if not common:
        return None
    return _Fold(first, "version" if other.stage == one.stage and has_same_number(one, other) else "draft", common)


def _candidates(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int]]:
    """Yield pairs of ordinals, smaller first, that may be doubles."""
    # Of one text in many files one stands for all, else its runs would not be rare.
    ones = sorted({sheet.text: at for at, sheet in reversed(list(enumerate(sheets)))}.values())
    for first, second in pair_by_rare_runs([sheets[at].runs for at in ones]):
        yield ones[first], ones[second]
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        for key in _keys(sheet):
            buckets[key].append(at)
    for bucket in buckets.values():
        for place, second in enumerate(bucket):
            yield from ((first, second) for first in bucket[: min(place, _MOST_ALIKE)])
    yield from _lost_mails(sheets)


def _lost_mails(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int]]:
    """Yield each mail that has no id, a quote mostly, with every mail of its sender and day."""
    days: dict[Hashable, list[int]] = defaultdict(list)
    mails = [(at, mail) for at, sheet in enumerate(sheets) if (mail := sheet.document.mail) and mail.date]
    for at, mail in mails:
        for name in filter(None, mail.sender):
            days[mail.date[:10], name.casefold()].append(at)
    for at, mail in mails:
        if not mail.message_id:
            same_day = {other for name in mail.sender for other in days.get((mail.date[:10], name.casefold()), ())}
            yield from ((min(at, other), max(at, other)) for other in sorted(same_day)[:_MOST_ALIKE] if other != at)


def _keys(sheet: Sheet) -> Iterator[Hashable]:
    document = sheet.document
    yield "bytes", document.digest
    if sheet.text:
        # 收到 is said in a thousand mails, but not by all on one day.
        day = sheet.date or sheet.named_date
        yield "text", sheet.text, day if len(sheet.text) < LEAST_TEXT else ""
    if sheet.number:
        yield "number", sheet.number
    if document.mail and document.mail.message_id:
        yield "id", document.mail.message_id.strip("<>")


def _sent_out(sheets: Sequence[Sheet], words: DoubleWords) -> frozenset[str]:
    """Return the files of drafts that a numbered letter sent out for comment: papers of their own, minutes aside."""
    named: dict[str, set[str]] = defaultdict(set)
    for file, title in cited_drafts(sheets, words):
        named[title].add(file)
    drafts = (sheet for sheet in sheets if sheet.stage > 0 and sheet.title and not sheet.is_meeting)
    return frozenset(one.document.file for one in drafts if named.get(one.title, set()) - {one.document.file})


def _with_others(
    document: Document, also: Mapping[str, Sequence[str]], files: Mapping[str, str], mails: Container[str]
) -> Document:
    """Return a document with its other files named; what a folded mail carries belongs to the mail that is kept."""
    parent = files.get(document.parent, document.parent)
    others = tuple(sorted({*document.also, *also.get(document.file, ())}))
    return replace(document, also=others, parent=parent if parent in mails or parent == document.parent else "")


def _skip(document: Document, kept: Document, bond: Bond, words: DoubleWords) -> Skipped:
    date = file_name_date(PurePosixPath(document.file).name)
    name: Bond = "forward" if bond == "quote" and _is_forward(document, words) else bond
    detail = words.details.model_dump()[name].format(file=kept.file)
    return Skipped(document.file, "duplicate", detail, "", date.isoformat() if date else "")


def _is_forward(document: Document, words: DoubleWords) -> bool:
    """Tell by its name whether the mail around a quote forwards it."""
    name = PurePosixPath(document.parent).name.lower()
    return any(word in name for word in words.details.forwarding)
