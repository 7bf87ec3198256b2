"""Put other people and other dates into the words of a document, its blocks and marks kept in place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from coordnlp.dates.numerals import read_number
from coordnlp.records import Document, Mail, Member, Teams

# --- people --------------------------------------------------------------------------------------

_TITLES = "副?(?:厂长|主任|所长|科长|队长|书记|处长)|总|工|姐|队|老师"


def rename_people(text: str, people: Mapping[str, str]) -> str:
    """Return a text with people renamed: in full, by given name, by surname before a title or behind 老 and 小.

    Args:
        people: Old name to new; surnames and given names are as long and as distinct as the old ones.
    """
    short = {_given(old): _given(new) for old, new in people.items() if len(_given(old)) > 1}
    surnames = {_surname(old): _surname(new) for old, new in people.items()}
    aunts = {_given(old): _given(new) for old, new in people.items() if len(_given(old)) == 1}
    words = "|".join(sorted({*people, *short}, key=len, reverse=True))
    pattern = re.compile(
        f"(?P<whole>{words})|(?P<surname>{'|'.join(surnames)})(?={_TITLES})|(?<=老)(?P<old>{'|'.join(surnames)})"
        rf"|(?m:^(?P<signed>{'|'.join(surnames)})$)|(?<=> )(?P<quoted>{'|'.join(surnames)})$"
        f"|(?<=[，谢])(?P<aunt>{'|'.join(aunts) or '(?!)'})(?=姐)"
    )
    return pattern.sub(lambda match: {**surnames, **aunts, **short, **people}[match.group()], text)


def _surname(name: str) -> str:
    return name[:2] if (len(name) == 3 and name.startswith(("欧阳", "司徒"))) or len(name) == 4 else name[0]


def _given(name: str) -> str:
    return name.removeprefix(_surname(name))


def rename_in_document(document: Document, people: Mapping[str, str]) -> Document:
    """Return a document with people renamed in its text and its mail header; offsets hold."""
    text = rename_people(document.text, people)
    return replace(document, text=text, mail=document.mail and _rename_in_mail(document.mail, people))


def _rename_in_mail(mail: Mail, people: Mapping[str, str]) -> Mail:
    def renamed(address: tuple[str, str]) -> tuple[str, str]:
        return rename_people(address[0], people), address[1]

    return replace(
        mail,
        subject=rename_people(mail.subject, people),
        sender=renamed(mail.sender),
        to=tuple(map(renamed, mail.to)),
        copies=tuple(map(renamed, mail.copies)),
    )


def rename_in_teams(teams: Teams, people: Mapping[str, str]) -> Teams:
    """Return teams whose members bear their new names."""
    first, second = (
        replace(team, members=tuple(Member(people[member.name], member.post) for member in team.members))
        for team in teams.teams
    )
    return replace(teams, teams=(first, second))


# --- dates ---------------------------------------------------------------------------------------

_HAN = "〇○零一二三四五六七八九十"
_DATES = re.compile(
    rf"(?P<y>(?:19|20)\d\d)(?P<s1>\s?[年.\-/]\s?)(?P<m>\d{{1,2}})(?P<s2>\s?[月.\-/]\s?)(?P<d>\d{{1,2}})(?![\d-])"
    rf"|(?P<hy>[{_HAN}]{{4}})年(?P<hm>[{_HAN}]{{1,2}})月(?P<hd>[{_HAN}]{{1,3}})(?=日)"
    r"|(?<!\d)(?P<m2>\d{1,2})(?P<s3>月)(?P<d2>\d{1,2})(?=[日号至到—-])"
    r"|(?<=[日号月\d][至到—-])(?P<till>\d{1,2})(?=[日号])"
    r"|(?<![\d〔\[（(-])(?P<year>(?:19|20)\d\d)(?=年|[—、]20\d\d|年度)"
)


@dataclass(frozen=True, slots=True)
class Change:
    """New words for the words at half-open offsets."""

    start: int
    end: int
    words: str


def move_dates(text: str, written: dt.date, days: int) -> Iterator[Change]:
    """Yield the changes that move every day named with its month, and every year, by days.

    Args:
        written: The day of the document; a day without a year is the one next to it.
    """
    last = written
    for match in _DATES.finditer(text):
        if match["year"]:
            yield Change(*match.span("year"), str(int(match["year"]) + round(days / 365)))
            continue
        day = _read(match, written, last)
        if day is None:
            continue
        last, moved = day, day + dt.timedelta(days=days)
        yield from _written(match, moved)


def _read(match: re.Match[str], written: dt.date, last: dt.date) -> dt.date | None:
    if match["y"]:
        return _date(int(match["y"]), int(match["m"]), int(match["d"]))
    if match["hy"]:
        year = int("".join(str(read_number(digit)) for digit in match["hy"]))
        return _date(year, read_number(match["hm"]) or 0, read_number(match["hd"]) or 0)
    if match["till"]:
        return _date(last.year, last.month, int(match["till"]))
    near = (_date(written.year + step, int(match["m2"]), int(match["d2"])) for step in (-1, 0, 1))
    return min((day for day in near if day), key=lambda day: abs((day - written).days), default=None)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _written(match: re.Match[str], day: dt.date) -> Iterator[Change]:
    """Write a day in the parts of a match, as wide as they were where they were padded."""
    for name, number in (("y", day.year), ("m", day.month), ("d", day.day), ("m2", day.month), ("d2", day.day)):
        if match[name]:
            yield Change(*match.span(name), f"{number:0{len(match[name]) if match[name][0] == '0' else 1}d}")
    if match["hy"]:
        yield Change(*match.span("hy"), "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year)))
        yield Change(*match.span("hm"), _han(day.month))
        yield Change(*match.span("hd"), _han(day.day))
    if match["till"]:
        yield Change(*match.span("till"), str(day.day))


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens + 2]}十") + (_HAN[ones + 2] if ones else "")


def change_words(text: str, changes: Iterable[Change]) -> tuple[str, Callable[[int], int]]:
    """Return a text with changes made, and the new offset of every old one that lies outside of them."""
    done = sorted(changes, key=lambda change: change.start)
    pieces, at = [], 0
    for change in done:
        pieces += [text[at : change.start], change.words]
        at = change.end

    def moved(offset: int) -> int:
        before = [change for change in done if change.end <= offset]
        return offset + sum(len(change.words) - (change.end - change.start) for change in before)

    return "".join([*pieces, text[at:]]), moved


def redate_document(document: Document, written: dt.date, days: int) -> Document:
    """Return a document with its dates moved, blocks and marks with them."""
    text, moved = change_words(document.text, move_dates(document.text, written, days))
    return replace(
        document,
        file=change_words(document.file, move_dates(document.file, written, days))[0],
        text=text,
        blocks=tuple(replace(block, start=moved(block.start), end=moved(block.end)) for block in document.blocks),
        marks=tuple(replace(mark, start=moved(mark.start)) for mark in document.marks),
        mail=document.mail and _redate_mail(document.mail, days),
    )


def _redate_mail(mail: Mail, days: int) -> Mail:
    sent = dt.datetime.fromisoformat(mail.date) + dt.timedelta(days=days)
    return replace(mail, date=sent.isoformat())
